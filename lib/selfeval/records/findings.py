"""What rows of the table findings have in common, whoever makes them: their numbers, and the words of their rule filled with these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain

_EXACT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a finding: what is stated, what follows from the other figures, how far they are apart, and the unit of all.

    `bounds`: of quantities that are open to one side a message says 至少 or 至多.
    """

    stated: Decimal | None = None
    recomputed: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    unit: str = ""
    bounds: tuple[str, str] = ("exact", "exact")

    @classmethod
    def of(cls, stated: Decimal | int, recomputed: Decimal | int, unit: str, tolerance: Decimal | None = _EXACT) -> Numbers:
        """What is stated, what comes out, and how far they are apart."""
        stated, recomputed = Decimal(stated), Decimal(recomputed)
        return cls(stated, recomputed, stated - recomputed, tolerance, unit)

    @property
    def verdict(self) -> str:
        """Equal agrees, within the tolerance is rounding, beyond it differs."""
        return "agrees" if not self.difference else "rounding" if abs(self.difference) <= (self.tolerance or 0) else "differs"

    def row(self) -> dict[str, Any]:
        """The columns of findings.csv that they fill."""
        return {name: getattr(self, name) for name in ("stated", "recomputed", "difference", "tolerance", "unit")}


NO_NUMBERS = Numbers()


def worded(case: Mapping[str, str], numbers: Numbers, parts: Mapping[str, object]) -> dict[str, Any]:
    """The columns of findings.csv that a case of a rule words: its severity, and its title and message, whose blanks the numbers and
    `parts` fill."""
    blanks = _blanks_of(numbers) | parts
    return {"severity": case["severity"], "title": _titled(case["title"], blanks), "message": case["message"].format(**blanks)}


def _titled(title: str, blanks: dict[str, object]) -> str:
    """The title filled in; the quotation marks of a name that itself stands in quotation marks become single ones."""
    quoted = {name: str(part).replace("“", "‘").replace("”", "’") for name, part in blanks.items() if f"“{{{name}}}" in title}
    return title.format(**blanks | quoted)


def _blanks_of(numbers: Numbers) -> dict[str, object]:
    """The numbers of a finding as its message has them."""
    unit = numbers.unit
    blanks: dict[str, object] = {}
    for name, bound in zip(("stated", "recomputed"), numbers.bounds, strict=True):
        value = getattr(numbers, name)
        blanks[name] = "" if value is None else words.quantity(value, unit, bound)
    if numbers.tolerance is not None:
        blanks["tolerance"] = words.quantity(plain(numbers.tolerance), unit)
    if numbers.difference is not None:
        blanks["difference"] = words.quantity(abs(numbers.difference), unit)
        blanks["direction"] = load("checks")["words"]["more" if numbers.difference > 0 else "less"]
        if numbers.stated:
            blanks["share"] = words.percent(abs(numbers.difference / numbers.stated))
    return blanks
