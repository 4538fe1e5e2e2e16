"""What the tables state: every amount with its name, its figures and the sentence of its row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

import pandas as pd

from selfeval.knowledge import load
from selfeval.tables import records_in

COLUMNS = ("initial", "adjusted", "actual")
BASE_COLUMNS = ("last_actual", "budget", "actual")
# The figure columns of base_data and indicators do not all repeat the name of the column they belong to.
_FIGURE_OF = {"last_actual": "last_figure", "stated_score": "stated_figure"}
_UNMARKED = frozenset({"goal", "execution", "total"})
_BODY = "department"
_MARKS = ("target", "actual", "weight", "stated_score")
# The books the form splits the income into; assets are no income.
_BOOKS = ("general_public", "government_fund", "state_capital", "social_insurance", "special_account", "other_funds")


@dataclass(frozen=True, slots=True)
class Stated:
    """One amount as a table states it; `value` is None where the cell is empty. `tabled`: it was read from a sheet, not from a text."""

    name: str
    value: Decimal | None
    figures: tuple[str, ...] = ()
    sentence: str = ""
    tabled: bool = True

    @property
    def printed(self) -> bool:
        """Does it stand in a cell of its own? A sum this program formed has no figure."""
        return self.value is not None and bool(self.figures)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its texts by column, and its amounts."""

    words: dict[str, str]
    amounts: dict[str, Stated]

    def __getitem__(self, column: str) -> str:
        return self.words[column]

    def value(self, column: str) -> Decimal | None:
        """The number in a column, None where nothing is known."""
        return self.amounts[column].value

    def stated(self, column: str, name: str = "") -> Stated:
        """The amount in a column, under the name a reader knows it by."""
        amount = self.amounts[column]
        return Stated(name or amount.name, amount.value, amount.figures, amount.sentence, amount.tabled)


def rows_of(frame: pd.DataFrame | None, columns: Iterable[str], name: str) -> list[Row]:
    """The rows of a table whose quantities stand in `columns`; `name` is the column that names a row."""
    if frame is None:
        return []
    return [_row(record, tuple(columns), name) for record in records_in(frame)]


def _row(record: dict[str, Any], columns: tuple[str, ...], name: str) -> Row:
    words = {key: value for key, value in record.items() if isinstance(value, str)}
    tabled = record.get("source") != "text"
    amounts = {
        column: Stated(
            words.get(name, ""),
            record.get(column),
            tuple(words.get(_FIGURE_OF.get(column, f"{column}_figure"), "").split()),
            words.get("sentence", ""),
            tabled,
        )
        for column in columns
    }
    return Row(words, amounts)


@dataclass(frozen=True)
class Budget:
    """The budget lines as the forms show them: a whole, its split by nature and by book, projects and their sources."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Budget:
        """The budget of a budget_lines table."""
        return cls(tuple(row for row in rows_of(frame, ("target", *COLUMNS), "item") if row["book"] != "income"))

    def at(self, level: str) -> list[Row]:
        """All rows of a level."""
        return [row for row in self.rows if row["level"] == level]

    def children(self, row: Row) -> list[Row]:
        """The rows that are parts of `row`."""
        return [child for line in row["line_id"].split() for child in self._children.get(line, ())]

    @cached_property
    def _children(self) -> dict[str, list[Row]]:
        return _grouped(self.rows, "parent_id")

    def total(self) -> Row | None:
        """The row of the body's whole expenditure."""
        return next((row for row in self.at("total") if row["book"] == "all"), None)

    def book(self, book: str, level: str = "total") -> Row | None:
        """The row that states the whole, or the basic or project expenditure, of one book; an outermost fund is the whole of its book."""
        named = f"{_choices('budget', 'book').get(book, '')}{_choices('budget', 'level')[level]}"
        own = [row for row in self.rows if row["book"] == book and (row["level"] == level or row["item"] == named)]
        funds = [row for row in self.at("fund") if row["book"] == book] if level == "total" else []
        return next(iter(own or funds), None)

    def basic(self) -> Row | None:
        """Basic expenditure (基本支出); of several books the row for all."""
        return self._one("basic")

    def project_total(self) -> Row | None:
        """Project expenditure (项目支出)."""
        return self._one("project_total")

    def _one(self, level: str) -> Row | None:
        found = self.at(level)
        whole = [row for row in found if row["book"] == "all"]
        return (whole or found)[0] if whole or len(found) == 1 else None

    def projects(self) -> list[Row]:
        """The projects one by one."""
        ids = {row["line_id"] for row in self.at("project")}
        return [row for row in self.at("project") if row["parent_id"] not in ids]

    @cached_property
    def named_projects(self) -> list[Row]:
        """The projects by name, one a form: what several books pay for one project is added up."""
        return [*map(_together, _grouped(self.projects(), "item").values())]

    def sources(self, project: Row) -> list[Row]:
        """The sources of money of a project."""
        return [row for row in self.children(project) if row["fund_source"]]

    def source(self, project: Row, fund_source: str) -> Row | None:
        """One source of a project; a project with a single source is that source itself."""
        found = [row for row in self.sources(project) or [project] if row["fund_source"] == fund_source]
        return _together(found) if found else None

    def leaves(self) -> Iterator[Row]:
        """The rows nothing stands under: parts of basic expenditure and projects."""
        for row in self.rows:
            if row["level"] in {"basic_part", "project"} or (row["level"] == "basic" and not self.children(row)):
                yield row

    def amount(self, row: Row | None, parts: Iterable[Row], column: str) -> Stated:
        """What `row` states in a column; failing that the sum of `parts`, when all of them are known."""
        name = row["item"] if row else ""
        if row and row.value(column) is not None:
            return self.evidenced(row, column)
        return added(name, [part.stated(column) for part in parts])

    def evidenced(self, row: Row, column: str) -> Stated:
        """The amount of a row with its figures; of a sum of ours those of its parts."""
        stated = row.stated(column)
        if stated.printed or stated.value is None:
            return stated
        parts = [self.evidenced(part, column) for part in self.children(row)]
        return replace(stated, figures=tuple(figure for part in parts for figure in part.figures))

    def whole(self, column: str) -> Stated:
        """The body's expenditure of the year: stated, or basic and project expenditure added up."""
        total = self.total()
        if total and total.value(column) is not None:
            return self.evidenced(total, column)
        parts = [self.amount(self.basic(), self.at("basic_part"), column), self.amount(self.project_total(), self.projects(), column)]
        return added(total["item"] if total else "", parts)


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by what they have in a column, in the order they come in."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _together(rows: list[Row]) -> Row:
    """Several rows of one name as one; its line ids are those of all, parted by blanks, and what one does not know it does not know."""
    if len(rows) == 1:
        return rows[0]
    words = rows[0].words | {
        "line_id": " ".join(row["line_id"] for row in rows),
        "reason": "；".join(dict.fromkeys(row["reason"] for row in rows if row["reason"])),
        "fund_source": rows[0]["fund_source"] if len({row["fund_source"] for row in rows}) == 1 else "",
    }
    return Row(words, {column: added(rows[0]["item"], [row.stated(column) for row in rows]) for column in rows[0].amounts})


def added(name: str, parts: list[Stated]) -> Stated:
    """The sum of `parts`, unknown as soon as one of them is."""
    if not parts or any(part.value is None for part in parts):
        return Stated(name, None)
    figures = tuple(figure for part in parts for figure in part.figures)
    return Stated(name, sum((part.value for part in parts), Decimal(0)), figures, parts[0].sentence, all(part.tabled for part in parts))


@dataclass(frozen=True)
class BaseData:
    """The sheet of base data by item."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame | None) -> BaseData:
        """The base data of a base_data table."""
        return cls(tuple(rows_of(frame, BASE_COLUMNS, "item")))

    def item(self, identifier: str) -> Row | None:
        """The row with an id of sheets.toml."""
        return next((row for row in self.rows if row["item_id"] == identifier), None)

    def projects(self) -> list[Row]:
        """The projects one by one."""
        return [row for row in self.rows if row["section"] == "projects" and row["item_id"] != "projects"]

    def project(self, name: str) -> Row | None:
        """The row of one project."""
        return next((row for row in self.projects() if row["item"] == name), None)

    def parts(self, whole: Row) -> list[Row]:
        """The rows that make up `whole` (sheets.toml, parts)."""
        ids = next((item.get("parts", []) for item in load("sheets")["sheet"]["base"]["item"] if item["id"] == whole["item_id"]), [])
        if ids == ["project"]:
            return self.projects()
        return [row for identifier in ids if (row := self.item(identifier))]


@dataclass(frozen=True)
class Indicators:
    """The indicators of the body (scope '') and of its projects (scope: the project's name)."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame | None) -> Indicators:
        """The indicators of an indicators table that were filled in."""
        rows = rows_of(None if frame is None else filled_in(frame), _MARKS, "name")
        return cls(tuple(Row(row.words | {"scope": scope_of(row["scope"])}, row.amounts) for row in rows))

    @cached_property
    def _by_scope(self) -> dict[str, list[Row]]:
        return _grouped(self.rows, "scope")

    def scopes(self) -> list[str]:
        """The body and the projects that have indicators, in the order they come in."""
        return list(self._by_scope)

    def of_scope(self, scope: str) -> list[Row]:
        """All rows of the body ('') or of a project."""
        return self._by_scope.get(scope, [])

    def at(self, scope: str, level1: str) -> list[Row]:
        """The rows of a scope at a first level."""
        return [row for row in self.of_scope(scope) if row["level1"] == level1]

    def one(self, scope: str, level1: str) -> Row | None:
        """The one row for execution, for the goal or for the total."""
        return next(iter(self.at(scope, level1)), None)

    def marked(self, scope: str) -> list[Row]:
        """The indicators that carry marks: neither goal nor execution nor total."""
        return [row for row in self.of_scope(scope) if row["level1"] not in _UNMARKED]


@dataclass(frozen=True)
class Forms:
    """Budget, base data, indicators, computed scores and work facts of one body and year; `tables` are those they come from, `ruleset`
    what the indicators are marked by."""

    budget: Budget
    base: BaseData
    indicators: Indicators
    scores: tuple[Row, ...]
    facts: tuple[Row, ...]
    tables: Mapping[str, pd.DataFrame | None]
    ruleset: str

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame | None], ruleset: str = "national") -> Forms:
        """The forms behind the tables budget_lines, indicators, base_data, scores and work_facts; one that is not there has no rows."""
        budget = Budget.of(tables["budget_lines"])
        names: dict[str, str] = {}
        for row in budget.at("project"):
            names.setdefault(name_key(row["item"]), row["item"])
        return cls(
            Budget(_spelled(budget.rows, "item", names)),
            BaseData(_spelled(BaseData.of(tables.get("base_data")).rows, "item", names)),
            Indicators(_spelled(Indicators.of(tables.get("indicators")).rows, "scope", names)),
            _spelled(rows_of(tables.get("scores"), ("points", "stated_points", "weight"), "name"), "scope", names),
            tuple(rows_of(tables.get("work_facts"), ("value",), "label")),
            tables,
            ruleset,
        )

    def books(self) -> list[Row]:
        """The rows that state the whole of a book."""
        return [row for book in _BOOKS if (row := self.budget.book(book))]

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


def filled_in(indicators: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table indicators that somebody filled into a sheet, without those of a form that a report prints: these are held to
    themselves by the audit of the text, and their scores are the body's own."""
    return indicators[indicators["table"].isna()]


@cache
def name_key(name: str) -> str:
    """A project's name as it is compared."""
    return re.sub(r"\s", "", name).translate(str.maketrans("()[]【】", "（）（）（）"))


def _spelled(rows: Iterable[Row], column: str, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Rows whose project is spelled as the budget first spells it: blanks and kinds of brackets do not part one project into two."""
    return tuple(Row(row.words | {column: names.get(name_key(row[column]), row[column])}, row.amounts) for row in rows)


def _place(row: Row) -> tuple[str, str, str, str]:
    """Where an indicator stands, in the table of indicators as in that of scores."""
    return scope_of(row["scope"]), row["level1"], row["level2"], row["name"]


def execution_weight(row: Row | None) -> Decimal:
    """The points execution carries: as the row for it states, else as the form sets them."""
    stated = row.value("weight") if row else None
    return Decimal(load("form_checks")["scores"]["execution_weight"]) if stated is None else stated


def label(kind: str, identifier: str) -> str:
    """The word printed for a first or second level (sheets.toml)."""
    return _choices("indicators", kind).get(identifier, identifier)


def scope_of(scope: str) -> str:
    """Whose an indicator is: the name of a project, '' for the body itself."""
    return "" if scope == _BODY else scope


def _choices(sheet: str, key: str) -> dict[str, str]:
    return next(column["choices"] for column in load("sheets")["sheet"][sheet]["column"] if column["key"] == key)
