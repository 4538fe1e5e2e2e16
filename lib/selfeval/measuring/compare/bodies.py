"""Bodies of one year side by side: a few numbers each, with ranks and medians among those that measure the same thing only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import EXACT, quotient
from selfeval.records.line_tree import LineTree
from selfeval.tables import rows_in

from .measure import TableRow, bound_of
from .ranking import median, ranks
from .reading import Tables
from .safety import calibre_of
from .shared import shared_measures

_BODIES = ("body", "name", "invented")
_MEASURES = ("measure", "trade", "body", "name", "value", "bound", "detail", "rank", "reason")
_SUMMARIES = ("measure", "trade", "title", "formula", "order", "meaning", "n", "median", "lowest", "highest")


@dataclass(frozen=True)
class _Number:
    """One body's number: a ratio, None where there is none; `reason` says why it is not held against others, '' where it is.

    `calibre` is how the number was had, where there are several ways.
    """

    value: Decimal | None
    detail: str = ""
    reason: str = ""
    bound: str = EXACT
    calibre: str = ""


def bodies(tables_by_body: Mapping[str, Tables]) -> dict[str, pd.DataFrame]:
    """Return the frames `bodies`, `measures`, `summaries` and `shared` of bodies whose tables of one year are given by slug.

    Needs the tables reading.BODY_TABLES. `bodies`: slug, name, whether it is invented (bool). `measures`: one row a measure (and trade)
    and body; `value` is a ratio, `rank` an int or None; `reason` says why a row has no part in ranks and medians. `summaries`: one row a
    measure (and trade) with the number of comparable bodies `n`, their median, lowest and highest value. Fewer than two comparable
    bodies have neither ranks nor a median. `shared`: whatever else several bodies state (shared.shared_measures).
    """
    names = {body: _name(tables["sources"], body) for body, tables in tables_by_body.items()}
    measures, summaries = [], []
    for entry in load("compare")["measure"]:
        for trade in _trades(tables_by_body.values()) if entry["id"] == "rectification" else [""]:
            found = {body: number for body, tables in tables_by_body.items() if (number := _number(entry["id"], tables, trade))}
            found = _of_one_calibre(found)
            measures += _rows(entry, trade, found, names)
            summaries.append(_summary(entry, trade, found))
    listed = [{"body": body, "name": names[body], "invented": words.is_invented(_note(t["sources"]))} for body, t in tables_by_body.items()]
    return {
        "bodies": pd.DataFrame(listed, columns=list(_BODIES)),
        "measures": _frame(measures, _MEASURES),
        "summaries": _frame(summaries, _SUMMARIES),
        "shared": shared_measures(tables_by_body, names),
    }


def _frame(rows: list[dict[str, object]], columns: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series([row[column] for row in rows], dtype=object) for column in columns})


def _name(sources: pd.DataFrame, body: str) -> str:
    named = next((row.body for row in rows_in(sources) if row.body), body)
    return words.body(named, _note(sources))


def _note(sources: pd.DataFrame) -> str:
    return "；".join(dict.fromkeys(sources["note"]))


# ---- rows -------------------------------------------------------------------------------------------------------------------------------


def _rows(entry: dict[str, str], trade: str, found: Mapping[str, _Number], names: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Comparable bodies by rank, the others after them in the order given."""
    fit = _comparable(found)
    places = dict(zip(fit, ranks(list(fit.values()), high_first=entry["first"] == "high"), strict=True)) if len(fit) > 1 else {}
    for body in sorted(found, key=lambda body: (body not in fit, places.get(body, 0))):
        number = found[body]
        named = {"measure": entry["id"], "trade": trade, "body": body, "name": names[body]}
        yield {
            **named,
            "value": number.value,
            "bound": number.bound,
            "detail": number.detail,
            "rank": places.get(body),
            "reason": number.reason,
        }


def _of_one_calibre(found: Mapping[str, _Number]) -> dict[str, _Number]:
    """Numbers had in another way than the usual one are not comparable, unless all are had in that way."""
    if len({number.calibre for number in found.values() if number.value is not None}) < 2:
        return dict(found)
    return {
        body: replace(number, reason=number.reason or _say("calibre", calibre=number.calibre)) if number.calibre else number
        for body, number in found.items()
    }


def _comparable(found: Mapping[str, _Number]) -> dict[str, Decimal]:
    return {body: number.value for body, number in found.items() if number.value is not None and not number.reason}


def _summary(entry: dict[str, str], trade: str, found: Mapping[str, _Number]) -> dict[str, object]:
    values = list(_comparable(found).values())
    several = len(values) > 1
    margin = words.percent(Decimal(load("checks")["thresholds"]["margin"]), 0)
    return {
        "measure": entry["id"],
        "trade": trade,
        "title": entry["title"].format(trade=words.sector(trade)),
        "formula": entry["formula"].format(margin=margin),
        "order": entry["order"],
        "meaning": entry["meaning"],
        "n": len(values),
        "median": median(values) if several else None,
        "lowest": min(values) if several else None,
        "highest": max(values) if several else None,
    }


# ---- numbers ----------------------------------------------------------------------------------------------------------------------------


def _number(measure: str, tables: Tables, trade: str) -> _Number | None:
    """A body's number; None where a trade is not its own."""
    if measure == "rectification":
        return _rectification(tables, trade)
    return {"execution": _execution, "unexplained": _unexplained, "differences": _differences}[measure](tables)


def _execution(tables: Tables) -> _Number:
    """The official rate; where there is none, what there is instead, shown apart."""
    official = _first(tables["budget_metrics"], metric="official_execution_rate")
    if official is not None and official.status == "computed" and official.basis in {"adjusted", ""}:
        return _Number(official.value, reason=_say("over") if official.value > 1 else "")
    total = LineTree.of(tables["budget_lines"]).total()
    other = total and _first(tables["budget_metrics"], metric="execution_rate", scope=total.line_id, status="computed")
    if other:
        return _Number(other.value, reason=_say("other_basis", basis=words.basis(other.basis)))
    return _Number(None, reason=_say("missing", missing=official.missing if official is not None else words.basis("adjusted")))


def _unexplained(tables: Tables) -> _Number:
    """Of all expenditure that can be held against its budget, how much deviates without a reason, as the audit found it."""
    judged = [row for row in rows_in(tables["findings"]) if row.family == "execution" and row.verdict in {"agrees", "flag"}]
    if not judged:
        return _Number(None, reason=_say("nothing_judged"))
    open_rows = [row for row in judged if row.verdict == "flag" and not row.acknowledged]
    bases = _bases(tables["budget_lines"])
    reason = "" if bases <= {"adjusted"} else _say("mixed_bases", bases="、".join(sorted(map(words.basis, bases))))
    return _share(len(open_rows), len(judged), reason)


def _bases(lines: pd.DataFrame) -> set[str]:
    """The budget columns the deviations of a report are held against."""
    levels = load("checks")["execution"]["levels"]
    return {line.basis() for line in LineTree.of(lines) if line.level in levels and line.basis() and line.amount("actual") is not None}


def _differences(tables: Tables) -> _Number:
    findings = tables["findings"]
    checked = findings[findings["verdict"].isin(["agrees", "rounding", "differs"])]
    if not len(checked):
        return _Number(None, reason=_say("nothing_checked"))
    open_rows = checked[(checked["verdict"] == "differs") & checked["severity"].isin(["high", "medium"]) & (checked["acknowledged"] == "")]
    return _share(len(open_rows), len(checked))


def _share(part: int, whole: int, reason: str = "") -> _Number:
    return _Number(quotient(Decimal(part), Decimal(whole)), _say("share_detail", part=part, whole=whole), reason)


def _trades(tables: Iterable[Tables]) -> list[str]:
    """The trades of which any body has a rate, in the order of the knowledge."""
    told = {row.scope for each in tables for row in rows_in(each["safety_metrics"]) if row.metric == "rectification_rate"}
    order = [entry["id"] for entry in load("sectors")["sector"]]
    return sorted(told, key=lambda trade: (order.index(trade) if trade in order else len(order), trade))


def _rectification(tables: Tables, trade: str) -> _Number | None:
    row = _first(tables["safety_metrics"], metric="rectification_rate", scope=trade)
    if row is None:
        return None
    if row.status != "computed":
        return _Number(None, reason=_say("missing", missing=row.missing))
    bound = bound_of(row.note)
    reason = _say("bound_value", bound=load("compare")["bodies"]["bounds"][bound]) if bound != EXACT else ""
    return _Number(row.value, reason=reason, bound=bound, calibre=calibre_of(row.note))


def _first(table: pd.DataFrame, **wanted: str) -> TableRow | None:
    return next((row for row in rows_in(table) if all(getattr(row, key) == value for key, value in wanted.items())), None)


def _say(name: str, /, **parts: object) -> str:
    return load("compare")["bodies"][name].format(**parts)
