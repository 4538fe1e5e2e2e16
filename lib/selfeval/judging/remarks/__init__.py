"""What is editorial: numbering, required contents, titles, leftovers of another year, places left open, slips of the pen, things counted.

What is looked for where, and in which words it is told, stands in knowledge/remarks.toml: patterns of words, which one matcher looks for,
and checks that have something to compute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from selfeval.judging.report import Finding, Material, finding
from selfeval.knowledge import load
from selfeval.reading.clauses import words_before, words_behind

from .money import label_of_basic, named_like_a_unit, one_amount_twice, personnel_among_projects, reasons
from .names import dates_listed, events_listed, items_listed, names_listed, names_spoken_of, projects_listed
from .outline import announced_tables, missing_contents, numbering, punctuation, spoken_numbers, titles
from .patterns import Remark, table
from .places import PLACES, Spot
from .work import events_left_out, needs, work, zeros_without_total
from .years import anniversaries, leftovers

__all__ = ["CHECKS", "remarked"]

CHECKS: dict[str, Callable[[Material], Iterable[Finding]]] = {
    check.__name__: check
    for check in (
        *(numbering, spoken_numbers, titles, missing_contents, announced_tables, punctuation, leftovers, anniversaries),
        *(names_listed, names_spoken_of, dates_listed, events_listed, items_listed, projects_listed),
        *(personnel_among_projects, one_amount_twice, reasons, label_of_basic, named_like_a_unit),
        *(work, needs, zeros_without_total, events_left_out),
    )
}
# So many characters around what was found are shown with it.
_AROUND = 8
Found = tuple[Remark, Spot, re.Match[str]]


def remarked(material: Material) -> Iterator[Finding]:
    """Everything remarked on a report: what is found by its words, and what is computed."""
    for rule, entries in table().items():
        found = [each for entry in entries if material.kind not in entry.silent for each in _found(material, entry)]
        if found and "shown" in entries[0].told:
            yield _together(material, rule, found)
        else:
            yield from (_alone(material, *each) for each in found)
    for check in load("remarks")["check"]:
        if material.kind not in check.get("silent", ()):
            yield from CHECKS[check["name"]](material)


def _found(material: Material, remark: Remark) -> Iterator[Found]:
    """Where a remark is found outside tables; of one chapter the first place tells enough."""
    told: set[int] = set()
    for spot in PLACES[remark.look_in](material, remark.section):
        for match in remark.words.finditer(spot.words):
            near = remark.near
            around = spot.words if near is None else spot.words[max(0, match.start() - near) : match.end() + near]
            if spot.chapter not in told and not remark.unless.search(around) and not material.in_table(spot.at(match)):
                yield remark, spot, match
                told |= set() if spot.chapter is None else {spot.chapter}


def _alone(material: Material, remark: Remark, spot: Spot, match: re.Match[str]) -> Finding:
    names = "、".join(dict.fromkeys(each[0] for each in remark.words.finditer(spot.words)))
    said = {"names": names, **match.groupdict(), **spot.said}
    return finding(material, remark.rule, "flag", spot.figures, spot.numbers, at=spot.at(match), quote=spot.quote, **said)


def _together(material: Material, rule: str, found: Sequence[Found]) -> Finding:
    """All places of one rule in one finding, in the order of the text."""
    found = sorted(found, key=lambda each: (each[1].at(each[2]) or 0, each[2].end()))
    told, (_, spot, match) = found[0][0].told, found[0]
    shown = dict.fromkeys(_shown(material, *each, told) for each in found)
    at = spot.at(match)
    quote = material.document.text[at:][: told["longest"]] if "longest" in told else ""
    figures = [figure for _, spot, _ in found for figure in spot.figures]
    blanks = {**spot.said, "number": len(found), "places": "、".join([*shown][: told.get("most")])}
    return finding(material, rule, "flag", figures, at=at, quote=quote, **blanks)


def _shown(material: Material, remark: Remark, spot: Spot, match: re.Match[str], told: dict[str, object]) -> str:
    at, text = spot.at(match), material.document.text
    end = (at or 0) + len(match[0])
    before = words_before(text, at or 0, "。\n", start=(at or 0) - _AROUND)
    around = f"{before}{match[0]}{words_behind(text, end, chr(10), end=end + _AROUND)}".replace("“", "‘").replace("”", "’")
    place = "" if at is None else material.place(at)
    note = remark.note.format(**match.groupdict())
    shown = " ".join(match[0][: told.get("longest")].split())
    return told["shown"].format(place=place, match=shown, around=around, note=note, **spot.said)
