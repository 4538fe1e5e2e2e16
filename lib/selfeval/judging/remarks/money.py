"""What money was for: personnel items among projects, one amount under two heads, reasons that do not hold, names that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from selfeval import words
from selfeval.judging.report import Finding, Material, finding
from selfeval.knowledge import load
from selfeval.reading.clauses import words_behind
from selfeval.records.findings import Numbers
from selfeval.records.line_tree import Line
from selfeval.words import quantity

from .outline import chapters

_WAN = "万元"
# What more lines than this have in common is a rate per head or an allotment, no payment entered twice.
_MOST_ALIKE = 30


def _rules() -> dict[str, str]:
    return load("remarks")["purposes"]


def personnel_among_projects(material: Material) -> Iterator[Finding]:
    """Wages, bonuses and insurance of staff that are listed as projects, in one finding with their share."""
    rules, projects = _rules(), material.tree.projects()
    named = [line for line in projects if re.search(rules["personnel"], line.item) and not re.search(rules["for_others"], line.item)]
    for column in ("actual", "adjusted", "target", "initial"):
        found = [line for line in named if line.amount(column) is not None]
        part, whole = (
            material.tree.sum_of([line for line in lines if line.amount(column) is not None], column) for lines in (named, projects)
        )
        if part and whole and whole.value:
            said = {"items": "、".join(f"{line.item} {quantity(line.amount(column), _WAN)}" for line in found), "number": len(named)}
            said |= {"column": load("checks")["columns"][column], "share_of_projects": words.percent(part.value / whole.value)}
            numbers = Numbers(part.value, whole.value, None, None, _WAN)
            yield finding(material, "personnel", "flag", _figures(named, column), numbers, **said)
            return


def _figures(lines: Sequence[Line], column: str = "actual") -> list[str]:
    return [figure for line in lines for figure in line.figures[column][:1]]


def one_amount_twice(material: Material) -> Iterator[Finding]:
    """The same odd amount spent under two heads whose names share their purpose: perhaps one payment counted twice."""
    by_amount: dict[Decimal, list[Line]] = {}
    for line in material.tree:
        spent = line.amount("actual")
        if spent is not None and spent != spent.to_integral_value():
            by_amount.setdefault(spent, []).append(line)
    for spent, lines in by_amount.items():
        for first, second in combinations(lines, 2) if len(lines) <= _MOST_ALIKE else ():
            related = first.parent_id in {second.parent_id, second.line_id} or first.line_id == second.parent_id
            if not related and (shared := _shared(first.item, second.item)):
                numbers = Numbers(spent, spent, Decimal(0), None, _WAN)
                said = {"first": first.item, "second": second.item, "shared": shared}
                yield finding(material, "twice_spent", "flag", _figures([first, second]), numbers, **said)


def _shared(first: str, second: str) -> str:
    """The longest run of characters both names have, if it is long enough to name a purpose."""
    runs = (first[start:end] for start in range(len(first)) for end in range(start + 3, len(first) + 1))
    longest = max((run for run in runs if run in second), key=len, default="")
    return longest if not re.fullmatch(_rules()["empty_words"], longest) else ""


def label_of_basic(material: Material) -> Iterator[Finding]:
    """Basic expenditure called by the name of the whole general public budget, while basic and projects make up the total."""
    total = material.tree.total()
    for line in material.tree.at("basic") if total else ():
        misnamed = re.search(_rules()["whole_book"], words_behind(line.sentence, 0, "，。；")) and "基本支出" not in line.sentence
        for column in ("adjusted", "target", "initial") if misnamed else ():
            own, whole, both = line.amount(column), total.amount(column), material.tree.basic_and_projects(column)
            if both and both.value == whole and own is not None:
                said = {"column": load("checks")["columns"][column], "item": line.item}
                yield finding(material, "misnamed", "flag", line.figures[column][:1], Numbers.of(own, whole, _WAN, None), **said)
                return


def explained(material: Material) -> list[Line]:
    """The lines that give a reason for what was spent beside their budget."""
    return [line for line in material.tree if line.reason and line.amount("actual") is not None and line.basis()]


def reasons(material: Material) -> Iterator[Finding]:
    """Reasons given for deviations that contradict the totals, or name another year."""
    given, rules = explained(material), _rules()
    pleading = [line for line in given if re.search(rules["shortage"], line.reason)]
    margin = 1 + Decimal(load("checks")["thresholds"]["margin"])
    spent = [(line, line.amount("actual"), line.amount(line.basis())) for line in material.tree if line.basis()]
    over = [(line, actual / budget) for line, actual, budget in spent if budget and actual is not None and actual > margin * budget]
    if pleading and over:
        said = {"items": "、".join(f"“{line.item}”" for line in pleading)}
        said["over"] = "、".join(f"{line.item} {words.percent(rate)}" for line, rate in over)
        yield finding(material, "reason_contradicts", "flag", _figures(pleading), **said)
    for line in given:
        years = {int(year) for year in re.findall(r"(?:19|20)\d\d", line.reason)} if material.year else set()
        other = sorted(years - {material.year, (material.year or 0) + 1})
        if (other and re.search(rules["carried_over"], line.reason)) or re.search(rules["last_year_paid"], line.reason):
            named = "、".join(f"{year}年" for year in other) or load("checks")["words"]["last_year"]
            said = {"item": line.item, "years": named, "reason": line.reason}
            yield finding(material, "reason_other_year", "flag", _figures([line]), Numbers(line.amount("actual"), unit=_WAN), **said)


def named_like_a_unit(material: Material) -> Iterator[Finding]:
    """A project that bears the name of a subordinate unit does not say what the money is for."""
    rules = _rules()
    for line in material.tree.projects():
        named = re.search(rules["unit_ending"], line.item) and not re.search(rules["purpose"], line.item) and len(line.item) > 3
        overview = chapters(material, "overview") if named else ()
        known = next((heading.start + len(heading.text) + body.find(line.item) for heading, body in overview if line.item in body), None)
        if known is not None:
            figures = next((line.figures[column][:1] for column in ("actual", "target", "adjusted", "initial") if line.figures[column]), ())
            yield finding(material, "named_like_unit", "flag", figures, item=line.item, place=material.place(known))
