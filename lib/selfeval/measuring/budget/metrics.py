"""Budget metrics: execution, deviation and composition, exact and each on its stated basis; and which official rates cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from selfeval.knowledge import load
from selfeval.quantity import quotient
from selfeval.records.line_tree import Line, LineTree, Sum
from selfeval.tables import make_table

from .base import BaseData
from .official import official_rates
from .rows import Row, basis_name, computed, missing, word

_PROJECTS = "projects"
_STATED_LEVELS = ("total", "basic", "project_total", "project", "fund")
# Books taken off the total one after another, general public budget (basic and project expenditure) first.
_OTHER_BOOKS = ("government_fund", "state_capital", "social_insurance")


def budget_metrics(lines: pd.DataFrame, facts: pd.DataFrame | None = None, base_data: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the table budget_metrics for the lines of one report.

    Money is in 万元, rates are ratios (1 = 100 %) kept to ten decimal places, and `basis` says which budget column a rate is held
    against. `scope` is a line id, `projects` (all projects listed), or `department`. What cannot be reckoned is there as not_computable
    with what is missing. Labels, formulas and sources of definition: knowledge/budget_metrics.toml. `facts` (work_facts) and
    `base_data` (the sheet 基础数据, which wins) add what no budget line holds, such as head counts; without them the rates that need
    it cannot be had. Rates of one metric on different bases (全年预算数, 年初预算数, 绩效目标) must not be compared; only the first is
    the official 预算执行率. `inputs` names the cells a value stands on, as `line_id.column`.

    >>> project = {"line_id": "b01", "level": "project", "item": "甲项目", "adjusted": Decimal(40), "actual": Decimal(38)}
    >>> metrics = budget_metrics(make_table("budget_lines", [project])).set_index("metric")
    >>> metrics.loc["projects_net_rate", ["value", "basis", "inputs"]].tolist()
    [Decimal('0.95'), 'adjusted', 'b01.actual b01.adjusted']
    >>> metrics.loc["staff_control_rate", ["status", "missing"]].tolist()
    ['not_computable', '在职人员数、编制数']
    """
    tree = LineTree.of(lines)
    rows = [
        *(row for line in tree for row in _line_metrics(line)),
        *_project_metrics(tree),
        *_composition(tree),
        *_remainders(tree),
        *official_rates(lines, tree, facts, BaseData.of(base_data)),
    ]
    return make_table("budget_metrics", rows)


# ---- one line ---------------------------------------------------------------------------------------------------------------------------


def _line_metrics(line: Line) -> Iterator[Row]:
    """Execution of one line on every basis it has; of a line nobody budgets (a part, a stock of assets) nothing is asked."""
    bases = [basis for basis in load("budget_metrics")["bases"] if line.amount(basis) is not None]
    actual = line.amount("actual")
    if not bases and actual is not None and line.level in _STATED_LEVELS:
        yield missing("execution_rate", line.line_id, word("no_basis"), inputs=[(line.line_id, "actual")])
    for basis in bases:
        if actual is not None:
            yield from _execution(line, basis, line.amount(basis), actual)
        elif line.level in _STATED_LEVELS:
            yield missing("execution_rate", line.line_id, word("no_actual"), basis, [(line.line_id, basis)])


def _execution(line: Line, basis: str, budget: Decimal, actual: Decimal) -> Iterator[Row]:
    scope, inputs = line.line_id, [(line.line_id, "actual"), (line.line_id, basis)]
    yield computed("deviation", scope, actual - budget, inputs, basis)
    if not budget:
        for metric in ("execution_rate", "deviation_rate", "execution_points"):
            yield missing(metric, scope, word("zero_basis", basis=basis_name(basis)), basis, inputs)
        return
    rate = quotient(actual, budget)
    yield computed("execution_rate", scope, rate, inputs, basis, notes=[word("over") if actual > budget else ""])
    yield computed("deviation_rate", scope, quotient(actual - budget, budget), inputs, basis)
    yield computed("execution_points", scope, _points(actual, budget), inputs, basis, notes=_points_notes(actual, budget))


def _points(actual: Decimal, budget: Decimal) -> Decimal:
    """Execution points: the rate times full marks, never more than full marks and never less than none."""
    full = Decimal(load("budget_metrics")["scoring"]["execution_points"])
    return max(Decimal(0), min(full, quotient(actual * full, budget)))


def _points_notes(actual: Decimal, budget: Decimal) -> list[str]:
    return [word("simulated"), word("capped") if actual > budget else ""]


# ---- all projects -----------------------------------------------------------------------------------------------------------------------


def _project_metrics(tree: LineTree) -> Iterator[Row]:
    """The honest aggregates side by side: a net rate alone hides what overruns and shortfalls cancel."""
    projects = tree.projects()
    if not projects:
        yield missing("projects_count", _PROJECTS, word("no_projects"))
        return
    yield computed("projects_count", _PROJECTS, Decimal(len(projects)), [(line.line_id, "item") for line in projects])
    yield _sum_row(tree, "projects_actual_sum", "actual", "")
    for basis in load("budget_metrics")["bases"]:
        if any(line.amount(basis) is not None for line in projects):
            yield _sum_row(tree, "projects_budget_sum", basis, basis)
            yield from _aggregates(projects, basis)


def _sum_row(tree: LineTree, metric: str, column: str, basis: str) -> Row:
    summed = tree.sum_of(tree.projects(), column)
    if summed is None:
        return missing(metric, _PROJECTS, _silent(tree.projects(), column), basis)
    return computed(metric, _PROJECTS, summed.value, summed.inputs, basis)


def _silent(projects: list[Line], *columns: str) -> str:
    """Which projects the report gives no amount for, column by column."""
    parts = []
    for column in columns:
        items = [line.item for line in projects if line.amount(column) is None]
        if items:
            parts.append(word("some_missing", what=basis_name(column) or word("no_actual"), items="、".join(items)))
    return "；".join(parts)


def _aggregates(projects: list[Line], basis: str) -> Iterator[Row]:
    inputs = [(line.line_id, column) for line in projects for column in ("actual", basis)]
    silent = _silent(projects, basis, "actual")
    if silent:
        for metric in (*_SIZES, *_WEIGHTED, *_COUNTED):
            yield missing(metric, _PROJECTS, silent, basis, inputs)
        return
    pairs = [(line.amount("actual"), line.amount(basis)) for line in projects]
    for metric, size in _SIZES.items():
        yield computed(metric, _PROJECTS, size(pairs), inputs, basis)
    yield from _weighted_rows(pairs, basis, inputs)
    yield from _counted_rows(projects, pairs, basis, inputs)


Pairs = list[tuple[Decimal, Decimal]]


def _net(pairs: Pairs) -> Decimal:
    return sum((actual - budget for actual, budget in pairs), Decimal(0))


def _gross(pairs: Pairs) -> Decimal:
    return sum((abs(actual - budget) for actual, budget in pairs), Decimal(0))


def _overrun(pairs: Pairs) -> Decimal:
    return sum((max(actual - budget, Decimal(0)) for actual, budget in pairs), Decimal(0))


def _shortfall(pairs: Pairs) -> Decimal:
    return sum((max(budget - actual, Decimal(0)) for actual, budget in pairs), Decimal(0))


def _spent(pairs: Pairs) -> Decimal:
    return sum((actual for actual, _ in pairs), Decimal(0))


def _capped(pairs: Pairs) -> Decimal:
    return sum((min(actual, budget) for actual, budget in pairs), Decimal(0))


_SIZES = {
    "projects_net_deviation": _net,
    "projects_overrun": _overrun,
    "projects_shortfall": _shortfall,
    "projects_gross_deviation": _gross,
}
_WEIGHTED = {
    "projects_net_rate": _spent,
    "projects_capped_rate": _capped,
    "projects_gross_deviation_rate": _gross,
    "projects_execution_points": None,
}
_COUNTED = ("projects_mean_rate", "projects_mean_capped_rate", *(band["metric"] for band in load("budget_metrics")["scoring"]["bands"]))


def _weighted_rows(pairs: Pairs, basis: str, inputs: list[tuple[str, str]]) -> Iterator[Row]:
    """What is divided by the sum of the budgets; it needs that sum not to be zero."""
    budget = sum((amount for _, amount in pairs), Decimal(0))
    for metric, size in _WEIGHTED.items():
        if not budget:
            yield missing(metric, _PROJECTS, word("zero_basis", basis=basis_name(basis)), basis, inputs)
        elif size is None:
            yield computed(metric, _PROJECTS, _points(_spent(pairs), budget), inputs, basis, notes=_points_notes(_spent(pairs), budget))
        else:
            yield computed(metric, _PROJECTS, quotient(size(pairs), budget), inputs, basis)


def _counted_rows(projects: list[Line], pairs: Pairs, basis: str, inputs: list[tuple[str, str]]) -> Iterator[Row]:
    """What treats every project alike; it needs a rate of every single one."""
    zero = [line.item for line, (_, budget) in zip(projects, pairs, strict=True) if not budget]
    if zero:
        what = f"{'、'.join(zero)}：{word('zero_basis', basis=basis_name(basis))}"
        yield from (missing(metric, _PROJECTS, what, basis, inputs) for metric in _COUNTED)
        return
    number = Decimal(len(pairs))
    # Mean of exact quotients: rounding each rate first would add up nine roundings.
    rates = [quotient(actual, budget) for actual, budget in pairs]
    capped = [min(rate, Decimal(1)) for rate in rates]
    yield computed("projects_mean_rate", _PROJECTS, quotient(sum(rates), number), inputs, basis)
    yield computed("projects_mean_capped_rate", _PROJECTS, quotient(sum(capped), number), inputs, basis)
    upper = None
    for band in load("budget_metrics")["scoring"]["bands"]:
        lower = Decimal(band["from"]) if band["from"] else None
        inside = [rate for rate in rates if (lower is None or rate >= lower) and (upper is None or rate < upper)]
        yield computed(band["metric"], _PROJECTS, Decimal(len(inside)), inputs, basis)
        upper = lower


# ---- composition ------------------------------------------------------------------------------------------------------------------------


def _composition(tree: LineTree) -> Iterator[Row]:
    """Who takes which share: the parts of basic expenditure, and the blocks of the whole."""
    for basic in tree.at("basic"):
        yield from _shares_of_basic(tree, basic)
    total = tree.total()
    if total is not None and total.amount("actual"):
        for line, amount in _blocks(tree, total):
            notes = [word("summed") if line.amount("actual") is None else ""]
            inputs = [*amount.inputs, (total.line_id, "actual")]
            yield computed("share_of_total", line.line_id, quotient(amount.value, total.amount("actual")), inputs, notes=notes)


def _shares_of_basic(tree: LineTree, basic: Line) -> Iterator[Row]:
    parts = [line for line in tree.children(basic) if line.amount("actual") is not None]
    together = sum((line.amount("actual") for line in parts), Decimal(0))
    pairs = [(line.line_id, "actual") for line in parts]
    for part in parts:
        scope, amount = part.line_id, part.amount("actual")
        if basic.amount("actual"):
            whole = quotient(amount, basic.amount("actual"))
            yield computed("share_of_basic", scope, whole, [(scope, "actual"), (basic.line_id, "actual")])
        if together:
            yield computed("share_of_basic_parts", scope, quotient(amount, together), pairs, notes=[word("share_sum")])


def _blocks(tree: LineTree, total: Line) -> Iterator[tuple[Line, Sum]]:
    """The lines the whole is made of, as far as their amounts are known: its own parts, and the outermost line of every other book."""
    funds = {line.line_id for line in tree.at("fund")}
    for line in tree:
        outermost = line.level in {"basic", "project_total"} or (line.level == "fund" and line.parent_id not in funds)
        if outermost or line.parent_id == total.line_id:
            amount = tree.stated_or_summed(line, "actual")
            if amount is not None:
                yield line, amount


def _remainders(tree: LineTree) -> Iterator[Row]:
    """What of the whole no section accounts for, taking off one book after another as long as something is left."""
    total = tree.total()
    spent = tree.basic_and_projects("actual")
    if total is None or spent is None:
        return
    scope = total.line_id
    yield computed("basic_and_projects_actual", scope, spent.value, spent.inputs)
    for basis in load("budget_metrics")["bases"]:
        if total.amount(basis):
            rate = quotient(spent.value, total.amount(basis))
            yield computed("basic_and_projects_rate", scope, rate, [*spent.inputs, (scope, basis)], basis)
    if not total.amount("actual"):
        yield missing("remainder_after_general_public", scope, word("no_actual"))
        return
    left, inputs = total.amount("actual") - spent.value, [(scope, "actual"), *spent.inputs]
    yield from _remainder("general_public", total, left, inputs)
    for book in _OTHER_BOOKS:
        fund = tree.fund(book, "actual")
        if fund is not None and left > 0:
            left, inputs = left - fund.value, [*inputs, *fund.inputs]
            yield from _remainder(book, total, left, inputs)


def _remainder(book: str, total: Line, left: Decimal, inputs: list[tuple[str, str]]) -> Iterator[Row]:
    metric = f"remainder_after_{book}"
    yield computed(metric, total.line_id, left, inputs)
    yield computed(f"{metric}_share", total.line_id, quotient(left, total.amount("actual")), inputs)
