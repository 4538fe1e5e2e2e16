"""Years and periods: leftovers of another year, counts that end before the year does, and what is held for the nth time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selfeval.judging.report import Finding, Material, finding, once
from selfeval.knowledge import load
from selfeval.reading.clauses import words_before, words_behind
from selfeval.reading.document import is_about
from selfeval.reading.enumeration import value_of
from selfeval.reading.figures import Figure
from selfeval.records.findings import Numbers

_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(r"\s*[-－—～~至]")
_OPENED = ("〔", "[", "（", "(", "-", "－", "—", "～", "~", "至")
_LAST_MONTH = 12
# Further off than this nothing is of the same clause, and no more is shown of what a count is of.
_REACH, _SHOWN = 600, 16


def _rules() -> dict[str, object]:
    return load("remarks")["years"]


def leftovers(material: Material) -> Iterator[Finding]:
    """A year other than the report's, where plans are made or this year's work is told; what looks back on purpose is one note."""
    back: list[tuple[str, Figure]] = []
    for identity, figure, year in _years(material) if material.year else ():
        expected = _expected(material, figure, year)
        if expected is None:
            back.append((identity, figure))
        elif expected:
            numbers = Numbers.of(year, expected, "年")
            later = "leftover_plan" if _plans(material, figure) else "leftover_later"
            case = later if expected > material.year else "leftover"
            yield finding(material, case, "flag", [identity], numbers, year=str(year), report=material.year, expected=expected)
    if back:
        years = "、".join(dict.fromkeys(figure.text for _, figure in back))
        yield finding(material, "back_reference", "agrees", [identity for identity, _ in back], years=years, number=len(back))


def _years(material: Material) -> Iterator[tuple[str, Figure, int]]:
    """The report's own year and those before it, in running text outside names and spans of years."""
    text, apart = material.document.text, _of_tables(material)
    for identity, figure in material.numbered_figures():
        found = _YEAR.match(figure.text.lstrip('“"‘')) if figure.kind in {"year", "date"} and figure.start not in apart else None
        if found and int(found[0]) <= material.year:
            before = text[max(0, figure.start - 40) : figure.start]
            inside = before.rfind("《") > before.rfind("》") or before.removesuffix("截至").endswith(_OPENED)
            if not inside and not _SPAN.match(text, figure.end, figure.end + 6):
                yield identity, figure, int(found[0])


@once
def _series(material: Material) -> list[tuple[int, int]]:
    """Where years stand one after the other, that of the report among them."""
    found = re.finditer(_rules()["series"], material.document.text)
    return [each.span() for each in found if str(material.year) in each[0]]


def _of_tables(material: Material) -> set[int]:
    """Where the titles of tables stand, which are asked about by themselves, and the heads that name columns by years."""
    places = {cell.start for grid in material.grids for cell in grid.heads}
    for grid in material.grids:
        title = material.document.text.rfind(grid.title, 0, grid.start) if grid.title else -1
        places.update(range(title, title + len(grid.title)) if title >= 0 else ())
    return places


def _is_under(material: Material, figure: Figure, kinds: Sequence[str]) -> bool:
    """Whether the section of a figure is of one of these kinds, or a heading below that of its chapter is about one, or its only one."""
    path = material.document.outline.at(figure.start)
    near = path[1:] or path
    return material.document.section_kind_at(figure.start) in kinds or any(is_about(each.text, kind) for each in near for kind in kinds)


def _plans(material: Material, figure: Figure) -> bool:
    opened = re.match(_rules()["plans_open"], material.document.sentence(figure.start).strip())
    return bool(opened) or _is_under(material, figure, ("measures",))


def _is_signed(material: Material, figure: Figure) -> bool:
    """Whether a date stands on the line behind the name of the body, as below the title and at the end."""
    start = material.document.sentence_at(figure.start)[0]
    above = material.document.text[max(0, start - _REACH) : start].rstrip("（( \n\t\u3000").rpartition("\n")[2]
    return bool(material.body) and material.body in above


def _used(material: Material, figure: Figure, year: int) -> int:
    """The year of what a year is said to be for: of the accounts the report is published with, of the budget its result is a ground of,
    of the day it is signed, of what comes next; 0 where nothing is said, or of what has been."""
    rules, text, (start, end) = _rules(), material.document.text, material.document.sentence_at(figure.start)
    before = text[max(start, figure.start - _REACH) : figure.start]
    # What is signed or published in the last month of the year may be that of this year.
    mark = "〇" if figure.kind == "year" else "◎" if figure.text.startswith(f"{material.year}年{_LAST_MONTH}月") else "●"
    words = f"{before}{mark}{text[figure.end : min(end, figure.end + _REACH)]}"
    earlier = any(int(told) < material.year for told in _YEAR.findall(before))
    if earlier or material.kind not in rules["used_in"] or re.search(rules["used_before"], words):
        return 0
    under = {"anywhere": True, "results": material.document.section_kind_at(figure.start) not in {*rules["told"]} - {"problems"}}
    under |= {"plans": _plans(material, figure), "ahead": _is_under(material, figure, rules["ahead"]), "line": _is_signed(material, figure)}
    uses = (use for use in rules["use"] if under[use["under"]] and (year == material.year or not use.get("own")))
    return next((material.year + use["years"] for use in uses if re.search(use["words"], words)), 0)


def _expected(material: Material, figure: Figure, year: int) -> int | None:
    """The year that should stand there; None where the text looks back on purpose, 0 where nothing can be said."""
    rules, text, sentence = _rules(), material.document.text, material.document.sentence(figure.start)
    start, end = material.document.sentence_at(figure.start)
    before, here = text[max(start, figure.start - _REACH) : figure.start], text[figure.start : min(end, figure.start + _REACH)]
    behind = _YEAR.sub("", here, count=1)
    kind, told = material.document.section_kind_at(figure.start), rules["told"]
    # What documents of this kind tell of their own year only.
    if year < material.year and any(material.kind in own["kinds"] and re.match(own["words"], behind) for own in rules["own"]):
        return 0 if str(material.year) in sentence and material.year - year < rules["longest_ago"] else material.year
    if material.kind in rules["many_years"]:
        return 0
    if any(start <= figure.start < end for start, end in _series(material)):
        return None if year < material.year else 0
    used = _used(material, figure, year)
    if used or year == material.year:
        return used if used != year else 0
    own_end = re.match(rules["end_of_year"], behind) and not re.search(rules["held_against"], sentence)
    if re.search(rules["end_of"], before) and (material.year - year >= rules["longest_ago"] or own_end):
        return material.year
    clause = words_before(before, len(before), "，；：")
    if _plans(material, figure) or re.search(rules["due"], clause):
        clause += words_behind(here, 0, "，；：")
        ago = material.year - year > rules["recent"]
        return None if ago or re.search(rules["back_in_plans"], clause) else material.year + 1
    held_against = re.match(rules["bare"], behind) and re.search(r"\d", before)
    # Words of the sentence tell of the past, or those before the year of this year, with which it is compared.
    looks_back = re.search(rules["back"], sentence) or re.search(rules["this_year"], before)
    if kind in told and material.year - year <= rules["recent"] and not held_against and not looks_back:
        return material.year
    return None if kind in told else 0


def ends_of_counts(material: Material) -> Iterator[tuple[int, str, str]]:
    """Where counts go up to 目前 or to a month before the last, in which words, and which week of the year they tell of by themselves."""
    rules, text = _rules(), material.document.text
    until = [
        *re.finditer(rules["until_now"], text),
        *filter(lambda match: _is_early(material, match), re.finditer(rules["until_month"], text)),
    ]
    for match in until:
        if material.document.section_kind_at(match.start()) not in rules["plans"]:
            shown = match[0] + words_behind(text, match.end(), "，。；、\n", end=match.end() + _SHOWN)
            yield match.start(), shown, _weeks(material, match.start())


def _is_early(material: Material, match: re.Match[str]) -> bool:
    """截至6月底…；截至9月底…: how the year went on is told on purpose."""
    of_year = not match["year"] or int(match["year"]) == material.year
    around = re.finditer(_rules()["until_month"], material.document.sentence(match.start()))
    return of_year and int(match["month"]) != _LAST_MONTH and len({other["month"] for other in around}) == 1


def _weeks(material: Material, offset: int) -> str:
    """A weekly meeting held n times tells how far into the year the count goes."""
    (start, end), rules = material.document.sentence_at(offset), _rules()
    weekly = re.search(rules["weekly"], material.document.text[start:end])
    for identity, figure in material.figures_between(offset, end) if weekly else ():
        mention = material.mention(identity)
        if mention and mention.unit in rules["weekly_units"] and mention.amount < rules["weeks"]:
            return rules["told_weeks"].format(times=figure.text, number=mention.amount)
    return ""


def anniversaries(material: Material) -> Iterator[Finding]:
    """第23个安全生产月: what is held every year has one number a year."""
    for entry in load("remarks")["anniversary"] if material.year else ():
        words = rf"第([0-9一二三四五六七八九十]{{1,4}})(?:个|届|次)[^，。；\n]{{0,6}}?[“\"]?{entry['name']}"
        for match in re.finditer(words, material.document.text):
            number, due = value_of(match[1]), material.year - entry["first"] + 1
            numbers = Numbers.of(number, due, "个")
            verdict = "agrees" if number == due else "flag"
            yield finding(material, "anniversary", verdict, (), numbers, at=match.start(), name=match[0].lstrip(), year=material.year)
