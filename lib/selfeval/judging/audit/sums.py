"""The total and its blocks along the tree of budget lines, column by column; and totals nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval import words
from selfeval.judging.report import Comparison, Finding, Material, Mention, Numbers, amount, compare, finding, listed
from selfeval.judging.slip import slip_between
from selfeval.knowledge import load
from selfeval.quantity import Quantity
from selfeval.records.line_tree import COLUMNS, Line, Sum

_WAN = "万元"
_OTHER_BOOKS = ("government_fund", "state_capital", "social_insurance")


def total_of_blocks(material: Material) -> Iterator[Finding]:
    """The total against its blocks: basic and project expenditure, with or without the other books; and against the books by source.

    Reports differ in what they count in. A composition that closes in one column is the one the others are held to.
    """
    total = material.tree.total()
    if total is None:
        return
    columns = [column for column in COLUMNS if total.amount(column) is not None]
    for compositions in (_by_nature, _by_source):
        judged = {column: _judged(material, total, column, compositions(material, column)) for column in columns}
        closing = next((name for result in judged.values() for name, comparison, _ in result if _closes(comparison)), "")
        for column, result in judged.items():
            if result and not _summed_elsewhere(material, result) and not _is_of_other_stage(total, column, result):
                told = _total_finding(material, total, column, result, closing)
                bound = material.binds([*filter(None, map(material.mention, told.figures))])
                if told.verdict != "differs" or (bound and (closing or _is_slip(material, total, column, result))):
                    yield told


def _is_of_other_stage(total: Line, column: str, result: Judged) -> bool:
    """Whether the parts make up the total of another stage of the budget: a plain 预算 of theirs is of that stage."""
    others = {total.amount(other) for other in COLUMNS if other != column} - {None, total.amount(column)}
    return any(summed.value in others for _, _, summed in result)


def _is_slip(material: Material, total: Line, column: str, result: Judged) -> bool:
    """Whether a slip in one of the amounts explains a gap that no other column proves to be one of the report and not of its reading."""
    whole = total.amount(column)
    for _, _, summed in result:
        parts = [line.amount(column) for line_id, _ in summed.inputs for line in material.tree if line.line_id == line_id]
        gap = whole - summed.value
        if slip_between(whole, summed.value) or any(slip_between(part, part + gap) for part in parts if part and part + gap > 0):
            return True
    return False


def _by_nature(material: Material, column: str) -> list[tuple[str, Sum]]:
    """Basic and project expenditure, then with one more book at a time."""
    tree = material.tree
    block = tree.basic_and_projects(column)
    if block is None:
        return []
    found = [("basic_and_projects", block)]
    for book in _OTHER_BOOKS:
        fund = tree.fund(book, column)
        if fund:
            block = Sum(block.value + fund.value, block.inputs + fund.inputs)
            found.append((book, block))
    added_up = _with_projects_added_up(material, column)
    return [*found, ("projects_added_up", added_up)] if added_up else found


def _with_projects_added_up(material: Material, column: str) -> Sum | None:
    """With the projects one by one in place of a stated total that they do not add up to: then that total is the root of the gap."""
    basic, projects = material.tree.basic(column), material.tree.sum_of(material.tree.projects(), column)
    stated = material.tree.project_expenditure(column)
    if basic is None or projects is None or stated is None or projects.value == stated.value:
        return None
    return Sum(basic.value + projects.value, basic.inputs + projects.inputs)


def _by_source(material: Material, column: str) -> list[tuple[str, Sum]]:
    """The books printed as parts of the total: general public budget, government funds and so on."""
    total = material.tree.total()
    books = [line for line in material.tree.children(total) if line.level in {"item", "fund"}] if total else []
    summed = material.tree.sum_of(books, column)
    wanted = any(line.book == "general_public" for line in books) and len(books) > 1
    return [("by_source", summed)] if summed and wanted else []


Judged = list[tuple[str, Comparison, Sum]]


def _judged(material: Material, total: Line, column: str, compositions: list[tuple[str, Sum]]) -> Judged:
    whole, tolerance = Quantity(total.amount(column)), material.precision.tolerance
    return [
        (name, compare(whole, Quantity(summed.value), tolerance(_mentions_of(material, total, column, summed))), summed)
        for name, summed in compositions
    ]


def _summed_elsewhere(material: Material, result: Judged) -> bool:
    """Does the report state just what the blocks add up to as its expenditure? The total then holds what was carried over too."""
    if any(_closes(comparison) for _, comparison, _ in result):
        return False
    sums = {summed.value for _, _, summed in result}
    words = re.compile(load("checks")["lists"]["all_expenditure"])
    return any(mention.amount in sums and words.search(mention.lead) for mention in material.mentions if mention.figure.kind == "money")


def _closes(comparison: Comparison) -> bool:
    return comparison.verdict in {"agrees", "rounding"}


def _total_finding(material: Material, total: Line, column: str, result: Judged, closing: str) -> Finding:
    chosen = next((entry for entry in result if _closes(entry[1])), None)
    chosen = chosen or next((entry for entry in result if entry[0] == closing), result[0])
    name, comparison, summed = chosen
    mentions = _mentions_of(material, total, column, summed)
    numbers = Numbers(total.amount(column), summed.value, comparison.difference, comparison.tolerance, _WAN)
    said = {"whole": total.item, "column": _column_name(column), "blocks": load("checks")["blocks"][name]}
    said |= {"parts": _spoken_blocks(material, column, summed), "further": _further(result, chosen, total.amount(column))}
    return finding(material, "total", comparison.verdict, _ids(mentions), numbers, quote="" if mentions else total.sentence, **said)


def _further(result: Judged, chosen: tuple[str, Comparison, Sum], whole: Decimal) -> str:
    """What would be left if further books were counted in."""
    if _closes(chosen[1]):
        return ""
    said = []
    for name, comparison, _ in result[result.index(chosen) + 1 :]:
        if name in load("checks")["books"] and comparison.difference and comparison.difference > 0:
            block, left = load("checks")["books"][name], amount(comparison.difference, _WAN)
            share = words.percent(comparison.difference / whole)
            said.append(load("checks")["words"]["further"].format(block=block, left=left, share=share))
    return "".join(said)


def _spoken_blocks(material: Material, column: str, summed: Sum) -> str:
    ids = {line_id for line_id, _ in summed.inputs}
    lines = [line for line in material.tree if line.line_id in ids]
    projects = [line for line in lines if line.level == "project"]
    said = [f"{line.item} {amount(line.amount(column), _WAN)}" for line in lines if line.level != "project"]
    if projects:
        together = sum((line.amount(column) for line in projects), Decimal(0))
        said.append(load("checks")["words"]["projects_together"].format(number=len(projects), sum=amount(together, _WAN)))
    return listed(said)


def totals_unstated(material: Material) -> Iterator[Finding]:
    """Project expenditure the report lists one by one and leaves to be added up, in every column."""
    for line in material.tree.at("project_total"):
        parts = material.tree.children(line)
        for column in COLUMNS if len(parts) > 1 else ():
            if line.amount(column) is None and all(part.amount(column) is not None for part in parts):
                yield _unstated(material, line, parts, column)


def _unstated(material: Material, line: Line, parts: list[Line], column: str) -> Finding:
    """A total the report leaves to be added up; where a budget stands beside it, what the net figure hides is said too."""
    summed = sum((part.amount(column) for part in parts), Decimal(0))
    said = {"whole": line.item, "column": _column_name(column), "number": len(parts)}
    said["hidden"] = _cancelled(line, parts, column, summed)
    ids = _ids(_mentions(material, parts, column))
    return finding(material, "sum_unstated", "flag", ids, Numbers(recomputed=summed, unit=_WAN), **said)


def _cancelled(line: Line, parts: list[Line], column: str, summed: Decimal) -> str:
    basis = line.basis()
    if column != "actual" or not basis or any(part.amount(basis) is None for part in parts):
        return ""
    gaps = [part.amount("actual") - part.amount(basis) for part in parts]
    over, short = sum((gap for gap in gaps if gap > 0), Decimal(0)), -sum((gap for gap in gaps if gap < 0), Decimal(0))
    if not over or not short:
        return ""
    budget = line.amount(basis)
    sizes = {"budget": budget, "net": abs(summed - budget), "over": over, "short": short}
    blanks = {name: amount(size, _WAN) for name, size in sizes.items()}
    return load("checks")["words"]["cancelled"].format(basis=_column_name(basis), **blanks)


# ---- shared -----------------------------------------------------------------------------------------------------------------------------


def _mentions(material: Material, lines: Sequence[Line], column: str) -> list[Mention]:
    first = material.of_line(lines[0], column) if lines else None
    return [mention for line in lines if (mention := material.of_line(line, column, first))]


def _mentions_of(material: Material, total: Line, column: str, summed: Sum) -> list[Mention]:
    ids = {line_id for line_id, _ in summed.inputs}
    return _mentions(material, [total, *(line for line in material.tree if line.line_id in ids)], column)


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(mention.id for mention in mentions)


def _column_name(column: str) -> str:
    return load("checks")["columns"][column]
