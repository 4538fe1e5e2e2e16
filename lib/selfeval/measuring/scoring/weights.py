"""Whether the weights of an indicator table add up: level 3 to level 2, level 2 to level 1, level 1 to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain

from .execution import DEPARTMENT
from .ruleset import EXECUTION, Ruleset, read_ruleset
from .scopes import Scope, scopes_of


@dataclass(frozen=True)
class WeightFault:
    """Weights that do not add up, or a weight that is missing.

    `kind`: no_weight, negative_weight, unknown_level1, level2, level1, without_execution, total. `found` and `least`/`most` are points,
    None where there is nothing to compare; `indicators` are the ids of the rows it is about; `sentence` is Chinese.
    """

    kind: str
    scope: str
    name: str
    sentence: str
    indicators: tuple[str, ...]
    found: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None


def weight_faults(indicators: pd.DataFrame, ruleset: str | Ruleset = "national") -> list[WeightFault]:
    """What is wrong with the weights of the table indicators, scope by scope; a scope without any weight has none to be wrong.

    Rows not assessed count as well: their weights belong to the whole. A row that has a level and a weight but no name states the weight
    of that level, which its indicators must add up to; without such a row the rule set says what they must.
    """
    rules = ruleset if isinstance(ruleset, Ruleset) else read_ruleset(ruleset)
    return [fault for scope in scopes_of(indicators) if _weighted(scope) for fault in _faults(scope, rules)]


def _weighted(scope: Scope) -> bool:
    return any(row.weight is not None for row in scope.indicators)


def _faults(scope: Scope, rules: Ruleset) -> Iterator[WeightFault]:
    yield from _single(scope)
    yield from _level2(scope, rules)
    yield from _level1(scope, rules)
    yield from _whole(scope, rules)


def _single(scope: Scope) -> Iterator[WeightFault]:
    for row in scope.indicators:
        if row.weight is None and row.applicable != "no":
            yield _fault("no_weight", scope, row.name, [row])
        elif row.weight is not None and row.weight < 0:
            yield _fault("negative_weight", scope, row.name, [row], row.weight, weight=_shown(row.weight))


def _level2(scope: Scope, rules: Ruleset) -> Iterator[WeightFault]:
    stated = {(row.level1, row.level2): row.weight for row in scope.parents if row.level2 and row.weight is not None}
    for key in dict.fromkeys((row.level1, row.level2) for row in scope.indicators):
        level = rules.of(key[0])
        wanted = stated.get(key, level.level2.get(key[1]) if level else None)
        rows = [row for row in scope.indicators if (row.level1, row.level2) == key]
        if wanted is not None:
            yield from _compared("level2", scope, _level2_name(key[1]), rows, wanted, wanted)


def _level1(scope: Scope, rules: Ruleset) -> Iterator[WeightFault]:
    stated = {row.level1: row.weight for row in scope.parents if not row.level2 and row.weight is not None}
    for name in dict.fromkeys([*(row.level1 for row in scope.indicators), *(level.id for level in rules.level1 if level.id != EXECUTION)]):
        rows, level = [row for row in scope.indicators if row.level1 == name], rules.of(name)
        if name in stated:
            yield from _compared("level1", scope, _level1_name(name), rows, stated[name], stated[name])
        elif level is None:
            found = _sum(rows)
            yield _fault("unknown_level1", scope, _level1_name(name), rows, found, found=_shown(found), ruleset=rules.title)
        else:
            yield from _compared("level1", scope, _level1_name(name), rows, level.least, level.most)


def _whole(scope: Scope, rules: Ruleset) -> Iterator[WeightFault]:
    level, row = rules.of(EXECUTION), scope.execution
    if level is None:
        yield from _compared("total", scope, "", scope.indicators, rules.total, rules.total)
        return
    rest = rules.total - level.most, rules.total - level.least
    yield from _compared("without_execution", scope, "", scope.indicators, *rest)
    if row is not None and row.weight is not None:
        yield from _compared("level1", scope, _level1_name(EXECUTION), [row], level.least, level.most)
        yield from _compared("total", scope, "", [*scope.indicators, row], rules.total, rules.total)


def _compared(kind: str, scope: Scope, name: str, rows: list[Any], least: Decimal, most: Decimal) -> Iterator[WeightFault]:
    found = _sum(rows)
    if not least <= found <= most:
        wanted = _shown(least) if least == most else load("scores")["faults"]["range"].format(least=_shown(least), most=_shown(most))
        yield _fault(kind, scope, name, rows, found, least, most, found=_shown(found), expected=wanted)


def _fault(
    kind: str,
    scope: Scope,
    name: str,
    rows: Iterable[Any],
    amount: Decimal | None = None,
    least: Decimal | None = None,
    most: Decimal | None = None,
    **parts: str,
) -> WeightFault:
    sentences = load("scores")["faults"]
    where = sentences["department"] if scope.name == DEPARTMENT else sentences["project"].format(scope=scope.name)
    sentence = sentences[kind].format(scope=where, name=name, **parts)
    return WeightFault(kind, scope.name, name, sentence, tuple(row.indicator_id for row in rows), amount, least, most)


def _level1_name(level1: str) -> str:
    return words.choice("indicators", "level1", level1)


def _level2_name(level2: str) -> str:
    return words.choice("indicators", "level2", level2)


def _shown(value: Decimal) -> str:
    return words.number(plain(value))


def _sum(rows: Iterable[Any]) -> Decimal:
    return sum((row.weight for row in rows if row.weight is not None), Decimal(0))
