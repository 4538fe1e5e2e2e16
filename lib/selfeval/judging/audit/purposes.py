"""What money was for: personnel items among projects, one amount under two heads, reasons that do not hold, names that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval import words
from selfeval.judging.report import Finding, Material, Numbers, amount, finding, listed
from selfeval.knowledge import load
from selfeval.reading.clauses import words_behind
from selfeval.records.line_tree import Line

from .headings import chapters

_WAN = "万元"
# What more lines than this have in common is a rate per head or an allotment, no payment entered twice.
_MOST_ALIKE = 30


def personnel_among_projects(material: Material) -> Iterator[Finding]:
    """Wages, bonuses and insurance of staff that are listed as projects, in one finding with their share."""
    rules, projects = load("checks")["purposes"], material.tree.projects()
    found = [line for line in projects if re.search(rules["personnel"], line.item) and not re.search(rules["for_others"], line.item)]
    for column in ("actual", "adjusted", "target", "initial"):
        part, whole = (material.tree.sum_of(_stated(lines, column), column) for lines in (found, projects))
        if part and whole and whole.value:
            share = words.percent(part.value / whole.value)
            figures = [figure for line in found for figure in line.figures[column][:1]]
            numbers = Numbers(part.value, whole.value, None, None, _WAN)
            yield finding(
                material,
                "personnel",
                "flag",
                figures,
                numbers,
                items=_spoken(found, column),
                number=len(found),
                column=load("checks")["columns"][column],
                share_of_projects=share,
            )
            return


def _stated(lines: Sequence[Line], column: str) -> list[Line]:
    return [line for line in lines if line.amount(column) is not None]


def _spoken(lines: Sequence[Line], column: str) -> str:
    return listed(f"{line.item} {amount(line.amount(column), _WAN)}" for line in lines if line.amount(column) is not None)


def one_amount_twice(material: Material) -> Iterator[Finding]:
    """The same odd amount spent under two heads whose names share their purpose: perhaps one payment counted twice."""
    by_amount: dict[Decimal, list[Line]] = {}
    for line in material.tree:
        spent = line.amount("actual")
        if spent is not None and spent != spent.to_integral_value():
            by_amount.setdefault(spent, []).append(line)
    for spent, lines in ((spent, lines) for spent, lines in by_amount.items() if len(lines) <= _MOST_ALIKE):
        for index, first in enumerate(lines):
            for second in lines[index + 1 :]:
                shared = _shared(first.item, second.item)
                if first.parent_id != second.parent_id and not _related(first, second) and shared:
                    figures = [*first.figures["actual"][:1], *second.figures["actual"][:1]]
                    numbers = Numbers(spent, spent, Decimal(0), None, _WAN)
                    yield finding(material, "twice_spent", "flag", figures, numbers, first=first.item, second=second.item, shared=shared)


def _related(first: Line, second: Line) -> bool:
    return first.line_id == second.parent_id or second.line_id == first.parent_id


def _shared(first: str, second: str) -> str:
    """The longest run of characters both names have, if it is long enough to name a purpose."""
    runs = (first[start:end] for start in range(len(first)) for end in range(start + 3, len(first) + 1))
    longest = max((run for run in runs if run in second), key=len, default="")
    return longest if not re.fullmatch(load("checks")["purposes"]["empty_words"], longest) else ""


def label_of_basic(material: Material) -> Iterator[Finding]:
    """Basic expenditure called by the name of the whole general public budget, while basic and projects make up the total."""
    total = material.tree.total()
    for line in material.tree.at("basic") if total else ():
        opening = words_behind(line.sentence, 0, "，。；")
        misnamed = re.search(load("checks")["purposes"]["whole_book"], opening) and "基本支出" not in line.sentence
        for column in ("adjusted", "target", "initial"):
            both = material.tree.basic_and_projects(column)
            if misnamed and both and both.value == total.amount(column) and line.amount(column) is not None:
                numbers = Numbers(line.amount(column), total.amount(column), line.amount(column) - total.amount(column), None, _WAN)
                yield finding(
                    material,
                    "misnamed",
                    "flag",
                    line.figures[column][:1],
                    numbers,
                    column=load("checks")["columns"][column],
                    item=line.item,
                )
                return


# ---- reasons ----------------------------------------------------------------------------------------------------------------------------


def reasons(material: Material) -> Iterator[Finding]:
    """Reasons given for deviations: those that contradict the totals, name another year, say nothing, or give no amount."""
    given = [line for line in material.tree if line.reason and line.amount("actual") is not None and line.basis()]
    yield from _short_of_money(material, given)
    yield from _other_years(material, given)
    yield from _empty(material, given)
    yield from _unquantified(material, given)


def _short_of_money(material: Material, given: Sequence[Line]) -> Iterator[Finding]:
    pleading = [line for line in given if re.search(load("checks")["purposes"]["shortage"], line.reason)]
    margin = 1 + Decimal(load("checks")["thresholds"]["margin"])
    over = [line for line in material.tree if _overspent(line, margin)]
    if pleading and over:
        yield finding(
            material,
            "reason_contradicts",
            "flag",
            _figures(pleading),
            items=listed(f"“{line.item}”" for line in pleading),
            over=listed(f"{line.item} {words.percent(line.amount('actual') / line.amount(line.basis()))}" for line in over),
        )


def _overspent(line: Line, margin: Decimal) -> bool:
    return bool(line.amount("actual") is not None and line.basis() and line.amount("actual") > margin * line.amount(line.basis()))


def _other_years(material: Material, given: Sequence[Line]) -> Iterator[Finding]:
    for line in given:
        years = {int(year) for year in re.findall(r"(?:19|20)\d\d", line.reason)} if material.year else set()
        other = sorted(years - {material.year, (material.year or 0) + 1})
        carried = re.search(load("checks")["purposes"]["carried_over"], line.reason)
        if (other and carried) or re.search(load("checks")["purposes"]["last_year_paid"], line.reason):
            named = listed(f"{year}年" for year in other) or load("checks")["words"]["last_year"]
            numbers = Numbers(line.amount("actual"), unit=_WAN)
            yield finding(
                material, "reason_other_year", "flag", line.figures["actual"][:1], numbers, item=line.item, years=named, reason=line.reason
            )


def _empty(material: Material, given: Sequence[Line]) -> Iterator[Finding]:
    for line in given:
        if re.fullmatch(load("checks")["purposes"]["says_nothing"], line.reason.rstrip("。；")):
            yield finding(material, "reason_empty", "flag", line.figures["actual"][:1], item=line.item, reason=line.reason)


def _unquantified(material: Material, given: Sequence[Line]) -> Iterator[Finding]:
    margin = Decimal(load("checks")["thresholds"]["margin"])
    rules = load("checks")["purposes"]
    found = [
        line
        for line in given
        if re.search(rules["heads"], line.reason)
        and not re.search(rules["sum_of_money"], line.reason)
        and line.amount(line.basis())
        and abs(line.amount("actual") / line.amount(line.basis()) - 1) > margin
    ]
    if found:
        items = listed(
            f"“{line.item}”相差 {amount(abs(line.amount('actual') - line.amount(line.basis())), _WAN)}（{line.reason}）" for line in found
        )
        yield finding(material, "reason_unquantified", "flag", _figures(found), items=items, number=len(found))


def _figures(lines: Sequence[Line]) -> list[str]:
    return [figure for line in lines for figure in line.figures["actual"][:1]]


def named_like_a_unit(material: Material) -> Iterator[Finding]:
    """A project that bears the name of a subordinate unit does not say what the money is for."""
    rules = load("checks")["purposes"]
    suspects = [
        line
        for line in material.tree.projects()
        if re.search(rules["unit_ending"], line.item) and not re.search(rules["purpose"], line.item)
    ]
    overview = chapters(material, "overview") if suspects else ()
    for line in suspects:
        known = next((heading.start + len(heading.text) + body.find(line.item) for heading, body in overview if line.item in body), None)
        if known is not None and len(line.item) > 3:
            figures = next((line.figures[column][:1] for column in ("actual", "target", "adjusted", "initial") if line.figures[column]), ())
            yield finding(material, "named_like_unit", "flag", figures, item=line.item, place=material.place(known))
