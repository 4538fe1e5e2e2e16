"""Budget metrics: execution, deviation and composition, exact and each on its stated basis; and which official rates cannot be had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from .knowledge import load
from .line_tree import Line, LineTree, Sum
from .quantity import plain, quotient, whole_of
from .tables import make_table

_PROJECTS, _DEPARTMENT = "projects", "department"
_STATED_LEVELS = ("total", "basic", "project_total", "project", "fund")
_COLUMNS_OF = {
    "budget": ("adjusted", "initial", "target"),
    "amount": ("actual", "adjusted", "initial", "target"),
}
# Books taken off the total one after another, general public budget (basic and project expenditure) first.
_OTHER_BOOKS = ("government_fund", "state_capital", "social_insurance")

Row = dict[str, Any]


def budget_metrics(lines: pd.DataFrame, facts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the table budget_metrics for the lines of one report.

    Money is in 万元, rates are ratios (1 = 100 %) kept to ten decimal places, and `basis` says which budget column a rate is held
    against. `scope` is a line id, `projects` (all projects listed), or `department`. What cannot be reckoned is there as not_computable
    with what is missing. Labels, formulas and sources of definition: knowledge/budget_metrics.toml. `facts` (work_facts) adds what is no
    money, such as head counts; without it the rates that need them cannot be had.
    """
    tree = LineTree.of(lines)
    rows = [
        *(row for line in tree for row in _line_metrics(line)),
        *_project_metrics(tree),
        *_composition(tree),
        *_remainders(tree),
        *_official(tree, facts),
    ]
    return make_table("budget_metrics", rows)


# ---- rows -------------------------------------------------------------------------------------------------------------------------------


def _computed(
    metric: str, scope: str, value: Decimal, inputs: Iterable[tuple[str, str]], basis: str = "", *, notes: Iterable[str] = ()
) -> Row:
    return {**_described(metric, scope, basis, inputs), "value": plain(value), "status": "computed", "note": "；".join(filter(None, notes))}


def _missing(metric: str, scope: str, missing: str, basis: str = "", inputs: Iterable[tuple[str, str]] = ()) -> Row:
    return {**_described(metric, scope, basis, inputs), "value": None, "status": "not_computable", "missing": missing}


def _described(metric: str, scope: str, basis: str, inputs: Iterable[tuple[str, str]]) -> Row:
    entry = load("budget_metrics")["metric"][metric]
    # Without a column to hold it against, the budget as such is meant.
    name = _basis_name(basis) or _word("any_budget")
    return {
        "metric": metric,
        "label": entry["label"].replace("{basis}", name),
        "scope": scope,
        "unit": entry.get("unit", ""),
        "basis": basis,
        "formula": entry["formula"].replace("{basis}", name),
        "inputs": " ".join(f"{line_id}.{column}" for line_id, column in inputs),
    }


def _basis_name(basis: str) -> str:
    return load("budget_metrics")["bases"].get(basis, "")


def _word(name: str, /, **parts: str) -> str:
    return load("budget_metrics")["words"][name].format(**parts)


# ---- one line ---------------------------------------------------------------------------------------------------------------------------


def _line_metrics(line: Line) -> Iterator[Row]:
    """Execution of one line on every basis it has; of a line nobody budgets (a part, a stock of assets) nothing is asked."""
    bases = [basis for basis in load("budget_metrics")["bases"] if line.amount(basis) is not None]
    actual = line.amount("actual")
    if not bases and actual is not None and line.level in _STATED_LEVELS:
        yield _missing("execution_rate", line.line_id, _word("no_basis"), inputs=[(line.line_id, "actual")])
    for basis in bases:
        if actual is not None:
            yield from _execution(line, basis, line.amount(basis), actual)
        elif line.level in _STATED_LEVELS:
            yield _missing("execution_rate", line.line_id, _word("no_actual"), basis, [(line.line_id, basis)])


def _execution(line: Line, basis: str, budget: Decimal, actual: Decimal) -> Iterator[Row]:
    scope, inputs = line.line_id, [(line.line_id, "actual"), (line.line_id, basis)]
    yield _computed("deviation", scope, actual - budget, inputs, basis)
    if not budget:
        for metric in ("execution_rate", "deviation_rate", "execution_points"):
            yield _missing(metric, scope, _word("zero_basis", basis=_basis_name(basis)), basis, inputs)
        return
    rate = quotient(actual, budget)
    yield _computed("execution_rate", scope, rate, inputs, basis, notes=[_word("over") if actual > budget else ""])
    yield _computed("deviation_rate", scope, quotient(actual - budget, budget), inputs, basis)
    yield _computed("execution_points", scope, _points(actual, budget), inputs, basis, notes=_points_notes(actual, budget))


def _points(actual: Decimal, budget: Decimal) -> Decimal:
    """Execution points: the rate times full marks, never more than full marks and never less than none."""
    full = Decimal(load("budget_metrics")["scoring"]["execution_points"])
    return max(Decimal(0), min(full, quotient(actual * full, budget)))


def _points_notes(actual: Decimal, budget: Decimal) -> list[str]:
    return [_word("simulated"), _word("capped") if actual > budget else ""]


# ---- all projects -----------------------------------------------------------------------------------------------------------------------


def _project_metrics(tree: LineTree) -> Iterator[Row]:
    """The honest aggregates side by side: a net rate alone hides what overruns and shortfalls cancel."""
    projects = tree.projects()
    if not projects:
        yield _missing("projects_count", _PROJECTS, _word("no_projects"))
        return
    yield _computed("projects_count", _PROJECTS, Decimal(len(projects)), [(line.line_id, "item") for line in projects])
    yield _sum_row(tree, "projects_actual_sum", "actual", "")
    for basis in load("budget_metrics")["bases"]:
        if any(line.amount(basis) is not None for line in projects):
            yield _sum_row(tree, "projects_budget_sum", basis, basis)
            yield from _aggregates(projects, basis)


def _sum_row(tree: LineTree, metric: str, column: str, basis: str) -> Row:
    summed = tree.sum_of(tree.projects(), column)
    if summed is None:
        return _missing(metric, _PROJECTS, _silent(tree.projects(), column), basis)
    return _computed(metric, _PROJECTS, summed.value, summed.inputs, basis)


def _silent(projects: list[Line], *columns: str) -> str:
    """Which projects the report gives no amount for, column by column."""
    parts = []
    for column in columns:
        items = [line.item for line in projects if line.amount(column) is None]
        if items:
            parts.append(_word("some_missing", what=_basis_name(column) or _word("no_actual"), items="、".join(items)))
    return "；".join(parts)


def _aggregates(projects: list[Line], basis: str) -> Iterator[Row]:
    inputs = [(line.line_id, column) for line in projects for column in ("actual", basis)]
    silent = _silent(projects, basis, "actual")
    if silent:
        for metric in (*_SIZES, *_WEIGHTED, *_COUNTED):
            yield _missing(metric, _PROJECTS, silent, basis, inputs)
        return
    pairs = [(line.amount("actual"), line.amount(basis)) for line in projects]
    for metric, size in _SIZES.items():
        yield _computed(metric, _PROJECTS, size(pairs), inputs, basis)
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
            yield _missing(metric, _PROJECTS, _word("zero_basis", basis=_basis_name(basis)), basis, inputs)
        elif size is None:
            yield _computed(metric, _PROJECTS, _points(_spent(pairs), budget), inputs, basis, notes=_points_notes(_spent(pairs), budget))
        else:
            yield _computed(metric, _PROJECTS, quotient(size(pairs), budget), inputs, basis)


def _counted_rows(projects: list[Line], pairs: Pairs, basis: str, inputs: list[tuple[str, str]]) -> Iterator[Row]:
    """What treats every project alike; it needs a rate of every single one."""
    zero = [line.item for line, (_, budget) in zip(projects, pairs, strict=True) if not budget]
    if zero:
        missing = f"{'、'.join(zero)}：{_word('zero_basis', basis=_basis_name(basis))}"
        yield from (_missing(metric, _PROJECTS, missing, basis, inputs) for metric in _COUNTED)
        return
    number = Decimal(len(pairs))
    # Mean of exact quotients: rounding each rate first would add up nine roundings.
    rates = [quotient(actual, budget) for actual, budget in pairs]
    capped = [min(rate, Decimal(1)) for rate in rates]
    yield _computed("projects_mean_rate", _PROJECTS, quotient(sum(rates), number), inputs, basis)
    yield _computed("projects_mean_capped_rate", _PROJECTS, quotient(sum(capped), number), inputs, basis)
    upper = None
    for band in load("budget_metrics")["scoring"]["bands"]:
        lower = Decimal(band["from"]) if band["from"] else None
        inside = [rate for rate in rates if (lower is None or rate >= lower) and (upper is None or rate < upper)]
        yield _computed(band["metric"], _PROJECTS, Decimal(len(inside)), inputs, basis)
        upper = lower


# ---- composition ------------------------------------------------------------------------------------------------------------------------


def _composition(tree: LineTree) -> Iterator[Row]:
    """Who takes which share: the parts of basic expenditure, and the blocks of the whole."""
    for basic in tree.at("basic"):
        yield from _shares_of_basic(tree, basic)
    total = tree.total()
    if total is not None and total.amount("actual"):
        for line, amount in _blocks(tree, total):
            notes = [_word("summed") if line.amount("actual") is None else ""]
            inputs = [*amount.inputs, (total.line_id, "actual")]
            yield _computed("share_of_total", line.line_id, quotient(amount.value, total.amount("actual")), inputs, notes=notes)


def _shares_of_basic(tree: LineTree, basic: Line) -> Iterator[Row]:
    parts = [line for line in tree.children(basic) if line.amount("actual") is not None]
    together = sum((line.amount("actual") for line in parts), Decimal(0))
    pairs = [(line.line_id, "actual") for line in parts]
    for part in parts:
        scope, amount = part.line_id, part.amount("actual")
        if basic.amount("actual"):
            whole = quotient(amount, basic.amount("actual"))
            yield _computed("share_of_basic", scope, whole, [(scope, "actual"), (basic.line_id, "actual")])
        if together:
            yield _computed("share_of_basic_parts", scope, quotient(amount, together), pairs, notes=[_word("share_sum")])


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
    yield _computed("basic_and_projects_actual", scope, spent.value, spent.inputs)
    for basis in load("budget_metrics")["bases"]:
        if total.amount(basis):
            rate = quotient(spent.value, total.amount(basis))
            yield _computed("basic_and_projects_rate", scope, rate, [*spent.inputs, (scope, basis)], basis)
    if not total.amount("actual"):
        yield _missing("remainder_after_general_public", scope, _word("no_actual"))
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
    yield _computed(metric, total.line_id, left, inputs)
    yield _computed(f"{metric}_share", total.line_id, quotient(left, total.amount("actual")), inputs)


# ---- official department indicators -----------------------------------------------------------------------------------------------------


def _official(tree: LineTree, facts: pd.DataFrame | None) -> Iterator[Row]:
    """The common indicators of the field, computed where every operand is there."""
    for entry in load("budget_metrics")["official"]:
        found = [_operand(tree, facts, operand) for operand in entry["operands"]]
        absent = [operand["name"] for operand, sum_ in zip(entry["operands"], found, strict=True) if sum_ is None]
        row = {
            "metric": entry["id"],
            "label": entry["label"],
            "scope": _DEPARTMENT,
            "unit": entry.get("unit", ""),
            "formula": entry["formula"],
            "inputs": " ".join(f"{line_id}.{column}" for sum_ in found if sum_ for line_id, column in sum_.inputs),
            "basis": _basis_of(found),
        }
        if absent or entry["shape"] == "none":
            yield {**row, "basis": "", "status": "not_computable", "missing": "、".join(absent)}
            continue
        top, bottom = _SHAPES[entry["shape"]](*(sum_.value for sum_ in found))
        if not bottom:
            yield {**row, "status": "not_computable", "missing": _word("zero_basis", basis=entry["operands"][-1]["name"])}
            continue
        yield {**row, "value": quotient(top, bottom), "status": "computed", "note": entry.get("caution", "")}


_SHAPES = {
    "ratio": lambda numerator, denominator: (numerator, denominator),
    "change": lambda now, before: (now - before, before),
    "carry": lambda brought, budget, carried: (brought + budget - carried, brought + budget),
}


def _operand(tree: LineTree, facts: pd.DataFrame | None, operand: dict[str, Any]) -> Sum | None:
    if "indicator" in operand:
        return _fact(facts, operand["indicator"])
    if "column" not in operand:
        return None
    columns = _COLUMNS_OF.get(operand["column"], (operand["column"],))
    # The shortest name is the least specific: “三公”经费 before “三公”经费中的公务接待费.
    for line in sorted((line for line in tree if _fits(line, operand)), key=lambda line: len(line.item)):
        for column in columns:
            amount = tree.stated_or_summed(line, column)
            if amount is not None:
                return amount
    return None


def _fits(line: Line, operand: dict[str, Any]) -> bool:
    named = "item" not in operand or any(word in line.item for word in operand["item"])
    return named and operand.get("level", line.level) == line.level and operand.get("book", line.book) == line.book


def _fact(facts: pd.DataFrame | None, indicator: str) -> Sum | None:
    """The one value of an indicator; None when it is not stated, stated as a bound, or stated in two ways."""
    if facts is None:
        return None
    rows = facts[(facts["indicator"] == indicator) & (facts["qualifier"] == "exact") & facts["value"].notna()]
    values = list(rows["value"])
    chosen = 0 if len(set(values)) == 1 else whole_of(values)
    return None if chosen is None else Sum(values[chosen], ((rows.iloc[chosen]["fact_id"], "value"),))


def _basis_of(found: list[Sum | None]) -> str:
    """The budget column among the operands, if just one is."""
    bases = {column for sum_ in found if sum_ for _, column in sum_.inputs} & set(load("budget_metrics")["bases"])
    return bases.pop() if len(bases) == 1 else ""
