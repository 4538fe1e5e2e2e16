"""附件2 部门整体支出绩效自评表: the money of the whole body, its goal and its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from selfeval.records.stated import COLUMNS, Row
from selfeval.telling.office import Cell, Sheet

from . import looks
from .canvas import Canvas, Piece
from .formulas import Result, added
from .marks_block import LAST, goal_block, indicator_block, notes_block
from .money import amounts, execution_pieces, target_note
from .subject import BODY, Subject, words

# The income side of the split stands left, the expenditure side right: a label and three amounts each.
_LEFT, _RIGHT = 2, 6
Entry = tuple[str, tuple[Decimal | None, ...]]


def body_sheet(subject: Subject) -> Sheet:
    """The sheet of the body as a whole."""
    said = words("body")
    canvas = Canvas(words("marks")["widths"])
    canvas.add(Piece(1, words("words")["attachment"].format(number=2), looks.CORNER, LAST))
    canvas.add(Piece(1, subject.said(said["title"]), looks.TITLE, LAST), least=40)
    canvas.add(Piece(1, said["name"], looks.HEAD, 2), Piece(3, subject.body, looks.TEXT, LAST - 2), least=26)
    execution = _money(canvas, subject)
    goal_block(canvas, subject, BODY)
    indicator_block(canvas, subject, BODY, execution)
    total = subject.material.budget.total()
    notes_block(canvas, subject, BODY, target_note(total))
    return canvas.sheet(said["sheet"])


def _money(canvas: Canvas, subject: Subject) -> tuple[Cell, Cell]:
    """The total with its score, and its split by income and by expenditure; returns the cells of weight and score."""
    said = words("body")
    first = canvas.row
    canvas.add(*(Piece(column, head, looks.HEAD) for column, head in enumerate(said["heads"], start=2)), least=26)
    income, spending = _income(subject), _spending(subject)
    top = canvas.row + 2
    weight, score = _total(canvas, subject, income, spending, top)
    sides = ((_LEFT, said["splits"][0]), (_RIGHT, said["splits"][1]))
    canvas.add(*(piece for column, name in sides for piece in _heads(column, [name, *said["columns"]])))
    for left, right in zip_longest(income, spending, fillvalue=("", (None, None, None))):
        canvas.add(*_half(_LEFT, left), *_half(_RIGHT, right))
    canvas.span(1, first, said["money"], looks.HEAD)
    return weight, score


def _heads(column: int, heads: Sequence[str]) -> list[Piece]:
    return [Piece(column + step, head, looks.HEAD) for step, head in enumerate(heads)]


def _half(column: int, entry: Entry) -> list[Piece]:
    name, values = entry
    return [Piece(column, name, looks.ITEM), *(Piece(column + step, value, looks.MONEY) for step, value in enumerate(values, start=1))]


def _total(canvas: Canvas, subject: Subject, income: Sequence[Entry], spending: Sequence[Entry], top: int) -> tuple[Cell, Cell]:
    """The row that is scored; its amounts are the sum of the expenditure side, or of the income side where only that adds up."""
    row = canvas.row
    stated = [subject.material.budget.whole(column).value for column in COLUMNS]
    results = [_summed(stated[index], index, income, spending, top) for index in range(len(COLUMNS))]
    cells = [Cell(row, _LEFT + 1 + index, result[0]) for index, result in enumerate(results)]
    marks = execution_pieces(subject, BODY, cells[1], cells[2], weight_at=_LEFT + 4, rate_at=_LEFT + 5, score_at=_LEFT + 6)
    made = canvas.add(
        Piece(_LEFT, words("body")["total"], looks.STRONG),
        *(Piece(cell.column, value, looks.MONEY, 1, formula) for cell, (value, formula) in zip(cells, results, strict=True)),
        *marks,
        Piece(LAST, None, looks.TEXT),
    )
    return made[4], made[6]


def _summed(stated: Decimal | None, index: int, income: Sequence[Entry], spending: Sequence[Entry], top: int) -> Result:
    for column, entries in ((_RIGHT, spending), (_LEFT, income)):
        cells = [Cell(top + number, column + 1 + index, values[index]) for number, (_, values) in enumerate(entries)]
        result = added(cells, stated)
        if result[1] and (result[0] is not None or column == _LEFT):
            return result
    return stated, ""


def _income(subject: Subject) -> list[Entry]:
    """The books: as stated, else the sum of the lines of a book, where every line says which it belongs to."""
    entries = []
    for book in words("body")["book"]:
        values = tuple(_of_book(subject, book["id"], column) for column in COLUMNS)
        if book["always"] or any(value is not None for value in values):
            entries.append((book["label"], values))
    return entries


def _of_book(subject: Subject, book: str, column: str) -> Decimal | None:
    budget = subject.material.budget
    stated = budget.book(book)
    if stated and stated.value(column) is not None:
        return stated.value(column)
    leaves = list(budget.leaves())
    if any(leaf["book"] == "all" or leaf["source"] == "text" for leaf in leaves):
        return None
    values = [leaf.value(column) for leaf in leaves if leaf["book"] == book]
    return sum(values, Decimal(0)) if values and all(value is not None for value in values) else None


def _spending(subject: Subject) -> list[Entry]:
    budget, said = subject.material.budget, words("body")
    pairs: list[tuple[str, Row | None, list[Row]]] = [
        (said["basic"], budget.basic(), budget.at("basic_part")),
        (said["projects"], budget.project_total(), budget.projects()),
    ]
    return [(name, amounts(budget, row, parts)) for name, row, parts in pairs]
