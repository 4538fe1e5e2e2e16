"""Work data of the sheets against themselves: trades against the whole, what was covered against what there is to cover."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.findings import Numbers
from selfeval.records.stated import Forms, Row

from .finding import Found, beside, finding, names_of, share, spoken, total_of

_WHOLE = frozenset({"", "city", "all"})


def covered(forms: Forms) -> Found:
    """More units covered than there are: the two were counted in different ways."""
    for pair in load("form_checks")["coverage"]:
        wholes = _grouped([fact for fact in _counted(forms) if re.search(pair["whole"], fact["label"])], "sector", "unit")
        for part in (fact for fact in _counted(forms) if re.search(pair["part"], fact["label"])):
            for whole in wholes.get((part["sector"], part["unit"]), ()):
                if part.value("value") > whole.value("value"):
                    one, all_of = part.stated("value", part["label"]), whole.stated("value", whole["label"])
                    said = {"part": one.name, "whole": all_of.name, "share": share(one.value, all_of.value)}
                    yield beside("coverage", "flag", (one.name, all_of.name, part["sector"]), [one, all_of], part["unit"], **said)


def _counted(forms: Forms) -> list[Row]:
    """The numbers of the sheets' work facts."""
    return [fact for fact in forms.facts if fact.value("value") is not None and fact["source"] != "text"]


def _grouped(facts: Iterable[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """Facts by what they have in some columns."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for fact in facts:
        groups.setdefault(tuple(fact[column] for column in columns), []).append(fact)
    return groups


def rates_covered(forms: Forms) -> Found:
    """Indicators that by their name cannot be over 100 %, and are."""
    capped = load("checks")["rates"]["capped"]
    for row in forms.marked():
        actual = row.value("actual")
        if actual is not None and actual > 100 and row["unit"] in {"%", "％"} and re.search(capped, row["name"]):
            numbers = Numbers(actual, unit="%")
            yield finding("coverage_rate", "flag", names_of(row), [row.stated("actual")], numbers, item=row["name"])


def trades(forms: Forms) -> Found:
    """A number given for the whole territory and for its trades: the trades may be fewer than all, never more."""
    exact = [fact for fact in _counted(forms) if fact["qualifier"] == "exact" and not fact["date"]]
    for names, facts in _grouped(exact, "area", "label", "unit").items():
        wholes = [fact for fact in facts if fact["sector"] in _WHOLE]
        parts = [fact for fact in facts if fact["sector"] not in _WHOLE]
        if len(wholes) == 1 and len(parts) > 1 and len({fact["sector"] for fact in parts}) == len(parts):
            whole, unit = wholes[0].stated("value"), wholes[0]["unit"]
            cells = [part.stated("value", words.sector(part["sector"])) for part in parts]
            numbers = Numbers.of(whole.value, total_of(cells), unit, None)
            verdict = "not_checkable" if numbers.difference > 0 else numbers.verdict
            said = {"item": wholes[0]["label"], "number": len(cells), "parts": spoken(cells, unit)}
            yield finding("trades", verdict, names, [whole, *cells], numbers, **said)
