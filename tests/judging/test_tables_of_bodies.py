"""Invented tables of invented bodies: nothing differs where nothing is wrong, and the one planted error is the one that is told."""

from __future__ import annotations

import warnings
from decimal import Decimal
from pathlib import Path

import pytest

from selfeval.judging.assessment import assess
from selfeval.reading.document import read_document
from table_documents import TableDocument, load

SOURCES = sorted((Path(__file__).parent / "tables").glob("*.toml"))


def differing(document: TableDocument, folder: Path):
    """Findings of tables that differ, and the figures by their id."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = assess(read_document(document.write(folder)))
    findings = tables["findings"]
    found = findings[(findings["family"] == "table") & (findings["verdict"] == "differs")]
    return found, dict(zip(tables["figures"]["figure_id"], tables["figures"]["text"], strict=True))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").removesuffix("%"))


def tells(row, figures, planted) -> bool:
    """The finding accuses the planted cell, says which slip in it explains the gap, or knows what should stand there."""
    texts = [figures[name] for name in row.figures.split()]
    accused = bool(texts) and texts[0].startswith(planted.cell)
    known = row.recomputed == number(planted.right)
    # One figure of two or more is wrong and the document does not say which: naming them with their difference is all there is to do.
    named = planted.open and any(text.startswith(planted.cell) for text in texts) and abs(row.difference) == abs(planted.difference)
    explained = f"{planted.cell}→{planted.right}" in row.message
    return accused or known or named or explained


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_table_differs_where_it_was_made_to_and_nowhere_else(path, tmp_path):
    document = load(path)
    found, figures = differing(document, tmp_path)
    told = [f"{row.title}：{row.message}" for row in found.itertuples()]
    if document.error is None:
        assert told == []
    else:
        assert len(found) == 1, told
        assert tells(next(found.itertuples()), figures, document.error), told


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SOURCES])
def test_the_cell_said_to_be_wrong_stands_in_its_document(path):
    document = load(path)
    cells = [cell for block in document.blocks for row in (block if isinstance(block, list) else [[block]]) for cell in row]
    assert document.error is None or any(document.error.cell in cell for cell in cells)
    assert document.error is None or abs(number(document.error.cell) - number(document.error.right)) == abs(document.error.difference)
