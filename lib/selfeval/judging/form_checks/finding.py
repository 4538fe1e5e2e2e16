"""One finding about the forms, worded by knowledge/form_checks.toml, as a row of the table findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain

from .stated import Stated

_CENT = Decimal("0.005")
# A quote of more rows than this would hide the one that matters.
_MOST_SENTENCES = 3


def finding(
    rule: str,
    verdict: str,
    names: Iterable[str],
    cells: Sequence[Stated],
    *,
    stated: Decimal | None = None,
    recomputed: Decimal | None = None,
    tolerance: Decimal | None = None,
    unit: str = "",
    severity: str = "",
    **blanks: object,
) -> dict[str, Any]:
    """The row of a finding without its id.

    `names` tell it apart from others of its rule for good and make its fingerprint; `cells` are the amounts it rests on, the one judged
    first. `difference` is stated less recomputed, in `unit`. `blanks` fill title and message beside the numbers.
    """
    entry = load("form_checks")["rule"][rule]
    case = entry[verdict]
    difference = stated - recomputed if stated is not None and recomputed is not None else None
    filled = _blanks(stated, recomputed, difference, tolerance, unit) | blanks
    return {
        "family": entry["family"],
        "severity": severity or case["severity"],
        "verdict": verdict,
        "title": case["title"].format(**filled),
        "message": case["message"].format(**filled),
        "stated": stated,
        "recomputed": recomputed,
        "difference": difference,
        "tolerance": tolerance,
        "unit": unit,
        "figures": " ".join(dict.fromkeys(figure for cell in cells for figure in cell.figures)),
        "quote": quote(cells),
        "fingerprint": fingerprint(entry["family"], rule, *names),
    }


def quote(cells: Sequence[Stated]) -> str:
    """The sentences of the rows; where there are many, that of the row judged."""
    sentences = list(dict.fromkeys(cell.sentence for cell in cells if cell.sentence))
    return " ".join(sentences if len(sentences) <= _MOST_SENTENCES else sentences[:1])


def fingerprint(*names: str) -> str:
    """Twelve characters that stay the same as long as family, rule and names do, whatever the numbers and the wording become."""
    return hashlib.sha256("|".join(names).encode()).hexdigest()[:12]


def tolerance_of(whole: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """How far a sum of money may be off for rounding alone: half the last printed place of every amount, at most half a hundredth each."""
    return _half_place(whole) + len(parts) * min(map(_half_place, parts), default=Decimal(0))


def _half_place(value: Decimal) -> Decimal:
    """Half of the last printed place; dropped zeros behind the point are taken as printed."""
    return min(_CENT, Decimal(5).scaleb(value.as_tuple().exponent - 1))


def compared(stated: Decimal, recomputed: Decimal, tolerance: Decimal) -> str:
    """Equal agrees, within the tolerance is rounding, beyond it differs."""
    gap = abs(stated - recomputed)
    return "agrees" if not gap else "rounding" if gap <= tolerance else "differs"


def column_name(column: str, table: str = "budget") -> str:
    """A column as the head of its sheet (sheets.toml: budget or base) prints it."""
    return next(entry["head"] for entry in load("sheets")["sheet"][table]["column"] if entry["key"] == column)


def spoken(parts: Iterable[Stated], unit: str) -> str:
    """Parts and their amounts in a row, unknown ones left out: 甲 3 万元、乙 4 万元."""
    return "、".join(f"{part.name} {words.quantity(part.value, unit)}" for part in parts if part.value is not None)


def _blanks(
    stated: Decimal | None, recomputed: Decimal | None, difference: Decimal | None, tolerance: Decimal | None, unit: str
) -> dict[str, object]:
    blanks: dict[str, object] = {
        "stated": "" if stated is None else words.quantity(stated, unit),
        "recomputed": "" if recomputed is None else words.quantity(recomputed, unit),
    }
    if tolerance is not None:
        blanks["tolerance"] = words.quantity(plain(tolerance), unit)
    if difference is not None:
        said = load("form_checks")["words"]
        blanks["difference"] = words.quantity(abs(difference), said["points"] if unit == "%" else unit)
        blanks["direction"] = said["more" if difference > 0 else "less"]
    return blanks
