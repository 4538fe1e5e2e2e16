"""The marks of an indicator table: scores against results, weights against 100, totals against their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.scoring import weight_faults

from .finding import compared, finding, spoken
from .material import Material
from .rates import score_tolerance
from .stated import Row, Stated, label, scope_of

Found = Iterator[dict[str, Any]]
_POINT = "分"
_HUNDRED = Decimal(100)
# What a scope lacks as a whole is told by the rules on its sum.
_OF_LEVELS = frozenset({"level1", "level2", "unknown_level1", "negative_weight"})


def indicator_scores(forms: Material) -> Found:
    """Every stated score: at most its weight, and what the rule set makes of target and result."""
    for scope in forms.indicators.scopes():
        for row in forms.indicators.marked(scope):
            score, weight = row.value("stated_score"), row.value("weight")
            if score is not None and weight is not None and score > weight:
                yield _over_weight(scope, row)
    for row, computed in forms.scored():
        if row.value("stated_score") is not None and computed.value("points") is not None and row["nature"] not in {"", "qualitative"}:
            yield _score(row, computed)


def _over_weight(scope: str, row: Row) -> dict[str, Any]:
    return finding(
        "score_over_weight",
        "differs",
        (scope, row["level1"], row["level2"], row["name"]),
        [row.stated("stated_score"), row.stated("weight")],
        stated=row.value("stated_score"),
        recomputed=row.value("weight"),
        unit=_POINT,
        item=_named(scope, row["name"]),
    )


def _score(row: Row, computed: Row) -> dict[str, Any]:
    stated, value = row.value("stated_score"), words.rounded(computed.value("points"), 2)
    return finding(
        "indicator_score",
        compared(stated, value, score_tolerance()),
        (row["scope"], row["level1"], row["level2"], row["name"]),
        [row.stated(column) for column in ("stated_score", "target", "actual", "weight")],
        stated=stated,
        recomputed=value,
        tolerance=score_tolerance(),
        unit=_POINT,
        item=_named(row["scope"], row["name"]),
        formula=computed["formula"],
        weight=words.quantity(row.value("weight"), _POINT),
    )


def weights(forms: Material) -> Found:
    """Do the weights of an indicator table add up to 100 with execution?"""
    for scope in forms.indicators.scopes():
        execution, total = forms.indicators.one(scope, "execution"), forms.indicators.one(scope, "total")
        parts = [row.stated("weight", row["name"]) for row in forms.indicators.marked(scope)]
        if not parts:
            continue
        if execution:
            parts.append(execution.stated("weight", label("level1", "execution")))
        yield _weights(scope, parts, total.stated("weight") if total else None, with_execution=execution is not None)


def _weights(scope: str, parts: Sequence[Stated], total: Stated | None, *, with_execution: bool) -> dict[str, Any]:
    """Without a row for execution the indicators carry what is left of 100."""
    known = [part.value for part in parts if part.value is not None]
    summed = sum(known, Decimal(0))
    execution = Decimal(load("form_checks")["scores"]["execution_weight"])
    full = _HUNDRED if with_execution else _HUNDRED - execution
    expected = total.value if total and total.value is not None and total.value != _HUNDRED else full
    verdict = "not_checkable" if len(known) < len(parts) and summed < full else "agrees" if summed == full == expected else "differs"
    return finding(
        "weights" if with_execution else "weights_without_execution",
        verdict,
        (scope,),
        [*([total] if total else []), *parts],
        stated=summed,
        recomputed=full,
        unit=_POINT,
        item=_table(scope),
        number=len(known),
        indicators=words.quantity(sum(known[:-1], Decimal(0)) if with_execution else summed, _POINT),
        execution=words.quantity(parts[-1].value if with_execution else execution, _POINT),
        together=words.quantity(summed + execution, _POINT),
        silent=words.joined(part.name for part in parts if part.value is None),
    )


def level_weights(forms: Material) -> Found:
    """Weights of a first or second level that are not those of the rule set: allowed where there is a reason, so only remarked."""
    indicators = forms.tables["indicators"]
    faults = weight_faults(indicators, forms.ruleset) if indicators is not None else []
    for fault in faults:
        if fault.kind in _OF_LEVELS:
            rows = [row for row in forms.indicators.rows if row["indicator_id"] in fault.indicators]
            yield finding(
                "level_weights",
                "flag",
                (fault.kind, scope_of(fault.scope), fault.name),
                [row.stated("weight") for row in rows],
                stated=fault.found,
                recomputed=fault.least if fault.least == fault.most else None,
                unit=_POINT,
                item=fault.name,
                sentence=fault.sentence.rstrip("。"),
            )


def totals(forms: Material) -> Found:
    """The stated total against the scores it is made of, execution among them."""
    for scope in forms.indicators.scopes():
        total = forms.indicators.one(scope, "total")
        if total and total.value("stated_score") is not None:
            yield from _total(forms, scope, total)


def _total(forms: Material, scope: str, total: Row) -> Found:
    marked = [row for row in forms.indicators.marked(scope) if row["applicable"] != "no"]
    execution = forms.indicators.one(scope, "execution")
    parts = [row.stated("stated_score", row["name"]) for row in marked]
    if execution:
        parts.append(execution.stated("stated_score", label("level1", "execution")))
    known = [part for part in parts if part.value is not None]
    stated = total.stated("stated_score")
    if not known:
        return
    summed = _to_hundred(forms, scope, sum((part.value for part in known), Decimal(0)))
    silent = [part.name for part in parts if part.value is None]
    verdict = compared(stated.value, summed, score_tolerance())
    if verdict == "differs" and silent and stated.value > summed:
        verdict = "not_checkable"
    left_out = execution is not None and execution.value("stated_score") and stated.value == summed - execution.value("stated_score")
    said = load("form_checks")["words"]
    yield finding(
        "total_score",
        verdict,
        (scope,),
        [stated, *known],
        stated=stated.value,
        recomputed=summed,
        tolerance=score_tolerance(),
        unit=_POINT,
        item=_table(scope),
        number=len(known),
        parts=spoken(known, _POINT),
        silent=words.joined(silent),
        note=said["execution_left_out"].format(score=words.quantity(execution.value("stated_score"), _POINT)) if left_out else "",
    )


def _to_hundred(forms: Material, scope: str, summed: Decimal) -> Decimal:
    """Where indicators were left out, what the others scored is carried up to 100."""
    rows = forms.indicators.marked(scope)
    if all(row["applicable"] != "no" for row in rows):
        return summed
    execution = forms.indicators.one(scope, "execution")
    kept = [row.value("weight") for row in rows if row["applicable"] != "no"] + ([execution.value("weight")] if execution else [])
    carried = sum((weight for weight in kept if weight is not None), Decimal(0))
    return words.rounded(summed * _HUNDRED / carried, 2) if carried else summed


def unknown_projects(forms: Material) -> Found:
    """Indicators of a project that the budget does not list: its form could not be filled in."""
    for scope in forms.indicators.scopes():
        rows = forms.indicators.of_scope(scope)
        if scope and forms.project(scope) is None:
            yield finding("unknown_project", "flag", (scope,), [rows[0].stated("weight")], item=scope, number=len(rows))


def _named(scope: str, name: str) -> str:
    return f"{scope} › {name}" if scope else name


def _table(scope: str) -> str:
    said = load("form_checks")["words"]
    return said["project_table"].format(project=scope) if scope else said["body_table"]
