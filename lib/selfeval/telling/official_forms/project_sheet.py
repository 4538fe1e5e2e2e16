"""附件3 项目支出绩效自评表: the money of one project by source, its goal and its indicators."""

from __future__ import annotations

from dataclasses import replace

from selfeval.records.stated import COLUMNS, Row
from selfeval.telling.office import Cell, Sheet

from . import looks
from .canvas import Canvas, Piece
from .formulas import added
from .marks_block import LAST, goal_block, indicator_block, notes_block
from .money import execution_pieces, target_note
from .subject import Subject, words

_NAME, _AMOUNTS = 2, 4


def project_sheet(subject: Subject, project: Row, number: int) -> Sheet:
    """The sheet of one project, the `number`th."""
    said, scope = words("project"), project["item"]
    canvas = Canvas(words("marks")["widths"])
    canvas.add(Piece(1, words("words")["attachment"].format(number=f"3-{number}"), looks.CORNER, LAST))
    canvas.add(Piece(1, subject.said(said["title"]), looks.TITLE, LAST), least=40)
    canvas.add(Piece(1, said["name"], looks.HEAD, 2), Piece(3, scope, looks.TEXT, LAST - 2), least=26)
    canvas.add(
        Piece(1, said["department"], looks.HEAD, 2),
        Piece(3, subject.body, looks.TEXT, 3),
        Piece(6, said["unit"], looks.HEAD),
        Piece(7, None, looks.TEXT, LAST - 6),
        least=26,
    )
    execution = _money(canvas, subject, project)
    goal_block(canvas, subject, scope)
    indicator_block(canvas, subject, scope, execution)
    reason = [words("marks")["reason"].format(reason=project["reason"])] if project["reason"] else []
    notes_block(canvas, subject, scope, [*target_note(project), *reason])
    return canvas.sheet(subject.said(said["sheet"], number=number, project=scope))


def _money(canvas: Canvas, subject: Subject, project: Row) -> tuple[Cell, Cell]:
    """The total, which is scored, over its sources; returns the cells of weight and score."""
    said = words("project")
    first = canvas.row
    heads = (Piece(column, head, looks.HEAD) for column, head in enumerate(said["heads"][1:], start=_AMOUNTS))
    canvas.add(Piece(_NAME, said["heads"][0], looks.HEAD, 2), *heads, least=30)
    sources = [(source, subject.material.budget.source(project, source)) for source in said["sources"]]
    top = canvas.row + 1
    results = [_summed(project, sources, index, top) for index in range(len(COLUMNS))]
    cells = [Cell(canvas.row, _AMOUNTS + index, result[0]) for index, result in enumerate(results)]
    marks = execution_pieces(
        subject, project["item"], cells[1], cells[2], weight_at=_AMOUNTS + 3, rate_at=_AMOUNTS + 4, score_at=_AMOUNTS + 5
    )
    made = canvas.add(
        Piece(_NAME, said["total"], looks.STRONG, 2),
        *(Piece(cell.column, value, looks.MONEY, 1, formula) for cell, (value, formula) in zip(cells, results, strict=True)),
        *marks,
    )
    for source, row in sources:
        amounts = (Piece(_AMOUNTS + index, row.value(column) if row else None, looks.MONEY) for index, column in enumerate(COLUMNS))
        unscored = (Piece(column, words("words")["not_scored"], looks.CENTRED) for column in range(_AMOUNTS + 3, LAST + 1))
        look = replace(looks.ITEM, indent=said["indents"][source])
        canvas.add(Piece(_NAME, said["sources"][source], look, 2), *amounts, *unscored)
    canvas.span(1, first, said["money"], looks.HEAD)
    return made[4], made[6]


def _summed(project: Row, sources: list[tuple[str, Row | None]], index: int, top: int) -> tuple:
    column = COLUMNS[index]
    if not any(row for _, row in sources):
        return project.value(column), ""
    cells = [Cell(top + number, _AMOUNTS + index, row.value(column) if row else None) for number, (_, row) in enumerate(sources)]
    return added(cells, project.value(column))
