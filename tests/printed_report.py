"""Prints paragraphs on PDF pages as office programs do."""

from __future__ import annotations

from document_samples import PrintedPage

LEFT, TOP, SIZE, PITCH = 90, 80, 12, 20
CLOSING = "，。、；：！？）》”’"


def width_of(text: str) -> float:
    """How wide `text` is set, in points."""
    return sum(SIZE / 2 if character.isascii() else SIZE for character in text)


def set_lines(paragraph: str, width: float, indent: float) -> list[tuple[float, str]]:
    """Break a paragraph as office programs do: anywhere but inside a number and before closing punctuation."""
    words: list[str] = []
    for character in paragraph:
        sticks = words and (character in CLOSING or (character.isascii() and words[-1][-1].isascii() and " " not in character + words[-1]))
        words[-1:] = [words[-1] + character] if sticks else [*words[-1:], character]
    lines = [(indent, "")]
    for word in words:
        if lines[-1][1] and lines[-1][0] + width_of(lines[-1][1] + word.rstrip(CLOSING)) > width:
            lines.append((0.0, ""))
        lines[-1] = (lines[-1][0], lines[-1][1] + word)
    return lines


def printed(
    paragraphs: list[str], *, width: float = 420, indent: float = 24, gap: float = 0, header: str = "", number: str = ""
) -> list[PrintedPage]:
    """The pages of these paragraphs, with a running head and a page number (`{}`) where they are given."""
    pages = [PrintedPage()]
    y = TOP
    for paragraph in paragraphs:
        for x, line in set_lines(paragraph, width, indent):
            if y > 740:
                pages.append(PrintedPage())
                y = TOP
            pages[-1].text(LEFT + x, y, line)
            y += PITCH
        y += gap
    for count, page in enumerate(pages, 1):
        if header:
            page.text(LEFT, 40, header)
        if number:
            page.text(290, 800, number.format(count, len(pages)))
    return pages


def ruled(page: PrintedPage, y: float, rows: list[list[str]], columns: tuple[float, ...] = (90, 210, 300, 390)) -> None:
    """Print a ruled table whose upper edge is at `y`, its columns parted at `columns`."""
    page.grid(list(columns), [y + 24 * n for n in range(len(rows) + 1)])
    for count, row in enumerate(rows):
        for x, text in zip(columns, row, strict=False):
            page.text(x + 4, y + 24 * count + 6, text)
