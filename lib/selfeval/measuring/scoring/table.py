"""The table scores: for the department and each project the points of every item, the sums of level 1, the total and its grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.measuring.budget import BaseData
from selfeval.quantity import plain
from selfeval.records.line_tree import LineTree
from selfeval.tables import make_table, records_in, rows_in

from .execution import DEPARTMENT, Money, execution_mark, money_of
from .indicator import mark_of
from .mark import Mark, digits, half_up, pointed, word
from .marking import marking_rows
from .ruleset import EXECUTION, Ruleset, read_ruleset
from .scopes import Scope, scopes_of

Row = dict[str, Any]
# The rows of budget_metrics that only scores can fill, by the part of the scores they come from.
_INDICATOR_POINTS, _TOTAL_POINTS = "indicator_points", "total_points"


@dataclass(frozen=True)
class _Item:
    """A scored row of the form: the row of the table, its weight, its mark."""

    row: Row
    weight: Decimal | None
    mark: Mark

    @property
    def applies(self) -> bool:
        """Whether it is assessed at all."""
        return self.mark.points is not None or bool(self.mark.missing)


@dataclass
class _Rows:
    """The rows so far; each gets its id as it comes."""

    ruleset: str
    rows: list[Row] = field(default_factory=list)

    def add(self, part: str, scope: str, name: str, mark: Mark, **columns: Any) -> Row:  # noqa: ANN401
        """Append a row for a mark and return it."""
        row = {
            "score_id": f"s{len(self.rows) + 1:03d}",
            "ruleset": self.ruleset,
            "scope": scope,
            "part": part,
            "name": name,
            "basis": mark.basis,
            "rate": mark.rate,
            "points": None if mark.points is None else plain(mark.points),
            "formula": mark.formula,
            "status": "not_computable" if mark.points is None else "computed",
            "missing": mark.missing,
            "note": "；".join(mark.notes),
        } | columns
        self.rows.append(row)
        return row


def score(
    indicators: pd.DataFrame,
    lines: pd.DataFrame,
    base_data: pd.DataFrame | None = None,
    metrics: pd.DataFrame | None = None,
    ruleset: str | Ruleset = "national",
) -> pd.DataFrame:
    """Return the table scores: what a self-evaluation of these tables would get. A simulation (模拟测算), never the body's own score.

    `indicators`, `lines` (budget_lines), `base_data` and `metrics` (budget_metrics) are tables; `ruleset` names a file of
    knowledge/scoring. `scope` is `department` or a project's name. Parts: `execution` (budget execution), `indicator` (one each), `level1`
    (the sum of a level-1 indicator), `total` (with grade), `band` (the marks of the department rates, where the rule set has such; they
    stand beside the total). `rate` is a ratio, `points` are rounded half up, `basis` the budget column or the formula used, `inputs` the
    cells or scores a row stands on. A total needs the points of everything that is assessed and weights that add up to the whole; where
    they do not, it says what is missing. What is not assessed has neither points nor anything missing, and the rest is scaled to the whole.
    Raises KnowledgeBroken when the rule set is unsound.

    >>> aim = {"level1": "output", "name": "修复处数", "nature": "ge", "target": Decimal(40), "weight": Decimal(20), "applicable": "yes"}
    >>> scores = score(make_table("indicators", [aim | {"actual": Decimal(30)}]), make_table("budget_lines", []))
    >>> scores.set_index("part").loc["indicator", ["points", "formula"]].tolist()
    [Decimal('15'), '30 ÷ 40 × 20 = 15.00']
    >>> scores.set_index("part").loc["total", "missing"]
    '预算执行率的得分；合计为 100 分的分值（现为 30）'
    """
    rules = ruleset if isinstance(ruleset, Ruleset) else read_ruleset(ruleset)
    tree, rows = LineTree.of(lines), _Rows(rules.id)
    for scope in scopes_of(indicators, tree):
        _score_scope(rows, scope, money_of(tree, scope.name), rules)
    base = BaseData.of(base_data)
    for name, mark, columns in marking_rows(metrics, base, rules):
        rows.add("band", DEPARTMENT, name, mark, **columns)
    return make_table("scores", rows.rows)


def _score_scope(rows: _Rows, scope: Scope, money: Money, rules: Ruleset) -> None:
    execution = _execution_item(rows, scope, money, rules)
    indicators = [_indicator_item(rows, scope.name, row, rules) for row in scope.indicators]
    for level1 in _level1_in_order(indicators, rules):
        _add_level1(rows, scope.name, level1, [item for item in indicators if item.row["level1"] == level1], rules.places)
    items = [*([execution] if execution else []), *indicators]
    mark = _total_mark(items, bool(indicators), rules)
    columns = {
        "level1": "total",
        "weight": rules.total,
        "unit": "分",
        "grade": rules.grade(mark.points) if mark.points is not None else "",
        "inputs": " ".join(item.row["score_id"] for item in items if item.applies),
        "stated_points": scope.total.stated_score if scope.total else None,
    }
    rows.add("total", scope.name, word("total_name"), mark, **columns)


def _execution_item(rows: _Rows, scope: Scope, money: Money, rules: Ruleset) -> _Item | None:
    level, row = rules.of(EXECUTION), scope.execution
    if level is None and row is None:
        return None
    weight = row.weight if row is not None and row.weight is not None else level and level.weight
    excused = row is not None and row.applicable == "no"
    mark = Mark(notes=(word("not_applicable"),)) if excused else _simulated(execution_mark(money, weight, rules))
    columns = {"level1": EXECUTION, "weight": weight, "unit": "万元", "inputs": money.inputs("actual", mark.basis or rules.bases[0])}
    columns |= {"target": money.amount(mark.basis) if mark.basis else None, "actual": money.amount("actual")}
    columns |= {"stated_points": row.stated_score} if row is not None else {}
    return _Item(rows.add("execution", scope.name, word("execution_name"), mark, **columns), weight, mark)


def _indicator_item(rows: _Rows, scope: str, row: Any, rules: Ruleset) -> _Item:  # noqa: ANN401
    mark = mark_of(row, rules)
    used = ("stated_score",) if row.nature == "qualitative" else ("target", "actual")
    columns = {
        "level1": row.level1,
        "level2": row.level2,
        "nature": row.nature,
        "target": row.target,
        "actual": row.actual,
        "unit": row.unit,
        "weight": row.weight,
        "stated_points": row.stated_score,
        "inputs": " ".join(f"{row.indicator_id}.{column}" for column in (*used, "weight")),
    }
    return _Item(rows.add("indicator", scope, row.name, _simulated(mark), **columns), row.weight, mark)


def _simulated(mark: Mark) -> Mark:
    """The mark with the remark that it is no score of the body's own."""
    if mark.points is None:
        return mark
    return Mark(mark.points, mark.rate, mark.basis, mark.formula, mark.missing, (*mark.notes, word("simulated")))


# ---- sums -------------------------------------------------------------------------------------------------------------------------------


def _level1_in_order(items: Iterable[_Item], rules: Ruleset) -> list[str]:
    """The level-1 indicators there are, in the order of the rule set, others behind."""
    present = dict.fromkeys(item.row["level1"] for item in items)
    known = [level.id for level in rules.level1]
    return [*(level for level in known if level in present), *(level for level in present if level not in known)]


def _add_level1(rows: _Rows, scope: str, level1: str, items: list[_Item], places: int) -> None:
    applying = [item for item in items if item.applies]
    scored = " ".join(item.row["score_id"] for item in applying)
    columns = {"level1": level1, "weight": _weight(applying), "inputs": scored, "unit": "分"}
    rows.add("level1", scope, words.choice("indicators", "level1", level1), _sum_mark(applying, places), **columns)


def _sum_mark(items: list[_Item], places: int) -> Mark:
    """The sum of what is assessed; None of it, a remark that nothing is, or as much as is known."""
    if not items:
        return Mark(notes=(word("not_applicable"),))
    absent, known = _split(items)
    points = _points(known)
    if absent:
        part = word("part_sum", points=pointed(points, places), weight=digits(_weight(known)))
        return Mark(basis="sum", missing=_points_of(absent), notes=(part,) if known else ())
    formula = word("sum", parts=_added(items, places), points=pointed(points, places))
    return _simulated(Mark(points, basis="sum", formula=formula))


def _total_mark(items: list[_Item], any_indicator: bool, rules: Ruleset) -> Mark:
    applying = [item for item in items if item.applies]
    absent, known = _split(applying)
    problems = [] if any_indicator else [word("indicators")]
    problems += [_points_of(absent)] if absent else []
    if any_indicator and not absent and not _weight(applying):
        problems.append(word("nothing_applies"))
    elif any_indicator and rules.total not in {_weight(items), _weight(applying)}:
        problems.append(word("weights", expected=digits(rules.total), found=digits(_weight(items))))
    if problems:
        part = word("part_sum", points=pointed(_points(known), rules.places), weight=digits(_weight(known)))
        return Mark(basis="sum", missing="；".join(problems), notes=(part,) if known else ())
    return _simulated(_whole(known, rules))


def _whole(items: list[_Item], rules: Ruleset) -> Mark:
    """The total of items that all have points; scaled up where some of the weights are not assessed."""
    points, weight = _points(items), _weight(items)
    if weight == rules.total:
        return Mark(points, basis="sum", formula=word("sum", parts=_added(items, rules.places), points=pointed(points, rules.places)))
    scaled = min(rules.total, half_up(Fraction(points) * Fraction(rules.total) / Fraction(weight), rules.places))
    parts, shown = _added(items, rules.places), pointed(scaled, rules.places)
    formula = word("rescaled_formula", parts=parts, total=digits(rules.total), weight=digits(weight), points=shown)
    return Mark(scaled, basis="rescaled", formula=formula, notes=(word("rescaled", weight=digits(weight)),))


def _split(items: list[_Item]) -> tuple[list[_Item], list[_Item]]:
    """Those without points, and those with."""
    return [item for item in items if item.mark.points is None], [item for item in items if item.mark.points is not None]


def _points(items: Iterable[_Item]) -> Decimal:
    return sum((item.mark.points for item in items), Decimal(0))


def _weight(items: Iterable[_Item]) -> Decimal:
    return sum((item.weight for item in items if item.weight is not None), Decimal(0))


def _points_of(items: Iterable[_Item]) -> str:
    return word("points_of", names="、".join(_name(item.row) for item in items))


def _name(row: Row) -> str:
    """What an item is called; one without a name by its level."""
    return row["name"] or words.choice("indicators", "level2", row["level2"]) or words.choice("indicators", "level1", row["level1"])


def _added(items: Iterable[_Item], places: int) -> str:
    return " + ".join(pointed(item.mark.points, places) for item in items)


# ---- the metrics that only scores can fill ----------------------------------------------------------------------------------------------


def with_points(metrics: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The table budget_metrics with the department's indicator points and total taken from `scores`, as far as they could be reckoned.

    Without indicators the rows stay as they are and say that these are missing.
    """
    own = [row for row in rows_in(scores) if row.scope == DEPARTMENT]
    if not any(row.part == "indicator" for row in own):
        return metrics
    filled = dict(_filled_points(own))
    rows = [row | filled.get(row["metric"], {}) for row in records_in(metrics)]
    return make_table("budget_metrics", rows)


def _filled_points(scores: list[Any]) -> Iterator[tuple[str, Row]]:
    sums = [row for row in scores if row.part == "level1" and (row.status == "computed" or row.missing)]
    yield _INDICATOR_POINTS, _metric(sums)
    yield _TOTAL_POINTS, _metric([next(row for row in scores if row.part == "total")])


def _metric(parts: list[Any]) -> Row:
    """A metric that is the sum of scores, its note naming the grade; or what they lack."""
    inputs = {"inputs": " ".join(f"{part.score_id}.points" for part in parts)}
    missing = "；".join(part.missing for part in parts if part.missing)
    if missing or not parts:
        return inputs | {"missing": missing or word("nothing_applies")}
    grades = [f"等级：{part.grade}" for part in parts if part.grade]
    value = plain(sum((part.points for part in parts), Decimal(0)))
    return inputs | {"value": value, "unit": "分", "status": "computed", "missing": "", "note": "；".join([word("simulated"), *grades])}
