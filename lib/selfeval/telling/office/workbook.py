"""Sheets to the bytes of an xlsx file. The same sheets give the same bytes, whenever and wherever they are written."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .safe_text import cell_text, clean, sheet_titles
from .sheet import MESSAGE_LIMIT, PROMPT_TITLE_LIMIT, Cell, Highlight, Sheet, Validation
from .style import SONG, Style

# Text is text: nothing in a cell becomes a formula, a link or a number because of what it looks like.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A file must not tell when it was made: two runs of the same data are the same bytes.
_MADE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zones
_A4 = 9
_CHINESE = 134  # the character set by which a computer without the font finds one that has the characters
_KINDS = {"any": "any", "list": "list", "number": "decimal", "date": "date"}
_LEAST = "-1e15"


class _AsPrinted(float):
    """A number that is written digit by digit as its Decimal: the library would write 9.95 as 9.949999999999999."""

    __slots__ = ("_digits",)

    def __new__(cls, value: Decimal | int) -> _AsPrinted:
        made = super().__new__(cls, value)
        made._digits = format(Decimal(value), "f")
        return made

    def __format__(self, spec: str) -> str:
        return self._digits


def workbook_bytes(sheets: Iterable[Sheet], title: str = "") -> bytes:
    """The xlsx file of `sheets`, in order; titles that are not legal or stand twice are made so (`safe_text.sheet_titles`).

    Whoever opens it in a spreadsheet sees formulas recalculated; until then they show their values.
    Raises ValueError when a sheet asks for what the format does not have: a prompt that is too long, areas merged over each other.
    """
    sheets = list(sheets)
    stream = io.BytesIO()
    workbook = Workbook(stream, _OPTIONS)
    workbook.set_properties({"title": clean(title), "created": _MADE})
    # set_size keeps the window wide enough for a whole form; the first visible sheet is the one that opens.
    workbook.set_size(28000, 16000)
    formats = _Formats(workbook)
    with warnings.catch_warnings():
        # The library only warns and leaves out what it cannot write.
        warnings.simplefilter("error", UserWarning)
        try:
            _write_all(workbook, sheets, formats)
            workbook.close()
        except (UserWarning, XlsxWriterException) as left_out:
            raise ValueError(str(left_out)) from left_out
    return stream.getvalue()


def _write_all(workbook: Workbook, sheets: list[Sheet], formats: _Formats) -> None:
    opened = False
    for sheet, title in zip(sheets, sheet_titles(sheet.title for sheet in sheets), strict=True):
        written = workbook.add_worksheet(title)
        _write_sheet(written, sheet, formats)
        if sheet.hidden:
            written.hide()
        elif not opened:
            written.activate()
            written.set_first_sheet()
            opened = True


class _Formats:
    """The library's formats by our styles: one each, made when first asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Style, bool], Format] = {}

    def of(self, style: Style) -> Format:
        """The format of a cell."""
        return self._get(style, change=False)

    def change(self, style: Style) -> Format:
        """The format of a highlight: what it changes of a cell, no more."""
        return self._get(style, change=True)

    def _get(self, style: Style, *, change: bool) -> Format:
        if (style, change) not in self._made:
            self._made[style, change] = self._workbook.add_format(_changes(style) if change else _properties(style))
        return self._made[style, change]


def _properties(style: Style) -> dict[str, Any]:
    properties = {
        "font_name": style.font,
        "font_size": style.size,
        "font_charset": _CHINESE,
        "font_family": 3 if style.font == SONG else 0,
        "font_color": style.color,
        "bold": style.bold,
        "underline": int(style.underline),
        "align": style.across,
        "valign": "vcenter" if style.down == "center" else style.down,
        "text_wrap": style.wrap,
        "indent": style.indent,
        "border": int(style.border),
    }
    if style.fill:
        properties["bg_color"] = style.fill
    if style.form:
        properties["num_format"] = style.form
    return properties


def _changes(style: Style) -> dict[str, Any]:
    changes: dict[str, Any] = {"font_color": style.color, "bold": style.bold}
    if style.fill:
        changes["bg_color"] = style.fill
    return changes


def _write_sheet(written: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for cell in sheet.cells:
        _write_cell(written, cell, formats.of(cell.style))
    for column, width in sheet.widths.items():
        written.set_column(column - 1, column - 1, width)
    for row, height in sheet.heights.items():
        written.set_row(row - 1, height)
    for validation in sheet.validations:
        written.data_validation(validation.area, _rule(validation))
    for highlight in sheet.highlights:
        written.conditional_format(highlight.area, _condition(highlight, formats))
    if sheet.frozen:
        written.freeze_panes(sheet.frozen)
    if sheet.filtered:
        written.autofilter(sheet.filtered)
    if sheet.as_typed:
        written.ignore_errors({"number_stored_as_text": sheet.as_typed})
    if sheet.color:
        written.set_tab_color(sheet.color)
    _set_page(written, sheet)


def _write_cell(written: Worksheet, cell: Cell, look: Format) -> None:
    row, column = cell.row - 1, cell.column - 1
    if cell.across > 1 or cell.down > 1:
        written.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", look)
    value = cell_text(cell.value) if isinstance(cell.value, str) else cell.value
    if cell.formula:
        shown = "" if value is None else value if isinstance(value, str) else _AsPrinted(value)
        written.write_formula(row, column, "=" + cell.formula, look, shown)
    elif value is None or value == "":
        written.write_blank(row, column, None, look)
    elif isinstance(value, str):
        written.write_string(row, column, value, look)
    else:
        written.write_number(row, column, _AsPrinted(value), look)


def _rule(validation: Validation) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": _KINDS[validation.kind], "ignore_blank": True}
    if validation.kind == "list":
        rule["source"] = "=" + validation.source if validation.source else list(validation.choices)
    elif validation.kind in {"number", "date"}:
        rule |= {"criteria": ">=", "value": validation.low or _LEAST}
    if validation.prompt:
        rule |= {"input_title": validation.prompt_title[:PROMPT_TITLE_LIMIT], "input_message": validation.prompt}
    if validation.error:
        rule |= {"error_title": validation.error_title[:PROMPT_TITLE_LIMIT], "error_message": validation.error}
    rule["error_type"] = "stop" if validation.firm else "warning"
    rule["show_error"] = bool(validation.firm or validation.error)
    for message in (validation.prompt, validation.error):
        if len(message) > MESSAGE_LIMIT:
            raise ValueError(f"a prompt holds at most {MESSAGE_LIMIT} characters: {message}")
    return rule


def _condition(highlight: Highlight, formats: _Formats) -> dict[str, Any]:
    return {"type": "formula", "criteria": "=" + highlight.formula, "format": formats.change(highlight.style)}


def _set_page(written: Worksheet, sheet: Sheet) -> None:
    written.set_paper(_A4)
    if sheet.landscape:
        written.set_landscape()
    written.fit_to_pages(1, 0)
    written.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    written.center_horizontally()
    written.set_footer("&C第 &P 页，共 &N 页")
    if sheet.repeat:
        written.repeat_rows(sheet.repeat[0] - 1, sheet.repeat[1] - 1)
    if sheet.printed:
        written.print_area(sheet.printed)
