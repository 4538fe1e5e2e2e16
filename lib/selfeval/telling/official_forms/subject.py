"""What a form is filled in from: the tables of one body and year, its name, and the words of the forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from selfeval.knowledge import load
from selfeval.records.stated import Forms, Row, scope_of
from selfeval.tables import make_table

BODY = ""


@dataclass(frozen=True)
class Subject:
    """One body in one year. `scores` are the rows of the table scores by part, scope and place."""

    body: str
    year: int
    material: Forms
    scores: Mapping[tuple[str, ...], Decimal | None]
    ruleset: str

    @classmethod
    def of(
        cls,
        lines: pd.DataFrame,
        indicators: pd.DataFrame | None,
        base: pd.DataFrame | None,
        scores: pd.DataFrame | None,
        body: str,
        year: int,
    ) -> Subject:
        """The subject behind the tables."""
        # No scores are no scores: a form never makes up its own rule set.
        scores = make_table("scores", ()) if scores is None else scores
        material = Forms.of({"budget_lines": lines, "indicators": indicators, "base_data": base, "scores": scores})
        points = {_key(row): row.value("points") for row in reversed(material.scores)}
        named = next((row["ruleset"] for row in material.scores if row["ruleset"]), "")
        return cls(body, year, material, points, load(f"scoring/{named}")["title"] if named else "")

    def points(self, part: str, scope: str, row: Row | None = None) -> Decimal | None:
        """The points of execution or of the total of a scope, or of one of its indicators."""
        place = (row["level1"], row["level2"], row["name"]) if row else ()
        return self.scores.get((part, scope, *place))

    def is_scored(self, part: str, scope: str, row: Row | None = None) -> bool:
        """Does the table of scores speak of it at all?"""
        place = (row["level1"], row["level2"], row["name"]) if row else ()
        return (part, scope, *place) in self.scores

    def text(self, item: str) -> str:
        """What was written about an item of the base data that holds words."""
        row = self.material.base.item(item)
        return row["note"] if row else ""

    def said(self, words: str, **parts: object) -> str:
        """Words of the forms with year, last year and `parts` filled in."""
        return words.format(year=self.year, last=self.year - 1, **parts)


def _key(row: Row) -> tuple[str, ...]:
    place = (row["level1"], row["level2"], row["name"]) if row["part"] == "indicator" else ()
    return row["part"], scope_of(row["scope"]), *place


def words(part: str) -> dict[str, Any]:
    """One part of the words of the forms (knowledge/official_forms.toml)."""
    return load("official_forms")[part]


def numbered(notes: list[str]) -> str:
    """Notes under a form: 说明：1、… 2、…."""
    common = words("words")
    if not notes:
        return ""
    lines = (common["numbered"].format(number=number, text=text) for number, text in enumerate(notes, start=1))
    return common["note"] + "\n" + "\n".join(lines)
