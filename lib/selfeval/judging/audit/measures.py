"""One measure printed in two places far apart, under the same words turned round or cut short: does it have the same value?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from selfeval.knowledge import load
from selfeval.quantity import plain

from .finding import Finding, Numbers, finding
from .material import Material
from .mention import Mention
from .precision import compare
from .score_rows import indicators

# A name longer than this is a damaged cell.
_LONGEST_NAME = 600


@dataclass(frozen=True)
class Named:
    """A quantity under the bare name of what it measures; `sure` where the name is that of an indicator, as printed."""

    mention: Mention
    name: str
    sure: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The characters of the name whatever their order, and the unit."""
        return "".join(sorted(self.name)), self.mention.dimension


def measures_twice(material: Material) -> Iterator[Finding]:
    """Every measure whose name and unit come up in two paragraphs: equal values agree, values near each other differ."""
    named = [*_of_indicators(material), *_of_prose(material)]
    groups: dict[tuple[str, str], list[Named]] = {}
    for entry in named:
        groups.setdefault(entry.key, []).append(entry)
    for group in groups.values():
        for other in group[1:] if len(group[0].name) >= _least() else ():
            yield from _pair(material, group[0], other)
    alone = [group[0] for group in groups.values() if len(group) == 1]
    for first, other in _shortened(alone):
        yield from _pair(material, first, other)


def _shortened(alone: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Indicators, and the one quantity of their unit whose name is the end of theirs (燃气用户入户安检, 入户安检)."""
    prose: dict[tuple[str, str], list[Named]] = {}
    for entry in alone:
        if not entry.sure:
            prose.setdefault((entry.name, entry.mention.dimension), []).append(entry)
    for entry in alone if prose else ():
        ends = (entry.name[start:] for start in range(1, len(entry.name) - load("checks")["measures"]["least_end"] + 1))
        found = [other for end in ends for other in prose.get((end, entry.mention.dimension), ())] if entry.sure else []
        if len(found) == 1:
            yield entry, found[0]


def _pair(material: Material, first: Named, other: Named) -> Iterator[Finding]:
    before, stated = first.mention, other.mention
    if before.line == stated.line or _told_already(material, before, stated):
        return
    comparison = compare(stated.quantity, before.quantity, material.precision.tolerance([stated, before]))
    apart = comparison.verdict == "differs"
    if apart and not _near(before.amount, stated.amount):
        return
    if apart and not (first.sure or first.name == other.name):
        return
    numbers = Numbers.of(stated.quantity, before.quantity, comparison, stated.unit)
    name = other.name if not first.sure else first.name
    yield finding(material, "measure_twice", comparison.verdict, [stated.id, before.id], numbers, what=name)


def _told_already(material: Material, first: Mention, second: Mention) -> bool:
    """Work facts of different trades are different things; budget lines have a rule of their own."""
    facts = [material.fact_of.get(mention.id) for mention in (first, second)]
    lines = [material.line_of.get(mention.id) for mention in (first, second)]
    return any(lines) or (all(facts) and len({fact.sector for fact in facts}) > 1)


def _near(first: Decimal, second: Decimal) -> bool:
    """Near enough for a slip of the pen, or the same digits in another order."""
    limit = Decimal(load("checks")["thresholds"]["slip"]) * max(abs(first), abs(second))
    return abs(first - second) <= limit or sorted(str(plain(first))) == sorted(str(plain(second)))


def _of_indicators(material: Material) -> Iterator[Named]:
    for row in indicators(material):
        actual = row.get("actual")
        name = _bare(row.name) if len(row.name) <= _LONGEST_NAME else ""
        if actual and actual.figure.qualifier == "exact" and len(name) >= _least():
            yield Named(actual, name, sure=True)


def _of_prose(material: Material) -> Iterator[Named]:
    """Quantities outside the indicators, those of other times and of parts left out."""
    rules = load("checks")["measures"]
    taken = {mention.id for row in indicators(material) for mention in row.roles.values()}
    for mention in material.mentions:
        clause = re.split("[。；;\n]", mention.lead)[-1]
        if mention.id in taken or mention.figure.qualifier != "exact" or re.search(rules["other_times"], clause + mention.tail):
            continue
        name = _bare(re.split("[，,、：:（(]", clause)[-1])
        if len(name) >= rules["least_end"] and not re.search(rules["no_name"], name):
            yield Named(mention, name)


@cache
def _least() -> int:
    return load("checks")["measures"]["least"]


def _bare(words: str) -> str:
    """The name without what says only that it was done, when, and how it is counted."""
    rules = load("checks")["measures"]
    name = re.sub(r"[\s“”\"‘’《》（）()]", "", words)
    before = ""
    while before != name:
        before = name
        name = re.sub(f"^(?:{rules['in_front']})|(?:{rules['behind']})$", "", name)
    return name
