"""One finding: what a rule says of one relation, worded by knowledge/checks.toml or remarks.toml."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from selfeval.knowledge import load
from selfeval.records.findings import NO_NUMBERS, Numbers, worded

from .material import Material

_SEVERITIES = ("high", "medium", "low", "info")
# The cells of one table prove a relation best, then the words of one sentence; what is gathered from all over a report least.
_WITNESSES = ("cells", "sentence", "report")
_COLUMNS = ("family", "severity", "verdict", "title", "message", "line", "page", "quote")
_NO_LETTERS = re.compile(r"[\W_]+")
_VERDICTS = ("differs", "flag", "suspect", "not_checkable", "rounding", "agrees")


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
    bare = [_NO_LETTERS.sub("", words) for words in (found.family, sentence, *printed)]
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
    told = worded(entry[verdict], numbers, parts) | ({"severity": severity} if severity else {})
    offset = material.offset(figures) if at is None else at
    found = quote or (material.quote(figures) if at is None else material.document.sentence(at))
    if offset is None and found:
        offset = max(material.document.text.find(found), 0)
    return Finding(
        rule=rule,
        family=entry["family"],
        verdict=verdict,
        **told,
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
