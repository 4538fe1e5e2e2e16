"""Stocks and flows of a sentence: what there was at first, what came, what went, and what was left at the end or is wanting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import cache
from itertools import accumulate, groupby

from selfeval.knowledge import load, pattern
from selfeval.reading.statements import DERIVED, PLANS, SETTLED, Statement, kind_of_things

from .edge import CHANGE, FLOW, LEFT_OVER, Edge
from .universe import tells_all

_FEWEST, _REACH = 3, 12
_STOCKS, _MOVING = ("opening", "closing"), ("added", "taken")
_NONE, _BRACKETS = "none", ("（", "(")
# Flows as one letter each, so that one begins and ends as a word does.
_LETTER, _TO_END = {"opening": "O", "closing": "C", "added": "a", "taken": "t"}, re.compile(r"( *).*?O.*?C")
_OTHERS = DERIVED - {"change"}
_PLANNED = re.compile("预算|批[复准]|安排|下达|核定|计划|指标|额度")


def over_flows(statements: Sequence[Statement]) -> Iterator[Edge]:
    """年初投放3600辆，新增800辆、清退1150辆，年末保有3250辆: the end is the beginning and what came, less what went.

    A sentence binds them where its figures of one unit are a beginning, an end and flows between, and nothing else.
    """
    for _, of_sentence in groupby(enumerate(statements), key=lambda each: each[1].sentence):
        of_unit: dict[str, list[int]] = defaultdict(list)
        numbered = [*of_sentence]
        # 年初1284卷（件），接收66卷（件），征集5件，销毁3卷: of a unit that is one or the other each is meant.
        either = {name: unit for unit in {each.unit for _, each in numbered} if "（" in unit for name in unit.strip("）").split("（")}
        for place, each in numbered:
            if each.mark == "；":
                yield from _flows(statements, of_unit)
                of_unit.clear()
            # 年初批复, 全年预算 and what is left of them are no stock, but 固定资产年初4126万元 is.
            stock = each.aspect not in PLANS or (each.aspect == "initial" and not _PLANNED.search(each.words))
            if each.sentence >= 0 and each.aspect not in _OTHERS and stock:
                of_unit[either.get(each.unit, each.unit)].append(place)
        yield from _flows(statements, of_unit)


def over_remainders(statements: Sequence[Statement]) -> Iterator[Edge]:
    """编制50名，在编45人（男30人、女15人），空编5名: what is left or wanting is the first of the two figures before it less the second."""
    for place, rest in enumerate(statements):
        if rest.sentence >= 0 and rest.aspect not in _OTHERS and pattern("relations", "remainder", "words").match(rest.words):
            ahead = [other for other in range(max(0, place - _REACH), place) if _goes_before(statements[other], rest)]
            # 年初9处，消除5处，新增1处，年末剩余5处: what went and came since the beginning is a flow.
            flows = any(kind_of_flow(statements[other]) == "opening" for other in ahead[:-2])
            if len(ahead) > 1 and statements[ahead[-2]].amount > statements[ahead[-1]].amount and not flows:
                yield Edge(LEFT_OVER, place, (ahead[-2], ahead[-1]), "left")


def over_less(statements: Sequence[Statement]) -> Iterator[Edge]:
    """固定资产原值986万元，累计折旧572万元，净值414万元: what is by its name the first of two others less the second."""
    for place, rest in enumerate(statements):
        for _, *of in (names for names in _less() if rest.sentence >= 0 and names[0].search(rest.words)):
            ahead = [other for other in range(max(0, place - _REACH), place) if _goes_before(statements[other], rest)]
            # 业务收入、补助收入 and 支出: of two of a name neither is all.
            named = [[other for other in ahead if each.search(statements[other].words)] for each in of]
            if [*map(len, named)] == [1, 1] and named[0] + named[1] == ahead[-2:]:
                yield Edge(LEFT_OVER, place, (ahead[-2], ahead[-1]), "left")


@cache
def _less() -> list[tuple[re.Pattern[str], ...]]:
    return [tuple(map(re.compile, names)) for names in load("relations")["less"]["names"]]


def _goes_before(other: Statement, rest: Statement) -> bool:
    """Whether a figure may be one of the two that something is left of: of its kind and sentence, and no part of another."""
    alike = other.sentence == rest.sentence and kind_of_things(other) == kind_of_things(rest)
    return alike and (other.part_of is None or other.state in SETTLED) and other.aspect not in _OTHERS


def _flows(statements: Sequence[Statement], of_unit: Mapping[str, Sequence[int]]) -> Iterator[Edge]:
    for places in of_unit.values():
        edges = (_flow(statements, places), _net(statements, places)) if len(places) >= _FEWEST else ()
        yield from filter(None, edges)


def _net(statements: Sequence[Statement], places: Sequence[int]) -> Edge | None:
    """新建9个，撤并3个，净增6个: what came less what went."""
    net = [place for place in places if _is_net(statements[place])]
    kinds = {place: kind_of_flow(statements[place]) for place in places if place not in net} if len(net) == 1 else {}
    moved = [[place for place, each in kinds.items() if each == kind] for kind in _MOVING]
    return Edge(CHANGE, net[0], (moved[0][0], moved[1][0]), "net") if [*map(len, moved)] == [1, 1] else None


def _flow(statements: Sequence[Statement], places: Sequence[int]) -> Edge | None:
    kinds = _up_to_end(_without_parts(statements, {place: kind_of_flow(statements[place]) for place in places}))
    # 比年初净增2366户 is drawn from both, and no beginning; nor does what came less what went come besides both.
    kinds = {place: kind for place, kind in kinds.items() if statements[place].aspect != "change" or kind in _MOVING}
    if sum(kind in _MOVING for kind in kinds.values()) > 1:
        kinds = {place: kind for place, kind in kinds.items() if not _is_net(statements[place])}
    stocks = {kind: place for place, kind in kinds.items() if kind in _STOCKS}
    if not stocks:
        return None
    apart = _stock_apart(statements, places, stocks) if len(stocks) == 1 else None
    if apart is not None:
        # 年末在队178名。……年内招录31名、退出26名，年初在队173名: one end may stand a sentence before.
        kinds[apart] = "closing" if "opening" in stocks else "opening"
    elif [*stocks] == ["opening"] and kinds.get(places[0]) == "":
        # 航标386座，年初378座，新设13座，撤除5座: what there is comes first.
        kinds[places[0]] = "closing"
    elif [*stocks] == ["closing"] and kinds.get(places[0]) == "" and ("added" in kinds.values() or tells_all(statements[places[0]])):
        kinds[places[0]] = "opening"  # 全市渡口58道，当年撤渡建桥4道，年末54道
    named = [place for place, kind in kinds.items() if kind]
    kinds |= _as_told(statements, kinds, {statements[place].amount for place in stocks.values()})
    of = {kind: [place for place, each in kinds.items() if each == kind] for kind in ("opening", "added", "taken", "closing")}
    if len(of["opening"]) != 1 or len(of["closing"]) != 1:
        return None
    moving = [*of["added"], *of["taken"]]
    net = [place for place in moving if _is_net(statements[place])]
    if len(net) == 1 and sum(kinds[place] in _MOVING for place in named) == 1:
        moving = net  # 回收15亿元，年末余额149亿元，比年初142亿元净增7亿元
    # 累计接入1136家，年内新接入284家，年初852家: of one flow the words must say which, and nothing else stands beside it.
    elif not (of["added"] and of["taken"]) and not (len(named) == len(places) == _FEWEST and _is_alone(statements, places)):
        return None
    if statements[of["opening"][0]].aspect == "initial" and not any(kinds[place] in _MOVING for place in named):
        return None  # what a budget was at first is a stock only where something is said to come or go
    opening, closing = (statements[of[kind][0]].amount for kind in ("opening", "closing"))
    changes = {statements[place].amount for place in moving if statements[place].aspect == "change"}
    if len(moving) > 1 and abs(closing - opening) in changes:
        return None  # 比年初增加48万元，其中新购64万元、报废16万元: a net change, and what it is made of
    edge = Edge(FLOW, of["closing"][0], (*of["opening"], *moving), str(sum(place in moving for place in of["taken"])))
    gap = closing - opening - sum(statements[place].amount * (-1 if place in of["taken"] else 1) for place in moving)
    # 馆藏86册（件），购入4册，受赠3件，…: what is just as much belongs to it, in a unit of its own.
    between = (statements[place] for place in range(min(edge.operands), edge.claim) if place not in edge.operands)
    told = [statements[place].amount for place in sorted(moving)]
    # 征集236件，捐赠127件、购买64件、移交45件: what came is told once more by its parts.
    in_parts = any(amount in [*accumulate(told[place:])][1:] for place, amount in enumerate(told, 1))
    return None if in_parts or any(each.amount == abs(gap) for each in between) else edge


def _without_parts(statements: Sequence[Statement], kinds: Mapping[int, str]) -> dict[int, str]:
    """Without what a bracket tells that came or went: 新增图书111册（购买98册、受赠13册）."""
    moved = {statements[place].index for place, kind in kinds.items() if kind in _MOVING}
    in_brackets = moved & {statements[place].part_of for place in kinds if statements[place].mark in _BRACKETS}
    return {place: kind for place, kind in kinds.items() if statements[place].part_of not in in_brackets}


def _is_net(statement: Statement) -> bool:
    return bool(pattern("relations", "net", "words").search(statement.words))


def _up_to_end(kinds: dict[int, str]) -> dict[int, str]:
    """The figures of a flow; what is told before its beginning or behind its end, and is called nothing of a flow, belongs to something
    else."""
    told = "".join(_LETTER.get(kind, " ") for kind in kinds.values())
    flow = _TO_END.match(told)
    inside = range(flow.end(1), flow.end()) if flow else range(len(told))
    return {place: kind for number, (place, kind) in enumerate(kinds.items()) if kind or number in inside}


def _stock_apart(statements: Sequence[Statement], places: Sequence[int], stocks: Mapping[str, int]) -> int | None:
    """The other end of a stock of which a sentence tells one, where the nearest figure of its name before has the word for it."""
    ((kind, own),) = stocks.items()
    near = range(places[0] - 1, max(-1, places[0] - 1 - _REACH), -1)
    alike = (other for other in near if _is_one_stock(statements[other], statements[own]))
    found = next(alike, None)
    return found if found is not None and kind_of_flow(statements[found]) not in ("", kind, *_MOVING) else None


def _is_one_stock(one: Statement, other: Statement) -> bool:
    return one.sentence >= 0 and (one.unit, one.measure) == (other.unit, other.measure) and one.part_of is None


def _is_alone(statements: Sequence[Statement], places: Sequence[int]) -> bool:
    """Whether no other figure of the sentence is of the unit of these."""
    first = statements[places[0]]
    near = statements[max(0, places[0] - _REACH) : places[-1] + _REACH]
    return sum(each.sentence == first.sentence and each.unit == first.unit for each in near) == len(places)


def _as_told(statements: Sequence[Statement], kinds: Mapping[int, str], stocks: Set[Decimal]) -> dict[int, str]:
    """What is told first of flows of other names came, and the others went (年初426吨，产生5180吨，利用5312吨); what says one of the
    `stocks` once more is none, nor what was done with what stayed (检修318台)."""
    unnamed = [place for place, kind in kinds.items() if not kind]
    stays = pattern("relations", "stays", "words")
    moving = [place for place in unnamed if statements[place].amount not in stocks and not stays.search(statements[place].words)]
    first = "taken" if "added" in kinds.values() else "added"
    return dict.fromkeys(unnamed, _NONE) | {place: "taken" if number else first for number, place in enumerate(moving)}


def kind_of_flow(statement: Statement) -> str:
    """What a figure is of a flow, '' for none: what there was at first, what came, what went or what was left; keys of [flow]."""
    words = f"{statement.words}{statement.act}"
    if not _any_flow().search(words):
        return ""  # as most
    ends = {kind: max(found.end() for found in each.finditer(words)) for kind, each in _patterns() if each.search(words)}
    # 因收入提高、迁出等退出: of coming and going what stands nearer to the number.
    stock = next((kind for kind in _STOCKS if kind in ends), "")
    stock = "opening" if stock and statement.period == "prior" else stock
    return stock or max(ends, key=lambda kind: ends[kind], default="")


@cache
def _any_flow() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in load("relations")["flow"].values()))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in load("relations")["flow"].items())
