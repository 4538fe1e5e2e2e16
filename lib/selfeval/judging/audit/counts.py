"""A number of things against the things listed: “设8个股室，分别为…”, “5次（5月11日、…）”, 七次自然灾害, 9个项目."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.reading.figures import Figure

from .facts import Fact
from .finding import Finding, Numbers, finding, listed
from .material import Material
from .mention import Mention

_OPEN, _CLOSE = "（(“‘《〈「[【", "）)”’》〉」]】"
_MOST_LISTED = 200
_LONGEST_LIST = 400
_SENTENCE_END = re.compile("[。；;！？\n\t]")
# What leads up to names, and from them to their number.
_OPENS_NAMES = re.compile("^.*(?:[内下]?设有?|包括|分别(?:为|是)|有|为|：|即)")
_LEADS_TO_NUMBER = re.compile("(?:，?(?:共|合计|等|总计|一共)|以及|和|等)*$")
_NAMED_UNIT = re.compile("(?:个)?(?:内设)?(?:[科股处室站所队]室?|中心|部门|机构|单位|镇|乡|村|[，。；、]|$)")
_QUOTED_DATE = re.compile('[“"](\\d{1,2}[.·．]\\d{1,2})[”"]')
_QUOTED_NAME = re.compile("[《“][^《》“”\n]{1,40}[》”]")
_QUOTED_RUN = re.compile(f"(?:{_QUOTED_NAME.pattern}(?:[（(][^（）()]{{0,20}}[）)])?[、，和及与]?){{2,}}共?$")
_CONJUNCTION = re.compile("以及|[和及与]")


def names_listed(material: Material) -> Iterator[Finding]:
    """A number of offices, units, projects … against the names that follow it."""
    for mention in material.mentions:
        if _counts_things(mention):
            text = material.document.text
            names = _names_after(text, mention) or _names_before(text, mention) or _quoted_before(text, mention)
            if names:
                yield _names_finding(material, mention, names)


def dates_listed(material: Material) -> Iterator[Finding]:
    """A number of times against the dates in the brackets behind it."""
    for mention in material.mentions:
        if _counts_things(mention):
            bracket = re.match(
                r"[^，。；：（(]{0,6}[（(]([^（）()]*)[）)]", material.document.text[mention.figure.end : mention.figure.end + 400]
            )
            if bracket:
                start = mention.figure.end + bracket.start(1)
                dates = [
                    (identity, figure)
                    for identity, figure in material.figures_between(start, start + len(bracket[1]))
                    if figure.kind == "date"
                ]
                spanned = re.search(r"[日月号年]\s*(?:至|到|[-—－~～])", bracket[1])
                if len(dates) > 1 and not spanned:
                    yield _dates_finding(material, mention, dates)


def events_listed(material: Material) -> Iterator[Finding]:
    """The number of disasters against the events the report names in the same sentence."""
    words = load("checks")["events"]
    dated: dict[str, list[Fact]] = {}
    for fact in material.facts:
        if fact.indicator in words["listed"] and fact.date:
            dated.setdefault(fact.sentence, []).append(fact)
    for fact in material.facts_of(*words["counted"]):
        events = dated.get(fact.sentence, [])
        dates = list(dict.fromkeys(event.date for event in events))
        # Dates in a row that no kind of event follows (“6.24”、“7.8”) are events as well.
        if len(dates) > 1 and (fact.value == len(dates) or fact.value != len(set(_QUOTED_DATE.findall(fact.sentence)))):
            figures = [fact.figure_id, *(event.figure_id for event in events)]
            numbers = _numbers(fact.value, len(dates), fact.unit)
            yield _counted(material, "events", figures, numbers, what=fact.label, names=listed(dates))


def projects_listed(material: Material) -> Iterator[Finding]:
    """A stated number of projects against the project lines: all claims that say the same number in one finding."""
    projects = material.tree.projects()
    claim = re.compile(load("checks")["projects"]["claim"])
    groups: dict[Decimal, list[Mention]] = {}
    for mention in material.mentions:
        if projects and _counts_things(mention) and claim.match(mention.tail) and _opens(material, mention):
            groups.setdefault(mention.amount, []).append(mention)
    for number, mentions in groups.items():
        numbers = _numbers(number, len(projects), mentions[0].figure.unit)
        names = listed(project.item for project in projects)
        yield _counted(material, "projects", [mention.id for mention in mentions], numbers, names=names)


def _opens(material: Material, mention: Mention) -> bool:
    """Does the claim stand in a section about the budget, where it opens the list, and not for some of the projects (其中3个项目)?"""
    kinds = load("checks")["projects"]["sections"]
    return material.document.section_kind_at(mention.figure.start) in kinds and not re.search(
        load("checks")["projects"]["some"], mention.lead
    )


def _counts_things(mention: Mention) -> bool:
    figure, number = mention.figure, mention.amount
    whole = figure.kind == "count" and figure.qualifier == "exact" and mention.unit == figure.unit and number == int(number)
    # 一个 is often no number at all; 1个 is.
    return whole and (1 < number < _MOST_LISTED or (number < 2 and figure.text[0] in "01０１"))


# ---- lists of names ---------------------------------------------------------------------------------------------------------------------


def _names_after(text: str, mention: Mention) -> list[str]:
    """The names listed behind a number; [] where what follows is no plain list of names."""
    end = re.search("[。；;！？\n\t]", text[mention.figure.end : mention.figure.end + 1200])
    after = text[mention.figure.end : mention.figure.end + (end.start() if end else 1200)]
    lead = re.match(load("checks")["counts"]["leads"], after)
    if not lead:
        return []
    names = _split(after[lead.end() :])
    names = [*names[:-1], *_joined(names[-1], names[:-1])]
    plain = all(_is_name(name) for name in names)
    return names if len(names) > 1 and plain else []


def _names_before(text: str, mention: Mention) -> list[str]:
    """The names listed right before a number (设办公室、规划股……共8个股室): at least three, of which most end alike; [] for none."""
    farthest = max(0, mention.figure.start - _LONGEST_LIST)
    start = max((found.end() for found in _SENTENCE_END.finditer(text, farthest, mention.figure.start)), default=farthest)
    first, *others = _split(_LEADS_TO_NUMBER.sub("", text[start : mention.figure.start]))
    names = [_OPENS_NAMES.sub("", first), *others]
    endings = Counter(re.sub(r"[（(][^（）()]*[）)]$", "", name)[-1:] for name in names)
    alike = len(names) > 2 and endings.most_common(1)[0][1] * 2 >= len(names)
    return names if alike and all(map(_is_name, names)) and _NAMED_UNIT.match(text, mention.figure.end) is not None else []


def _quoted_before(text: str, mention: Mention) -> list[str]:
    """The names in quotation marks listed right before a number: 《甲办法》《乙规定》2项制度, “春雷”（3月）、“夏安”（6月）2次行动."""
    run = _QUOTED_RUN.search(text[max(0, mention.figure.start - _LONGEST_LIST) : mention.figure.start])
    names = _QUOTED_NAME.findall(run[0]) if run else []
    return names if len(names) > 1 else []


def _is_name(name: str) -> bool:
    bare = re.sub(r"[（(][^（）()]*[）)]", "", name)
    return 1 < len(bare) <= 30 and not re.search(r"[，：]|\d", bare) and not re.search(load("checks")["counts"]["no_name"], bare)


def _split(text: str) -> list[str]:
    """Cut at every 、 that stands in no bracket."""
    names, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if character == "、" and depth <= 0:
            names.append(text[start:index])
            start = index + 1
    return [name.strip() for name in (*names, text[start:])]


def _joined(last: str, others: list[str]) -> list[str]:
    """“甲站和乙站” are two names, “人事和教育科” is one: 和 joins where what stands before it ends as a name does."""
    for conjunction in _CONJUNCTION.finditer(last):
        before, after = last[: conjunction.start()], last[conjunction.end() :]
        ends = {name[-1] for name in (*others, after) if name}
        both = re.search(load("checks")["counts"]["units"], before) and re.search(load("checks")["counts"]["units"], after)
        if len(before) > 1 and len(after) > 1 and (both or before[-1] in ends) and before.count("（") == before.count("）"):
            return [before, after]
    return [last]


def _names_finding(material: Material, mention: Mention, names: list[str]) -> Finding:
    numbers = _numbers(mention.amount, len(names), mention.figure.unit)
    return _counted(material, "names", [mention.id], numbers, what=_noun(material, mention), names=listed(names))


def _noun(material: Material, mention: Mention) -> str:
    after = material.document.text[mention.figure.end : mention.figure.end + 12]
    return re.split("[，。；：（(]|分别|即", after)[0] or mention.figure.measure


def _dates_finding(material: Material, mention: Mention, dates: list[tuple[str, Figure]]) -> Finding:
    figures = [mention.id, *(identity for identity, _ in dates)]
    numbers = _numbers(mention.amount, len(dates), mention.figure.unit)
    names = listed(figure.text for _, figure in dates)
    return _counted(material, "dates", figures, numbers, what=mention.figure.measure, names=names)


def _numbers(stated: Decimal, count: int, unit: str) -> Numbers:
    return Numbers(stated, Decimal(count), stated - count, Decimal(0), unit)


def _counted(material: Material, rule: str, figures: list[str], numbers: Numbers, **parts: str) -> Finding:
    verdict = "differs" if numbers.difference else "agrees"
    return finding(material, f"count_{rule}", verdict, figures, numbers, **parts)
