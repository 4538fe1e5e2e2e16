"""The whole run, from the raw report to the published page, with the project's own notebooks."""

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from kept_tables import GOLDEN, as_text, comparable
from machine import readable, traces_in
from selfeval.__main__ import main
from selfeval.exceptions import ReportIncomplete
from selfeval.paths import Place, locate, project_root
from selfeval.running import runner
from selfeval.running.freshness import changes_since
from selfeval.running.provenance import sha256_of
from selfeval.running.runner.briefs import brief_in, brief_of
from selfeval.running.stages import STAGES, TABLES
from selfeval.tables import read_table
from selfeval.telling.hand_in import FORMS, NARRATIVE, WORKBOOK

RAW_2024 = project_root() / "data" / "raw" / "shaodong-emergency" / "2024"


def run_in(folder: Path, unit: str = "shaodong-emergency", year: int = 2024, **changes: str) -> tuple[Place, list[str]]:
    """Run the 2024 material, with words and numbers replaced, in a folder of its own; the place and the lines of progress."""
    raw = folder / "data" / "raw" / unit / str(year)
    shutil.copytree(RAW_2024, raw)
    if changes:
        report = next(raw.glob("*.txt"))
        text = report.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (raw / "report.txt").write_text(text, encoding="utf-8")
        report.unlink()
        (raw / "source.toml").unlink()
    place = locate(unit, year, folder / "data", folder / "outputs")
    lines: list[str] = []
    runner.run(place, say=lines.append)
    return place, lines


def everything_under(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, but for status and log, which tell when a run was."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(("-状态.txt", "-运行.log")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> tuple[Place, list[str]]:
    return run_in(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def place(finished) -> Place:
    return finished[0]


@pytest.fixture(scope="module")
def page(place) -> str:
    return (place.outputs / "report.html").read_text(encoding="utf-8")


def test_everything_is_published_together(place):
    published = set(everything_under(place.outputs))
    expected = {
        "report.html",
        "manifest.json",
        *(FORMS, NARRATIVE, WORKBOOK),
        *(f"executed/{stage.name}.ipynb" for stage in STAGES),
        *(f"tables/{name}.csv" for name in TABLES),
    }
    assert {name for name in published if not name.startswith("figures/")} == expected


def test_the_published_tables_are_those_of_the_processed_folder(place):
    assert everything_under(place.processed) == everything_under(place.outputs / "tables")


@pytest.mark.parametrize("name", ["budget_metrics", "safety_metrics", "findings"])
def test_what_is_published_is_what_was_kept_of_it(place, name):
    made = {name: read_table(name, place.processed) for name in (name, "budget_lines", "work_facts")}
    told = as_text(comparable(made[name], made["budget_lines"], made["work_facts"])).splitlines()
    kept = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert [row for row in kept if row not in told] == []
    assert [row for row in told if row not in kept] == []


def test_a_run_tells_one_line_a_notebook(finished):
    _, lines = finished
    assert [stage.name in line for stage, line in zip(STAGES, lines, strict=False)] == [True] * len(STAGES)
    assert lines[len(STAGES) :] == [f"一览：{finished[0].outputs_root / 'index.html'}"]


def test_nothing_is_left_of_the_work(place):
    assert sorted(path.name for path in place.outputs_root.iterdir()) == ["index.html", place.unit]
    assert [path.name for path in place.processed.parent.iterdir()] == [str(place.year)]
    kept = {str(place.year), f"{place.year}-状态.txt", f"{place.year}-运行.log"}
    assert {path.name for path in place.outputs.parent.iterdir()} == kept
    assert everything_under(place.raw) == everything_under(RAW_2024)


def test_the_manifest_proves_every_file(place):
    content = json.loads((place.outputs / "manifest.json").read_text(encoding="utf-8"))
    files = {name for name in everything_under(place.outputs) if name != "manifest.json"}
    assert content["outputs"] == {name: sha256_of(place.outputs / name) for name in sorted(files)}
    assert content["inputs"] == {path.name: sha256_of(path) for path in sorted(place.raw.iterdir())}
    assert content["rows"] == {name: len(read_table(name, place.processed)) for name in sorted(TABLES)}
    assert content["parameters"] == {"unit": place.unit, "year": place.year}


def test_the_manifest_holds_the_report_in_brief_as_its_tables_tell_it(place):
    content = json.loads((place.outputs / "manifest.json").read_text(encoding="utf-8"))
    tables = {name: read_table(name, place.processed) for name in TABLES}
    assert brief_in(content) == brief_of(tables, place.unit, place.year)


@pytest.mark.slow
def test_a_run_elsewhere_over_a_published_one_leaves_the_same_bytes_and_nothing_else(place, tmp_path):
    shutil.copytree(place.outputs_root.parent, tmp_path, dirs_exist_ok=True)
    again = locate(place.unit, place.year, tmp_path / "data", tmp_path / "outputs")
    for folder in (again.outputs, again.processed):
        (folder / "stray.csv").write_text("of an earlier version", encoding="utf-8")
    runner.run(again, say=lambda _: None)
    first, second = everything_under(place.outputs_root.parent), everything_under(tmp_path)
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()


def test_a_second_run_has_nothing_to_do_until_the_material_changes(place, tmp_path, capsys):
    shutil.copytree(place.outputs_root.parent, tmp_path, dirs_exist_ok=True)
    again = locate(place.unit, place.year, tmp_path / "data", tmp_path / "outputs")
    where = ["--data", str(again.data), "--outputs", str(again.outputs_root)]
    assert main(["run", "--unit", again.unit, "--year", str(again.year), *where]) == 0
    assert "没有变化" in capsys.readouterr().out
    (again.raw / "acknowledged.toml").write_text("", encoding="utf-8")
    assert changes_since(again) == ["原始材料有变化：acknowledged.toml"]


def test_nothing_that_is_shared_tells_of_the_machine(place):
    assert traces_in(place.outputs, place.outputs_root.parent) == []


def test_the_page_asks_for_nothing_and_runs_nothing(page):
    assert re.findall(r"<script|<link|<iframe|@import|\son\w+=|javascript:", page, re.IGNORECASE) == []
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?\s*(?:https?:)?//[^\s\"')]+", page, re.IGNORECASE) == []


def test_the_page_carries_its_font_and_says_its_language(page):
    assert page.count('font-family:"Selfeval Sans";src:url(data:font/woff2;base64,') == 1
    assert re.search(r'<html[^>]* lang="zh-CN"', page)


def test_the_page_shows_no_code(page):
    assert "read_table" not in page
    assert "import " not in page


@pytest.mark.slow
def test_changed_material_changes_every_result_that_rests_on_it(tmp_path):
    changes = {"5.68": "6.68", "许可385件": "许可395件", "邵东": "新川", "2024": "2029"}
    place, _ = run_in(tmp_path, "xinchuan-emergency", 2029, **changes)
    lines = read_table("budget_lines", place.processed)
    assert Decimal("6.68") in set(lines["actual"])
    assert Decimal("5.68") not in set(lines["actual"])
    metrics = read_table("budget_metrics", place.processed)
    assert Decimal("263.43") in set(metrics["value"])
    assert Decimal(395) in set(read_table("work_facts", place.processed)["value"])
    findings = read_table("findings", place.processed)
    assert [message for message in findings["message"] if "没有来源卡" in message]
    # The executed notebooks still show the parameters as they stand in git, before those of the run.
    shown = "".join(readable(data) for name, data in everything_under(place.outputs).items() if not name.startswith("executed/"))
    assert re.findall(r".{0,20}(?:邵东|shaodong|2024|5\.68|262\.43|许可385件).{0,20}", shown) == []


def test_a_text_without_a_budget_section_is_refused_and_nothing_published(tmp_path):
    raw = tmp_path / "data" / "raw" / "test-body" / "2031"
    raw.mkdir(parents=True)
    (raw / "report.txt").write_text("某县水利局工作总结\n\n一年来共检查企业12家，发现隐患3处，均已整改到位。\n", encoding="utf-8")
    place = locate("test-body", 2031, tmp_path / "data", tmp_path / "outputs")
    with pytest.raises(ReportIncomplete):
        runner.run(place, say=lambda _: None)
    assert not place.outputs.exists()
    assert not place.processed.exists()
