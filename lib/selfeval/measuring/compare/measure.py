"""One number of one year with all that defines it, and whether two of them measure the same thing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import ABOUT, AT_LEAST, AT_MOST, EXACT, Quantity, base_unit, in_base_unit, plain

# One row of a table: its columns are its attributes.
TableRow = Any

_FIRST_WORD = {"至少": AT_LEAST, "至多": AT_MOST, "约": ABOUT}


@dataclass(frozen=True)
class Measure:
    """A number as a year states it.

    `metric` and `scope` are the same in every year, `basis` is the budget column a rate is held against. `definition` says by name what
    else must be the same for two years to be comparable. `value` is None where it cannot be reckoned; `missing` says why.
    """

    metric: str
    scope: str
    label: str
    unit: str = ""
    basis: str = ""
    value: Decimal | None = None
    bound: str = EXACT
    definition: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is measured, of what."""
        return self.metric, self.scope

    @property
    def quantity(self) -> Quantity:
        """The value with its bound; only where there is a value."""
        return Quantity(self.value, self.bound)

    def in_base_unit(self) -> Measure:
        """The same number in the unit its own is a multiple of: 万元 for money, 人 for 万人."""
        return replace(self, value=plain(in_base_unit(self.value, self.unit)), unit=base_unit(self.unit))


def bound_of(note: str) -> str:
    """The bound a metric's note opens with (至少, 至多, 约); exact where it opens with none."""
    return _FIRST_WORD.get(note.partition("；")[0], EXACT)


def in_one_unit(now: Measure, earlier: Measure) -> tuple[Measure, Measure]:
    """Both in one unit where their units are multiples of the same; as they are where not."""
    if now.unit == earlier.unit or base_unit(now.unit) != base_unit(earlier.unit):
        return now, earlier
    return now.in_base_unit(), earlier.in_base_unit()


def changed_definition(now: Measure, earlier: Measure) -> str:
    """What of the definition has changed, as a sentence; '' where both measure the same. Both are in one unit already."""
    if now.unit != earlier.unit:
        return word("definition", what="单位", earlier=earlier.unit or "无", now=now.unit or "无")
    for name, meant in now.definition.items():
        was = earlier.definition.get(name, "")
        unknown = name == "columns" and not (was and meant)
        if was != meant and not unknown:
            usual = load("compare")["definition"]["usual"]
            return word("definition", what=load("compare")["definition"][name], earlier=was or usual, now=meant or usual)
    return ""


def bases(measures: list[Measure]) -> str:
    """The budget columns of these measures in words."""
    return "、".join(words.basis(measure.basis) for measure in measures)


def word(name: str, /, **parts: object) -> str:
    """A sentence of knowledge/compare.toml with its parts filled in."""
    return load("compare")["words"][name].format(**parts)
