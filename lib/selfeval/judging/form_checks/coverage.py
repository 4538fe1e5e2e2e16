"""Work data of the sheets against themselves: trades against the whole, what was covered against what there is to cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load

from .finding import finding, spoken
from .material import Material
from .stated import Row, Stated

Found = Iterator[dict[str, Any]]
_WHOLE = frozenset({"", "city", "all"})


def covered(forms: Material) -> Found:
    """More units covered than there are: the two were counted in different ways."""
    for pair in load("form_checks")["coverage"]:
        for part, whole in _pairs(forms, pair["part"], pair["whole"]):
            if part.value("value") > whole.value("value"):
                yield _flag(part.stated("value", part["label"]), whole.stated("value", whole["label"]), part["sector"], part["unit"])


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


def _flag(part: Stated, whole: Stated, sector: str, unit: str) -> dict[str, Any]:
    return finding(
        "coverage",
        "flag",
        (part.name, whole.name, sector),
        [part, whole],
        stated=part.value,
        recomputed=whole.value,
        unit=unit,
        part=part.name,
        whole=whole.name,
        share=words.percent(part.value / whole.value) if whole.value else load("form_checks")["words"]["no_rate"],
    )


def rates_covered(forms: Material) -> Found:
    """Indicators that by their name cannot be over 100 %, and are."""
    capped = load("checks")["rates"]["capped"]
    for scope in forms.indicators.scopes():
        for row in forms.indicators.marked(scope):
            actual = row.value("actual")
            if actual is not None and actual > 100 and row["unit"] in {"%", "％"} and re.search(capped, row["name"]):
                yield finding(
                    "coverage_rate",
                    "flag",
                    (scope, row["level1"], row["level2"], row["name"]),
                    [row.stated("actual")],
                    stated=actual,
                    unit="%",
                    item=row["name"],
                )


def trades(forms: Material) -> Found:
    """A number given for the whole territory and for its trades: the trades may be fewer than all, never more."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for fact in forms.facts:
        if fact["source"] != "text" and fact["qualifier"] == "exact" and fact.value("value") is not None and not fact["date"]:
            groups.setdefault((fact["area"], fact["label"], fact["unit"]), []).append(fact)
    for (area, name, unit), facts in groups.items():
        wholes = [fact for fact in facts if fact["sector"] in _WHOLE]
        parts = [fact for fact in facts if fact["sector"] not in _WHOLE]
        sectors = {fact["sector"] for fact in parts}
        if len(wholes) == 1 and len(parts) > 1 and len(sectors) == len(parts):
            yield _trades(wholes[0], parts, (area, name, unit))


def _trades(whole: Row, parts: list[Row], names: tuple[str, str, str]) -> dict[str, Any]:
    stated = whole.stated("value")
    cells = [part.stated("value", words.sector(part["sector"])) for part in parts]
    summed = sum((cell.value for cell in cells), Decimal(0))
    verdict = "agrees" if summed == stated.value else "differs" if summed > stated.value else "not_checkable"
    return finding(
        "trades",
        verdict,
        names,
        [stated, *cells],
        stated=stated.value,
        recomputed=summed,
        unit=whole["unit"],
        item=whole["label"],
        number=len(cells),
        parts=spoken(cells, whole["unit"]),
    )
