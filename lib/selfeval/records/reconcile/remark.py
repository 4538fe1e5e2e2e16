"""What is found when text and sheets speak of the same number, worded after knowledge/reconcile.toml."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain

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
        verdict = "rounding" if rounding else "differs"
        self.add(kind, verdict, stated=stated, recomputed=recomputed, unit=unit, figures=figures, name=name, **parts)

    def add(
        self,
        kind: str,
        verdict: str,
        *,
        stated: Decimal | None = None,
        recomputed: Decimal | None = None,
        unit: str = "",
        figures: Sequence[str] = (),
        severity: str = "",
        **parts: str,
    ) -> None:
        """Add one finding of `kind`, an entry of reconcile.toml whose blanks `parts` and the numbers fill."""
        entry = load("reconcile")[kind]
        difference = None if stated is None or recomputed is None else stated - recomputed
        numbers = {"stated": stated, "recomputed": recomputed, "difference": difference}
        shown = numbers | {"difference": None if difference is None else abs(difference)}
        blanks = {name: words.quantity(plain(value), unit) for name, value in shown.items() if value is not None} | parts
        title = entry.get(verdict, entry.get("title", "")).format(**blanks)
        row = {
            "severity": "low" if verdict == "rounding" else severity or entry["severity"],
            "verdict": verdict,
            "title": title,
            "message": entry["rounding_message" if verdict == "rounding" else "message"].format(**blanks),
            "unit": unit,
            "figures": " ".join(dict.fromkeys(filter(None, figures))),
        }
        self._rows.append(row | numbers | self._placed(figures, kind, title))

    def _placed(self, figures: Sequence[str], *mark: str) -> dict[str, object]:
        """What every finding has: its family, its mark, and where the first of its figures stands."""
        found = next((self._figures[figure] for figure in figures if figure in self._figures), None)
        # The row of a sheet is no line of the report.
        place = {} if found is None or found.cell else {"line": found.line, "page": found.page}
        quote = "" if found is None else found.sentence
        return {"family": load("reconcile")["family"], "fingerprint": self._mark(*mark), "quote": quote, **place}

    def _agreement(self) -> dict[str, object]:
        entry = load("reconcile")["agreed"]
        names = list(self._agreed)
        shown = "、".join(names[: entry["most"]]) + ("等" if len(names) > entry["most"] else "")
        figures = dict.fromkeys(figure for held in self._agreed.values() for figure in held.split())
        return {
            "severity": entry["severity"],
            "verdict": "agrees",
            "title": entry["title"].format(number=len(names)),
            "message": entry["message"].format(number=len(names), names=shown),
            "figures": " ".join(figures),
            **self._placed(list(figures), "agreed"),
        }

    def _mark(self, *parts: str) -> str:
        """A name for the finding that stays as long as it speaks of the same thing; a second one of the same is numbered."""
        mark = hashlib.sha256("\n".join((load("reconcile")["family"], *parts)).encode()).hexdigest()[:_MARK_DIGITS]
        number = 1
        while (full := mark if number == 1 else f"{mark}-{number}") in self._seen:
            number += 1
        self._seen.add(full)
        return full
