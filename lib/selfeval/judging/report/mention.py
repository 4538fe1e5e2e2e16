"""A quantity as it stands in the text, with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.reading.figures import Figure


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A quantity as it stands in the text.

    `amount` is in `unit`, its base unit (万元, 份, %). `lead`: the words since the quantity before it in the sentence, or since the
    sentence began; `tail`: the words behind it up to the next stop.
    """

    id: str
    index: int
    figure: Figure
    amount: Decimal
    unit: str
    lead: str
    tail: str
    sentence: tuple[int, int]
    line: int

    @property
    def dimension(self) -> str:
        """The base unit, with units that count the same things made one (名, 位 and 人)."""
        return load("checks")["dimensions"].get(self.unit, self.unit)

    @property
    def is_percent(self) -> bool:
        """Is it a percentage?"""
        return self.figure.kind == "percent"

    @property
    def decimals(self) -> int:
        """How many decimals it is printed with."""
        return max(-self.figure.exponent, 0)
