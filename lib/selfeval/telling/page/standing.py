"""How far an indicator was reached, told from its target, what was done, and the score: words, no numbers."""

from __future__ import annotations

from collections.abc import Iterable

from selfeval import words
from selfeval.measuring.scoring import is_met, read_ruleset

from .report import Report, Row

REACHED, EQUAL, OVER, PARTLY, MISSED = "reached", "equal", "over", "partly", "missed"
LEFT_OUT, OPEN, UNKNOWN = "left_out", "open", "unknown"
# What asks for an explanation.
TO_EXPLAIN = frozenset({OVER, PARTLY, MISSED})
# What counts as reached.
MET = (REACHED, EQUAL, OVER)
_BEYOND = frozenset({"gt", "lt"})
# An indicator is one of these; the other rows of the sheet are the aim of the year, the execution rate and the total as stated.
_LEVELS = frozenset({"", "cost", "output", "benefit", "satisfaction"})


def indicators_of(report: Report, scope: str) -> list[Row]:
    """The indicators of the department or of one project, in the order of the sheet."""
    return [row for row in report.indicators if row.scope == scope and row.level1 in _LEVELS and _is_indicator(row)]


def _is_indicator(row: Row) -> bool:
    """Whether a row is more than the weight of a whole level."""
    return bool(row.name or row.target_text or row.actual_text or row.band or row.target is not None or row.actual is not None)


def scopes(report: Report) -> list[str]:
    """What has indicators: the department first, then the projects in the order of the sheet."""
    found = dict.fromkeys(row.scope for row in report.indicators)
    return sorted(found, key=lambda scope: scope not in words.SCOPES)


def score_of(report: Report, row: Row) -> Row | None:
    """The score of an indicator: it names the indicator among its inputs."""
    return report.score_by_indicator.get(row.indicator_id)


def is_printed(report: Report, scope: str) -> bool:
    """Whether the indicators of a scope are only those that the report prints in a form of its own, with the scores of the body."""
    rows = [row for row in report.indicators if row.scope == scope]
    return bool(rows) and all(row.table is not None for row in rows)


def scores_of(report: Report, scope: str) -> list[Row]:
    """The scores of a scope, none where its form is printed; a project may be spelled otherwise in the budget, after which its scores are
    called."""
    if is_printed(report, scope):
        return []
    own = {score.scope for row in report.indicators if row.scope == scope and (score := score_of(report, row))} or {scope}
    return [row for row in report.scores if row.scope in own]


def sections(report: Report) -> dict[str, str]:
    """The anchors of the projects' own indicators, by what the sheet of indicators calls a project and by what the budget does."""
    found: dict[str, str] = {}
    projects = (scope for scope in scopes(report) if scope not in words.SCOPES)
    for number, scope in enumerate(projects, start=1):
        for name in (scope, *(row.scope for row in scores_of(report, scope))):
            found.setdefault(name, f"project-{number}")
    return found


def standing(report: Report, row: Row) -> str:
    """One of the words above for an indicator.

    What was reached is told by the numbers; of a qualitative indicator by the band a person chose.
    """
    if row.applicable == "no":
        return LEFT_OUT
    if row.nature == "qualitative":
        return row.band or OPEN
    score = score_of(report, row)
    reached = _is_reached(row, score)
    if reached is None:
        return UNKNOWN
    if not reached:
        return MISSED
    if row.nature in _BEYOND and row.target is not None and row.actual == row.target:
        return EQUAL
    return OVER if _is_over(report, score) else REACHED


def _is_reached(row: Row, score: Row | None) -> bool | None:
    """Whether the target was met; None where that cannot be told.

    A target in words (≥95%) is a number only once it has been scored: then full marks tell.
    """
    if row.target is not None and row.actual is not None and row.nature:
        return is_met(row.nature, row.target, row.actual)
    return None if score is None or score.points is None else score.points == score.weight


def _is_over(report: Report, score: Row | None) -> bool:
    """Whether so much more was done than aimed at that it has to be explained."""
    return score is not None and score.rate is not None and score.rate >= read_ruleset(report.ruleset).threshold


def over_words(report: Report) -> str:
    """How much more than aimed at has to be explained: 30%."""
    return words.percent(read_ruleset(report.ruleset).threshold - 1, 0)


def in_words(report: Report, key: str) -> str:
    """A standing as it is written in a table."""
    return {
        REACHED: "达到",
        EQUAL: "等于指标值",
        OVER: f"超过 {over_words(report)}",
        PARTLY: "部分达到",
        MISSED: "未达到",
        LEFT_OUT: "不考核",
        OPEN: "待人判断",
        UNKNOWN: "无法判断",
    }[key]


def tally(report: Report, rows: Iterable[Row]) -> dict[str, int]:
    """How many of `rows` stand how, in the order of the words above; without those of which there is none."""
    counts = dict.fromkeys((REACHED, EQUAL, OVER, PARTLY, MISSED, OPEN, UNKNOWN, LEFT_OUT), 0)
    for row in rows:
        counts[standing(report, row)] += 1
    return {key: number for key, number in counts.items() if number}
