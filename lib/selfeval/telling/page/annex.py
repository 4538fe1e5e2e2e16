"""The annex: the received text line by line and the filled rows of the sheets, with every figure marked where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import groupby

from markupsafe import Markup

from selfeval import words

from .markup import Block, Table, TableRow, block, said
from .report import Report, Row
from .uses import QUANTITIES, Uses, counts

# Of a longer text only the lines with figures, headings and findings are shown.
_LONGEST_TEXT = 60_000
# A ledger of thousands of rows would bury the page: of the rows that are only counted into a sum, so many are shown.
_MOST_ROWS = 60
# A longer cell in a column of numbers is a sentence and set as one.
_LONG = 8
_SECTION = " › "


def annex(report: Report) -> Block:
    """The annex of `report`: what was received, each figure in its place, with the way back to what rests on it."""
    lines = [row for row in report.passages if row.kind == "line" and row.text.strip()]
    shown, uses = _shown_lines(report, lines), Uses(report)
    return block(
        "annex",
        says=report.says,
        pages=_pages(uses, shown),
        paged=any(row.page for row in shown),
        sheets=[*_sheets(uses)],
        lines=len(lines),
        left_out=len(lines) - len(shown),
        idle=any(figure.kind in QUANTITIES and not figure.used_by for figure in report.figures),
        corrected=any(figure.correction for figure in report.figures),
    )


# ---- the text ---------------------------------------------------------------------------------------------------------------------------


def _shown_lines(report: Report, lines: list[Row]) -> list[Row]:
    """All lines; of a very long text those that something leads to, and the headings above them."""
    if sum(len(row.text) for row in lines) <= _LONGEST_TEXT:
        return lines
    wanted = {figure.line for figure in report.figures if not figure.cell and counts(figure)}
    wanted |= {finding.line for finding in report.findings}
    return [row for row in lines if row.line in wanted or row.level]


def _pages(uses: Uses, lines: list[Row]) -> list[dict[str, object]]:
    """The lines page by page or sheet by sheet, as the file has them; a text file is one."""
    on_line: dict[int, list[Row]] = defaultdict(list)
    for figure in uses.report.figures:
        if not figure.cell and counts(figure):
            on_line[figure.line].append(figure)
    return [
        {"label": sheet or words.place(None, page), "lines": [_line(uses, row, on_line[row.line]) for row in group]}
        for (page, sheet), group in groupby(lines, key=lambda row: (row.page, row.sheet))
    ]


def _line(uses: Uses, row: Row, figures: list[Row]) -> dict[str, object]:
    at = len(row.text) - len(row.text.lstrip())
    heading = at + len(row.heading) if row.heading else at
    places = sorted(((figure.start - row.start, figure.end - row.start, figure) for figure in figures), key=lambda place: place[0])
    cut = heading if not any(start < heading < end for start, end, _ in places) else at
    head, rest = ([place for place in places if (place[0] < cut) is early] for early in (True, False))
    text = said("<b>{}</b>", _marked(uses, row.text[:cut], head, at)) if cut > at else Markup("")
    return {
        "anchor": row.passage_id,
        "number": row.line,
        "level": min(row.level or 0, 4),
        "text": text + _marked(uses, row.text, rest, cut) + uses.doubts_of_line(row.line),
    }


def _marked(uses: Uses, text: str, places: Iterable[tuple[int, int, Row]], at: int) -> Markup:
    """The text from `at` on with each figure marked; one that begins inside another stands behind it, for its anchor's sake."""
    parts: list[object] = []
    for start, end, figure in places:
        parts += [_plain(text[at : max(start, at)]), _mark(uses, figure, text[start:end])]
        at = max(at, end)
    return Markup("").join([*parts, _plain(text[at:].rstrip())])


def _plain(text: str) -> Markup:
    """Text as it stands; the tab between the cells of a printed table becomes a line, and a line may end between two quotations."""
    cells = (Markup("、<wbr>“").join(cell.split("、“")) for cell in text.split("\t"))
    return Markup('<i class="tab"></i>').join(cells)


def _mark(uses: Uses, figure: Row, text: str) -> Markup:
    """A figure where it stands: marked, with what rests on it (shown once something leads here) and what the audit holds against it."""
    kind = "" if figure.used_by else Markup(' class="idle"')
    told = said("用在：{}", uses.of(figure)) if figure.used_by else "没有用到"
    decided = said("；人工更正：{}", figure.correction) if figure.correction else ""
    changed = said(" <ins>更正为 {}</ins>", words.with_unit(words.number(figure.value), figure.unit)) if figure.correction else ""
    return said(
        '<mark id="{id}"{kind}><a href="#{id}">{text}</a></mark><span class="uses" hidden>〔{told}{decided}〕</span>{changed}{doubt}',
        id=figure.figure_id, kind=kind, text=text, told=told, decided=decided, changed=changed, doubt=uses.doubt(figure),
    )  # fmt: skip


def shown_figures(report: Report) -> list[Row]:
    """The figures that are marked in the annex and can be led to, in the order of the tables."""
    text = [figure for figure in report.figures if not figure.cell and counts(figure)]
    typed = {(figure.section, figure.cell): figure for figure in report.figures if figure.cell}
    rows = [row for _, rows, _ in _shown_rows(report, typed) for row in rows]
    cells = (typed.get((row.section, cell)) for row in rows for cell in row.cells.split("\t"))
    return [*text, *(figure for figure in cells if figure is not None)]


# ---- the sheets -------------------------------------------------------------------------------------------------------------------------


def _sheets(uses: Uses) -> Iterator[dict[str, object]]:
    """Sheet by sheet the filled rows as they were typed."""
    typed = {(figure.section, figure.cell): figure for figure in uses.report.figures if figure.cell}
    for number, (head, rows, left_out) in enumerate(_shown_rows(uses.report, typed), start=1):
        *path, name = head.section.split(_SECTION)
        yield {
            "id": f"source-{number}",
            "path": _SECTION.join(path),
            "name": name,
            "table": _table(uses, name, head, rows, typed),
            "left_out": left_out,
        }


def _shown_rows(report: Report, typed: Mapping[tuple[str, str], Row]) -> Iterator[tuple[Row, list[Row], int]]:
    """The head of each sheet, its rows to show, and how many are left out: of a long one much, but never what something leads to."""
    wanted = _led_to(report)
    for _, (head, *rows) in groupby((row for row in report.passages if row.kind != "line"), key=lambda row: row.section):
        shown = [row for place, row in enumerate(rows) if place < _MOST_ROWS or _is_led_to(typed, row, wanted)]
        yield head, shown, len(rows) - len(shown)


def _is_led_to(typed: Mapping[tuple[str, str], Row], row: Row, wanted: set[str]) -> bool:
    figures = (typed.get((row.section, cell)) for cell in row.cells.split("\t"))
    return any(figure is not None and figure.figure_id in wanted for figure in figures)


def _table(uses: Uses, name: str, head: Row, rows: list[Row], typed: Mapping[tuple[str, str], Row]) -> Table:
    heads = head.text.split("\t")
    numeric = {column for row in rows for column, cell in enumerate(row.cells.split("\t"), start=1) if (row.section, cell) in typed}
    entries = [TableRow([f"第 {row.line} 行", *_cells(uses, row, typed, numeric)], row.passage_id) for row in rows]
    return Table(f"工作表“{name}”里填写的内容", ["行", *heads], entries, frozenset(numeric))


def _cells(uses: Uses, row: Row, typed: Mapping[tuple[str, str], Row], numeric: Set[int]) -> list[object]:
    cells: list[object] = []
    for column, (text, address) in enumerate(zip(row.text.split("\t"), row.cells.split("\t"), strict=True), start=1):
        figure = typed.get((row.section, address)) if address else None
        if figure is not None:
            cells.append(_mark(uses, figure, text))
        elif column in numeric and len(text) > _LONG:
            cells.append(said('<span class="text">{}</span>', text))
        else:
            cells.append(text or "—")
    return cells


def _led_to(report: Report) -> set[str]:
    """The figures that a value of the page leads to; figures of a sum are led to by way of the row of the sum."""
    single = [fact.figure_id for fact in report.facts if len(fact.figure_id.split()) == 1]
    rows = (*report.lines, *report.indicators, *report.base_data)
    columns = [getattr(row, name) for row in rows for name in row._fields if name.endswith("_figure")]
    return {identifier for ids in (*single, *columns, *(row.figures for row in report.findings)) for identifier in ids.split()}
