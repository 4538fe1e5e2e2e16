"""What is printed on the sheets of a PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium


def texts_of(pdf: bytes | Path) -> list[str]:
    """The text of every sheet, its lines from top to bottom."""
    with pdfium.PdfDocument(pdf) as document:
        return [_text_of(page) for page in document]


def _text_of(page: pdfium.PdfPage) -> str:
    text, at, lines = page.get_textpage(), 0, []
    for line in text.get_text_range().split("\r\n"):
        if line.strip():
            lines.append((-text.get_charbox(at)[1], line.strip()))
        at += len(line) + 2
    return "\n".join(line for _, line in sorted(lines))
