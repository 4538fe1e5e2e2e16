"""All the forms are made of, as the rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ..scoring import score
from .stated import BaseData, Budget, Indicators, Row, rows_of, scope_of

# The books the form splits the income into; assets are no income.
BOOKS = ("general_public", "government_fund", "state_capital", "social_insurance", "special_account", "other_funds")


@dataclass(frozen=True)
class Material:
    """Budget, base data, indicators, computed scores and work facts of one body and year; `tables` are those they come from."""

    budget: Budget
    base: BaseData
    indicators: Indicators
    scores: tuple[Row, ...]
    facts: tuple[Row, ...]
    tables: Mapping[str, pd.DataFrame | None]
    ruleset: str

    @classmethod
    def of(
        cls,
        lines: pd.DataFrame,
        indicators: pd.DataFrame | None,
        base_data: pd.DataFrame | None,
        scores: pd.DataFrame | None,
        facts: pd.DataFrame | None,
        ruleset: str = "national",
    ) -> Material:
        """The material behind the tables; a table that is not there has no rows, but scores are computed by the rule set."""
        if scores is None and indicators is not None:
            scores = score(indicators, lines, base_data, None, ruleset)
        return cls(
            Budget.of(lines),
            BaseData.of(base_data),
            Indicators.of(indicators),
            tuple(rows_of(scores, ("points", "stated_points", "weight"), "name")),
            tuple(rows_of(facts, ("value",), "label")),
            {"budget_lines": lines, "indicators": indicators, "scores": scores},
            ruleset,
        )

    def books(self) -> list[Row]:
        """The rows that state the whole of a book."""
        return [row for book in BOOKS if (row := self.budget.book(book))]

    @property
    def tabled(self) -> bool:
        """Was anything read from a sheet?"""
        return any(row["source"] != "text" for row in (*self.budget.rows, *self.base.rows, *self.indicators.rows, *self.facts))

    def project(self, name: str) -> Row | None:
        """The project an indicator's scope names."""
        return next((row for row in self.budget.projects() if row["item"] == name), None)

    def scored(self) -> Iterator[tuple[Row, Row]]:
        """Every indicator that carries marks, with its computed score where there is one."""
        computed = {_place(row): row for row in self.scores if row["part"] == "indicator"}
        for scope in self.indicators.scopes():
            for row in self.indicators.marked(scope):
                found = computed.get(_place(row))
                if found:
                    yield row, found


def _place(row: Row) -> tuple[str, str, str, str]:
    """Where an indicator stands, in the table of indicators as in that of scores."""
    return scope_of(row["scope"]), row["level1"], row["level2"], row["name"]
