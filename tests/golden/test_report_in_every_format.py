"""The published report says the same whatever file it comes in, and every numeral of it is accounted for."""

from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from numerals_left import UNRECOGNISED, non_figures
from selfeval.judging.assessment import assess
from selfeval.paths import project_root
from selfeval.reading.document import read_document
from selfeval.reading.figures import extract_figures

[REPORT] = (project_root() / "data" / "raw" / "shaodong-emergency" / "2024").glob("*.txt")
TEXT = REPORT.read_text(encoding="utf-8")
PARAGRAPHS = [line for line in TEXT.split("\n") if line.strip()]


def as_gb18030() -> bytes:
    return TEXT.encode("gb18030")


def as_word() -> bytes:
    document = docx.Document()
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_page_with_a_wrong_charset() -> bytes:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS)
    return f'<!DOCTYPE html><html><head><meta charset="gb2312"></head><body>{body}</body></html>'.encode()


def as_sheet() -> bytes:
    book = openpyxl.Workbook()
    for row, paragraph in enumerate(PARAGRAPHS, start=1):
        book.active.cell(row, 1, paragraph)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


FORMATS = {"gb18030.txt": as_gb18030, "word.docx": as_word, "page.html": as_page_with_a_wrong_charset, "sheet.xlsx": as_sheet}


@cache
def said(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """The tables without what depends on where a sentence stands in the file."""
    tables = assess(read_document(path))
    columns = {
        "figures": ["text", "value", "unit", "qualifier", "kind", "measure"],
        "budget_lines": ["book", "level", "parent_id", "item", "target", "actual", "reason"],
        "work_facts": ["area", "sector", "indicator", "label", "value", "unit", "qualifier", "date"],
        "findings": ["family", "severity", "verdict", "title"],
    }
    return {name: [tuple(map(str, row)) for row in tables[name][kept].itertuples(index=False)] for name, kept in columns.items()}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("table", ["figures", "budget_lines", "work_facts", "findings"])
def test_every_format_gives_the_same_table(name, table, tmp_path_factory):
    path = tmp_path_factory.mktemp("format") / name
    path.write_bytes(FORMATS[name]())
    assert said(path)[table] == said(REPORT)[table]


def test_every_numeral_is_a_figure_or_a_recognised_non_figure():
    left = non_figures(TEXT, extract_figures(TEXT))
    assert [TEXT[one.start - 4 : one.end + 4] for one in left if one.reason == UNRECOGNISED] == []
    assert len(left) > 50


def test_at_least_ninety_facts_in_at_least_twelve_areas_have_a_name():
    facts = assess(read_document(REPORT))["work_facts"]
    named = facts[facts["indicator"] != ""]
    assert len(named) >= 90
    assert named["area"].nunique() >= 12
    assert (named["figure_id"] != "").all()
    assert (named["sentence"] != "").all()
