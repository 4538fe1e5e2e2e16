"""What the work came to, in a few lines: accidents, what was found and put right, disasters, then the report's own sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from selfeval.knowledge import load
from selfeval.reading.clauses import parts_of

from .indicators import DEPARTMENT, counted, total, total_sentences
from .markup import joined, said
from .report import Report
from .safety import disaster_totals, hazards_in_short
from .sections import quotes, work_sections
from .standing import indicators_of, scopes
from .values import leading, phrase

_MOST, _MOST_QUOTES = 5, 3


def outcomes(report: Report) -> list[dict[str, object]]:
    """A line each with what it is of: safety, hazards, disasters, indicators; then the report's own sections while there is room."""
    found = [*_safety(report), *_hazards(report), *_disasters(report), *_indicators(report)]
    return [*found, *_own(report, found)][:_MOST]


def _line(name: str, anchor: str, text: Markup) -> dict[str, object]:
    return {"name": leading(anchor, name), "text": text}


def _safety(report: Report) -> Iterator[dict[str, object]]:
    """Accidents that were counted; what did not happen in the words of the report."""
    told = [fact for fact in report.facts if fact.area == "safety_outcome" and fact.sector in {"city", "all", ""}]
    counted_ = [fact for fact in told if fact.value and fact.unit and fact.indicator in {"accidents", "accident_deaths", "fires"}]
    firsts = list({fact.indicator: fact for fact in reversed(counted_)}.values())[::-1]
    sentences = dict.fromkeys((*(fact.sentence for fact in told), *_work_sentences(report)))
    stated = list(dict.fromkeys(clause for sentence in sentences for clause in nothing_happened(sentence)))[:2]
    parts = [*map(phrase, firsts), *(said("{}称“{}”", report.says, clause) for clause in stated)]
    if parts:
        yield _line("安全", "work-outcome", joined(parts, "；"))


def _work_sentences(report: Report) -> Iterator[str]:
    """The sentences in which the report tells its work."""
    return (fact.sentence for section in work_sections(report) if not section.is_later for fact in section.facts)


def nothing_happened(sentence: str) -> list[str]:
    """The clauses of a sentence that say something did not happen, and what."""
    pattern = re.compile(load("page")["outcome"]["none"])
    bare = re.compile(load("page")["outcome"]["bare"])
    clauses = (part.words.strip() for part in parts_of(sentence, "，。；") if pattern.search(part.words))
    return [clause for clause in clauses if bare.sub("", clause)]


def _hazards(report: Report) -> Iterator[dict[str, object]]:
    told = hazards_in_short(report)
    if told:
        yield _line("隐患", "work-hazards", told)


def _disasters(report: Report) -> Iterator[dict[str, object]]:
    for sentence in disaster_totals(report):
        yield _line("灾害", "work-disasters", sentence)


def _indicators(report: Report) -> Iterator[dict[str, object]]:
    """How far indicators were reached, and the total if it could be reckoned."""
    rows = indicators_of(report, DEPARTMENT) or [row for scope in scopes(report) for row in indicators_of(report, scope)]
    if rows:
        score = total(report)
        points = total_sentences(report) if score is not None and score.status == "computed" else []
        yield _line("指标", "indicators", joined([*counted(report, rows), *points], ""))


def _own(report: Report, told: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Sections of the report with their fullest sentence; of work that is told already nothing."""
    said_already = {"safety_outcome", "hazards", "disasters"} if told else set()
    found = ((section, quotes(report, section, told=said_already)) for section in work_sections(report) if not section.is_later)
    own = [(section, sentences[0]) for section, sentences in found if sentences]
    for section, sentence in own[: _MOST_QUOTES if len(told) < _MOST_QUOTES else 1]:
        yield _line(section.name, section.anchor, sentence)
