"""Every raw folder in the project is sound: a full card, the bytes that were received, a report that can be read."""

import pytest

from selfeval.paths import locate, project_root, units_and_years
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.records.sources import read_source, remarks_on_text

FOLDERS = units_and_years(project_root() / "data")
each_folder = pytest.mark.parametrize(("unit", "year"), FOLDERS, ids=[f"{unit}-{year}" for unit, year in FOLDERS])


def test_there_is_at_least_one_folder():
    assert FOLDERS


@each_folder
def test_the_card_is_full_and_the_bytes_are_those_received(unit, year):
    source = read_source(locate(unit, year))
    assert source.remarks == []
    assert (bool(source.title), bool(source.issuer)) == (True, True)


@each_folder
def test_the_report_speaks_of_the_issuer_and_the_year_of_its_folder(unit, year):
    source = read_source(locate(unit, year))
    assert remarks_on_text(source, year, read_document(source.report)) == []


@each_folder
def test_the_report_is_read_without_damage_and_holds_figures(unit, year):
    document = read_document(read_source(locate(unit, year)).report)
    assert "\ufffd" not in document.text
    assert figures_of(document)


@each_folder
def test_no_program_has_written_into_the_folder(unit, year):
    raw = locate(unit, year).raw
    known = {file.name for file in read_source(locate(unit, year)).files} | {"source.toml", "corrections.toml", "acknowledged.toml"}
    assert {path.name for path in raw.iterdir()} - known == set()
