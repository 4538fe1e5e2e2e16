"""The total and its blocks along the tree of budget lines, column by column; and totals nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from selfeval import words
from selfeval.judging.relations.edges import Steps, unit_of_step
from selfeval.judging.report import Finding, Material, Mention, finding, once
from selfeval.judging.slip import slip_between
from selfeval.knowledge import load
from selfeval.records.findings import Numbers
from selfeval.records.line_tree import COLUMNS, Line, Sum
from selfeval.words import quantity

_WAN, _HALF = "万元", Decimal("0.5")
_OTHER_BOOKS = ("government_fund", "state_capital", "social_insurance")


class _Blocks(NamedTuple):
    """What may make up the total: the lines added up, where they and the total stand, and the total against what they come to."""

    name: str
    lines: list[Line]
    mentions: list[Mention]
    numbers: Numbers

    @property
    def closes(self) -> bool:
        """Whether they make up the total, but for what was rounded."""
        return self.numbers.verdict != "differs"


def total_of_blocks(material: Material) -> Iterator[Finding]:
    """The total against its blocks: basic and project expenditure, with or without the other books; and against the books by source.

    Reports differ in what they count in. A composition that closes in one column is the one the others are held to.
    """
    total = material.tree.total()
    columns = [column for column in COLUMNS if total and total.amount(column) is not None]
    for compositions in (_by_nature, _by_source):
        judged = {column: [_blocks(material, total, column, *each) for each in compositions(material, column)] for column in columns}
        closing = next((blocks.name for result in judged.values() for blocks in result if blocks.closes), "")
        for column, result in judged.items():
            if not _is_of_something_else(material, total, column, result):
                # What closes; else what a slip explains; else what closes in another column.
                likely = [[each.closes, _is_slip(each, column), each.name == closing] for each in result]
                chosen = next((each for way in range(3) for each, fits in zip(result, likely, strict=True) if fits[way]), None)
                if chosen and (chosen.closes or material.binds(chosen.mentions)):
                    yield _total_finding(material, total, column, chosen, result[result.index(chosen) + 1 :])


def _blocks(material: Material, total: Line, column: str, name: str, summed: Sum) -> _Blocks:
    ids = {line_id for line_id, _ in summed.inputs}
    lines = [line for line in material.tree if line.line_id in ids]
    mentions = _mentions(material, [total, *lines], column)
    return _Blocks(name, lines, mentions, Numbers.of(total.amount(column), summed.value, _WAN, _tolerance(material, mentions)))


def _is_of_something_else(material: Material, total: Line, column: str, result: Sequence[_Blocks]) -> bool:
    """Whether the blocks make up the total of another stage of the budget, as a plain 预算 of theirs is of that stage; or, short of
    closing, what the report states as its expenditure: the total then holds what was carried over too."""
    sums, others = {blocks.numbers.recomputed for blocks in result}, {total.amount(other) for other in COLUMNS if other != column}
    if sums & (others - {None, total.amount(column)}):
        return True
    words = re.compile(load("checks")["lists"]["all_expenditure"])
    money = (mention for mention in material.mentions if mention.figure.kind == "money" and mention.amount in sums)
    return not any(blocks.closes for blocks in result) and any(words.search(mention.lead) for mention in money)


def _is_slip(blocks: _Blocks, column: str) -> bool:
    """Whether a slip in one of the amounts explains a gap that no other column proves to be one of the report and not of its reading."""
    whole, gap = blocks.numbers.stated, blocks.numbers.difference
    parts = [part for part in (line.amount(column) for line in blocks.lines) if part and part + gap > 0]
    return bool(slip_between(whole, whole - gap)) or any(slip_between(part, part + gap) for part in parts)


def _by_nature(material: Material, column: str) -> Iterator[tuple[str, Sum]]:
    """Basic and project expenditure, then with one more book at a time; last with the projects one by one in place of a stated total that
    they do not add up to: then that total is the root of the gap."""
    tree = material.tree
    block = tree.basic_and_projects(column)
    if block is None:
        return
    yield "basic_and_projects", block
    for book in _OTHER_BOOKS:
        fund = tree.fund(book, column)
        if fund:
            block = Sum(block.value + fund.value, block.inputs + fund.inputs)
            yield book, block
    basic, projects, stated = tree.basic(column), tree.sum_of(tree.projects(), column), tree.project_expenditure(column)
    if basic and projects and stated and projects.value != stated.value:
        yield "projects_added_up", Sum(basic.value + projects.value, basic.inputs + projects.inputs)


def _by_source(material: Material, column: str) -> Iterator[tuple[str, Sum]]:
    """The books printed as parts of the total: general public budget, government funds and so on."""
    books = [line for line in material.tree.children(material.tree.total()) if line.level in {"item", "fund"}]
    summed = material.tree.sum_of(books, column)
    if summed and len(books) > 1 and any(line.book == "general_public" for line in books):
        yield "by_source", summed


def _total_finding(material: Material, total: Line, column: str, blocks: _Blocks, further: Sequence[_Blocks]) -> Finding:
    said = {"whole": total.item, "column": _column_name(column), "blocks": load("checks")["blocks"][blocks.name]}
    left = "" if blocks.closes else "".join(map(_left, further))
    said |= {"parts": _spoken_blocks(blocks.lines, column), "further": left, "quote": "" if blocks.mentions else total.sentence}
    return finding(material, "total", blocks.numbers.verdict, _ids(blocks.mentions), blocks.numbers, **said)


def _left(blocks: _Blocks) -> str:
    """What would be left if further books were counted in."""
    name, left = load("checks")["books"].get(blocks.name), blocks.numbers.difference
    if not name or left <= 0:
        return ""
    share = words.percent(left / blocks.numbers.stated)
    return load("checks")["words"]["further"].format(block=name, left=quantity(left, _WAN), share=share)


def _spoken_blocks(lines: Sequence[Line], column: str) -> str:
    projects = [line for line in lines if line.level == "project"]
    said = [f"{line.item} {quantity(line.amount(column), _WAN)}" for line in lines if line.level != "project"]
    if projects:
        together = sum((line.amount(column) for line in projects), Decimal(0))
        said.append(load("checks")["words"]["projects_together"].format(number=len(projects), sum=quantity(together, _WAN)))
    return "、".join(said)


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
    blanks = {name: quantity(size, _WAN) for name, size in sizes.items()}
    return load("checks")["words"]["cancelled"].format(basis=_column_name(basis), **blanks)


# ---- shared -----------------------------------------------------------------------------------------------------------------------------


def _mentions(material: Material, lines: Sequence[Line], column: str) -> list[Mention]:
    first = material.of_line(lines[0], column) if lines else None
    return [mention for line in lines if (mention := material.of_line(line, column, first))]


def _tolerance(material: Material, mentions: Sequence[Mention]) -> Decimal:
    """Half a printed step for every amount that takes part: all printed with the same decimals are rounded to these, else (14 beside 11.5)
    zeros were dropped, and none is read more coarsely than the report usually prints amounts."""
    statements = [material.stated[mention.index] for mention in mentions]
    alike = len({(each.figure.unit, each.figure.exponent) for each in statements}) == 1 and mentions[0].decimals
    return sum(map(unit_of_step if alike else _steps(material).of, statements), Decimal(0)) * _HALF


@once
def _steps(material: Material) -> Steps:
    return Steps(material.spoken.statements)


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(mention.id for mention in mentions)


def _column_name(column: str) -> str:
    return load("checks")["columns"][column]
