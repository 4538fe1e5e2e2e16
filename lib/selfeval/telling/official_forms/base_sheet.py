"""附件1 部门整体支出绩效评价基础数据表: staff, expenses in three columns, buildings, thrift."""

from __future__ import annotations

from decimal import Decimal

from selfeval.telling.office import Cell, Sheet

from . import looks
from .base_money import money_rows, only_targets
from .canvas import Canvas, Piece
from .formulas import ratio
from .subject import Subject, numbered, words

# The three columns of money are two columns of the sheet each.
_MONEY_AT = (2, 4, 6)
_LAST = 7


def base_sheet(subject: Subject) -> Sheet:
    """The sheet of base data."""
    said = words("base")
    canvas = Canvas(said["widths"])
    canvas.add(Piece(1, words("words")["attachment"].format(number=1), looks.CORNER, _LAST))
    canvas.add(Piece(1, subject.said(said["title"]), looks.TITLE, _LAST), least=40)
    canvas.add(Piece(1, said["body"], looks.HEAD), Piece(2, subject.body, looks.TEXT, _LAST - 1), least=26)
    _staff(canvas, subject)
    heads = _money(canvas, subject)
    _buildings(canvas, subject)
    canvas.add(Piece(1, said["frugality"], looks.HEAD), Piece(2, subject.text("frugality"), looks.TEXT, _LAST - 1), least=90)
    notes = [subject.said(note) for note in said["notes"]]
    if only_targets(subject):
        notes.append(said["only_targets"])
    canvas.add(Piece(1, numbered(notes), looks.NOTE, _LAST))
    canvas.add(Piece(1, words("words")["signed"].format(contact=subject.text("contact")), looks.LINE, _LAST), least=30)
    return canvas.sheet(said["sheet"], repeat=(heads, heads))


def _staff(canvas: Canvas, subject: Subject) -> None:
    heads = [subject.said(head) for head in words("base")["staff"]]
    first = canvas.row
    canvas.add(*(Piece(column, head, looks.HEAD, 2) for column, head in zip(_MONEY_AT, heads[1:], strict=True)))
    # The rate needs the places of the two cells beside it.
    posts, staff = (Cell(canvas.row, column, _value(subject, item, "actual")) for column, item in ((2, "posts"), (4, "staff")))
    value, formula = ratio(staff, posts)
    canvas.add(
        Piece(2, posts.value, looks.COUNT, 2),
        Piece(4, staff.value, looks.COUNT, 2),
        Piece(6, value, looks.PERCENT, 2, formula),
    )
    canvas.span(1, first, heads[0], looks.HEAD)


def _value(subject: Subject, item: str, column: str) -> Decimal | None:
    row = subject.material.base.item(item)
    return row.value(column) if row else None


def _money(canvas: Canvas, subject: Subject) -> int:
    """The three columns of money; returns the row of their heads, which every page repeats."""
    first = canvas.row
    heads = [subject.said(head) for head in words("base")["money"]]
    columns = (Piece(column, head, looks.HEAD, 2) for column, head in zip(_MONEY_AT, heads[1:], strict=True))
    canvas.add(Piece(1, heads[0], looks.HEAD), *columns, least=26)
    for label, style, cells in money_rows(subject, canvas.row, _MONEY_AT):
        amounts = (Piece(cell.column, cell.value, looks.MONEY, 2, cell.formula) for cell in cells)
        canvas.add(Piece(1, label, style), *amounts)
    return first


def _buildings(canvas: Canvas, subject: Subject) -> None:
    heads = [subject.said(head) for head in words("base")["buildings"]]
    first = canvas.row
    canvas.add(*(Piece(column, head, looks.HEAD) for column, head in enumerate(heads[1:], start=2)))
    pieces = []
    for column, item in ((2, "floor_area"), (5, "floor_investment")):
        approved, actual = (Cell(canvas.row, column + step, _value(subject, item, key)) for step, key in enumerate(("budget", "actual")))
        value, formula = ratio(actual, approved)
        # Where nothing was built the remark that says so stands in the first cell.
        shown = subject.text(item) if approved.value is None and actual.value is None else approved.value
        look = looks.COUNT if item == "floor_area" else looks.MONEY
        pieces += [Piece(column, shown, look), Piece(column + 1, actual.value, look), Piece(column + 2, value, looks.PERCENT, 1, formula)]
    canvas.add(*pieces)
    canvas.span(1, first, heads[0], looks.HEAD)
