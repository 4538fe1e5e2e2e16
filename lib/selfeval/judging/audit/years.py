"""Years and periods: leftovers of another year, counts that end before the year does, and what is held for the nth time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selfeval.judging.report import Finding, Material, Numbers, finding, listed
from selfeval.knowledge import load
from selfeval.reading.clauses import words_before, words_behind
from selfeval.reading.enumeration import value_of
from selfeval.reading.figures import Figure

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
# In a leap year.
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Further off than this nothing is of the same clause.
_REACH = 600


def leftovers(material: Material) -> Iterator[Finding]:
    """A year other than the report's, where plans are made or this year's work is told; what looks back on purpose is one note."""
    back: list[tuple[str, Figure]] = []
    for identity, figure, year in _years(material):
        expected = _expected(material, figure, year)
        if expected is None:
            back.append((identity, figure))
        elif expected:
            numbers = Numbers(Decimal(year), Decimal(expected), Decimal(year - expected), Decimal(0), "年")
            case = "leftover_plan" if expected > material.year else "leftover"
            yield finding(material, case, "flag", [identity], numbers, year=str(year), report=material.year, expected=expected)
    if back:
        years = listed(dict.fromkeys(figure.text for _, figure in back))
        yield finding(material, "back_reference", "agrees", [identity for identity, _ in back], years=years, number=len(back))


def _years(material: Material) -> Iterator[tuple[str, Figure, int]]:
    """Years before the report's own, and that itself where something is due in it, in running text outside names and spans of years."""
    if material.year is None:
        return
    text = material.document.text
    apart = _of_tables(material)
    for identity, figure in material.numbered_figures():
        found = _YEAR.match(figure.text.lstrip('“"‘')) if figure.kind in {"year", "date"} and figure.start not in apart else None
        if not found or int(found[0]) > material.year or (int(found[0]) == material.year and not _is_due(material, figure)):
            continue
        before, after = text[max(0, figure.start - 40) : figure.start], text[figure.end : figure.end + 6]
        opened = before.removesuffix("截至").endswith(("〔", "[", "（", "(", "-", "－", "—", "～", "~", "至"))
        inside = before.rfind("《") > before.rfind("》") or opened
        if not inside and not re.match(r"\s*[-－—～~至]", after):
            yield identity, figure, int(found[0])


def _of_tables(material: Material) -> set[int]:
    """Where the titles of tables stand, which are asked about by themselves, and the heads that name columns by years."""
    text, places = material.document.text, set()
    for grid in material.grids:
        title = text.rfind(grid.title, 0, grid.start) if grid.title else -1
        places.update([*range(title, title + len(grid.title))] if title >= 0 else [], (cell.start for cell in grid.heads))
    return places


def _is_due(material: Material, figure: Figure) -> bool:
    """Whether the report's own year is told as one in which something is still to be done."""
    if material.document.section_kind_at(figure.start) != "measures":
        return False
    rules, text = load("checks")["years"], material.document.text
    before = text[material.document.sentence_at(figure.start)[0] : figure.start]
    due = figure.kind == "date" and re.search(rules["due"], words_before(before, len(before), "，；："))
    return bool(due or re.match(rules["will"], text[figure.end : figure.end + 6]))


def _expected(material: Material, figure: Figure, year: int) -> int | None:
    """The year that should stand there; None where the text looks back on purpose, 0 where nothing can be said."""
    rules, text = load("checks")["years"], material.document.text
    start, end = material.document.sentence_at(figure.start)
    before, behind = text[max(start, figure.start - _REACH) : figure.start], text[figure.start : min(end, figure.start + _REACH)]
    clause = words_before(before, len(before), "，；：") + words_behind(behind, 0, "，；：")
    kind = material.document.section_kind_at(figure.start)
    if year < material.year and _is_of_own_year(material, _YEAR.sub("", behind, count=1)):
        return 0 if str(material.year) in material.document.sentence(figure.start) else material.year
    if material.kind in rules["many_years"]:
        return 0
    if year == material.year:
        return year + 1
    if re.search(rules["end_of"], before) and material.year - year >= rules["longest_ago"]:
        return material.year
    if kind == "measures" or re.match(rules["plans_open"], material.document.sentence(figure.start).strip()):
        return None if re.search(rules["back_in_plans"], clause) else material.year + 1
    recent = material.year - year <= rules["recent"]
    held_against = re.match(rules["bare"], _YEAR.sub("", behind, count=1)) and re.search(r"\d", before)
    if kind in rules["told"] and recent and not held_against and not _looks_back(material.document.sentence(figure.start), before):
        return material.year
    return None if kind in rules["told"] else 0


def _is_of_own_year(material: Material, behind: str) -> bool:
    """Whether the words behind a year tell of something that documents of this kind tell of their own year only."""
    return any(material.kind in own["kinds"] and re.match(own["words"], behind) for own in load("checks")["years"]["own"])


def _looks_back(sentence: str, before: str) -> bool:
    """Whether words of a sentence tell of the past, or those `before` the year of this year, with which it is compared."""
    rules = load("checks")["years"]
    return bool(re.search(rules["back"], sentence) or re.search(rules["this_year"], before))


def period_end(material: Material) -> Iterator[Finding]:
    """Counts up to 目前 or to a month before the last: all places in one finding."""
    rules, text = load("checks")["years"], material.document.text
    places = [match for match in re.finditer(rules["until_now"], text) if _told(material, match.start())]
    places += [match for match in re.finditer(rules["until_month"], text) if _early(material, match)]
    if not places:
        return
    first = min(places, key=lambda match: match.start())
    shown = listed(f"“{_around(text, match)}”（{material.place(match.start())}）" for match in sorted(places, key=lambda m: m.start()))
    yield finding(material, "period_end", "flag", at=first.start(), places=shown, weeks=_weeks(material, first.start()))


def _told(material: Material, offset: int) -> bool:
    return material.document.section_kind_at(offset) not in load("checks")["years"]["plans"]


def _early(material: Material, match: re.Match[str]) -> bool:
    year = int(match["year"]) if match["year"] else material.year
    if year != material.year or int(match["month"]) == len(_DAYS) or not _told(material, match.start()):
        return False
    # 截至6月底…；截至9月底…: how the year went on is told on purpose.
    around = re.finditer(load("checks")["years"]["until_month"], material.document.sentence(match.start()))
    return len({other["month"] for other in around}) == 1


def _around(text: str, match: re.Match[str]) -> str:
    return match[0] + words_behind(text, match.end(), "，。；、\n", end=match.end() + 16)


def _weeks(material: Material, offset: int) -> str:
    """A weekly meeting held n times tells how far into the year the count goes."""
    start, end = material.document.sentence_at(offset)
    rules = load("checks")["years"]
    if not re.search(rules["weekly"], material.document.text[start:end]):
        return ""
    for identity, figure in material.figures_between(offset, end):
        mention = material.mention(identity)
        if mention and mention.unit in rules["weekly_units"] and mention.amount < rules["weeks"]:
            return load("checks")["words"]["weeks"].format(times=figure.text, number=mention.amount)
    return ""


def impossible_days(material: Material) -> Iterator[Finding]:
    """11月31日: a day no month of a year has."""
    for identity, figure in material.numbered_figures():
        found = _DAY.search(figure.text) if figure.kind == "date" else None
        if found and not (1 <= int(found["month"]) <= len(_DAYS) and 1 <= int(found["day"]) <= _DAYS[int(found["month"]) - 1]):
            yield finding(material, "impossible_day", "flag", [identity], day=found[0])


def anniversaries(material: Material) -> Iterator[Finding]:
    """第23个安全生产月: what is held every year has one number a year."""
    if material.year is None:
        return
    for entry in load("checks")["anniversary"]:
        for match in re.finditer(
            rf"第([0-9一二三四五六七八九十]{{1,4}})(?:个|届|次)[^，。；\n]{{0,6}}?[“\"]?{entry['name']}", material.document.text
        ):
            number = value_of(match[1])
            due = material.year - entry["first"] + 1
            numbers = Numbers(Decimal(number), Decimal(due), Decimal(number - due), Decimal(0), "个")
            verdict = "agrees" if number == due else "flag"
            yield finding(material, "anniversary", verdict, (), numbers, at=match.start(), name=match[0].lstrip(), year=material.year)
