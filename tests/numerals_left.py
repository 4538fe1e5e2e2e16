"""Numerals that are no figures, each with the reason: together with the figures they account for every numeral of a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from selfeval.reading.figures import Figure
from selfeval.reading.figures.numerals import HAN_NUMERALS

UNRECOGNISED = "unrecognised"
_REASONS = Path(__file__).with_suffix(".toml")
_NUMERAL = re.compile(f"[0-9０-９]+|[{HAN_NUMERALS}]+")


class NonFigure(NamedTuple):
    """A numeral left out, and why: the id of an entry of numerals_left.toml, or `unrecognised`."""

    start: int
    end: int
    text: str
    reason: str


def non_figures(text: str, figures: Sequence[Figure]) -> list[NonFigure]:
    """Return every numeral of `text` outside `figures` (as extract_figures gave them), in reading order."""
    reasons = _spans_by_reason(text)
    left = []
    index = 0
    for match in _NUMERAL.finditer(text):
        while index < len(figures) and figures[index].end <= match.start():
            index += 1
        if index < len(figures) and figures[index].start < match.end():
            continue
        left.append(NonFigure(match.start(), match.end(), match[0], reasons.get(match.start(), UNRECOGNISED)))
    return left


def _spans_by_reason(text: str) -> dict[int, str]:
    """For every offset that a reason's pattern covers, the first such reason."""
    covered: dict[int, str] = {}
    for reason, pattern in _patterns():
        for match in pattern.finditer(text):
            for offset in range(*match.span()):
                covered.setdefault(offset, reason)
    return covered


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["id"], re.compile("|".join(entry["patterns"]))) for entry in tomllib.loads(_REASONS.read_text(encoding="utf-8"))["reason"]
    )
