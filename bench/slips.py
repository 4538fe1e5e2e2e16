"""Spoils reports as hands do: figures that come out, mistyped, copied from beside, or reckoned with something else."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from decimal import Decimal

from learning import Error, Text

from selfeval.judging.evidence import Evidence
from selfeval.judging.relations.edges import Relation, unit_of
from selfeval.reading.statements import DERIVED, Statement
from selfeval.reading.structure.edge import CHANGE_RATE, QUOTIENT

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# So many figures of a hundred are spoilt: as many as in reports whose errors are known.
_SHARE, _CLAIMS = 0.05, 0.7
_KINDS = {"digit": 0.38, "swapped": 0.16, "lost": 0.06, "beside": 0.14, "forgotten": 0.08, "base": 0.1, "about": 0.08}
_NEAR = 5
_ABOUT = (Decimal("0.88"), Decimal("1.12"))


def spoilt(text: str, evidence: Evidence, draw: random.Random) -> Text:
    """The text with a few of the figures changed that come out or that others come out of, and these errors."""
    relations = [*evidence.held, *(candidates[0][1] for candidates in evidence.ranking.values() if candidates[0][1].holds)]
    changes: dict[int, tuple[Statement, str]] = {}
    for relation in draw.sample(relations, min(len(relations), round(len(evidence.statements) * _SHARE) + 1)):
        figure = relation.claim if draw.random() < _CLAIMS else draw.choice(relation.operands)
        printed = _NUMBER.search(figure.figure.text)
        if printed and (other := _other(printed[0], figure, relation, evidence.statements, draw)) and other != printed[0]:
            changes[figure.figure.start + printed.start()] = figure, other
    return _with(text, changes)


def _with(text: str, changes: dict[int, tuple[Statement, str]]) -> Text:
    pieces, errors, end, length = [], [], 0, 0
    for start in sorted(changes):
        _, other = changes[start]
        printed = _NUMBER.match(text, start)
        if printed is None or start < end:
            continue
        pieces += [text[end:start], other]
        length += start - end
        errors.append(Error(range(length, length + len(other)), Decimal(other.replace(",", "")) - Decimal(printed[0].replace(",", ""))))
        length += len(other)
        end = printed.end()
    return Text("".join([*pieces, text[end:]]), errors)


def _other(printed: str, figure: Statement, relation: Relation, statements: Sequence[Statement], draw: random.Random) -> str | None:
    """What may be typed instead of a number."""
    kind = draw.choices([*_KINDS], [*_KINDS.values()])[0]
    places = [place for place, character in enumerate(printed) if character.isdigit()]
    if kind == "digit":
        place = draw.choice(places)
        digit = draw.choice("123456789".replace(printed[place], ""))
        return f"{printed[:place]}{digit}{printed[place + 1 :]}"
    if kind == "swapped" and len(places) > 1:
        first = draw.randrange(len(places) - 1)
        one, two = places[first : first + 2]
        return f"{printed[:one]}{printed[two]}{printed[one + 1 : two]}{printed[one]}{printed[two + 1 :]}".removeprefix("0")
    if kind == "lost" and len(places) > 2 and "," not in printed:
        place = draw.choice(places[1:])
        return printed[:place] + printed[place + 1 :]
    value = Decimal(printed.replace(",", ""))
    if kind == "beside":
        near = [each.figure.value for each in statements if each.unit == figure.unit and abs(each.index - figure.index) <= _NEAR]
        return _printed(draw.choice(near), printed)
    if kind == "base" and figure is relation.claim:
        return _of_another_base(relation, statements, printed, draw)
    if kind == "forgotten" and figure is relation.claim and relation.edge.kind == "sum":
        return _printed(value - draw.choice(relation.operands).amount / unit_of(figure), printed)
    return _printed(value * Decimal(draw.uniform(*map(float, _ABOUT))), printed) if kind == "about" else None


def _of_another_base(relation: Relation, statements: Sequence[Statement], printed: str, draw: random.Random) -> str | None:
    """A rate taken of what it is to be of, a rate of change of the later value, or either of another figure near its base."""
    if relation.edge.kind not in (QUOTIENT, CHANGE_RATE):
        return None
    first, base = relation.operands
    part = first.amount if relation.edge.kind == QUOTIENT else abs(first.amount - base.amount)
    near = [
        each.amount
        for each in statements
        if each.unit == base.unit and abs(each.index - base.index) <= _NEAR and each.aspect not in DERIVED and each.amount > part
    ]
    other = draw.choice([first.amount, *near])
    return (
        _printed((base.amount if other == first.amount and relation.edge.kind == QUOTIENT else part) / other * 100, printed)
        if other
        else None
    )


def _printed(value: Decimal, like: str) -> str | None:
    decimals = len(like.partition(".")[2])
    return f"{value:{',' if ',' in like else ''}.{decimals}f}" if value > 0 else None
