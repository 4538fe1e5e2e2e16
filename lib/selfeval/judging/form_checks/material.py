"""All the forms are made of, as the rules look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from selfeval.measuring.scoring import score
from selfeval.measuring.scoring.execution import name_key
from selfeval.records.stated import BaseData, Budget, Indicators, Row, rows_of, scope_of

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
        budget = Budget.of(lines)
        names: dict[str, str] = {}
        for row in budget.at("project"):
            names.setdefault(name_key(row["item"]), row["item"])
        return cls(
            Budget(_spelled(budget.rows, "item", names)),
            BaseData(_spelled(BaseData.of(base_data).rows, "item", names)),
            Indicators(_spelled(Indicators.of(indicators).rows, "scope", names)),
            _spelled(rows_of(scores, ("points", "stated_points", "weight"), "name"), "scope", names),
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
        return self._projects.get(name)

    @cached_property
    def _projects(self) -> dict[str, Row]:
        return {row["item"]: row for row in self.budget.named_projects}

    def marked(self) -> Iterator[Row]:
        """Every indicator that carries marks, of the body and of its projects."""
        return (row for scope in self.indicators.scopes() for row in self.indicators.marked(scope))

    def scored(self) -> Iterator[tuple[Row, Row]]:
        """Every indicator that carries marks, with its computed score where there is one."""
        computed = {_place(row): row for row in self.scores if row["part"] == "indicator"}
        return ((row, found) for row in self.marked() if (found := computed.get(_place(row))))


def names_of(row: Row) -> tuple[str, str, str, str]:
    """What tells an indicator apart from all others."""
    return row["scope"], row["level1"], row["level2"], row["name"]


def named(row: Row) -> str:
    """An indicator as a finding calls it."""
    return f"{row['scope']} › {row['name']}" if row["scope"] else row["name"]


def _spelled(rows: Iterable[Row], column: str, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Rows whose project is spelled as the budget first spells it: blanks and kinds of brackets do not part one project into two."""
    return tuple(Row(row.words | {column: names.get(name_key(row[column]), row[column])}, row.amounts) for row in rows)


def _place(row: Row) -> tuple[str, str, str, str]:
    """Where an indicator stands, in the table of indicators as in that of scores."""
    return scope_of(row["scope"]), row["level1"], row["level2"], row["name"]
