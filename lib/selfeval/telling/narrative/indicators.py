"""Chapter 六, targets: the year's goal, the indicators in a table, those not reached with their reasons, satisfaction, the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval import blocks, words
from selfeval.blocks import Block, to_fill
from selfeval.knowledge import load
from selfeval.measuring.scoring import is_met

from .amounts import ended, percent, quantity
from .headed import under_own_headings
from .year import Row, Year, text

DEPARTMENT = "department"
_LEVELS = ("cost", "output", "benefit", "satisfaction")
# What was reached so far above its target that the target has to be explained.
_FAR_ABOVE = Decimal("1.30")


def goal(year: Year) -> Iterator[Block]:
    """The year's overall goal and what became of it."""
    rows = [row for row in _own(year) if row.level1 == "goal"]
    if not rows:
        yield blocks.paragraph(to_fill(text("open", "goal")))
    for row in rows:
        shown = [(kind, said) for kind, said in (("target", row.target_text), ("actual", row.actual_text))]
        for kind, said in shown:
            words_ = ended(said) or to_fill(text("open", "goal"))
            yield blocks.paragraph(text("goal", kind, **{kind: words_}) + "。")


def indicators(year: Year) -> Iterator[Block]:
    """How many indicators were reached, all of them in a table, and those that were not, one by one."""
    rows = judged(year)
    if not rows:
        own = [said for said in year.said if said.place == "indicators"]
        yield from under_own_headings(own)
        if not own:
            yield blocks.paragraph(to_fill(text("open", "indicators")))
        return
    yield blocks.paragraph(_counts(rows))
    yield _table(year, rows)
    missed = [row for row in rows if outcome(row) == "missed"]
    if missed:
        yield blocks.paragraph(text("indicators", "missed_heading"))
    for number, row in enumerate(missed, start=1):
        yield blocks.paragraph(text("indicators", "missed_one", number=number, name=row.name, reason=_reason(row), **_values(row)))
    exceeded = [row for row in rows if _is_far_above(row)]
    if exceeded:
        told = "；".join(ended(row.reason) for row in exceeded if row.reason.strip())
        reason = told + "。" if told else to_fill(text("indicators", "exceeded_open")) + "。"
        yield blocks.paragraph(text("indicators", "exceeded", names="、".join(row.name for row in exceeded), reason=reason))


def judged(year: Year) -> list[Row]:
    """The indicators of the department as a whole, without the goal, the execution rate and the total."""
    return [row for row in _own(year) if row.level1 in _LEVELS]


def outcome(row: Row) -> str:
    """reached or missed as the numbers or the band a person chose say; unjudged; left_out where it does not apply."""
    if row.applicable == "no":
        return "left_out"
    if row.band:
        return "reached" if row.band == "reached" else "missed"
    met = is_met(row.nature, row.target, row.actual) if row.actual is not None and row.target is not None else None
    return "unjudged" if met is None else "reached" if met else "missed"


def _own(year: Year) -> list[Row]:
    return [row for row in year.of_table("indicators") if row.scope in {"", DEPARTMENT} and row.table is None]


def _counts(rows: Sequence[Row]) -> str:
    found = {kind: sum(outcome(row) == kind for row in rows) for kind in ("reached", "missed", "unjudged", "left_out")}
    if found["reached"] == len(rows):
        return text("indicators", "all_reached", count=len(rows))
    parts = "，".join(text("indicators", kind, count=count) for kind, count in found.items() if count)
    return text("indicators", "counts", count=len(rows), parts=parts)


def _table(year: Year, rows: Sequence[Row]) -> Block:
    points, head = _points(year, rows)
    heads = [*load("narrative")["tables"]["indicator_heads"], *([head] if head else [])]
    cells = []
    for row in rows:
        names = [_label("level1", row.level1), _label("level2", row.level2), row.name]
        cells.append([*names, *_values(row).values(), _number(row.weight), *([points.get(row.indicator_id, "")] if head else [])])
    widths = (6, 8, 12, 8, 8, 4, 5)[: len(heads)]
    return blocks.table(text("tables", "indicators", year=year.year), [heads, *cells], range(5, len(heads)), widths)


def _points(year: Year, rows: Sequence[Row]) -> tuple[dict[str, str], str]:
    """The points of each indicator and what they are: stated by the office, else simulated; none where neither is there."""
    stated = {row.indicator_id: words.number(row.stated_score) for row in rows if row.stated_score is not None}
    if stated:
        return stated, text("tables", "stated_head")
    by_name = {(row.level1, row.level2, row.name): row for row in _scores(year) if row.part == "indicator"}
    found = {row.indicator_id: by_name.get((row.level1, row.level2, row.name)) for row in rows}
    simulated = {key: words.number(score.points) for key, score in found.items() if score is not None and score.points is not None}
    return simulated, text("tables", "simulated_head") if simulated else ""


def _values(row: Row) -> dict[str, str]:
    """Target and actual as printed, the target with its sign, both with their unit."""
    sign = load("narrative")["natures"].get(row.nature, "")
    target = f"{sign}{row.target_text.lstrip('≥≤=><＝')}{_unit(row.target, row.target_text, row.unit)}" if row.target_text else ""
    return {"target": target, "actual": row.actual_text + _unit(row.actual, row.actual_text, row.unit)}


def _unit(value: Decimal | None, printed: str, unit: str) -> str:
    """The unit, unless it is printed already or there is no number it could belong to."""
    return "" if value is None or printed.endswith(unit) else unit


def _number(value: Decimal | None) -> str:
    return "" if value is None else words.number(value)


def _label(column: str, identifier: str) -> str:
    """A level of the indicator tree as the sheet prints it."""
    choices = next(entry["choices"] for entry in load("sheets")["sheet"]["indicators"]["column"] if entry["key"] == column)
    return choices.get(identifier, "")


def _reason(row: Row) -> str:
    said = ended(row.reason) or to_fill(text("open", "unreached", item=row.name))
    return text("indicators", "reason", reason=said)


def _is_far_above(row: Row) -> bool:
    known = row.nature in {"ge", "gt"} and row.actual is not None and row.target is not None and row.target > 0
    return bool(known and row.applicable != "no" and row.actual >= row.target * _FAR_ABOVE)


# ---- satisfaction and score -------------------------------------------------------------------------------------------------------------


def satisfaction(year: Year) -> Iterator[Block]:
    """How many answered and how many of them were satisfied."""
    valid, satisfied = year.base("answers_valid"), year.base("answers_satisfied")
    if valid is None or satisfied is None or not valid.actual or satisfied.actual is None:
        yield blocks.paragraph(to_fill(text("open", "satisfaction")))
        return
    shown = {"valid": quantity(valid.actual, valid.unit), "satisfied": quantity(satisfied.actual, satisfied.unit)}
    yield blocks.paragraph(text("satisfaction", "sentence", rate=percent(satisfied.actual, valid.actual), **shown))


def score(year: Year) -> Iterator[Block]:
    """The score the office gave itself, and the simulated one where it could be reckoned."""
    stated = next((row for row in _own(year) if row.level1 == "total" and row.stated_score is not None), None)
    if stated is not None:
        yield blocks.paragraph(text("score", "stated", points=words.number(stated.stated_score)))
    else:
        yield blocks.paragraph(text("score", "open", open=to_fill(text("open", "score"))))
    total = _simulated_total(year)
    if total is not None:
        parts = [row for row in _scores(year) if row.part in {"execution", "level1"} and row.points is not None]
        told = {"ruleset": load(f"scoring/{total.ruleset}")["title"], "points": words.number(total.points), "grade": total.grade}
        listed = "、".join(text("score", "part", name=row.name, points=words.number(row.points)) for row in parts)
        yield blocks.paragraph(text("score", "simulated", parts=listed, **told))


def _scores(year: Year) -> list[Row]:
    """The scores of the department as a whole."""
    return [row for row in year.of_table("scores") if row.scope in {"", DEPARTMENT} and row.status == "computed"]


def _simulated_total(year: Year) -> Row | None:
    return next((row for row in _scores(year) if row.part == "total" and row.points is not None), None)
