"""Work data of the sheets against themselves: trades against the whole, what was covered against what there is to cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selfeval import words
from selfeval.judging.report import Numbers
from selfeval.knowledge import load
from selfeval.records.stated import Row

from .finding import Found, finding, share, spoken
from .material import Material, names_of

_WHOLE = frozenset({"", "city", "all"})


def covered(forms: Material) -> Found:
    """More units covered than there are: the two were counted in different ways."""
    for pair in load("form_checks")["coverage"]:
        for part, whole in _pairs(forms, pair["part"], pair["whole"]):
            if part.value("value") > whole.value("value"):
                one, all_of = part.stated("value", part["label"]), whole.stated("value", whole["label"])
                said = {"part": one.name, "whole": all_of.name, "share": share(one.value, all_of.value)}
                numbers = Numbers.of(one.value, all_of.value, part["unit"], None)
                yield finding("coverage", "flag", (one.name, all_of.name, part["sector"]), [one, all_of], numbers, **said)


def _pairs(forms: Material, part: str, whole: str) -> Iterator[tuple[Row, Row]]:
    """Facts of one trade and unit whose names say part and whole."""
    facts = [fact for fact in forms.facts if fact.value("value") is not None and fact["source"] != "text"]
    wholes: dict[tuple[str, str], list[Row]] = {}
    for fact in facts:
        if re.search(whole, fact["label"]):
            wholes.setdefault((fact["sector"], fact["unit"]), []).append(fact)
    for first in facts:
        if re.search(part, first["label"]):
            yield from ((first, second) for second in wholes.get((first["sector"], first["unit"]), ()) if first is not second)


def rates_covered(forms: Material) -> Found:
    """Indicators that by their name cannot be over 100 %, and are."""
    capped = load("checks")["rates"]["capped"]
    for row in forms.marked():
        actual = row.value("actual")
        if actual is not None and actual > 100 and row["unit"] in {"%", "％"} and re.search(capped, row["name"]):
            numbers = Numbers(actual, unit="%")
            yield finding("coverage_rate", "flag", names_of(row), [row.stated("actual")], numbers, item=row["name"])


def trades(forms: Material) -> Found:
    """A number given for the whole territory and for its trades: the trades may be fewer than all, never more."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for fact in forms.facts:
        if fact["source"] != "text" and fact["qualifier"] == "exact" and fact.value("value") is not None and not fact["date"]:
            groups.setdefault((fact["area"], fact["label"], fact["unit"]), []).append(fact)
    for names, facts in groups.items():
        wholes = [fact for fact in facts if fact["sector"] in _WHOLE]
        parts = [fact for fact in facts if fact["sector"] not in _WHOLE]
        if len(wholes) == 1 and len(parts) > 1 and len({fact["sector"] for fact in parts}) == len(parts):
            yield _trades(wholes[0], parts, names)


def _trades(whole: Row, parts: list[Row], names: tuple[str, str, str]) -> dict[str, object]:
    stated, unit = whole.stated("value"), whole["unit"]
    cells = [part.stated("value", words.sector(part["sector"])) for part in parts]
    value = sum((cell.value for cell in cells), Decimal(0))
    verdict = "agrees" if value == stated.value else "differs" if value > stated.value else "not_checkable"
    said = {"item": whole["label"], "number": len(cells), "parts": spoken(cells, unit)}
    return finding("trades", verdict, names, [stated, *cells], Numbers.of(stated.value, value, unit, None), **said)
