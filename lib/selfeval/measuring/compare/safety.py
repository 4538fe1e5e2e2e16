"""Changes of the work: metrics and facts of this year beside those of earlier years, trade by trade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import Quantity
from selfeval.tables import make_table, rows_in

from .measure import Measure, TableRow, bound_of, word
from .pairing import Row, event, rows_of
from .reading import Tables

_EVERYTHING = "all"
_NO_TRADE = frozenset({"other"})


def safety_changes(now: Tables, earlier: Mapping[int, Tables], left_out: Mapping[int, str] | None = None) -> pd.DataFrame:
    """Return the table safety_changes: this year's metrics and facts beside those of every earlier year, the latest year first.

    `now` and each of `earlier` are tables by name (reading.SAFETY_TABLES). `scope` is a trade (sectors.toml), `all` for the whole body,
    or the label of what a metric is made for one by one. A bound stays one; where the direction of a change cannot be told there is none.
    Columns and statuses are those of budget_changes: ratios differ by ratios, counts by counts, `change_rate` = change ÷ earlier.
    """
    rows: list[Row] = []
    for past in sorted(earlier, reverse=True):
        rows += _against(now, earlier[past], past)
    label = load("compare")["labels"]["tables"]
    for past, why in (left_out or {}).items():
        rows.append(event("not_comparable", "tables", "year", label, past, missing=word("left_out", year=past, why=why)))
    return make_table("safety_changes", rows)


def _against(now: Tables, earlier: Tables, year: int) -> Iterator[Row]:
    ours, theirs = _trades(now["work_facts"]), _trades(earlier["work_facts"])
    new, old = set(ours) - set(theirs), set(theirs) - set(ours)
    if not len(now["work_facts"]) or not len(earlier["work_facts"]):
        if len(now["work_facts"]) or len(earlier["work_facts"]):
            missing = word("no_facts_now") if len(earlier["work_facts"]) else word("no_facts_earlier", year=year)
            yield event("not_comparable", "work_facts", _EVERYTHING, load("compare")["labels"]["facts"], year, missing=missing)
        return
    yield from (
        event("appeared", "sector", trade, words.sector(trade), year, missing=word("appeared", year=year)) for trade in ours if trade in new
    )
    yield from (event("vanished", "sector", trade, words.sector(trade), year, missing=word("vanished")) for trade in theirs if trade in old)
    for measures in (_metrics, _facts):
        current = [measure for measure in measures(now) if measure.scope not in new]
        past = [measure for measure in measures(earlier) if measure.scope not in old]
        moved = _moved(current, past)
        yield from rows_of([m for m in current if m.metric not in moved], [m for m in past if m.metric not in moved], year)
        yield from (event("not_comparable", metric, _EVERYTHING, label, year, missing=why) for metric, (label, why) in moved.items())


def _moved(now: list[Measure], earlier: list[Measure]) -> dict[str, tuple[str, str]]:
    """What both years tell, but not of the same: the whole in one, a trade in the other."""
    ours, theirs = _scopes_by_metric(now), _scopes_by_metric(earlier)
    labels = {measure.metric: measure.label.rpartition("：")[2] for measure in now}
    return {
        metric: (labels[metric], word("whole_changed", earlier=_named(theirs[metric]), now=_named(scopes)))
        for metric, scopes in ours.items()
        if metric in theirs and not scopes.keys() & theirs[metric].keys() and _EVERYTHING in {*scopes, *theirs[metric]}
    }


def _scopes_by_metric(measures: list[Measure]) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for measure in measures:
        if measure.value is not None:
            found.setdefault(measure.metric, {})[measure.scope] = None
    return found


def _named(scopes: Iterable[str]) -> str:
    return "、".join(words.sector(scope) for scope in scopes)


def _trades(facts: pd.DataFrame) -> list[str]:
    """The trades a report tells of, without the words for the whole."""
    whole = {*load("safety_metrics")["whole"], *_NO_TRADE}
    return [trade for trade in dict.fromkeys(facts["sector"]) if trade not in whole]


def _metrics(tables: Tables) -> Iterator[Measure]:
    labels = {fact.fact_id: fact.label for fact in rows_in(tables["work_facts"])}
    for row in rows_in(tables["safety_metrics"]):
        each = labels.get(row.scope)
        yield Measure(
            row.metric,
            each or row.scope,
            row.label if each or row.scope in load("safety_metrics")["whole"] else f"{words.sector(row.scope)}：{row.label}",
            row.unit,
            row.basis,
            row.value if row.status == "computed" else None,
            bound_of(row.note),
            {"formula": row.formula, "calibre": calibre_of(row.note)},
            row.missing,
        )


def calibre_of(note: str) -> str:
    """Which of several ways a metric was had: its denominator or its sum is another then."""
    knowledge = load("safety_metrics")
    telling = {way["note"] for entry in knowledge["quantity"] for way in entry["any_of"] if "note" in way} | {knowledge["words"]["added"]}
    return "；".join(part for part in note.split("；") if part in telling)


def _facts(tables: Tables) -> Iterator[Measure]:
    """Every quantity with a name: by its indicator, or, in the tables an office keeps, by what it is called there."""
    for row in rows_in(tables["work_facts"]):
        if row.value is not None and not row.date and (row.indicator or row.source == "table"):
            yield Measure(
                row.indicator or f"named:{row.label}",
                _EVERYTHING if row.sector in load("safety_metrics")["whole"] else row.sector,
                _label(row),
                row.unit,
                value=row.value,
                bound=Quantity.printed(row.value, row.qualifier).bound,
                definition={"label": row.label},
            )


def _label(row: TableRow) -> str:
    return row.label if row.sector in load("safety_metrics")["whole"] else f"{words.sector(row.sector)}：{row.label}"
