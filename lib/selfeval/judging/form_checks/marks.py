"""The marks of an indicator table: scores against results, weights against 100, totals against their parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from selfeval import words
from selfeval.judging.report import Numbers
from selfeval.knowledge import load
from selfeval.measuring.scoring import weight_faults
from selfeval.records.stated import Row, Stated, label, scope_of

from .finding import POINT, Found, finding, held, score_tolerance, spoken
from .material import Material, named, names_of

_HUNDRED = Decimal(100)
# What a scope lacks as a whole is told by the rules on its sum.
_OF_LEVELS = frozenset({"level1", "level2", "unknown_level1", "negative_weight"})


def indicator_scores(forms: Material) -> Found:
    """Every stated score: at most its weight, and what the rule set makes of target and result."""
    for row in forms.marked():
        score, weight = row.stated("stated_score"), row.stated("weight")
        if score.value is not None and weight.value is not None and score.value > weight.value:
            numbers = Numbers.of(score.value, weight.value, POINT, None)
            yield finding("score_over_weight", "differs", names_of(row), [score, weight], numbers, item=named(row))
    for row, computed in forms.scored():
        if row.value("stated_score") is not None and computed.value("points") is not None and row["nature"] not in {"", "qualitative"}:
            cells = [row.stated(column) for column in ("stated_score", "target", "actual", "weight")]
            said = {"item": named(row), "formula": computed["formula"], "weight": words.quantity(row.value("weight"), POINT)}
            points = words.rounded(computed.value("points"), 2)
            yield held("indicator_score", names_of(row), cells, points, score_tolerance(), POINT, **said)


def weights(forms: Material) -> Found:
    """Do the weights of an indicator table add up to 100 with execution?"""
    for scope in forms.indicators.scopes():
        execution, total = forms.indicators.one(scope, "execution"), forms.indicators.one(scope, "total")
        parts = [row.stated("weight", row["name"]) for row in forms.indicators.marked(scope)]
        if parts and execution:
            parts.append(execution.stated("weight", label("level1", "execution")))
        if parts:
            yield _weights(scope, parts, total.stated("weight") if total else None, with_execution=execution is not None)


def _weights(scope: str, parts: Sequence[Stated], total: Stated | None, *, with_execution: bool) -> dict[str, object]:
    """Without a row for execution the indicators carry what is left of 100."""
    known = [part.value for part in parts if part.value is not None]
    value = sum(known, Decimal(0))
    execution = Decimal(load("form_checks")["scores"]["execution_weight"])
    full = _HUNDRED if with_execution else _HUNDRED - execution
    expected = total.value if total and total.value is not None and total.value != _HUNDRED else full
    verdict = "not_checkable" if len(known) < len(parts) and value < full else "agrees" if value == full == expected else "differs"
    said = {"item": _table(scope), "number": len(known), "together": words.quantity(value + execution, POINT)}
    said["indicators"] = words.quantity(sum(known[:-1], Decimal(0)) if with_execution else value, POINT)
    said["execution"] = words.quantity(parts[-1].value if with_execution else execution, POINT)
    said["silent"] = words.joined(part.name for part in parts if part.value is None)
    cells = [*([total] if total else []), *parts]
    rule = "weights" if with_execution else "weights_without_execution"
    return finding(rule, verdict, (scope,), cells, Numbers.of(value, full, POINT, None), **said)


def level_weights(forms: Material) -> Found:
    """Weights of a first or second level that are not those of the rule set: allowed where there is a reason, so only remarked."""
    indicators = forms.tables["indicators"]
    for fault in weight_faults(indicators, forms.ruleset) if indicators is not None else ():
        if fault.kind in _OF_LEVELS:
            cells = [row.stated("weight") for row in forms.indicators.rows if row["indicator_id"] in fault.indicators]
            due = fault.least if fault.least == fault.most and fault.found is not None else None
            numbers = Numbers(fault.found, unit=POINT) if due is None else Numbers.of(fault.found, due, POINT, None)
            said = {"item": fault.name, "sentence": fault.sentence.rstrip("。")}
            yield finding("level_weights", "flag", (fault.kind, scope_of(fault.scope), fault.name), cells, numbers, **said)


def totals(forms: Material) -> Found:
    """The stated total against the scores it is made of, execution among them."""
    for scope in forms.indicators.scopes():
        total = forms.indicators.one(scope, "total")
        if total and total.value("stated_score") is not None:
            yield from _total(forms, scope, total.stated("stated_score"))


def _total(forms: Material, scope: str, total: Stated) -> Found:
    execution = forms.indicators.one(scope, "execution")
    parts = [row.stated("stated_score", row["name"]) for row in forms.indicators.marked(scope) if row["applicable"] != "no"]
    parts += [execution.stated("stated_score", label("level1", "execution"))] if execution else []
    known = [part for part in parts if part.value is not None]
    if known:
        expected = _to_hundred(forms, scope, execution, sum((part.value for part in known), Decimal(0)))
        own = execution.value("stated_score") if execution else None
        left_out = load("form_checks")["words"]["execution_left_out"].format(score=words.quantity(own, POINT)) if own else ""
        said = {"item": _table(scope), "number": len(known), "parts": spoken(known, POINT)}
        said["note"] = left_out if own and total.value == expected - own else ""
        silent = [part.name for part in parts if part.value is None]
        yield held("total_score", (scope,), [total, *known], expected, score_tolerance(), POINT, silent, **said)


def _to_hundred(forms: Material, scope: str, execution: Row | None, value: Decimal) -> Decimal:
    """Where indicators were left out, what the others scored is carried up to 100."""
    rows = forms.indicators.marked(scope)
    if all(row["applicable"] != "no" for row in rows):
        return value
    kept = [row.value("weight") for row in rows if row["applicable"] != "no"] + ([execution.value("weight")] if execution else [])
    carried = sum((weight for weight in kept if weight is not None), Decimal(0))
    return words.rounded(value * _HUNDRED / carried, 2) if carried else value


def unknown_projects(forms: Material) -> Found:
    """Indicators of a project that the budget does not list: its form could not be filled in."""
    for scope in forms.indicators.scopes():
        rows = forms.indicators.of_scope(scope)
        if scope and forms.project(scope) is None:
            yield finding("unknown_project", "flag", (scope,), [rows[0].stated("weight")], item=scope, number=len(rows))


def _table(scope: str) -> str:
    said = load("form_checks")["words"]
    return said["project_table"].format(project=scope) if scope else said["body_table"]
