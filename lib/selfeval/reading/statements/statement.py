"""What one figure says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from selfeval.reading.figures import Figure

from .lexicon import cues_in, says, units_of

ASPECTS = (
    *("planned", "initial", "adjusted", "arrived", "actual", "carried_over", "change", "change_rate", "share", "rate"),
    *("average", "weight", "score", "limit", "converted"),
)
# Aspects of figures that come out of others: none of these is an operand of its own.
# The stages of a budget, the last first.
PLANS = ("adjusted", "planned", "initial")
DERIVED = frozenset({"rate", "share", "change_rate", "average", "change", "converted", "limit"})
_ALL = re.compile("^(?:全部|总|全年|当年|本年|整个|该|其|年度)+|(?:的|总数|总额|总量|数|合计|总)+$")
_BETWEEN_YEARS = re.compile(r"(?:(20\d{2})年)?度?[^0-9]{0,4}[比较](20\d{2})年")
_PLANNED = re.compile("预算|目标|计划|任务|年初")
_MOST_SAID, _STEM = 0.8, 2
_YEAR = re.compile(r"20\d{2}(?=年)")
_MONTHLY = re.compile("每月|月[人户]?均")
_SO_MANY = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_EVERY = re.compile(f"每([{''.join(_SO_MANY)}])(?![元份瓦米克伏])")
# States of what has been dealt with.
SETTLED = frozenset({"rectified", "closed", "passed"})
PERIODS = ("year", "prior", "next", "part", "span")
STATES = ("", "found", "rectified", "under_way", "open", "passed", "failed", "filed", "closed")
# Words in front of figures that are looked through again and again.
_REMEMBERED = 4096
EXTENTS = ("single", "whole", "part", "rest", "example")


@dataclass(slots=True, eq=False)
class Statement:
    """A figure and what it says: to whom it belongs, what is counted or paid, which of its numbers, when, where, in what state.

    `index` is the place of the figure among those of the document, counted from 0, `amount` and `unit` its value in the base unit of its
    kind (money in 万元). `subject` is the path of owners, outermost first; `part_of` the index of the figure that is the whole, `of`
    those it is computed from, as far as the text binds them. `words` are those in front of the figure that are its own, in a cell the
    heads of its column, `act` the verb among them; `ahead` is what its sentence says between the figure before and them, `behind` what
    follows the figure up to the next mark or figure, `named` where the noun stands that names what it is of: in its own words ("own"), in
    the clause ahead of them ("ahead") or nowhere (""), `start` where in the text its words begin, with those ahead of a sentence's first
    figure. `sentence` is the number of its sentence, -1 in a cell, `mark` the strongest mark between it and the figure before, `lead` the
    label or short sentence its line begins with, `listed` its name among those that the words ahead list
    and to which numbers are given in turn, `opens` the words before all others that open a list (其中, 即, 由…构成). `because` names, for
    every field that words decided, those words.
    The closed values are ASPECTS, PERIODS, STATES and EXTENTS (core.md §2). Two that say the same are two all the same.
    """

    index: int
    figure: Figure
    amount: Decimal
    unit: str
    subject: tuple[str, ...] = ()
    measure: str = ""
    aspect: str = "actual"
    period: str = "year"
    scope: tuple[str, ...] = ()
    state: str = ""
    extent: str = "single"
    part_of: int | None = None
    of: tuple[int, ...] = ()
    section: tuple[str, ...] = ()
    words: str = ""
    ahead: str = ""
    behind: str = ""
    act: str = ""
    named: str = ""
    start: int = -1
    sentence: int = -1
    mark: str = ""
    lead: str = ""
    listed: str = ""
    opens: str = ""
    because: dict[str, str] = field(default_factory=dict)


def is_down(statement: Statement) -> bool:
    """Whether the word of a change says that something became less."""
    return says("down", statement.because.get("aspect", ""))


def is_up(statement: Statement) -> bool:
    """Whether the word of a change says that something became more."""
    return says("up", statement.because.get("aspect", "")) and not is_down(statement)


def base_of(share: Statement) -> str:
    """What a share says it is of, without the words for all of it: 项目支出 of 占全部项目支出的24%; '' where it does not say."""
    return _ALL.sub("", share.because.get("base", ""))


def is_called(statement: Statement, name: str) -> bool:
    """Whether nearly all of a name is said of a figure; what a part is of it has from its whole."""
    measure = "" if statement.part_of is not None and statement.scope else statement.measure
    words = f"{''.join(statement.subject[-1:])}{measure}{''.join(statement.scope)}{statement.words}"
    return sum(character in words for character in name) >= _MOST_SAID * len(name)


def named_year(statement: Statement) -> int:
    """The year the words of a figure name, 0 for none."""
    named = _YEAR.findall(statement.because.get("period", "")) or _YEAR.findall(statement.words)
    return int(named[-1]) if named else 0


def years_compared(change: Statement) -> tuple[int, int]:
    """The years a change names: what it is of, and since when (2023年比2022年增加); 0 for one that it does not name."""
    found = _BETWEEN_YEARS.search(change.words)
    return tuple(int(year or 0) for year in found.groups()) if found else (0, 0)


def names_as_base(share: Statement, base: Statement) -> bool:
    """Whether a share says that it is of this figure: 占项目支出的24% of what was spent, and not of its budget."""
    name = base_of(share)
    planned = base.aspect in PLANS and not _PLANNED.search(name)
    return bool(name) and not planned and base.period == share.period and is_called(base, name)


def names_plan(rate: Statement) -> bool:
    """Whether a rate says that it is of what was planned: 达到计划规模的100.1%."""
    return bool(_PLANNED.search(f"{rate.words}{rate.measure}"))


def is_of_outcome(share: Statement, base: Statement) -> bool:
    """Whether a base counts what became of things, which a share does not name as what it is of: 占全部隐患 is none of those put right."""
    outcome = base.because.get("state", "")
    return base.state in SETTLED and outcome not in share.because.get("base", outcome)


def is_monthly(statement: Statement) -> bool:
    """Whether an average of people or things is for each month: 人均每月484元."""
    return bool(_MONTHLY.search(f"{statement.because.get('aspect', '')}|{statement.words}{statement.measure}"))


def stem_of(rate: str) -> str:
    """What the name of a rate says was done: 入住 of 入住率; '' where it is too short or none of a rate."""
    stem = rate.removesuffix("率")[-_STEM:] if rate.endswith("率") else ""
    return stem if len(stem) == _STEM else ""


def so_many_of(average: Statement) -> int:
    """Over how many an average is: 1000 of 每千平方米2.6个."""
    found = _EVERY.search(f"{average.because.get('aspect', '')}|{average.words}|{average.measure}")
    return _SO_MANY[found[1]] if found else 1


def extents_of(statement: Statement) -> frozenset[str]:
    """What the words in front of a figure say of wholes and parts: keys of [extent] of statements.toml."""
    return _extents_in(f"{statement.ahead}{statement.words}")


@lru_cache(_REMEMBERED)
def _extents_in(words: str) -> frozenset[str]:
    return frozenset(cue.value for cue in cues_in(words, 0, len(words)) if cue.field == "extent")


def kind_of_things(statement: Statement) -> str:
    """What a figure counts, as far as its unit tells; people are people in any unit, percent and points are of one make."""
    if statement.figure.kind == "percent":
        return "%"
    return "人" if statement.unit in units_of("people") else statement.unit


def is_total_mark(statement: Statement) -> bool:
    """Whether a score is the total of others: by its words, in a cell by the name of its row."""
    in_cell = statement.sentence < 0
    return says("total_score", "".join(statement.subject[-1:])) if in_cell else says("total_mark", statement.words)
