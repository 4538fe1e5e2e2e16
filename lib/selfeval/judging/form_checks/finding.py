"""One finding about the forms, worded by knowledge/form_checks.toml, as a row of the table findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.findings import NO_NUMBERS, Numbers, worded
from selfeval.records.stated import Row, Stated

Found = Iterator[dict[str, Any]]
WAN, POINT = "万元", "分"
_CENT = Decimal("0.005")
# A quote of more rows than this would hide the one that matters.
_MOST_SENTENCES = 3


def finding(
    rule: str, verdict: str, names: Iterable[str], cells: Sequence[Stated], numbers: Numbers = NO_NUMBERS, **blanks: object
) -> dict[str, Any]:
    """The row of a finding without its id.

    `names` tell it apart from others of its rule for good and make its fingerprint; `cells` are the amounts it rests on, the one judged
    first. `blanks` fill title and message beside the numbers.
    """
    entry = load("form_checks")["rule"][rule]
    if numbers.unit == "%" and numbers.difference is not None:
        blanks["difference"] = words.quantity(abs(numbers.difference), load("form_checks")["words"]["points"])
    return {
        "family": entry["family"],
        "verdict": verdict,
        **worded(entry[verdict], numbers, blanks),
        **numbers.row(),
        "figures": " ".join(dict.fromkeys(figure for cell in cells for figure in cell.figures)),
        "quote": _quote(cells),
        "fingerprint": hashlib.sha256("|".join([entry["family"], rule, *names]).encode()).hexdigest()[:12],
    }


def beside(rule: str, verdict: str, names: Iterable[str], cells: Sequence[Stated], unit: str, **blanks: object) -> dict[str, Any]:
    """The first of `cells` beside the second, which it is told to lie off."""
    return finding(rule, verdict, names, cells, Numbers.of(cells[0].value, cells[1].value, unit, None), **blanks)


def held(
    rule: str,
    names: Iterable[str],
    cells: Sequence[Stated],
    expected: Decimal,
    tolerance: Decimal,
    unit: str,
    silent: Sequence[str] = (),
    **blanks: object,
) -> dict[str, Any]:
    """The first of `cells` against what comes out of the others; it cannot be too large where some of those are silent."""
    numbers = Numbers.of(cells[0].value, expected, unit, tolerance)
    verdict = "not_checkable" if numbers.verdict == "differs" and silent and numbers.difference > 0 else numbers.verdict
    return finding(rule, verdict, names, cells, numbers, silent=words.joined(silent), **blanks)


def summed(names: Iterable[str], whole: Stated, parts: Sequence[Stated], column: str) -> Found:
    """A whole of money against its parts, as far as these are known."""
    known, silent = known_of(parts), [part.name for part in parts if part.value is None]
    if whole.value is not None and known:
        said = {"whole": whole.name, "column": column, "number": len(known), "parts": spoken(known, WAN)}
        tolerance = tolerance_of(whole.value, [part.value for part in known])
        yield held("sum", names, [whole, *known], total_of(known), tolerance, WAN, silent, **said)


def known_of(cells: Iterable[Stated]) -> list[Stated]:
    """The amounts that are there."""
    return [cell for cell in cells if cell.value is not None]


def total_of(cells: Iterable[Stated]) -> Decimal:
    """What some amounts come to."""
    return sum((cell.value for cell in cells), Decimal(0))


def _quote(cells: Sequence[Stated]) -> str:
    """The sentences of the rows; where there are many, that of the row judged."""
    sentences = list(dict.fromkeys(cell.sentence for cell in cells if cell.sentence))
    return " ".join(sentences if len(sentences) <= _MOST_SENTENCES else sentences[:1])


def tolerance_of(whole: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """How far a sum of money may be off for rounding alone: half the last printed place of every amount, at most half a hundredth each."""
    return _half_place(whole) + len(parts) * min(map(_half_place, parts), default=Decimal(0))


def _half_place(value: Decimal) -> Decimal:
    """Half of the last printed place; dropped zeros behind the point are taken as printed."""
    return min(_CENT, Decimal(5).scaleb(value.as_tuple().exponent - 1))


def score_tolerance() -> Decimal:
    """How far a score may be off before it is wrong."""
    return Decimal(load("form_checks")["scores"]["tolerance"])


def column_name(column: str, table: str = "budget") -> str:
    """A column as the head of its sheet (sheets.toml: budget or base) prints it."""
    return next(entry["head"] for entry in load("sheets")["sheet"][table]["column"] if entry["key"] == column)


def spoken(parts: Iterable[Stated], unit: str) -> str:
    """Parts and their amounts in a row: 甲 3 万元、乙 4 万元."""
    return "、".join(f"{part.name} {words.quantity(part.value, unit)}" for part in parts)


def share(part: Decimal, whole: Decimal | None) -> str:
    """A part by its whole in per cent, in words where that is zero."""
    return words.percent(part / whole) if whole else load("form_checks")["words"]["no_rate"]


def names_of(row: Row) -> tuple[str, str, str, str]:
    """What tells an indicator apart from all others."""
    return row["scope"], row["level1"], row["level2"], row["name"]


def named(row: Row) -> str:
    """An indicator as a finding calls it."""
    return f"{row['scope']} › {row['name']}" if row["scope"] else row["name"]
