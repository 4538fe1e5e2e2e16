"""The sheet 自动汇总: sums of 预算执行 by book, as formulas, so that whoever fills in sees at once what the rows add up to."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.telling.office import CENTRED, HEAD, MONEY, NOTE, PERCENT, TITLE, Cell, Sheet, at, place, quoted

from .plan import FIRST_ROW, HEAD_ROW, TITLE_ROW, WHAT_ROW, Plan

SUMMARY = "自动汇总"
_AMOUNTS = ("initial", "adjusted", "actual")
_HEADS = ("预算类别", "支出性质", "行数", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）", "执行率")
_ALL = "all"
_TOTAL = 2
_NOTHING = '""'
# Wide enough for any number of books.
_LAST = 99


def _column(letter: str) -> str:
    return place(SUMMARY, f"${letter}${FIRST_ROW}:${letter}${_LAST}")


# Where the column 核对 of 预算执行 looks the sums up.
LOOKUP_BOOK, LOOKUP_LEVEL, LOOKUP_COUNT = (_column(letter) for letter in "ABC")
LOOKUP_AMOUNTS = dict(zip(_AMOUNTS, (_column(letter) for letter in "DEF"), strict=True))


def summary_sheet(plan: Plan, heading: str) -> Sheet:
    """Sums of the rows of `plan` (预算执行): each book, then all of them; basic expenditure, projects, both.

    Rows of the book 全部预算 itself, where there are any, stand for those of the single books.
    """
    cells = [
        Cell(TITLE_ROW, 1, heading, TITLE, across=len(_HEADS)),
        Cell(WHAT_ROW, 1, f"由“{plan.title}”自动相加，不用填写，也不读取。同一项目分资金来源填的，不重复相加。", NOTE, across=len(_HEADS)),
        *(Cell(HEAD_ROW, number, head, HEAD) for number, head in enumerate(_HEADS, start=1)),
    ]
    books = [book for book in plan.column("book").choices if book != _ALL]
    for number, book in enumerate((*books, _ALL)):
        cells += _block(plan, book, FIRST_ROW + 3 * number)
    widths = {1: 22, 2: 18, 3: 8, 4: 20, 5: 20, 6: 20, 7: 12}
    return Sheet(SUMMARY, tuple(cells), widths, {1: 30, 2: 20, 3: 30}, frozen=at(FIRST_ROW, 3), repeat=(1, HEAD_ROW), color="#A6A6A6")


def _block(plan: Plan, book: str, row: int) -> Iterator[Cell]:
    """Three rows of a book: 基本支出合计, 项目支出合计, 合计."""
    for offset, level in enumerate(("basic", "project_total", "total")):
        at_row = row + offset
        yield Cell(at_row, 1, plan.label("book", book), CENTRED)
        yield Cell(at_row, 2, plan.label("level", level), CENTRED)
        yield Cell(at_row, 3, "", CENTRED, formula=_count(plan, book, offset, row))
        for number, key in enumerate(_AMOUNTS, start=4):
            yield Cell(at_row, number, "", MONEY, formula=_sum(plan, book, key, offset, row, number))
        adjusted, actual = at(at_row, 5), at(at_row, 6)
        yield Cell(at_row, 7, "", PERCENT, formula=f'IF(AND(N({adjusted})>0,ISNUMBER({actual})),{actual}/{adjusted},"")')


def _count(plan: Plan, book: str, offset: int, row: int) -> str:
    """How many rows with an amount go into the sums of this line."""
    if offset == _TOTAL:
        return _added([at(row, 3), at(row + 1, 3)])
    amounts = "+".join(f"ISNUMBER({_block_of(plan, key)})" for key in _AMOUNTS)
    counted = f"SUMPRODUCT({_counted(plan, book, offset)}*(({amounts})>0))"
    return f"IF({counted}>0,{counted},{_of_books(row + offset, 3) if book == _ALL else _NOTHING})"


def _sum(plan: Plan, book: str, key: str, offset: int, row: int, number: int) -> str:
    """The sum of the rows; where there are none, the total that was typed in, or for all books those of each; "" where there is none."""
    if offset == _TOTAL:
        return _added([at(row, number), at(row + 1, number)])
    counted, block = _counted(plan, book, offset), _block_of(plan, key)
    rows = f"SUMPRODUCT({counted},--ISNUMBER({block}))"
    if book == _ALL:
        return f"IF({rows}>0,SUMPRODUCT({counted},{block}),{_of_books(row + offset, number)})"
    level = quoted(plan.label("level", ("basic", "project_total")[offset]))
    stated = f"{_of_book(plan, book)}*({_block_of(plan, 'level')}={level})"
    typed = f"SUMPRODUCT({stated},--ISNUMBER({block}))"
    return f"IF({rows}>0,SUMPRODUCT({counted},{block}),IF({typed}>0,SUMPRODUCT({stated},{block}),{_NOTHING}))"


def _of_books(row: int, number: int) -> str:
    """The same line of every book above, added up: each third row."""
    return _added([at(above, number) for above in range(row - 3, FIRST_ROW - 1, -3)])


def _added(cells: list[str]) -> str:
    return f"IF(COUNT({','.join(cells)})=0,{_NOTHING},SUM({','.join(cells)}))"


def _counted(plan: Plan, book: str, offset: int) -> str:
    """1 for each row of the book and level that goes into the sum: a project's own row, or its sources where it has no row of its own."""
    level = quoted(plan.label("level", ("basic_part", "project")[offset]))
    source, whole = _block_of(plan, "fund_source"), quoted(plan.label("fund_source", "whole"))
    same = ",".join(f"{_block_of(plan, key)},{_block_of(plan, key)}" for key in ("book", "level", "item"))
    whole_rows = f'COUNTIFS({same},{source},{whole})+COUNTIFS({same},{source},"")'
    own = f'({source}="")+({source}={whole})'
    return f"{_of_book(plan, book)}*({_block_of(plan, 'level')}={level})*(({own}+({whole_rows}=0))>0)"


def _of_book(plan: Plan, book: str) -> str:
    return f"({_block_of(plan, 'book')}={quoted(plan.label('book', book))})"


def _block_of(plan: Plan, key: str) -> str:
    return place(plan.title, plan.block(key))
