"""A number of things against the things listed: “设8个股室，分别为…”, “5次（5月11日、…）”, 七次自然灾害, 9个项目."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile
from typing import Any

from selfeval.judging.report import Finding, Material, Mention, finding
from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, only_joins, parts_of, words_before, words_behind
from selfeval.reading.enumeration import value_of
from selfeval.reading.figures import figure_id
from selfeval.reading.statements import Statement
from selfeval.records.findings import Numbers
from selfeval.records.line_tree import COLUMNS

_MOST_LISTED, _LONGEST_NOUN = 200, 12
_LONGEST_LIST, _LONGEST_END = 400, 3
# So many names of which hardly one is missing are no kinds.
_MANY = 4
_QUOTED_DATE = re.compile('[“"](\\d{1,2}[.·．]\\d{1,2})[”"]')
_QUOTED_NAME = re.compile("[《“][^《》“”\n]{1,40}[》”]")
_QUOTED_ITEM = re.compile(f"{_QUOTED_NAME.pattern}(?:[（(][^（）()]{{0,20}}[）)])?")


def _rules(kind: str) -> dict[str, Any]:
    return load("remarks")[kind]


def _opens(words: str) -> bool:
    """Whether a list of names or dates goes on: 等, but not 等级."""
    return bool(re.search(_rules("counts")["and_so_on"], words))


def _counted(material: Material, rule: str, ids: list[str], stated: Decimal, names: list[str], unit: str, what: str = "") -> Finding:
    numbers, said = Numbers.of(stated, len(names), unit), {"names": "、".join(names), "what": what}
    return finding(material, f"count_{rule}", "differs" if numbers.difference else "agrees", ids, numbers, **said)


def names_listed(material: Material) -> Iterator[Finding]:
    """A number of offices, units, projects … against the names that follow it.

    What follows the last part of a whole may be all of the whole: 4家单位，其中行政1家、事业3家：甲局、乙站、丙站、丁站.
    """
    text = material.document.text
    for place, mention in enumerate(material.mentions):
        if _counts_things(mention) and not re.search(_rules("counts")["each"], mention.lead):
            spot = (text, mention.figure.start, mention.figure.end, mention.amount)
            names = _names_after(*spot) or _names_before(*spot) or _quoted_before(*spot)
            before = takewhile(lambda other, own=mention: other.sentence == own.sentence, reversed(material.mentions[:place]))
            wholes = (other for other in before if other.unit == mention.unit and other.amount == len(names) != mention.amount)
            if names:
                whole = next(wholes, mention)
                what = _noun(text, whole.figure.end) or whole.figure.measure
                yield _counted(material, "names", [whole.id], whole.amount, names, whole.figure.unit, what)


def names_spoken_of(material: Material) -> Iterator[Finding]:
    """A number in words that is no figure (四项制度) against the names in quotation marks in front of it, or all that follow."""
    text, figures = material.document.text, {figure.start for figure in material.figures}
    for spoken in re.finditer(_rules("counts")["spoken"], text):
        start, number = spoken.start("number"), Decimal(value_of(spoken["number"]))
        names = _quoted_before(text, *spoken.span(), number) or _names_after(text, *spoken.span(), number, to_the_end=True)
        # 智能化、烘干能力和人员配备: two or three.
        joined = number > len(names) and any(re.search(_rules("counts")["joins"], name) for name in names)
        if names and not joined and start not in figures and not material.in_table(start):
            numbers, what = Numbers.of(number, len(names), spoken["unit"]), _noun(text, spoken.end())
            verdict = "differs" if numbers.difference else "agrees"
            yield finding(material, "count_names", verdict, (), numbers, at=start, names="、".join(names), what=what)


def dates_listed(material: Material) -> Iterator[Finding]:
    """A number of times against the dates in the brackets behind it, told behind it one by one (3次，分别在1月9日、…), or in front of it
    where each is one of them (1月9日、7月2日各开会一次，共3次)."""
    text, words_of = material.document.text, _rules("counts")
    lead, each, spans = (re.compile(words_of[name]) for name in ("dated", "dated_each", "spans"))
    for mention in filter(_counts_things, material.mentions):
        told = lead.match(text, mention.figure.end, mention.figure.end + _LONGEST_LIST)
        told = told or each.search(text, mention.sentence[0], mention.figure.start)
        if told:
            found = [
                (identity, figure) for identity, figure in material.figures_between(*told.span(told.lastgroup)) if figure.kind == "date"
            ]
            words = told[told.lastgroup]
            if len(found) > 1 and not (_opens(words) and len(found) < mention.amount) and not spans.search(words):
                figures, dates = [mention.id, *(identity for identity, _ in found)], [figure.text for _, figure in found]
                yield _counted(material, "dates", figures, mention.amount, dates, mention.figure.unit, mention.figure.measure)


def events_listed(material: Material) -> Iterator[Finding]:
    """The number of disasters against the events the report names in the same sentence."""
    words, dated = _rules("events"), defaultdict(list)
    for fact in material.facts:
        if fact.indicator in words["listed"] and fact.date:
            dated[fact.sentence].append(fact)
    for fact in material.facts_of(*words["counted"]):
        events = dated[fact.sentence]
        dates = list(dict.fromkeys(event.date for event in events))
        # Dates in a row that no kind of event follows (“6.24”、“7.8”) are events as well.
        if len(dates) > 1 and (fact.value == len(dates) or fact.value != len(set(_QUOTED_DATE.findall(fact.sentence)))):
            figures = [fact.figure_id, *(event.figure_id for event in events)]
            yield _counted(material, "events", figures, fact.value, dates, fact.unit, fact.label)


def projects_listed(material: Material) -> Iterator[Finding]:
    """A stated number of projects against the project lines: all claims that say the same number in one finding.

    Another number is a difference only where words say that it is of all of them, and the amounts of the lines, or words behind it, that
    all follow: one not read is no error of a report.
    """
    rules, projects, document = _rules("projects"), material.tree.projects(), material.document
    groups: dict[Decimal, list[Mention]] = {}
    for mention in filter(_counts_things, material.mentions if projects else ()):
        claimed = re.match(rules["claim"], mention.tail) and not re.search(rules["some"], mention.lead)
        if claimed and document.section_kind_at(mention.figure.start) in rules["sections"]:
            groups.setdefault(mention.amount, []).append(mention)
    sums = {column: material.tree.sum_of(projects, column) for column in COLUMNS}
    wholes = [(column, whole.amount(column)) for whole in material.tree.at("project_total") for column in COLUMNS]
    complete = any(sums[column] is not None and amount == sums[column].value for column, amount in wholes)
    for number, mentions in groups.items():
        behind = (document.text[each.figure.end : document.sentence_at(each.figure.start)[1]] for each in mentions)
        all_follow = complete or any(re.search(rules["all"], words) for words in behind)
        if number == len(projects) or (all_follow and any(re.search(rules["of_all"], each.lead) for each in mentions)):
            names, figures = [project.item for project in projects], [mention.id for mention in mentions]
            yield _counted(material, "projects", figures, number, names, mentions[0].figure.unit)


def items_listed(material: Material) -> Iterator[Finding]:
    """A number of projects in front of a colon against the amounts behind it, where each of them is that of a name and nothing else."""
    statements, projects = material.spoken.statements, load("budget")["naming"]["listed"]
    for place, counted in enumerate(statements):
        if counted.figure.kind == "count" and counted.figure.qualifier == "exact" and counted.measure.endswith(projects):
            behind = statements[place + 1 : place + 2 + _MOST_LISTED]
            items = [*takewhile(lambda other, counted=counted: other.sentence == counted.sentence, behind)]
            itemised = len(items) > 1 and items[0].mark == "：" and all(map(_is_item, items))
            # Where far fewer are listed, they are the largest of them.
            if itemised and abs(counted.amount - len(items)) <= 1 and not _opens(items[-1].behind[:2]):
                figures, names = [figure_id(each.index) for each in (counted, *items)], [each.words for each in items]
                yield _counted(material, "projects", figures, counted.amount, names, counted.figure.unit)


def _is_item(statement: Statement) -> bool:
    """Whether an amount is that of a name in a list: a part of nothing, and no word says which of its numbers it is."""
    money = statement.figure.kind == "money" and statement.figure.qualifier == "exact"
    return money and statement.named == "own" and statement.part_of is None and not statement.because


def _counts_things(mention: Mention) -> bool:
    figure, number = mention.figure, mention.amount
    whole = figure.kind == "count" and figure.qualifier == "exact" and mention.unit == figure.unit and number == int(number)
    # 一个 is often no number at all; 1个 is.
    return whole and (1 < number < _MOST_LISTED or (number < 2 and figure.text[0] in "01０１"))


# ---- lists of names ---------------------------------------------------------------------------------------------------------------------


def _names_after(text: str, _: int, end: int, number: Decimal, *, to_the_end: bool = False) -> list[str]:
    """The names listed behind a number, and nothing else `to_the_end` of the clause where that is asked; [] where what follows is no
    plain list of names."""
    after = words_behind(text, end, STOPS)
    lead = re.match(_rules("counts")["leads"], after)
    if not lead:
        return []
    # … up to the first comma that stands in no bracket, or to the bracket that closes the list.
    words = after[lead.end() :].partition("）")[0] if lead[0][-1:] == "（" else after[lead.end() :]
    words, *others = (part.words for part in parts_of(words, "，", in_brackets=False))
    if to_the_end and (others or text.startswith("；", end + len(after))):
        return []
    begin, quoted = _quoted_at_end(words)
    if len(quoted) > 1 and not begin:
        return quoted
    names = _names(words)
    plain = all(_is_name(name) for name in names)
    # A bracket may name kinds (6台（越野车、皮卡车）): things where hardly one is missing, and all are called alike or they are many.
    alike = len({name[-1] for name in names if name}) == 1 or len(names) >= _MANY
    free = not lead["placed"] and not re.search("[（(]", lead[0])
    fits = free or (abs(len(names) - number) <= 1 and (lead["placed"] or alike))
    return names if len(names) > 1 and plain and fits else []


def _names_before(text: str, start: int, end: int, number: Decimal) -> list[str]:
    """The names listed right before a number (设办公室、规划股……共8个股室): at least three, of which most end alike or all
    as units do; [] for none."""
    behind = text[end : end + _LONGEST_NOUN]
    if not re.search(_rules("counts")["named"], behind):
        return []
    before = words_before(text, start, STOPS, start=start - _LONGEST_LIST)
    first, *others = _names(parts_of(re.sub(_rules("counts")["closes"], "", before), "，", in_brackets=False)[-1].words)
    names = [*re.split(_rules("counts")["and_its_own"], re.sub(_rules("counts")["opens"], "", first)), *others]
    endings = Counter(re.sub(r"[（(][^（）()]*[）)]$", "", name)[-1:] for name in names)
    alike = max(endings.values()) * 2 >= len(names) or all(map(_is_unit, names))
    # 聘用驾驶员、水电工、炊事员58人: kinds of what is counted.
    open_end = _opens(before[-_LONGEST_END:]) and number > len(names)
    alike = alike and len(names) > 2 and number <= 2 * len(names) and not open_end
    return names if alike and all(map(_is_name, names)) else []


def _quoted_before(text: str, start: int, _: int, number: Decimal) -> list[str]:
    """The names in quotation marks listed right before a number: 《甲办法》《乙规定》2项制度, “春雷”（3月）、“夏安”（6月）2次行动."""
    _, names = _quoted_at_end(text[max(0, start - _LONGEST_LIST) : start])
    return names if len(names) > 1 and number <= 2 * len(names) else []


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
    return 1 < len(bare) <= 30 and not re.search(r"[，：]|\d", bare) and not re.search(_rules("counts")["no_name"], bare)


def _is_unit(name: str) -> bool:
    """Whether a name is that of one unit of a body: no 局机关及甲中心."""
    return bool(re.search(_rules("counts")["units"], name)) and not re.search(_rules("counts")["joins"], name)


def _names(words: str) -> list[str]:
    *names, last = [part.words.strip() for part in parts_of(words, "、", in_brackets=False)]
    return [*names, *_joined(last, names)]


def _joined(last: str, others: list[str]) -> list[str]:
    """“甲站和乙站” are two names, “人事和教育科” is one: 和 joins where what stands before it ends as a name does."""
    for conjunction in re.finditer(_rules("counts")["joins"], last):
        before, after = last[: conjunction.start()], last[conjunction.end() :]
        ends = {name[-1] for name in (*others, after) if name}
        both = re.search(_rules("counts")["units"], before) and re.search(_rules("counts")["units"], after)
        if len(before) > 1 and len(after) > 1 and (both or before[-1] in ends) and before.count("（") == before.count("）"):
            return [before, after]
    return [last]


def _noun(text: str, end: int) -> str:
    """What is counted, as it is called behind its number."""
    noun = re.match("[\u4e00-\u9fff]*", words_behind(text, end, f"{STOPS}，：（", end=end + _LONGEST_NOUN))[0]
    return re.sub(_rules("counts")["behind_noun"], "", noun)
