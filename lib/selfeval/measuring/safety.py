"""Metrics of safety work: ratios of work facts, trade by trade, exact, and open to one side where a fact is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from selfeval.knowledge import load
from selfeval.quantity import ABOUT, AT_LEAST, AT_MOST, EXACT, UNKNOWN, Quantity, base_unit, in_base_unit, plain, total, unit_size, whole_of
from selfeval.tables import make_table, rows_in

_EVERYWHERE = "all"
_SPOKEN = {AT_LEAST: "at_least", AT_MOST: "at_most", ABOUT: "about"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand as the facts give it: a quantity with the facts it stands on, or why there is none although something is stated."""

    quantity: Quantity | None
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conflict: str = ""


def safety_metrics(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the table safety_metrics for the work facts of one report.

    `scope` is a sector (`all` where the fact belongs to none), or the id of a fact for a metric made of each kind. Ratios are ratios (1 =
    100 %), money is in 万元 unless the unit says otherwise, kept to ten places. A lower bound (余, 多) stays one: `note` then opens with
    至少 or 至多; where numerator and denominator pull in opposite directions no value is given. What cannot be computed is there as
    not_computable with what is missing. Definitions: knowledge/safety_metrics.toml. Trades count differently: compare with care.

    >>> mines = {"sector": "mines", "unit": "条"}
    >>> found = {"fact_id": "w1", "indicator": "hazards_found", "value": Decimal(200), "qualifier": "over"} | mines
    >>> done = {"fact_id": "w2", "indicator": "hazards_rectified", "value": Decimal(150), "qualifier": "exact"} | mines
    >>> metrics = safety_metrics(make_table("work_facts", [found, done])).set_index("metric")
    >>> metrics.loc["rectification_rate", ["scope", "value", "note"]].tolist()
    ['mines', Decimal('0.75'), '至多；不等于重大隐患整改率']
    """
    book = _Facts(facts)
    return make_table("safety_metrics", [row for entry in load("safety_metrics")["ratio"] for row in _rows(book, entry)])


class _Facts:
    """Looks facts up by indicator and sector, and quantities by their definition."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self._rows: dict[tuple[str, str], list[Any]] = {}
        self.sectors: list[str] = list(dict.fromkeys(facts["sector"]))
        self._kinds: dict[str, list[Any]] = {}
        self._found: dict[tuple[str, str], Operand | None] = {}
        for row in rows_in(facts):
            if row.value is not None:
                self._rows.setdefault((row.indicator, row.sector), []).append(row)
                self._kinds.setdefault(row.indicator, []).append(row)

    def rows(self, indicator: str) -> list[Any]:
        """Every row of an indicator, in reading order."""
        return self._kinds.get(indicator, [])

    def look_up(self, name: str, sector: str) -> Operand | None:
        """The indicator or quantity `name` in `sector`; None when nothing is stated. Many metrics ask for the same: it is made up once."""
        if (name, sector) not in self._found:
            entry = _definitions().get(name)
            self._found[name, sector] = self._indicator(name, sector) if entry is None else self._quantity(entry, sector)
        return self._found[name, sector]

    def absent(self, name: str, sector: str) -> list[str]:
        """The names of what `name` would need and `sector` does not state."""
        entry = _definitions().get(name)
        if entry is None:
            return [] if (name, sector) in self._rows else [_name(name)]
        # What is made up otherwise has a note; what is asked for is the plain way.
        plain = next(alternative for alternative in entry["any_of"] if "note" not in alternative)
        terms = [term.removeprefix("-") for term in plain["terms"]]
        return [missing for term in terms if not self.look_up(term, sector) for missing in self.absent(term, sector)]

    def over_sectors(self, name: str) -> Operand | None:
        """`name` for the whole body: as stated for it, else added up over the sectors."""
        whole = load("safety_metrics")["whole"]
        stated = next(filter(None, (self.look_up(name, sector) for sector in whole)), None)
        if stated:
            return stated
        found = [operand for sector in self.sectors if sector not in whole and (operand := self.look_up(name, sector))]
        note = (_word("added"),) if len(found) > 1 else ()
        return _together(found, note) if found else None

    def _quantity(self, entry: dict[str, Any], sector: str) -> Operand | None:
        for alternative in entry["any_of"]:
            terms = [(term.startswith("-"), self.look_up(term.removeprefix("-"), sector)) for term in alternative["terms"]]
            if all(operand for _, operand in terms):
                note = (alternative["note"],) if "note" in alternative else ()
                return _together([_negated(operand) if negative else operand for negative, operand in terms], note)
        return None

    def _indicator(self, indicator: str, sector: str) -> Operand | None:
        """One value for an indicator: what is stated twice counts once, an exact number before a bound that it keeps."""
        rows = self._rows.get((indicator, sector))
        if not rows:
            return None
        stated = [(row, Quantity.printed(in_base_unit(row.value, row.unit), row.qualifier)) for row in rows]
        stated.sort(key=lambda pair: pair[1].bound != EXACT)
        whole = whole_of([quantity.value for _, quantity in stated])
        row, quantity = stated[whole or 0]
        if whole is None and not all(_compatible(quantity, other) for _, other in stated[1:]):
            values = "、".join(f"{format(row.value, 'f')}{row.unit}" for row in rows)
            return Operand(None, tuple(row.fact_id for row in rows), conflict=_word("conflict", name=_name(indicator), values=values))
        return Operand(quantity, (row.fact_id,))


@cache
def _definitions() -> dict[str, dict[str, Any]]:
    """The quantities that are made up of indicators, by name."""
    return {entry["id"]: entry for entry in load("safety_metrics")["quantity"]}


def _compatible(chosen: Quantity, other: Quantity) -> bool:
    """Can both be said of one quantity? An exact 213 keeps 200余; two bounds must be the same."""
    if chosen.bound == EXACT and other.bound == AT_LEAST:
        return chosen.value >= other.value
    if chosen.bound == EXACT and other.bound == AT_MOST:
        return chosen.value <= other.value
    return chosen == other


def _together(operands: list[Operand], notes: tuple[str, ...]) -> Operand:
    facts = tuple(fact for operand in operands for fact in operand.facts)
    all_notes = tuple(dict.fromkeys((*notes, *(note for operand in operands for note in operand.notes))))
    conflict = "；".join(operand.conflict for operand in operands if operand.conflict)
    return Operand(None if conflict else total(operand.quantity for operand in operands), facts, all_notes, conflict)


def _negated(operand: Operand) -> Operand:
    if operand.quantity is None:
        return operand
    return Operand(Quantity(Decimal(0)) - operand.quantity, operand.facts, operand.notes)


# ---- rows -------------------------------------------------------------------------------------------------------------------------------


def _rows(book: _Facts, entry: dict[str, Any]) -> Iterator[Row]:
    entry = {**_in_printed_units(book, entry), "caution": _caution(book, entry)}
    if "each" in entry:
        yield from _each(book, entry)
        return
    names = _operands(entry)
    if entry.get("across") == "sum":
        operands = [book.over_sectors(name) for name in names]
        if all(operands):
            yield _row(entry, _EVERYWHERE, dict(zip(names, operands, strict=True)), [])
        return
    rows = [row for sector in _sectors(book, entry) if (row := _in_sector(book, entry, sector))]
    yield from rows
    if not rows and entry.get("always"):
        scope = next(iter(entry.get("sectors", ())), _EVERYWHERE)
        yield _row(entry, scope, {name: book.look_up(name, scope) for name in names}, _absent(book, names, scope))


def _in_printed_units(book: _Facts, entry: dict[str, Any]) -> dict[str, Any]:
    """A ratio by a count, in the unit the count is printed in: where disasters are counted in 场 it is 万元/场, and 场均."""
    own, slash, by = entry.get("unit", "").rpartition("/")
    units = {row.unit for row in book.rows(entry.get("denominator", ""))}
    printed = units.pop() if slash and len(units) == 1 else by
    if "in_printed_unit" not in entry or printed == by or unit_size(printed) != 1 or base_unit(printed) != printed:
        return entry
    return {**entry, "unit": f"{own}/{printed}", "label": entry["label"].replace(f"{by}均", f"{printed}均")}


def _caution(book: _Facts, entry: dict[str, Any]) -> str:
    """What has to be known to read a metric; that units differ is said only where they do."""
    caution = entry.get("caution", "")
    if "{units}" not in caution:
        return caution
    units = [unit for unit, _ in Counter(row.unit for row in book.rows(entry["numerator"]) if row.unit).most_common()]
    return caution.format(units="、".join(units)) if len(units) > 1 else entry.get("caution_in_one_unit", "")


def _in_sector(book: _Facts, entry: dict[str, Any], sector: str) -> Row | None:
    """The metric's row for one sector; None where the report states nothing that asks for it."""
    operands = {name: book.look_up(name, sector) for name in _operands(entry)}
    if all(book.look_up(name, sector) for name in entry.get("when", _operands(entry))):
        return _row(entry, sector or _EVERYWHERE, operands, _absent(book, list(operands), sector))
    return None


def _each(book: _Facts, entry: dict[str, Any]) -> Iterator[Row]:
    """One metric for every row of an indicator that has a row a kind, against the whole of its own sector or of the body."""
    for fact in book.rows(entry["each"]):
        part = Operand(Quantity.printed(in_base_unit(fact.value, fact.unit), fact.qualifier), (fact.fact_id,))
        places = [fact.sector, *load("safety_metrics")["whole"]]
        whole = next(filter(None, (book.look_up(entry["denominator"], sector) for sector in places)), None)
        if whole:
            named = {**entry, "label": entry["label"].replace("{label}", fact.label)}
            yield _row(named, fact.fact_id, {entry["numerator"]: part, entry["denominator"]: whole}, [])


def _sectors(book: _Facts, entry: dict[str, Any]) -> list[str]:
    wanted = entry.get("sectors")
    if wanted is None:
        return book.sectors
    allowed = {*wanted, *(load("safety_metrics")["whole"] if "whole" in wanted else ())}
    return [sector for sector in book.sectors if sector in allowed]


def _operands(entry: dict[str, Any]) -> list[str]:
    return [entry[role] for role in ("numerator", "denominator") if role in entry]


def _absent(book: _Facts, names: list[str], sector: str) -> list[str]:
    return list(dict.fromkeys(missing for name in names if not book.look_up(name, sector) for missing in book.absent(name, sector)))


def _row(entry: dict[str, Any], scope: str, operands: dict[str, Operand | None], absent: list[str]) -> Row:
    row = {
        "metric": entry["id"],
        "label": entry["label"],
        "scope": scope,
        "unit": entry.get("unit", ""),
        "formula": entry["formula"],
        "inputs": " ".join(fact for operand in operands.values() if operand for fact in operand.facts),
    }
    missing = _what_is_missing(operands, absent)
    if missing:
        return {**row, "status": "not_computable", "missing": missing}
    value = _value(entry, [operand.quantity for operand in operands.values()])
    if value.bound == UNKNOWN:
        return {**row, "status": "not_computable", "missing": _no_side(entry)}
    notes = [*(note for operand in operands.values() for note in operand.notes), entry["caution"]]
    return {**row, "value": plain(value.value), "status": "computed", "note": _note(value, notes)}


def _value(entry: dict[str, Any], quantities: list[Quantity]) -> Quantity:
    scale = Decimal(entry.get("scale", "1"))
    if len(quantities) == 1:
        return Quantity(quantities[0].value * scale, quantities[0].bound)
    return quantities[0].over(quantities[1], scale)


def _what_is_missing(operands: dict[str, Operand | None], absent: list[str]) -> str:
    """Why there is no value: what is not stated, what is stated in two ways, what would divide by nothing."""
    reasons = list(absent)
    reasons += [operand.conflict for operand in operands.values() if operand and operand.conflict]
    if not reasons and len(operands) > 1 and not list(operands.values())[1].quantity.value:
        reasons = [_word("zero", denominator=_name(list(operands)[1]))]
    return "、".join(reasons)


def _no_side(entry: dict[str, Any]) -> str:
    return _word("no_side", numerator=_name(entry["numerator"]), denominator=_name(entry.get("denominator", entry["numerator"])))


def _note(value: Quantity, notes: Iterable[str]) -> str:
    bound = _word(_SPOKEN[value.bound]) if value.bound in _SPOKEN else ""
    return "；".join(dict.fromkeys(filter(None, (bound, *notes))))


def _name(operand: str) -> str:
    names = load("safety_metrics")["names"]
    return names[operand] if operand in names else _definitions()[operand]["name"]


def _word(name: str, /, **parts: str) -> str:
    return load("safety_metrics")["words"][name].format(**parts)
