"""The marks of an indicator table: scores against results, weights against 100, totals against their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.scoring import weight_faults
from selfeval.records.findings import Numbers
from selfeval.records.stated import Forms, Row, Stated, execution_weight, label, scope_of

from .finding import POINT, Found, beside, finding, held, known_of, named, names_of, score_tolerance, spoken, total_of

_HUNDRED = Decimal(100)
# What a scope lacks as a whole is told by the rules on its sum.
_OF_LEVELS = frozenset({"level1", "level2", "unknown_level1", "negative_weight"})


def indicator_scores(forms: Forms) -> Found:
    """Every stated score: at most its weight, and what the rule set makes of target and result."""
    for row in forms.marked():
        score, weight = row.stated("stated_score"), row.stated("weight")
        if score.value is not None and weight.value is not None and score.value > weight.value:
            yield beside("score_over_weight", "differs", names_of(row), [score, weight], POINT, item=named(row))
    for row, computed in forms.scored():
        if row.value("stated_score") is not None and computed.value("points") is not None and row["nature"] not in {"", "qualitative"}:
            cells = [row.stated(column) for column in ("stated_score", "target", "actual", "weight")]
            said = {"item": named(row), "formula": computed["formula"], "weight": words.quantity(row.value("weight"), POINT)}
            points = words.rounded(computed.value("points"), 2)
            yield held("indicator_score", names_of(row), cells, points, score_tolerance(), POINT, **said)


def weights(forms: Forms) -> Found:
    """Do the weights of an indicator table add up to 100 with execution? Without a row for it the indicators carry what it leaves."""
    for scope in forms.indicators.scopes():
        total, indicators, execution = _column(forms, scope, "weight", forms.indicators.marked(scope))
        parts, rest = [*indicators, *execution], execution_weight(None)
        known, full = known_of(parts), _HUNDRED if execution else _HUNDRED - rest
        value, due = total_of(known), next((cell.value for cell in known_of(total) if cell.value != _HUNDRED), full)
        verdict = "not_checkable" if len(known) < len(parts) and value < full else "agrees" if value == full == due else "differs"
        said = {
            "together": value + rest,
            "indicators": total_of(known_of(indicators)),
            "execution": execution[0].value if execution else rest,
        }
        said = {name: words.quantity(points, POINT) for name, points in said.items()}
        said |= {"item": _table(scope), "number": len(known), "silent": words.joined(part.name for part in parts if part.value is None)}
        if indicators:
            rule = "weights" if execution else "weights_without_execution"
            yield finding(rule, verdict, (scope,), [*total, *parts], Numbers.of(value, full, POINT, None), **said)


def _column(forms: Forms, scope: str, column: str, rows: Iterable[Row]) -> tuple[list[Stated], list[Stated], list[Stated]]:
    """What the total, some indicators and execution state in a column; nothing where there is no row for it."""
    ends = {level: forms.indicators.one(scope, level) for level in ("total", "execution")}
    total, execution = ([row.stated(column, label("level1", level))] if row else [] for level, row in ends.items())
    return total, [row.stated(column, row["name"]) for row in rows], execution


def level_weights(forms: Forms) -> Found:
    """Weights of a first or second level that are not those of the rule set: allowed where there is a reason, so only remarked."""
    indicators = forms.tables["indicators"]
    for fault in weight_faults(indicators, forms.ruleset) if indicators is not None else ():
        if fault.kind in _OF_LEVELS:
            cells = [row.stated("weight") for row in forms.indicators.rows if row["indicator_id"] in fault.indicators]
            due = fault.least if fault.least == fault.most and fault.found is not None else None
            numbers = Numbers(fault.found, unit=POINT) if due is None else Numbers.of(fault.found, due, POINT, None)
            said = {"item": fault.name, "sentence": fault.sentence.rstrip("。")}
            yield finding("level_weights", "flag", (fault.kind, scope_of(fault.scope), fault.name), cells, numbers, **said)


def totals(forms: Forms) -> Found:
    """The stated total against the scores it is made of, execution among them."""
    for scope in forms.indicators.scopes():
        rows = [row for row in forms.indicators.marked(scope) if row["applicable"] != "no"]
        total, indicators, execution = _column(forms, scope, "stated_score", rows)
        parts = [*indicators, *execution]
        known, own = known_of(parts), total_of(known_of(execution))
        if known_of(total) and known:
            expected = _to_hundred(forms, scope, rows, total_of(known))
            left_out = load("form_checks")["words"]["execution_left_out"].format(score=words.quantity(own, POINT))
            said = {"item": _table(scope), "number": len(known), "parts": spoken(known, POINT)}
            said["note"] = left_out if own and total[0].value == expected - own else ""
            silent = [part.name for part in parts if part.value is None]
            yield held("total_score", (scope,), [*total, *known], expected, score_tolerance(), POINT, silent, **said)


def _to_hundred(forms: Forms, scope: str, kept: Sequence[Row], value: Decimal) -> Decimal:
    """Where indicators were left out, what the others scored is carried up to 100."""
    if len(kept) == len(forms.indicators.marked(scope)):
        return value
    _, indicators, execution = _column(forms, scope, "weight", kept)
    carried = total_of(known_of([*indicators, *execution]))
    return words.rounded(value * _HUNDRED / carried, 2) if carried else value


def unknown_projects(forms: Forms) -> Found:
    """Indicators of a project that the budget does not list: its form could not be filled in."""
    for scope in forms.indicators.scopes():
        rows = forms.indicators.of_scope(scope)
        if scope and forms.project(scope) is None:
            yield finding("unknown_project", "flag", (scope,), [rows[0].stated("weight")], item=scope, number=len(rows))


def _table(scope: str) -> str:
    said = load("form_checks")["words"]
    return said["project_table"].format(project=scope) if scope else said["body_table"]
