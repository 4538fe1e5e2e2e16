"""What is still doubtful, set beside the words it is about: every open finding as a remark on one block of the narrative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from selfeval import words
from selfeval.blocks import TABLE, Block, Remark

from .year import Row, Year, text

_OPEN = ("differs", "flag")


def remarked(blocks: Sequence[Block], year: Year) -> list[Block]:
    """Return `blocks`, each with the open findings about it; one that is about nothing that stands there is put beside the title."""
    figures = {figure.figure_id: figure.text for figure in year.of_table("figures")}
    lines = {figure.figure_id: figure.line for figure in year.of_table("figures") if figure.start is not None}
    stands = [block.lines | {lines[name] for name in block.figures if name in lines} for block in blocks]
    first = min((row.line for row in year.of_table("passages") if row.kind == "line" and row.section), default=0)
    found: dict[int, list[Remark]] = {}
    for finding in open_findings(year):
        place = _place(blocks, stands, finding, first)
        found.setdefault(place, []).append(Remark(_words(finding), _anchor(blocks[place], finding, figures)))
    return [replace(block, remarks=tuple(found[number])) if number in found else block for number, block in enumerate(blocks)]


def open_findings(year: Year) -> Iterator[Row]:
    """The findings nobody has decided about."""
    return (row for row in year.of_table("findings") if row.verdict in _OPEN and not row.acknowledged)


def _place(blocks: Sequence[Block], stands: Sequence[frozenset[int]], finding: Row, first: int) -> int:
    """The block a finding is about: it holds the figure in doubt, or others of the finding, or the line, or what follows that line.

    What stands before the first section is about the report as a whole: the title.
    """
    named = finding.figures.split()
    ranks = (_nearness(block, lines, finding, named) for block, lines in zip(blocks, stands, strict=True))
    best, number = max((rank, -number) for number, rank in enumerate(ranks))
    if best > 0:
        return -number
    line = finding.line or 0
    after = [(min(later), number) for number, lines in enumerate(stands) if (later := [other for other in lines if other > line])]
    return min(after)[1] if after and line >= first else 0


def _nearness(block: Block, lines: frozenset[int], finding: Row, named: Sequence[str]) -> int:
    """How much a block is what a finding is about: 0 is not at all; a table counts for less than a sentence."""
    if named and named[0] in block.figures:
        return 5 if block.kind != TABLE else 4
    if not block.figures.isdisjoint(named):
        return 3 if block.kind != TABLE else 1
    return 2 if finding.line in lines else 0


def _anchor(block: Block, finding: Row, figures: Mapping[str, str]) -> str:
    """The words of a block that a remark stands beside: the figure in doubt where it stands there once, else all of them."""
    printed = (figures.get(name, "") for name in finding.figures.split()[:1])
    return next((found for found in (*printed, finding.quote) if found and block.text.count(found) == 1), "")


def _words(finding: Row) -> str:
    place = text("remarks", "place", place=words.place(finding.line, finding.page)) if finding.line else ""
    named = {"severity": words.SEVERITIES[finding.severity], "verdict": words.VERDICTS[finding.verdict]}
    return text("remarks", "one", title=finding.title, message=finding.message, place=place, **named)
