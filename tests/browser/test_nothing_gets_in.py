"""No text of the data becomes anything but text: payloads in every place a text can come from, on every page, with the CSP and without."""

import contextlib
import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import openpyxl
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter

import hostile
from bodies import lay_out, put_out, year_of
from browser.provoking import live_in, provoke, squeezed, text_of, watched, without_csp
from payloads import MARK, PAYLOADS, UNTIDY, as_file_names
from selfeval.__main__ import main
from selfeval.running.runner.shelf import write_start_page
from selfeval.running.runner.side_by_side import write_comparison
from selfeval.running.stages import STAGES
from selfeval.tables import SCHEMAS

pytestmark = pytest.mark.slow

NOTEBOOKS = [stage.name for stage in STAGES]
# Of every body on the pages over all a few payloads are the name.
NAMES = [" ".join(PAYLOADS[first : first + 4]) for first in range(0, len(PAYLOADS), 4)]
LOOSE = "<img src=x onerror=fire(1)><svg onload=fire(2)>"
_PICTURE = re.compile("data:image/svg\\+xml;charset=utf-8,%3Csvg ")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Everything that is published of the hostile body, of bodies that are called like payloads, and of a hostile file by itself."""
    folder = tmp_path_factory.mktemp("hostile")
    raw = hostile.write_raw(folder / "data")
    asked = ["--unit", hostile.UNIT, "--year", str(hostile.YEAR), "--data", str(folder / "data")]
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert main(["check", *asked]) == 0
    hostile.acknowledge(raw, re.findall(r"^  ([0-9a-f]{12}(?:-\d+)?)  ", told.getvalue(), re.MULTILINE))
    assert main(["run", *asked, "--outputs", str(folder / "outputs")]) == 0
    for number, text in enumerate(NAMES):
        lines = ["b01 total all - 部门整体支出 adjusted=300 actual=300", f"b02 project general_public - 项目{number} adjusted=90 actual=80"]
        tables = year_of(lines, body=text)
        tables["budget_lines"]["item"] = text
        lay_out(folder / "data", f"p-{number}", {hostile.YEAR: tables})
        place = put_out(folder / "outputs", f"p-{number}", hostile.YEAR, tables)
        place.with_name(f"{hostile.YEAR}-状态.txt").write_text(f"本次运行：失败\n原因：{text}·原因\n", encoding="utf-8")
    write_comparison(folder / "data", folder / "outputs", hostile.YEAR)
    write_start_page(folder / "data", folder / "outputs")
    loose = folder / f"{LOOSE}.txt"
    loose.write_text("自评报告\n一、基本支出情况\n基本支出绩效目标120万元，实际支出100万元。\n", encoding="utf-8")
    assert main(["audit", str(loose), "--year", str(hostile.YEAR), "--out", str(folder / "loose")]) == 0
    for name in NOTEBOOKS:
        notebook = nbformat.read(folder / "outputs" / hostile.UNIT / str(hostile.YEAR) / "executed" / f"{name}.ipynb", as_version=4)
        (folder / f"{name}.html").write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return folder


OURS = {
    "report": f"outputs/{hostile.UNIT}/{hostile.YEAR}/report.html",
    "bodies": f"outputs/compare-{hostile.YEAR}.html",
    "start": "outputs/index.html",
    "loose": "loose/report.html",
}
each_page = pytest.mark.parametrize("name", OURS)


@pytest.fixture
def opened(browser, folder, tmp_path):
    """Opens a page, with its CSP or without; whatever runs, asks, says or pops up is written down in `.noted`."""
    contexts = []

    def open_page(path: str, *, csp: bool = True) -> object:
        text = (folder / path).read_text(encoding="utf-8")
        file = folder / path
        if not csp:
            file = tmp_path / "without-csp.html"
            file.write_text(without_csp(text), encoding="utf-8")
        contexts.append(browser.new_context())
        return watched(contexts[-1], file)

    yield open_page
    for context in contexts:
        context.close()


@each_page
@pytest.mark.parametrize("csp", [True, False], ids=["with CSP", "without CSP"])
def test_nothing_fires_asks_or_says_anything(opened, name, csp):
    page = opened(OURS[name], csp=csp)
    provoke(page)
    assert page.noted == []
    assert live_in(page) == []


def harmless_rules(visit, name: str) -> list[int]:
    return visit(name).evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")


@pytest.mark.parametrize(("name", "like"), [("report", "sheets"), ("bodies", "bodies")])
def test_no_text_ends_the_style_or_adds_a_rule_to_it(opened, visit, name, like):
    page = opened(OURS[name], csp=False)
    assert page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)") == harmless_rules(visit, like)


def test_every_payload_of_every_place_stands_in_the_report_as_text(opened):
    page = opened(OURS["report"])
    text = text_of(page)
    missing = {sink: [found for found in hostile.put_into(sink) if squeezed(found) not in text] for sink in hostile.SINKS}
    assert {sink: found for sink, found in missing.items() if found} == {}
    assert [name for name in hostile.CARD if squeezed(hostile.at(name, hostile.ALL)) not in text] == []
    assert [name for name in as_file_names(".txt") if squeezed(name) not in text] == []
    assert squeezed(hostile.ALL) in squeezed(page.title())


@pytest.mark.parametrize("name", ["bodies", "start"])
def test_the_name_of_every_body_stands_as_text_on_the_pages_over_all(opened, name):
    text = text_of(opened(OURS[name]))
    assert [name for name in NAMES if squeezed(name) not in text] == []


def test_why_a_run_failed_stands_as_text_on_the_start_page(opened):
    text = text_of(opened(OURS["start"]))
    assert [name for name in NAMES if squeezed(f"{name}·原因") not in text] == []


def test_the_name_of_a_loose_file_stands_as_text_on_its_page(opened):
    page = opened(OURS["loose"])
    assert squeezed(LOOSE) in text_of(page)
    assert LOOSE in page.title()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_executed_notebook_shown_by_a_program_that_trusts_it_runs_nothing_of_ours(opened, name):
    """The usual template of nbconvert brings scripts of its own, which are not let through; what it shows of outputs must hold none."""
    page = opened(f"{name}.html")
    provoke(page)
    assert [noted for noted in page.noted if "fired" in noted or MARK in noted or "dialog" in noted] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_of_an_executed_notebook_hold_no_live_tag_and_no_kind_that_runs(folder, name):
    path = folder / "outputs" / hostile.UNIT / str(hostile.YEAR) / "executed" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert kinds <= {"text/html", "text/plain"}
    for output in outputs:
        soup = BeautifulSoup(output.get("data", {}).get("text/html", ""), "html.parser")
        live = soup.find_all(["script", "iframe", "object", "embed", "form", "input", "base", "link", "img", "video", "audio", "meta"])
        handlers = [tag for tag in soup.find_all(True) for name in tag.attrs if name.lower().startswith("on")]
        # A picture to be saved is a file made of itself; it is opened by nobody.
        linked = [tag["href"] for tag in soup.find_all(href=True) if not (tag.get("class") == ["save"] and _PICTURE.match(tag["href"]))]
        links = [link for link in linked if re.match(r"\s*(?:javascript|data|https?):|//", link)]
        assert (live, handlers, links) == ([], [], [])
    shown = "".join(str(output.get("data")) for output in outputs)
    assert "fire(" in shown or name == "03_safety_work"


def hostile_folder(folder: Path) -> Path:
    return folder / "outputs" / hostile.UNIT / str(hostile.YEAR)


@pytest.mark.parametrize("name", ["forms.xlsx", "tables.xlsx", "narrative.docx"])
def test_no_office_file_leads_outside_or_holds_a_field_of_the_data(folder, name):
    with zipfile.ZipFile(hostile_folder(folder) / name) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for part, data in parts.items():
        assert not re.search(r"vba|externalLink|embeddings|activeX|customXml/", part)
        root = ElementTree.fromstring(data)
        assert [element for element in root.iter() if element.get("TargetMode") == "External"] == []
        codes = [element.text for element in root.iter() if element.tag.endswith(("}instrText", "}fldSimple", "}hlinkClick", "}hyperlink"))]
        assert {(code or "").strip().split(" ")[0] for code in codes} <= {"PAGE", "NUMPAGES"}
    assert any(b"fire(" in data for data in parts.values())


@pytest.mark.parametrize("name", ["forms.xlsx", "tables.xlsx"])
def test_no_cell_of_a_workbook_becomes_a_formula(folder, name):
    book = openpyxl.load_workbook(hostile_folder(folder) / name)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert [formula for formula in formulas if re.search(r"fire|HYPERLINK|cmd|evil|WEBSERVICE", str(formula))] == []
    assert bool(formulas) == (name == "forms.xlsx")
    assert {cell.hyperlink for cell in cells if cell.hyperlink and cell.hyperlink.target} == set()
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells if cell.data_type == "s")


def test_no_cell_of_a_table_begins_as_a_formula_does(folder):
    seen = 0
    for name in SCHEMAS:
        path = hostile_folder(folder) / "tables" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        seen += sum(cell.startswith("'=HYPERLINK") for cell in cells)
        assert [cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠](?!\d[\d,]*(?:\.\d+)?%?$)", cell)] == []
    assert seen


@pytest.mark.parametrize("option", ["--unit", "--year"])
def test_no_payload_is_a_unit_or_a_year(folder, capsys, option):
    values = ["../x", "/etc", "..", "", ".", "x/y", "a\\b", "CON", "{unit}", "a b", "-x", *PAYLOADS, *UNTIDY]
    before = sorted(folder.rglob("*"))
    for value in values:
        asked = {"--unit": hostile.UNIT, "--year": str(hostile.YEAR), option: value}
        where = ["--data", str(folder / "data"), "--outputs", str(folder / "outputs")]
        assert main(["run", *(f"{name}={given}" for name, given in asked.items()), *where]) == 2, value
    assert sorted(folder.rglob("*")) == before
    assert "不合规" in capsys.readouterr().err
