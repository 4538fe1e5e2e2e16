"""The same thing stated twice: under the same name, or in numbers that are nearly the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval.reading.enumeration import without_number
from selfeval.reading.statements import Statement, cues_in, kind_of_things, named_year

from .edge import AGAIN, CALLED, CELL, Edge
from .flows import kind_of_flow
from .restated import PLAIN, restated

_OPENED = re.compile("其中[：:]?")
# What is less likely to tell of one thing was never meant to.
_LEAST_LIKELY = 0.3
_MOST_NUMBERS = 6
# What leads over to a name or from it, and where a name behind a number ends: what goes on with all of them, or picks some (中).
_LED = re.compile(
    "^.*(?:[下所管]?辖(?!区)|[下内]设|所属|^(?:全.)?设|(?<![国所没])有(?![限关效机害色]))(?=.)|(?:[虽仅只还仍共就约达为是有]|数量?|总数){1,4}$"
)
_AREA = re.compile("^(?:全[市县区镇乡旗省州]|截至)+")
_ALL_OF_THEM = re.compile("中(?![心小学专型等])|全[部都体覆]|[均都逐各]|普遍")
_ANY_THINGS = frozenset("个家所座处支间")
_FEWEST, _SPECIFIC, _PAIR, _MOST_ALIKE = 10, 4, 2, 12


def repeats(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Every later statement of the same thing against the first of it."""
    yield from _of_one_name(statements)
    yield from _called_alike(statements)
    yield from _of_near_digits(statements)
    yield from _of_cells(statements)


def _of_one_name(statements: Sequence[Statement]) -> Iterator[Edge]:
    named: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if (key := _key(statement)) is not None:
            named[key].append(place)
    pairs = ((place, places[0]) for places in named.values() if _is_one_thing(statements, places) for place in places[1:])
    for place, before in sorted(pairs):
        if statements[before].sentence != statements[place].sentence:
            yield Edge(AGAIN, place, (before,), "name")


def _is_one_thing(statements: Sequence[Statement], places: Sequence[int]) -> bool:
    """Whether what one name is told of can be one thing: where it has many numbers it is none."""
    return len({statements[place].amount for place in places}) <= _MOST_NUMBERS


def _key(statement: Statement) -> tuple[object, ...] | None:
    """What a statement is of, None where its own words do not say so much that it is told apart from others."""
    named = statement.figure.kind == "money" and bool(statement.subject) and statement.measure in ("支出", "预算")
    spoken = len(statement.measure) > 1 and statement.measure in statement.words
    if statement.aspect not in PLAIN or statement.sentence < 0 or not (named or spoken) or statement.extent == "rest":
        return None
    owner = statement.subject[-1:] if named else statement.subject if statement.figure.kind == "percent" else (statement.lead,)
    year = named_year(statement) if statement.period == "prior" else 0
    return owner, statement.measure, statement.aspect, statement.period, year, statement.scope, statement.state, statement.unit


def _called_alike(statements: Sequence[Statement]) -> Iterator[Edge]:
    """下设社区16个 …… 18个社区全部建立: each tells how many there are of what has just that name, and no third number does."""
    told: dict[tuple[Decimal, str], list[Statement]] = defaultdict(list)
    called: dict[tuple[str, str], dict[Decimal, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, each in enumerate(statements):
        told[each.amount, each.unit].append(each)
        plain = each.sentence >= 0 and (each.figure.kind, each.aspect, each.period) == ("count", "actual", "year")
        if plain and each.amount >= _FEWEST and (name := _name_of_all(each)):
            # 敬老院85所 …… 58个敬老院
            called[name, "" if each.unit in _ANY_THINGS else kind_of_things(each)][each.amount].append(place)
    for (name, _), amounts in called.items():
        if len(amounts) == _PAIR:
            # What is told more often, or first, is what the other ought to be.
            (before, *_), (later, *again) = sorted(amounts.values(), key=lambda places: (-len(places), places))
            one, other = statements[later], statements[before]
            behind = [each.behind for each in (one, other) if each.behind.startswith(name)]
            shuffled = sorted(str(one.figure.value)) == sorted(str(other.figure.value))
            named = any(map(_ALL_OF_THEM.search, behind)) if behind else shuffled or len(name) >= _SPECIFIC
            like = one.figure.exponent == other.figure.exponent and one.sentence != other.sentence
            # 选取18个社区试点: what is told of some of them as well is no slip.
            alike = told[one.amount, one.unit]
            again = again or len(alike) > _MOST_ALIKE or any(each is not one and name in f"{each.words}{each.behind}" for each in alike)
            if named and like and not again and (one.part_of is None or other.part_of is None):
                yield Edge(AGAIN, later, (before,), CALLED)


def _name_of_all(statement: Statement) -> str:
    """What a figure tells all there are of by its own words, or by those behind it: of a stock at one end of the year, of what was done
    and of what is told of some, '' for none."""
    words, behind = _LED.sub("", statement.words), statement.behind
    cues = [cue for cue in cues_in(words, 0, len(words)) if cue.field not in ("name", "scope")]
    done = any(cue.field in ("verb", "state") and cue.value != "having" for cue in cues)
    if done or words.endswith("的") or kind_of_flow(statement) == "opening":
        return ""
    told = _ALL_OF_THEM.search(behind)
    name = behind[: told.start() if told else None]
    name = name or _AREA.sub("", words[cues[-1].end if cues else 0 :].strip("，、：（）"))
    return name if len(name) > 1 else ""


def _of_near_digits(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Numbers whose digits lie near each other's, where it is likely that they tell of the same thing, and of one of its numbers."""
    often = Counter((statement.amount, statement.unit) for statement in statements)
    for likely, edge in restated(statements):
        later, before = statements[edge.claim], statements[edge.operands[0]]
        if likely >= _LEAST_LIKELY and (later.aspect == before.aspect or later.period == "next"):
            told = [often[each.amount, each.unit] for each in (later, before)]
            # What stands there more often is what the other ought to be.
            ends = (edge.claim, edge.operands) if told[0] <= told[1] else (*edge.operands, (edge.claim,))
            yield Edge(edge.kind, *ends, edge.words, likely)


def _of_cells(statements: Sequence[Statement]) -> Iterator[Edge]:
    """What a sentence says of a line of the budget, against the cell that has it: where one table only has a row of that name."""
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if statement.sentence < 0 and statement.figure.kind == "money" and statement.period == "year" and statement.aspect in PLAIN:
            cells[_row_name(statement), statement.aspect, statement.unit].append(place)
    for place, statement in enumerate(statements):
        if statement.sentence >= 0 and statement.figure.kind == "money" and statement.period == "year" and statement.subject:
            alike = cells.get((statement.subject[-1], statement.aspect, statement.unit), [])
            if len({statements[cell].amount for cell in alike}) == 1:
                yield Edge(AGAIN, place, (alike[0],), CELL)


def _row_name(statement: Statement) -> str:
    """The name of the row a cell stands in, without the numbers and marks tables put in front."""
    name = statement.subject[-1] if statement.subject else ""
    opened = _OPENED.match(without_number(name))
    return without_number(without_number(name)[opened.end() :] if opened else name)
