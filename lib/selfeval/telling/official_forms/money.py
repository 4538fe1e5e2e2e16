"""What both score forms do with money: the three amounts of a line, the scored row, the note on what a text leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from selfeval import words as wording
from selfeval.records.stated import COLUMNS, Budget, Row, execution_weight
from selfeval.telling.office import Cell

from . import looks
from .canvas import Piece
from .formulas import agreed, executed, ratio
from .subject import Subject, words


def amounts(budget: Budget, row: Row | None, parts: Iterable[Row]) -> tuple[Decimal | None, ...]:
    """年初预算数, 全年预算数 and 全年执行数 of a line, else the sum of its parts where all are known."""
    parts = list(parts)
    return tuple(budget.amount(row, parts, column).value for column in COLUMNS)


def execution_pieces(
    subject: Subject, scope: str, budget: Cell, actual: Cell, *, weight_at: int, rate_at: int, score_at: int
) -> tuple[Piece, Piece, Piece]:
    """Weight, rate (B ÷ A) and score of the one row that is scored."""
    points = execution_weight(subject.material.indicators.one(scope, "execution"))
    weight = Cell(budget.row, weight_at, points)
    rate = ratio(actual, budget)
    score = executed(actual, budget, weight)
    if subject.is_scored("execution", scope):
        score = agreed(score, subject.points("execution", scope))
    return (
        Piece(weight_at, points, looks.SCORE),
        Piece(rate_at, rate[0], looks.PERCENT, 1, rate[1]),
        Piece(score_at, score[0], looks.SCORE, 1, score[1]),
    )


def target_note(row: Row | None) -> list[str]:
    """The note where a line has a target and no budget of either kind; a target is never put into their columns."""
    if row is None or row.value("target") is None or any(row.value(column) is not None for column in ("initial", "adjusted")):
        return []
    return [words("marks")["only_target"].format(target=wording.money(row.value("target")))]
