"""One printed figure."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, Protocol


class Surroundings(Protocol):
    """The text around the figures, which tells what each of them measures; see `measure`."""

    def measure_of(self, figure: Figure) -> str:
        """What `figure` measures, in the text's own words with its owner, "" where they do not tell."""


class Figure(NamedTuple):
    """A figure as printed: `text == source[start:end]`.

    `value` is the printed number (万 and 亿 stay in `unit`), None where no single number is meant. `unit` is without blanks and line
    breaks; `unit_from` tells where it was found: text, header (单位：万元 or a column head), context, or none.
    `qualifier` is one of exact, over, about, at_least, at_most, range_low, range_high.
    `kind` is one of money, count, percent, date, year, ordinal, code, doc_number, phone, other.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    qualifier: str
    kind: str
    unit_from: str
    surroundings: Surroundings

    @property
    def measure(self) -> str:
        """What is measured, in the text's own words with its owner; worked out when asked for.

        Codes and numbers of things measure nothing.
        """
        return "" if self.kind in _NAMES else self.surroundings.measure_of(self)

    @property
    def exponent(self) -> int:
        """The place of the last printed digit of a quantity: -2 of 3.40, 0 of 12."""
        # Of a zero the first digit is the last; as_tuple would take all digits apart.
        return (self.value - self.value).adjusted()

    def __repr__(self) -> str:
        return f"Figure({self.start}, {self.end}, {self.text!r}, {self.value}, {self.unit!r}, {self.qualifier}, {self.kind})"


_NAMES = frozenset({"year", "ordinal", "code", "doc_number", "phone"})
QUANTITIES = frozenset({"money", "count", "percent"})
