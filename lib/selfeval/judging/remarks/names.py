"""A number of things against the things listed: “设8个股室，分别为…”, “5次（5月11日、…）”, 七次自然灾害, 9个项目."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from selfeval.judging.report import Fact, Finding, Material, Mention, Numbers, finding
from selfeval.judging.report import listed as listed_names
from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, only_joins, parts_of, words_before, words_behind
from selfeval.reading.figures import Figure, figure_id
from selfeval.reading.statements import Statement

_MOST_LISTED, _LONGEST_NOUN = 200, 12
_LONGEST_LIST, _LONGEST_END = 400, 3
# So many names of which hardly one is missing are no kinds.
_MANY = 4
_QUOTED_DATE = re.compile('[“"](\\d{1,2}[.·．]\\d{1,2})[”"]')
_QUOTED_NAME = re.compile("[《“][^《》“”\n]{1,40}[》”]")
_QUOTED_ITEM = re.compile(f"{_QUOTED_NAME.pattern}(?:[（(][^（）()]{{0,20}}[）)])?")
_SPANNED = re.compile(r"[日月号年]\s*(?:至|到|[-—－～~])|\d\s*天")
# 甲站、乙站各1个: what is counted is each of them.
_EACH = ("各", "每", "均", "均为", "各有")
_AND_SO_ON = re.compile("等(?![级次])")


def names_listed(material: Material) -> Iterator[Finding]:
    """A number of offices, units, projects … against the names that follow it.

    What follows the last part of a whole may be all of the whole: 4家单位，其中行政1家、事业3家：甲局、乙站、丙站、丁站.
    """
    for place, mention in enumerate(material.mentions):
        if _counts_things(mention) and not mention.lead.endswith(_EACH):
            text = material.document.text
            names = _names_after(text, mention) or _names_before(text, mention) or _quoted_before(text, mention)
            before = takewhile(lambda other, own=mention: other.sentence == own.sentence, reversed(material.mentions[:place]))
            wholes = (other for other in before if other.unit == mention.unit and other.amount == len(names) != mention.amount)
            if names:
                yield _names_finding(material, next(wholes, mention), names)


def dates_listed(material: Material) -> Iterator[Finding]:
    """A number of times against the dates in the brackets behind it, or told behind it one by one: 3次，分别在1月9日、…."""
    lead = re.compile(load("remarks")["counts"]["dated"])
    for mention in material.mentions:
        if _counts_things(mention):
            listed = lead.match(material.document.text, mention.figure.end, mention.figure.end + _LONGEST_LIST)
            if listed:
                start, end = listed.span(listed.lastgroup)
                found = [(identity, figure) for identity, figure in material.figures_between(start, end) if figure.kind == "date"]
                words = listed[listed.lastgroup]
                open_end = _AND_SO_ON.search(words) and len(found) < mention.amount
                if len(found) > 1 and not open_end and not _SPANNED.search(words):
                    yield _dates_finding(material, mention, found)


def events_listed(material: Material) -> Iterator[Finding]:
    """The number of disasters against the events the report names in the same sentence."""
    words = load("remarks")["events"]
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
            yield _counted(material, "events", figures, numbers, what=fact.label, names=listed_names(dates))


def projects_listed(material: Material) -> Iterator[Finding]:
    """A stated number of projects against the project lines: all claims that say the same number in one finding.

    Another number is a difference only where the lines are all there are, as their amounts prove: one not read is no error of a report.
    """
    projects = material.tree.projects()
    claim = re.compile(load("remarks")["projects"]["claim"])
    groups: dict[Decimal, list[Mention]] = {}
    for mention in material.mentions:
        if projects and _counts_things(mention) and claim.match(mention.tail) and _opens(material, mention):
            groups.setdefault(mention.amount, []).append(mention)
    complete = _make_up_their_total(material)
    for number, mentions in groups.items():
        if number != len(projects) and not complete and not any(_lists_all(material, mention) for mention in mentions):
            continue
        numbers = _numbers(number, len(projects), mentions[0].figure.unit)
        names = listed_names(project.item for project in projects)
        yield _counted(material, "projects", [mention.id for mention in mentions], numbers, names=names)


def _lists_all(material: Material, mention: Mention) -> bool:
    """Whether the sentence of a number says that all it counts follow: 共有5个项目…具体如下：."""
    end = material.document.sentence_at(mention.figure.start)[1]
    return bool(re.search(load("remarks")["projects"]["all"], material.document.text[mention.figure.end : end]))


def _make_up_their_total(material: Material) -> bool:
    """Whether the amounts of the project lines come out as the expenditure on projects, in one column at least."""
    wholes, projects = material.tree.at("project_total"), material.tree.projects()
    for column in ("target", "initial", "adjusted", "actual"):
        found = material.tree.sum_of(projects, column)
        if found is not None and any(whole.amount(column) == found.value for whole in wholes):
            return True
    return False


def items_listed(material: Material) -> Iterator[Finding]:
    """A number of projects in front of a colon against the amounts behind it, where each of them is that of a name and nothing else."""
    statements = material.spoken.statements
    for place, counted in enumerate(statements):
        if counted.figure.kind == "count" and counted.figure.qualifier == "exact" and _counts_projects(counted):
            listed = [
                *takewhile(
                    lambda other, counted=counted: other.sentence == counted.sentence, statements[place + 1 : place + 2 + _MOST_LISTED]
                )
            ]
            itemised = len(listed) > 1 and listed[0].mark == "：" and all(map(_is_item, listed))
            # Where far fewer are listed, they are the largest of them.
            if itemised and abs(counted.amount - len(listed)) <= 1 and not _AND_SO_ON.match(listed[-1].behind):
                numbers = _numbers(counted.amount, len(listed), counted.figure.unit)
                figures = [figure_id(each.index) for each in (counted, *listed)]
                names = listed_names(each.words for each in listed)
                yield _counted(material, "projects", figures, numbers, names=names)


def _counts_projects(statement: Statement) -> bool:
    return statement.measure.endswith(load("budget")["naming"]["listed"])


def _is_item(statement: Statement) -> bool:
    """Whether an amount is that of a name in a list: a part of nothing, and no word says which of its numbers it is."""
    money = statement.figure.kind == "money" and statement.figure.qualifier == "exact"
    return money and statement.named == "own" and statement.part_of is None and not statement.because


def _opens(material: Material, mention: Mention) -> bool:
    """Does the claim stand in a section about the budget, where it opens the list, and not for some of the projects (其中3个项目)?"""
    kinds = load("remarks")["projects"]["sections"]
    return material.document.section_kind_at(mention.figure.start) in kinds and not re.search(
        load("remarks")["projects"]["some"], mention.lead
    )


def _counts_things(mention: Mention) -> bool:
    figure, number = mention.figure, mention.amount
    whole = figure.kind == "count" and figure.qualifier == "exact" and mention.unit == figure.unit and number == int(number)
    # 一个 is often no number at all; 1个 is.
    return whole and (1 < number < _MOST_LISTED or (number < 2 and figure.text[0] in "01０１"))


# ---- lists of names ---------------------------------------------------------------------------------------------------------------------


def _names_after(text: str, mention: Mention) -> list[str]:
    """The names listed behind a number; [] where what follows is no plain list of names."""
    after = words_behind(text, mention.figure.end, STOPS)
    lead = re.match(load("remarks")["counts"]["leads"], after)
    if not lead:
        return []
    listed = _listed(after[lead.end() :], "）" if lead[0][-1:] == "（" else "")
    begin, quoted = _quoted_at_end(listed)
    if len(quoted) > 1 and not begin:
        return quoted
    names = _names(listed)
    names = [*names[:-1], *_joined(names[-1], names[:-1])]
    plain = all(_is_name(name) for name in names)
    # A bracket may name kinds (6台（越野车、皮卡车）): things where hardly one is missing, and all are called alike or they are many.
    alike = len({name[-1] for name in names if name}) == 1 or len(names) >= _MANY
    fits = not re.search("[（(]", lead[0]) or (abs(len(names) - mention.amount) <= 1 and alike)
    return names if len(names) > 1 and plain and fits else []


def _listed(words: str, closing: str) -> str:
    """The words up to the first comma that stands in no bracket, or to the bracket that closes the list."""
    return parts_of(words.partition(closing)[0] if closing else words, "，", in_brackets=False)[0].words


def _names_before(text: str, mention: Mention) -> list[str]:
    """The names listed right before a number (设办公室、规划股……共8个股室): at least three, of which most end alike; [] for none."""
    before = words_before(text, mention.figure.start, STOPS, start=mention.figure.start - _LONGEST_LIST)
    first, *others = _names(re.sub(load("remarks")["counts"]["closes"], "", before))
    names = [re.sub(load("remarks")["counts"]["opens"], "", first), *others]
    endings = Counter(re.sub(r"[（(][^（）()]*[）)]$", "", name)[-1:] for name in names)
    alike = len(names) > 2 and endings.most_common(1)[0][1] * 2 >= len(names)
    behind = text[mention.figure.end : mention.figure.end + _LONGEST_NOUN]
    # 聘用驾驶员、水电工、炊事员58人: kinds of what is counted.
    alike = alike and mention.amount <= 2 * len(names) and not (_ends_open(before) and mention.amount > len(names))
    return names if alike and all(map(_is_name, names)) and re.search(load("remarks")["counts"]["named"], behind) else []


def _quoted_before(text: str, mention: Mention) -> list[str]:
    """The names in quotation marks listed right before a number: 《甲办法》《乙规定》2项制度, “春雷”（3月）、“夏安”（6月）2次行动."""
    _, names = _quoted_at_end(text[max(0, mention.figure.start - _LONGEST_LIST) : mention.figure.start])
    return names if len(names) > 1 and mention.amount <= 2 * len(names) else []


def _ends_open(words: str) -> bool:
    """Whether a list ends with 等 in front of a number: 党政办、教务处等8个, of which not all need be named."""
    return bool(_AND_SO_ON.search(words[-_LONGEST_END:]))


def _quoted_at_end(words: str) -> tuple[int, list[str]]:
    """Where the names in quotation marks begin that `words` end with, and these: one behind the other, or with what joins them between."""
    begin, names = len(words.removesuffix("共")), []
    for item in reversed([*_QUOTED_ITEM.finditer(words)]):
        between = words[item.end() : begin]
        if between and not only_joins(between):
            break
        begin, names = item.start(), [_QUOTED_NAME.match(item[0])[0], *names]
    return begin, names


def _is_name(name: str) -> bool:
    bare = re.sub(r"[（(][^（）()]*[）)]", "", name)
    return 1 < len(bare) <= 30 and not re.search(r"[，：]|\d", bare) and not re.search(load("remarks")["counts"]["no_name"], bare)


def _names(words: str) -> list[str]:
    return [part.words.strip() for part in parts_of(words, "、", in_brackets=False)]


def _joined(last: str, others: list[str]) -> list[str]:
    """“甲站和乙站” are two names, “人事和教育科” is one: 和 joins where what stands before it ends as a name does."""
    for conjunction in re.finditer(load("remarks")["counts"]["joins"], last):
        before, after = last[: conjunction.start()], last[conjunction.end() :]
        ends = {name[-1] for name in (*others, after) if name}
        both = re.search(load("remarks")["counts"]["units"], before) and re.search(load("remarks")["counts"]["units"], after)
        if len(before) > 1 and len(after) > 1 and (both or before[-1] in ends) and before.count("（") == before.count("）"):
            return [before, after]
    return [last]


def _names_finding(material: Material, mention: Mention, names: list[str]) -> Finding:
    numbers = _numbers(mention.amount, len(names), mention.figure.unit)
    return _counted(material, "names", [mention.id], numbers, what=_noun(material, mention), names=listed_names(names))


def _noun(material: Material, mention: Mention) -> str:
    after = words_behind(material.document.text, mention.figure.end, f"{STOPS}，：（", end=mention.figure.end + _LONGEST_NOUN)
    return re.sub(load("remarks")["counts"]["behind_noun"], "", after) or mention.figure.measure


def _dates_finding(material: Material, mention: Mention, dates: list[tuple[str, Figure]]) -> Finding:
    figures = [mention.id, *(identity for identity, _ in dates)]
    numbers = _numbers(mention.amount, len(dates), mention.figure.unit)
    names = listed_names(figure.text for _, figure in dates)
    return _counted(material, "dates", figures, numbers, what=mention.figure.measure, names=names)


def _numbers(stated: Decimal, count: int, unit: str) -> Numbers:
    return Numbers(stated, Decimal(count), stated - count, Decimal(0), unit)


def _counted(material: Material, rule: str, figures: list[str], numbers: Numbers, **parts: str) -> Finding:
    verdict = "differs" if numbers.difference else "agrees"
    return finding(material, f"count_{rule}", verdict, figures, numbers, **parts)
