"""One finding: what a rule says of one relation, worded by knowledge/checks.toml or remarks.toml."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain

from .material import Material

_SEVERITIES = ("high", "medium", "low", "info")
# The cells of one table prove a relation best, then the words of one sentence; what is gathered from all over a report least.
_WITNESSES = ("cells", "sentence", "report")
_COLUMNS = ("family", "severity", "verdict", "title", "message", "line", "page", "quote")
_EXACT = Decimal(0)
_VERDICTS = ("differs", "flag", "suspect", "not_checkable", "rounding", "agrees")


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


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of findings before it has an id. `figures`: the figures it rests on, the one judged first."""

    rule: str
    family: str
    severity: str
    verdict: str
    title: str
    message: str
    figures: tuple[str, ...] = ()
    numbers: Numbers = NO_NUMBERS
    line: int | None = None
    page: int | None = None
    quote: str = ""
    place: int = 0

    def weight(self) -> tuple[Any, ...]:
        """Sorts by severity, then verdict, then size of the difference against what is stated, then place."""
        stated, difference = self.numbers.stated, self.numbers.difference
        share = abs(difference / stated) if difference and stated else Decimal(0)
        return _SEVERITIES.index(self.severity), _VERDICTS.index(self.verdict), -share, self.place

    def sureness(self) -> tuple[Any, ...]:
        """Sorts by how near together what it rests on stands, then by what is told of it, so that no two findings tie."""
        witness = wording()[self.rule].get("witness", "sentence")
        return _WITNESSES.index(witness), _SEVERITIES.index(self.severity), self.place, -len(self.title), self.rule, self.message

    def row(self) -> dict[str, Any]:
        """The columns of findings.csv except `finding_id`, `acknowledged` and `fingerprint`."""
        own = {name: getattr(self, name) for name in _COLUMNS}
        return own | self.numbers.row() | {"figures": " ".join(self.figures)}


def fingerprint(material: Material, found: Finding) -> str:
    """Twelve characters that stay the same as long as the finding does: of its family, its sentence and its figures as printed.

    Ids, lines and wording do not enter, so that edits elsewhere in the report or in the messages leave it alone.
    """
    sentence = material.document.sentence(found.place) if found.figures else found.quote
    printed = [figure.text for identity in found.figures if (figure := material.figure(identity))]
    bare = [re.sub(r"[\W_]", "", words) for words in (found.family, sentence, *printed)]
    return hashlib.sha256("|".join(bare).encode()).hexdigest()[:12]


def finding(
    material: Material,
    rule: str,
    verdict: str,
    figures: Sequence[str] = (),
    numbers: Numbers = NO_NUMBERS,
    *,
    severity: str = "",
    quote: str = "",
    at: int | None = None,
    **parts: object,
) -> Finding:
    """Word a finding after the entry of its rule and find its place in the text.

    `at`: where it stands, for findings that rest on words; its sentence is the quote unless one is given. `parts` fill the blanks of
    title and message; stated, recomputed, difference and tolerance come from `numbers`.
    """
    entry = wording()[rule]
    case = entry[verdict]
    blanks = blanks_of(numbers) | parts
    offset = material.offset(figures) if at is None else at
    found = quote or (material.quote(figures) if at is None else material.document.sentence(at))
    if offset is None and found:
        offset = max(material.document.text.find(found), 0)
    return Finding(
        rule=rule,
        family=entry["family"],
        severity=severity or case["severity"],
        verdict=verdict,
        title=_titled(case["title"], blanks),
        message=case["message"].format(**blanks),
        figures=tuple(dict.fromkeys(figure for figure in figures if figure)),
        numbers=numbers,
        line=None if offset is None else material.document.line_at(offset),
        page=None if offset is None else material.document.page_at(offset),
        quote=found,
        place=offset or 0,
    )


@cache
def wording() -> dict[str, dict[str, Any]]:
    """How every rule is worded, by its name."""
    return load("checks")["rule"] | load("remarks")["rule"]


def amount(value: Decimal, unit: str, bound: str = "exact") -> str:
    """A number with its unit, and its bound where it has one, as a message has it."""
    return words.quantity(value, unit, bound)


def _titled(title: str, blanks: dict[str, object]) -> str:
    """The title filled in; the quotation marks of a name that itself stands in quotation marks become single ones."""
    quoted = {name: str(part).replace("“", "‘").replace("”", "’") for name, part in blanks.items() if f"“{{{name}}}" in title}
    return title.format(**blanks | quoted)


def blanks_of(numbers: Numbers) -> dict[str, object]:
    """The numbers of a finding as its message has them."""
    unit = numbers.unit
    blanks: dict[str, object] = {}
    for name, bound in zip(("stated", "recomputed"), numbers.bounds, strict=True):
        value = getattr(numbers, name)
        blanks[name] = "" if value is None else amount(value, unit, bound)
    if numbers.tolerance is not None:
        blanks["tolerance"] = amount(plain(numbers.tolerance), unit)
    if numbers.difference is not None:
        blanks["difference"] = amount(abs(numbers.difference), unit)
        blanks["direction"] = load("checks")["words"]["more" if numbers.difference > 0 else "less"]
        if numbers.stated:
            blanks["share"] = words.percent(abs(numbers.difference / numbers.stated))
    return blanks
