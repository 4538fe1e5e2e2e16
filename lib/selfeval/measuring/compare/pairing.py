"""Numbers of this year beside those of an earlier one: compared where both mean the same, and said why where not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import EXACT, UNKNOWN, Quantity, plain, quotient

from .measure import Measure, bases, changed_definition, in_one_unit, word

Row = dict[str, Any]
# What else is worth saying of a pair that is compared.
Remark = Callable[[Measure, Measure], str]


@dataclass(frozen=True)
class Bounds:
    """The bounds of the three numbers of a row: this year's value, the earlier one, their difference."""

    value: str = EXACT
    earlier: str = EXACT
    change: str = EXACT


def bounds_of(note: str) -> Bounds:
    """What the note of a row of changes says of its three numbers."""
    said = set(note.split("；"))
    found = {
        part: next((bound for bound, text in texts.items() if text in said), EXACT) for part, texts in load("compare")["bounds"].items()
    }
    return Bounds(**found)


def rows_of(now: Iterable[Measure], earlier: Iterable[Measure], year: int, remark: Remark | None = None) -> list[Row]:
    """One row for every measure of either year: compared, or not comparable with the reason. What neither year can tell has none."""
    ours, theirs = _by_key(now), _by_key(earlier)
    rows: list[Row] = []
    for key, measures in ours.items():
        rows += _rows_of_key(measures, theirs.get(key, {}), year, remark)
    for key, measures in theirs.items():
        if key not in ours:
            rows += [_without_now(found[0], year, word("absent_now")) for found in measures.values() if found[0].value is not None]
    return rows


_ByBasis = dict[str, list[Measure]]


def _by_key(measures: Iterable[Measure]) -> dict[tuple[str, str], _ByBasis]:
    found: dict[tuple[str, str], _ByBasis] = defaultdict(lambda: defaultdict(list))
    for measure in measures:
        found[measure.key][measure.basis].append(measure)
    return found


def _rows_of_key(ours: _ByBasis, theirs: _ByBasis, year: int, remark: Remark | None) -> Iterator[Row]:
    for basis, found in ours.items():
        row = _row(found, theirs.get(basis, []), year, remark) or _other_basis(found[0], ours, theirs, year)
        if row:
            yield row
    for basis, found in theirs.items():
        known = any(measure.value is not None for measures in ours.values() for measure in measures)
        if basis not in ours and found[0].value is not None and (set(ours) & set(theirs) or not known):
            why = word("basis_absent_now", basis=bases(found)) if basis else word("absent_now")
            yield _without_now(found[0], year, why)


def _row(ours: list[Measure], theirs: list[Measure], year: int, remark: Remark | None) -> Row | None:
    """The row of one measure on one basis; None where the earlier year has nothing on it, or neither year a value."""
    if not theirs or (ours[0].value is None and theirs[0].value is None):
        return None
    now, earlier = ours[0], theirs[0]
    if now.value is None:
        return _not_comparable(now, earlier, year, word("not_computable_now", missing=now.missing))
    if earlier.value is None:
        return _not_comparable(now, earlier, year, word("not_computable_earlier", year=year, missing=earlier.missing))
    if _differ(ours) or _differ(theirs):
        return _not_comparable(now, earlier, year, word("twice_now") if _differ(ours) else word("twice", year=year))
    now, earlier = in_one_unit(now, earlier)
    why = changed_definition(now, earlier)
    return _not_comparable(now, earlier, year, why) if why else _compared(now, earlier, year, remark)


def _differ(measures: list[Measure]) -> bool:
    """Are there several numbers under one name that do not say the same?"""
    return len({(measure.value, measure.unit, measure.bound) for measure in measures}) > 1


def _other_basis(now: Measure, ours: _ByBasis, theirs: _ByBasis, year: int) -> Row | None:
    """A measure the earlier year has on another basis only, or not at all."""
    if now.value is None or now.basis in theirs:
        return None
    others = [found[0] for basis, found in theirs.items() if basis not in ours and found[0].value is not None]
    if others and not set(ours) & set(theirs):
        what = word("column") if now.unit else word("denominator")
        why = word("other_basis", what=what, earlier=bases(others), now=bases([now]))
        return _not_comparable(now, others[0] if len(others) == 1 else None, year, why)
    missing = [found[0].missing for found in theirs.values() if found[0].missing]
    if missing:
        return _not_comparable(now, None, year, word("not_computable_earlier", year=year, missing=missing[0]))
    known = now.basis and any(found[0].value is not None for found in theirs.values())
    return _not_comparable(
        now, None, year, word("basis_absent_earlier", year=year, basis=bases([now])) if known else word("absent_earlier", year=year)
    )


# ---- rows -------------------------------------------------------------------------------------------------------------------------------


def _compared(now: Measure, earlier: Measure, year: int, remark: Remark | None) -> Row:
    change = now.quantity - earlier.quantity
    if change.bound == UNKNOWN:
        return _not_comparable(now, earlier, year, word("no_side"))
    notes = [_bound_words(now.quantity, earlier.quantity, change), now.note, remark(now, earlier) if remark else ""]
    return {
        **_described(now, earlier, year),
        "change": plain(change.value),
        "change_rate": quotient(change.value, earlier.value) if earlier.value > 0 else None,
        "status": "compared",
        "missing": _no_rate(earlier.value, year),
        "note": "；".join(filter(None, notes)),
    }


def _no_rate(earlier: Decimal, year: int) -> str:
    """Why there is a change and no rate of change."""
    if earlier > 0:
        return ""
    return word("below_zero", year=year) if earlier else word("zero", year=year)


def _not_comparable(now: Measure, earlier: Measure | None, year: int, why: str) -> Row:
    bounds = _bound_words(*(measure.quantity if measure and measure.value is not None else None for measure in (now, earlier)), None)
    return {**_described(now, earlier, year), "status": "not_comparable", "missing": why, "note": bounds}


def _without_now(earlier: Measure, year: int, why: str) -> Row:
    bounds = _bound_words(None, earlier.quantity, None)
    described = _described(earlier, earlier, year) | {"value": None}
    return {**described, "status": "not_comparable", "missing": why, "note": bounds}


def _described(now: Measure, earlier: Measure | None, year: int) -> Row:
    return {
        "metric": now.metric,
        "label": now.label,
        "scope": now.scope,
        "unit": now.unit,
        "basis": now.basis,
        "value": now.value,
        "earlier_year": year,
        "earlier": earlier.value if earlier else None,
    }


def _bound_words(now: Quantity | None, earlier: Quantity | None, change: Quantity | None) -> str:
    texts = load("compare")["bounds"]
    parts = zip(("value", "earlier", "change"), (now, earlier, change), strict=True)
    return "；".join(texts[part][quantity.bound] for part, quantity in parts if quantity and quantity.bound in texts[part])


def event(status: str, metric: str, scope: str, label: str, year: int, **more: object) -> Row:
    """A row about an item as a whole: appeared, vanished, or not comparable at all; `missing` says what is not there."""
    return {"metric": metric, "scope": scope, "label": label, "earlier_year": year, "status": status, **more}
