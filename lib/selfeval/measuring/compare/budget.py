"""Changes of the money: amounts, metrics, base data, indicators and scores of this year beside those of earlier years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.budget_lines import plain_name
from selfeval.records.line_tree import BASES, LineTree
from selfeval.tables import make_table, rows_in

from .measure import Measure, TableRow, bound_of, in_one_unit, word
from .pairing import Row, event, rows_of
from .reading import Tables
from .scopes import Scopes, scopes_of

_PROJECTS = "projects"
# Scopes that are no single line.
_WIDE = frozenset({"department", _PROJECTS, ""})


def budget_changes(now: Tables, earlier: Mapping[int, Tables], year: int, left_out: Mapping[int, str] | None = None) -> pd.DataFrame:
    """Return the table budget_changes: this year's numbers beside those of every earlier year, the latest year first.

    `now` and each of `earlier` are tables by name (reading.BUDGET_TABLES); `left_out` are years that cannot be read, with the reason.
    `scope` names a line by level and name, `projects`, `department`, an item of the base data or an indicator. `change` is in the unit
    of the row (for ratios a difference of ratios), `change_rate` = change ÷ earlier, None where earlier is zero or negative. A row is
    compared only where unit, basis and definition are the same; otherwise `status` is not_comparable and `missing` says what has changed.
    Projects of one of the two years only are appeared or vanished. Where last year was never run, the column 上年决算数 of the sheet
    基础数据 stands in, and `note` says so.
    """
    rows: list[Row] = []
    for past in sorted(earlier, reverse=True):
        rows += _against(_Year(now), _Year(earlier[past]), past, last=past == year - 1)
    if year - 1 not in earlier:
        rows += _stated_last_year(now, year - 1)
    rows += [_unread(past, why) for past, why in (left_out or {}).items()]
    return make_table("budget_changes", rows)


class _Year:
    """The tables of one year and the tree of its lines."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.tree = LineTree.of(tables["budget_lines"])


def _unread(year: int, why: str) -> Row:
    label = load("compare")["labels"]["tables"]
    return event("not_comparable", "tables", "year", label, year, missing=word("left_out", year=year, why=why))


def _against(now: _Year, earlier: _Year, year: int, *, last: bool) -> Iterator[Row]:
    """Every row of one earlier year."""
    ours, theirs = scopes_of(now.tree, earlier.tree)
    items = _projects(now, ours, earlier, theirs, year)
    yield from items.rows
    remark = _Remarks((now, ours), (earlier, theirs), year, items, last=last)
    pairs = (
        (_amounts(now, ours), _amounts(earlier, theirs)),
        (_metrics(now, ours), _metrics(earlier, theirs)),
        (_base_data(now.tables["base_data"]), _base_data(earlier.tables["base_data"])),
        (_indicators(now.tables["indicators"], ours), _indicators(earlier.tables["indicators"], theirs)),
        (_scores(now.tables["scores"], ours), _scores(earlier.tables["scores"], theirs)),
    )
    for new, old in pairs:
        yield from rows_of(
            (measure for measure in new if not _of(measure, items.only_now)),
            (measure for measure in old if not _of(measure, items.only_earlier)),
            year,
            remark,
        )


def _of(measure: Measure, projects: set[str]) -> bool:
    """Whether a measure is of one of these projects, or of an indicator of theirs."""
    return measure.scope in projects or measure.scope.partition("/")[0] in projects


# ---- projects that appear and vanish ----------------------------------------------------------------------------------------------------


@dataclass
class _Items:
    """Projects of one year only, by scope, with their rows."""

    only_now: set[str]
    only_earlier: set[str]
    rows: list[Row]


def _projects(now: _Year, ours: Scopes, earlier: _Year, theirs: Scopes, year: int) -> _Items:
    """Projects listed in one of the two years only; where one year lists none at all, nothing can be said of any."""
    new = {ours[line.line_id].key: (ours[line.line_id].label, line.amount("actual")) for line in now.tree.projects()}
    old = {theirs[line.line_id].key: (theirs[line.line_id].label, line.amount("actual")) for line in earlier.tree.projects()}
    only_now, only_earlier = new.keys() - old.keys(), old.keys() - new.keys()
    if not new or not old:
        rows = []
        if new or old:
            missing = word("no_projects_earlier", year=year) if new else word("no_projects_now")
            rows = [event("not_comparable", "project", _PROJECTS, load("compare")["labels"]["whole_project"], year, missing=missing)]
        return _Items(only_now, only_earlier, rows)
    rows = [
        event("appeared", "project", key, label, year, unit="万元", value=actual, missing=word("appeared", year=year))
        for key, (label, actual) in new.items()
        if key in only_now
    ]
    rows += [
        event("vanished", "project", key, label, year, unit="万元", earlier=actual, missing=word("vanished"))
        for key, (label, actual) in old.items()
        if key in only_earlier
    ]
    return _Items(only_now, only_earlier, rows)


# ---- numbers of one year ----------------------------------------------------------------------------------------------------------------


def _amounts(year: _Year, scopes: Scopes) -> Iterator[Measure]:
    """The amounts of every line that has its place in the budget, as stated, else as the sum of the projects."""
    known = load("compare")["amounts"]
    for line in year.tree:
        for column, name in known["columns"].items() if line.level in known["levels"] else ():
            amount = year.tree.stated_or_summed(line, column)
            if amount is not None:
                source = "stated" if line.amount(column) is not None else "summed"
                scope = scopes[line.line_id]
                yield Measure(
                    f"line_{column}",
                    scope.key,
                    f"{scope.label}：{name}",
                    "万元",
                    value=amount.value,
                    definition={"sum": load("compare")["definition"][source]},
                )


def _metrics(year: _Year, scopes: Scopes) -> Iterator[Measure]:
    """Every metric of the table budget_metrics, lines by their stable names."""
    for row in rows_in(year.tables["budget_metrics"]):
        scope = scopes.get(row.scope)
        yield Measure(
            row.metric,
            scope.key if scope else row.scope,
            f"{scope.label}：{row.label}" if scope else row.label,
            row.unit,
            row.basis,
            row.value if row.status == "computed" else None,
            bound_of(row.note),
            {"formula": row.formula, "columns": _columns(row), "calibre": _calibre(row.note)},
            row.missing,
        )


def _columns(row: TableRow) -> str:
    """The budget columns a metric without a basis of its own is made from: its operands may stand in another column another year."""
    taken = {name.rpartition(".")[2] for name in row.inputs.split()} if not row.basis else set()
    return "、".join(words.basis(basis) for basis in BASES if basis in taken)


def _calibre(note: str) -> str:
    """What a note says of how the numbers were had, as far as it makes them another measure."""
    telling = {load("budget_metrics")["words"][name] for name in ("summed", "share_sum")}
    return "；".join(part for part in note.split("；") if part in telling)


def _base_data(table: pd.DataFrame) -> Iterator[Measure]:
    """This year's budget and final account of every item of the base data."""
    labels = load("compare")["labels"]
    for row in rows_in(table):
        for column in ("actual", "budget"):
            value = getattr(row, column)
            if value is not None:
                metric = f"base_{column}"
                yield Measure(metric, _base_scope(row), f"{_base_name(row.item)}：{labels[metric]}", row.unit, value=value)


def _base_scope(row: TableRow) -> str:
    """An item of the printed form by its id, one that was written in by its name."""
    known = {item["id"] for item in load("sheets")["sheet"]["base"]["item"]}
    return row.item_id if row.item_id in known else f"{row.section}:{plain_name(row.item)}"


def _base_name(item: str) -> str:
    return item.removeprefix("其中：")


def _indicators(table: pd.DataFrame, scopes: Scopes) -> Iterator[Measure]:
    """What was reached of every indicator that is a number."""
    label = load("compare")["labels"]["indicator_actual"]
    for row in rows_in(table):
        if row.actual is not None:
            scope = "/".join(filter(None, (_stable(row.scope, scopes), row.level2, plain_name(row.name))))
            named = "：".join((*_project(row.scope, scopes), row.name, label))
            yield Measure("indicator_actual", scope, named, row.unit, value=row.actual, definition={"nature": row.nature})


def _scores(table: pd.DataFrame, scopes: Scopes) -> Iterator[Measure]:
    """The points of every score; those of another set of rules or another weight are no measure of the same."""
    parts = load("compare")["scores"]["parts"]
    for row in rows_in(table):
        if row.part in parts:
            named = (_stable(row.scope, scopes), row.level1, row.level2, plain_name(row.name) if row.name else "")
            scope = named[0] if row.part in {"total", "execution"} else "/".join(filter(None, named))
            yield Measure(
                f"score_{row.part}",
                scope,
                _score_label(row, scopes, parts[row.part]),
                "分",
                # The formula of a score holds the numbers of its year; what it is called in `basis` follows from them but for execution.
                row.basis if row.part == "execution" else "",
                row.points if row.status == "computed" else None,
                definition={"ruleset": row.ruleset, "weight": _number(row.weight)},
                missing=row.missing,
            )


def _score_label(row: TableRow, scopes: Scopes, part: str) -> str:
    """总分, or what is scored and 得分; of a project with its name in front."""
    names = (*_project(row.scope, scopes), row.name if row.part in {"indicator", "level1"} else "")
    return "：".join(filter(None, (*names, part)))


def _project(scope: str, scopes: Scopes) -> tuple[str, ...]:
    """The name of the project an indicator belongs to; nothing for one of the whole body."""
    return () if scope in _WIDE else (scopes[scope].label if scope in scopes else scope,)


def _stable(scope: str, scopes: Scopes) -> str:
    """What an indicator or score is of, by the same name every year: a line by its id, a project by its name."""
    if scope in _WIDE:
        return scope
    return scopes[scope].key if scope in scopes else f"project:{plain_name(scope)}"


def _number(value: Decimal | None) -> str:
    return "" if value is None else words.number(value.normalize() if value else value)


# ---- remarks ----------------------------------------------------------------------------------------------------------------------------


class _Remarks:
    """What is worth saying of a pair besides its change."""

    def __init__(self, now: tuple[_Year, Scopes], earlier: tuple[_Year, Scopes], year: int, items: _Items, *, last: bool) -> None:
        self._year = year
        self._projects = ""
        if items.only_now or items.only_earlier:
            self._projects = word("projects_changed", appeared=len(items.only_now), vanished=len(items.only_earlier))
        self._last = {measure.scope: measure for measure in _last_year(now[0].tables)} if last else {}
        self._targets = [_targets(side.tables["indicators"], scopes) for side, scopes in (now, earlier)]
        self._grades = [_grades(side.tables["scores"], scopes) for side, scopes in (now, earlier)]

    def __call__(self, now: Measure, earlier: Measure) -> str:
        if now.scope == _PROJECTS:
            return self._projects
        if now.metric == "base_actual":
            return self._last_year(now, earlier)
        if now.metric == "indicator_actual":
            return self._target(now.scope)
        return self._grade(now.scope) if now.metric == "score_total" else ""

    def _last_year(self, now: Measure, earlier: Measure) -> str:
        """This year's table states last year's final account as well; it has to be the one of last year's table."""
        if now.scope not in self._last:
            return ""
        stated, told = in_one_unit(self._last[now.scope], earlier)
        if (stated.value, stated.unit) == (told.value, told.unit):
            return ""
        shown = words.quantity(stated.value, stated.unit)
        return word("last_disagrees", stated=shown, year=self._year, earlier=words.quantity(told.value, told.unit))

    def _target(self, scope: str) -> str:
        now, earlier = (targets.get(scope, "") for targets in self._targets)
        return word("target_changed", now=now, earlier=earlier) if now and earlier and now != earlier else ""

    def _grade(self, scope: str) -> str:
        now, earlier = (grades.get(scope, "") for grades in self._grades)
        if not now or not earlier:
            return ""
        return word("grade_same", now=now) if now == earlier else word("grade_changed", now=now, earlier=earlier)


def _targets(table: pd.DataFrame, scopes: Scopes) -> dict[str, str]:
    return {
        "/".join(filter(None, (_stable(row.scope, scopes), row.level2, plain_name(row.name)))): words.quantity(row.target, row.unit)
        for row in rows_in(table)
        if row.target is not None
    }


def _grades(table: pd.DataFrame, scopes: Scopes) -> dict[str, str]:
    return {_stable(row.scope, scopes): row.grade for row in rows_in(table) if row.part == "total" and row.grade}


# ---- last year as this year's table states it -------------------------------------------------------------------------------------------


def _stated_last_year(now: Tables, year: int) -> Iterator[Row]:
    """Where last year's tables are not there, this year's table still states last year's final accounts."""
    earlier = list(_last_year(now))
    ours = [measure for measure in _base_data(now["base_data"]) if measure.metric == "base_actual"]
    both = {measure.scope for measure in ours} & {measure.scope for measure in earlier}
    pairs = ([measure for measure in side if measure.scope in both] for side in (ours, earlier))
    yield from rows_of(*pairs, year, lambda _, __: word("last_stated"))


def _last_year(tables: Tables) -> Iterator[Measure]:
    """Last year's final accounts as this year's table states them."""
    for row in rows_in(tables["base_data"]):
        if row.last_actual is not None:
            yield Measure("base_actual", _base_scope(row), _base_name(row.item), row.unit, value=row.last_actual)
