"""What is found when text and sheets speak of the same number, worded after knowledge/reconcile.toml."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import plain
from selfeval.records.findings import NO_NUMBERS, Numbers, worded

# The parts of a fingerprint that is told apart by nothing but its words.
_MARK_DIGITS = 12


class Remarks:
    """Collects findings; what agrees is counted and told once."""

    def __init__(self, figures: Iterable[Any]) -> None:
        """`figures` are the rows of the figures of both."""
        self._figures = {row.figure_id: row for row in figures}
        self._rows: list[dict[str, object]] = []
        self._agreed: dict[str, str] = {}
        self._seen: set[str] = set()

    def rows(self) -> list[dict[str, object]]:
        """All findings, what agrees last."""
        return [*self._rows, *([self._agreement()] if self._agreed else [])]

    def agree(self, name: str, figures: str = "") -> None:
        """Text and sheet give the same number for `name`."""
        self._agreed[name] = figures

    def compare(
        self, name: str, kind: str, stated: Decimal, recomputed: Decimal, *, unit: str, figures: Sequence[str], **parts: str
    ) -> None:
        """Judge two numbers for `name`: the same, the same but for the decimals the text leaves off, or different."""
        if stated == recomputed:
            self.agree(name, " ".join(figures))
            return
        # A text that prints fewer decimals than the sheet is no contradiction.
        rounding = kind == "line" and recomputed.quantize(stated, rounding=ROUND_HALF_UP) == stated
        numbers = Numbers.of(stated, recomputed, unit, None)
        self.add(kind, "rounding" if rounding else "differs", numbers, figures, name=name, **parts)

    def add(
        self, kind: str, verdict: str, numbers: Numbers = NO_NUMBERS, figures: Sequence[str] = (), severity: str = "", **parts: object
    ) -> None:
        """Add one finding of `kind`, a rule of reconcile.toml whose blanks `parts` and the numbers fill; what differs may weigh more."""
        shown = {name: plain(value) for name, value in numbers.row().items() if isinstance(value, Decimal)}
        told = worded(load("reconcile")["rule"][kind][verdict], replace(numbers, **shown), parts)
        weight = {"severity": severity} if severity and verdict == "differs" else {}
        row = {"verdict": verdict, **told, **weight, **numbers.row(), "figures": " ".join(dict.fromkeys(filter(None, figures)))}
        self._rows.append(row | self._placed(figures, kind, told["title"]))

    def _placed(self, figures: Sequence[str], *mark: str) -> dict[str, object]:
        """What every finding has: its family, its mark, and where the first of its figures stands."""
        found = next((self._figures[figure] for figure in figures if figure in self._figures), None)
        # The row of a sheet is no line of the report.
        place = {} if found is None or found.cell else {"line": found.line, "page": found.page}
        quote = "" if found is None else found.sentence
        return {"family": load("reconcile")["family"], "fingerprint": self._mark(*mark), "quote": quote, **place}

    def _agreement(self) -> dict[str, object]:
        case, names = load("reconcile")["rule"]["agreed"]["agrees"], list(self._agreed)
        shown = "、".join(names[: case["most"]]) + ("等" if len(names) > case["most"] else "")
        figures = dict.fromkeys(figure for held in self._agreed.values() for figure in held.split())
        told = worded(case, NO_NUMBERS, {"number": len(names), "names": shown})
        return {"verdict": "agrees", **told, "figures": " ".join(figures), **self._placed(list(figures), "agreed")}

    def _mark(self, *parts: str) -> str:
        """A name for the finding that stays as long as it speaks of the same thing; a second one of the same is numbered."""
        mark = hashlib.sha256("\n".join((load("reconcile")["family"], *parts)).encode()).hexdigest()[:_MARK_DIGITS]
        number = 1
        while (full := mark if number == 1 else f"{mark}-{number}") in self._seen:
            number += 1
        self._seen.add(full)
        return full
