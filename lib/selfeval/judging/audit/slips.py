"""Slips of the pen: words doubled, characters mixed up, sentences that break off. All in one finding: each is small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfeval.judging.report import Finding, Material, finding, listed
from selfeval.knowledge import load
from selfeval.reading.clauses import words_before, words_behind

_DOUBLED = re.compile(r"([一-鿿]{2,8})\1")
_HALF_WIDTH = re.compile(r"(?<=[一-鿿”）])[,;:](?=[一-鿿“（]|\s*$)|(?<=[一-鿿])\.(?=\s*$)", re.MULTILINE)
# An amount of money in which a blank, a line break, a full stop, a comma, a second point or a letter parts the digits, or that has more
# digits than there is money; 5k元 and 3w元 are ways to write one.
_TORN = re.compile(
    r"(?<![0-9.])(?![0-9]{1,3} [0-9]{3}(?![0-9]))"
    r"(?:[0-9]+[ \u3000]+[0-9]+(?:\.[0-9]+)?|(?<=[一-鿿])[0-9]+\n[0-9]+(?:\.[0-9]+)?|[0-9]+。[0-9]+|[0-9]{16,}(?:\.[0-9]+)?"
    r"|(?<=[一-鿿])(?<!分别)(?<!分别为)[0-9]+,[0-9]{2}|[0-9]+(?:\.{2,}|\.[0-9]+\.)[0-9]+|[0-9.]+[A-JL-VX-Za-jl-vx-z][0-9.A-Za-z]*)"
    r"(?=\s?[万亿千百]{0,2}元)"
)
_CONTEXT = 8
_LONGEST_SHOWN, _MOST_SHOWN = 30, 20


def slips(material: Material) -> Iterator[Finding]:
    """Doubled words and characters that are likely mixed up."""
    found = sorted([*_doubled(material), *_mixed_up(material)])
    if found:
        shown = listed(f"{material.place(start)}“{_around(material, start, end)}”（{what}）" for start, end, what in found)
        yield finding(material, "slips", "flag", at=found[0][0], number=len(found), places=shown)


def _doubled(material: Material) -> Iterator[tuple[int, int, str]]:
    rules, text = load("checks")["slips"], material.document.text
    for match in _DOUBLED.finditer(text):
        around = text[max(0, match.start() - 4) : match.end() + 4]
        if not re.search(rules["rightly_doubled"], around) and len(set(match[1])) > 1:
            yield match.start(), match.end(), load("checks")["words"]["doubled"].format(word=match[1])


def _mixed_up(material: Material) -> Iterator[tuple[int, int, str]]:
    for entry in load("checks")["slip"]:
        for match in re.finditer(entry["wrong"], material.document.text):
            yield match.start(), match.end(), entry["meant"]


def _around(material: Material, start: int, end: int) -> str:
    text = material.document.text
    before = words_before(text, start, "。\n", start=start - _CONTEXT)
    after = words_behind(text, end, "\n", end=end + _CONTEXT)
    return f"{before}{text[start:end]}{after}".replace("“", "‘").replace("”", "’")


def torn_numbers(material: Material) -> Iterator[Finding]:
    """Amounts of which nobody can say for sure what number they are."""
    text = material.document.text
    found = [(match.start(), " ".join(match[0][:_LONGEST_SHOWN].split())) for match in _TORN.finditer(text)]
    if found:
        places = listed(f"{material.place(start)}“{shown}”" for start, shown in found[:_MOST_SHOWN])
        yield finding(
            material, "torn_numbers", "flag", at=found[0][0], quote=text[found[0][0] :][:_LONGEST_SHOWN], number=len(found), places=places
        )


def broken_off(material: Material) -> Iterator[Finding]:
    """Paragraphs that end in a comma, and western punctuation between Chinese words."""
    text = material.document.text
    breaks = [match.start() for match in re.finditer(r"[一-鿿][，、](?=\n\s*[一-鿿])", text) if material.document.kind != "pdf"]
    marks = [match.start() for match in _HALF_WIDTH.finditer(text)]
    if breaks or len(marks) >= load("checks")["slips"]["least_marks"]:
        words = load("checks")["words"]
        said = []
        if breaks:
            said.append(words["broken"].format(lines=listed(map(material.place, breaks[:20]))))
        if marks:
            places = dict.fromkeys(map(material.place, marks))
            said.append(words["half_width"].format(number=len(marks), lines=listed([*places][:20])))
        yield finding(material, "punctuation", "flag", at=min([*breaks, *marks]), said="；".join(said))
