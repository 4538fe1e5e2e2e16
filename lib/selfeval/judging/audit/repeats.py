"""Paragraphs pasted twice."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.judging.report import Finding, Material, finding, listed
from selfeval.knowledge import load

_MOST_NAMED = 20


def pasted_twice(material: Material) -> Iterator[Finding]:
    """Paragraphs with quantities that stand in the report once more, word for word: whoever adds up counts them twice."""
    shortest = load("checks")["repeats"]["paragraph"]
    seen: set[str] = set()
    again: list[int] = []
    for paragraph in material.paragraphs:
        start, end = material.document.line_span(paragraph[0].line)
        line = material.document.text[start:end]
        words = "".join(line.split())
        if len(words) >= shortest and "\t" not in line:
            again += [start] if words in seen else []
            seen.add(words)
    if again:
        places = listed(map(material.place, again[:_MOST_NAMED]))
        yield finding(material, "pasted_twice", "flag", at=again[0], number=len(again), places=places)
