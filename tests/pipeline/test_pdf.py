"""A run that is asked for a PDF: printed from the page, proved by the manifest, asked for once."""

import json
import shutil

import pytest

from machine import traces_in
from paper import texts_of
from selfeval.__main__ import main
from selfeval.exceptions import WrongUsage
from selfeval.paths import locate, project_root
from selfeval.running import runner
from selfeval.running.freshness import changes_since
from selfeval.running.provenance import sha256_of
from selfeval.telling.printing import find_browser
from standins import write_notebooks

UNIT, YEAR = "shaodong-emergency", 2024


@pytest.fixture(scope="module")
def browser():
    try:
        return find_browser()
    except WrongUsage:
        pytest.skip("这台机器上没有浏览器，不能试着排印")


def proves_its_pdf(place):
    proved = json.loads((place.outputs / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert proved["report.pdf"] == sha256_of(place.outputs / "report.pdf")


def test_a_run_of_small_notebooks_that_is_asked_for_a_pdf_publishes_and_proves_it(raw_folder, tmp_path, browser):
    place = raw_folder({"report.txt": "某县水利局（虚构）2031年度整体支出绩效自评报告\n全年支出10万元。\n"})
    runner.run(place, write_notebooks(tmp_path / "notebooks"), say=lambda _: None, browser=browser)
    assert len(texts_of(place.outputs / "report.pdf")) == 1
    proves_its_pdf(place)


@pytest.fixture(scope="module")
def place(tmp_path_factory, browser):
    assert browser.is_file()
    folder = tmp_path_factory.mktemp("pdf")
    shutil.copytree(project_root() / "data" / "raw" / UNIT / str(YEAR), folder / "data" / "raw" / UNIT / str(YEAR))
    place = locate(UNIT, YEAR, folder / "data", folder / "outputs")
    asked = ["--unit", UNIT, "--year", str(YEAR), "--data", str(place.data), "--outputs", str(place.outputs_root)]
    assert main(["run", *asked, "--pdf"]) == 0
    return place


@pytest.fixture(scope="module")
def texts(place) -> list[str]:
    """What stands on every sheet of paper."""
    return texts_of(place.outputs / "report.pdf")


@pytest.mark.slow
def test_every_sheet_of_paper_bears_its_number_and_all_but_the_first_the_name_of_the_body(texts):
    sheets = [text.splitlines() for text in texts]
    assert [lines[-1] for lines in sheets] == [f"{number} / {len(sheets)}" for number in range(1, len(sheets) + 1)]
    title = sheets[1][0]
    assert title.endswith("2024 年度整体支出绩效自评核读")
    assert [lines[0] == title for lines in sheets] == [False, *[True] * (len(sheets) - 1)]


@pytest.mark.slow
def test_the_manifest_proves_the_pdf(place):
    proves_its_pdf(place)


@pytest.mark.slow
def test_the_start_page_leads_to_the_pdf(place):
    assert f'href="{UNIT}/{YEAR}/report.pdf"' in (place.outputs_root / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_hanzi_are_hanzi_and_nothing_tells_of_the_machine(place, texts):
    text = "".join(texts[:4])
    assert "花了 2381.37 万元" in text
    assert [character for character in text if "\u2e80" <= character <= "\u2fdf"] == []
    assert traces_in(place.outputs, place.outputs_root.parent) == []


@pytest.mark.slow
def test_a_pdf_that_is_asked_for_and_missing_is_something_to_run_for(place):
    assert changes_since(place, wanted=["report.pdf"]) == []
    (place.outputs / "report.pdf").unlink()
    assert changes_since(place) == ["已发布的文件缺失或被改动：report.pdf"]
