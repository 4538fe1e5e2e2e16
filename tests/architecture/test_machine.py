"""The search for traces of the machine finds them in every kind of file that is published."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from matplotlib.figure import Figure

from machine import traces_in


def in_workbook(word: str) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = word
    return saved(book)


def in_letter(word: str) -> bytes:
    document = docx.Document()
    document.core_properties.last_modified_by = word
    return saved(document)


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def in_pdf(word: str, where: str) -> bytes:
    target, figure = io.BytesIO(), Figure()
    if where == "text":
        figure.text(0.1, 0.5, word)
    figure.savefig(target, format="pdf", metadata={"Author": word} if where == "author" else {})
    return target.getvalue()


KINDS = {
    "page.html": lambda word: f"<p>{word}/x</p>".encode(),
    "状态.txt": str.encode,
    "book.xlsx": in_workbook,
    "letter.docx": in_letter,
    "author.pdf": lambda word: in_pdf(word, "author"),
    "text.pdf": lambda word: in_pdf(word, "text"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_folder_of_the_machine_is_found_in_every_kind_of_file(tmp_path, name):
    published, work = tmp_path / "published", Path("/srv/of-this-machine")
    published.mkdir()
    (published / name).write_bytes(KINDS[name](str(work)))
    assert [file for file, _ in traces_in(published, work)] == [name]
    (published / name).write_bytes(KINDS[name]("harmless"))
    assert traces_in(published, work) == []


def test_what_is_packed_in_a_workbook_is_looked_through(tmp_path):
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as packed:
        packed.writestr("docProps/app.xml", "<x>/srv/of-this-machine/y</x>")
    assert len(traces_in(tmp_path, Path("/srv/of-this-machine"))) == 1
