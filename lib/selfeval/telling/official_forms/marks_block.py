"""The lower half of 附件2 and 附件3: the goal of the year, the indicators with their marks, the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from selfeval import words as wording
from selfeval.records.stated import Row, label
from selfeval.telling.office import Cell, Style

from . import looks
from .canvas import Canvas, Piece
from .formulas import Result, agreed, all_weights, kept_below, reached, total_score
from .subject import Subject, numbered, words

LAST = 9
# Where the columns of the block stand: first, second and third level, target, result, weight, score, reason.
_LEVEL1, _LEVEL2, _NAME, _TARGET, _ACTUAL, _WEIGHT, _SCORE, _REASON = range(2, LAST + 1)
_MORE_IS_BETTER = frozenset({"ge", "gt", "eq"})
_LESS_IS_BETTER = frozenset({"le", "lt"})


def goal_block(canvas: Canvas, subject: Subject, scope: str) -> None:
    """What was to be reached in the year and what was."""
    said = words("marks")["goal"]
    row = subject.material.indicators.one(scope, "goal")
    first = canvas.row
    canvas.add(Piece(2, said[1], looks.HEAD, 4), Piece(6, said[2], looks.HEAD, 4))
    target, actual = (row[column] if row else "" for column in ("target_text", "actual_text"))
    canvas.add(Piece(2, target, looks.TALL, 4), Piece(6, actual, looks.TALL, 4), least=80)
    canvas.span(1, first, said[0], looks.HEAD)


def indicator_block(canvas: Canvas, subject: Subject, scope: str, execution: tuple[Cell, Cell]) -> None:
    """The indicators by their levels, and the total; `execution` are the cells of weight and score of the execution rate."""
    said = words("marks")
    first = canvas.row
    canvas.add(*(Piece(column, head, looks.HEAD) for column, head in enumerate(said["heads"], start=_LEVEL1)), least=30)
    rows = subject.material.indicators.marked(scope)
    cells = list(_filled(canvas, subject, rows) if rows else _empty(canvas))
    canvas.span(1, first, said["indicators"], looks.HEAD)
    weights, scores = [execution[0], *(weight for weight, _ in cells)], [execution[1], *(score for _, score in cells)]
    weight = all_weights(weights)
    score = total_score(scores, weights)
    if subject.is_scored("total", scope):
        score = agreed(score, subject.points("total", scope))
    elif any(row["applicable"] == "no" for row in rows):
        score = (None, "")
    canvas.add(
        Piece(1, said["total"], looks.HEAD, _WEIGHT - 1),
        Piece(_WEIGHT, weight[0], looks.SCORE, 1, weight[1]),
        Piece(_SCORE, score[0], looks.SCORE, 1, score[1]),
        Piece(_REASON, None, looks.TEXT),
        least=26,
    )


def _filled(canvas: Canvas, subject: Subject, rows: Sequence[Row]) -> Iterator[tuple[Cell, Cell]]:
    """The rows of the indicators, grouped by level; yields their cells of weight and score."""
    ordered = sorted(rows, key=lambda row: (_first_of(rows, "level1", row), _first_of(rows, "level2", row)))
    for level1, inside in groupby(ordered, key=lambda row: row["level1"]):
        first, members = canvas.row, list(inside)
        for level2, leaves in groupby(members, key=lambda row: row["level2"]):
            start = canvas.row
            for row in leaves:
                yield _indicator(canvas, subject, row)
            canvas.span(_LEVEL2, start, label("level2", level2), looks.LABEL)
        canvas.span(_LEVEL1, first, _with_points(level1, members), looks.LABEL)


def _first_of(rows: Sequence[Row], column: str, row: Row) -> int:
    """Where the group of a row begins, so that rows of one group stand together in the order they came in."""
    levels = ["level1"] if column == "level1" else ["level1", "level2"]
    return next(index for index, other in enumerate(rows) if all(other[level] == row[level] for level in levels))


def _with_points(level1: str, members: Sequence[Row]) -> str:
    name = label("level1", level1)
    weights = [row.value("weight") for row in members]
    if any(weight is None for weight in weights):
        return name
    return words("words")["out_of"].format(level=name, points=wording.number(sum(weights)))


def _indicator(canvas: Canvas, subject: Subject, row: Row) -> tuple[Cell, Cell]:
    target, actual = (_value(row, column) for column in ("target", "actual"))
    at = {column: Cell(canvas.row, place, row.value(key)) for key, place, column in _PLACES}
    left_out = row["applicable"] == "no"
    score = (words("words")["not_applicable"], "") if left_out else _score(subject, row, at)
    made = canvas.add(
        Piece(_NAME, row["name"], looks.TEXT),
        Piece(_TARGET, target[0], target[1]),
        Piece(_ACTUAL, actual[0], actual[1]),
        Piece(_WEIGHT, row.value("weight"), looks.SCORE),
        Piece(_SCORE, score[0], looks.SCORE, 1, score[1]),
        Piece(_REASON, row["reason"], looks.TEXT),
    )
    return made[3], made[4]


_PLACES = (("target", _TARGET, "target"), ("actual", _ACTUAL, "actual"), ("weight", _WEIGHT, "weight"))


def _value(row: Row, column: str) -> tuple[object, Style]:
    """A number with its sign and unit that stays a number, or the words that stand in its place."""
    value = row.value(column)
    if value is None or row["nature"] == "qualitative":
        return row[f"{column}_text"], looks.CENTRED
    sign = words("marks")["natures"].get(row["nature"], "") if column == "target" else ""
    return value, looks.valued(value, sign, row["unit"])


def _score(subject: Subject, row: Row, at: dict[str, Cell]) -> Result:
    """The points of the table of scores, by formula where one gives the same; what only a person can give is as a person gave it."""
    scope = row["scope"]
    points = subject.points("indicator", scope, row)
    if row["nature"] == "qualitative":
        return (row.value("stated_score") if points is None else points), ""
    if not subject.is_scored("indicator", scope, row):
        points = row.value("stated_score")
    if points is None or any(cell.value is None for cell in at.values()):
        return points, ""
    if row["nature"] in _MORE_IS_BETTER:
        return agreed(reached(at["target"], at["actual"], at["weight"]), points)
    if row["nature"] in _LESS_IS_BETTER:
        return agreed(kept_below(at["target"], at["actual"], at["weight"]), points)
    return points, ""


def _empty(canvas: Canvas) -> Iterator[tuple[Cell, Cell]]:
    """The block as it is printed before anybody fills it in: one row for every second level."""
    for group in words("marks")["empty"]:
        first = canvas.row
        for level2 in group["level2"]:
            blank = [Piece(column, None, looks.CENTRED) for column in range(_NAME, LAST + 1)]
            made = canvas.add(Piece(_LEVEL2, label("level2", level2), looks.LABEL), *blank)
            yield made[_WEIGHT - _LEVEL2], made[_SCORE - _LEVEL2]
        canvas.span(_LEVEL1, first, label("level1", group["level1"]), looks.LABEL)


def notes_block(canvas: Canvas, subject: Subject, scope: str, notes: Sequence[str]) -> None:
    """What stands under the form: how marks are set, what is a simulation, what is blank and why; the line to sign."""
    said = words("marks")
    told = [said["weights"], said["rules"]]
    if subject.scores:
        told.append(said["simulated"].format(ruleset=said["by_ruleset"].format(title=subject.ruleset) if subject.ruleset else ""))
    if any(row["applicable"] == "no" for row in subject.material.indicators.marked(scope)):
        told.append(said["rescaled"])
    canvas.add(Piece(1, numbered([*told, said["blank"], *notes]), looks.NOTE, LAST))
    canvas.add(Piece(1, words("words")["signed"].format(contact=subject.text("contact")), looks.LINE, LAST), least=30)
