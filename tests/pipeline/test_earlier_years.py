"""A run beside the tables that runs of earlier years and of other bodies left."""

import json

import pytest

from bodies import county_water, lay_out, others
from machine import traces_in
from selfeval.paths import Place, locate
from selfeval.running import runner
from selfeval.running.provenance import sha256_of
from selfeval.tables import read_table

pytestmark = pytest.mark.slow

REPORT = """甲县水务局（虚构）2031年度部门整体支出绩效自评报告
一、部门概况
甲县水务局（虚构）负责全县水利工作。
二、部门整体支出情况
2031年度部门整体支出全年预算数640万元，实际支出629.4万元。
（一）基本支出情况
基本支出全年预算数377.5万元，实际支出370.3万元。
（二）项目支出情况
防汛抗旱经费全年预算数157.5万元，实际支出160万元。
河道清淤经费全年预算数105万元，实际支出99.1万元。
三、工作开展情况
水利方面，全年排查隐患172处，已整改168处。
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    folder = tmp_path_factory.mktemp("earlier")
    lay_out(folder / "data", "jia-water", {year: tables for year, tables in county_water().items() if year < 2031})
    (folder / "data" / "processed" / "jia-water" / "2028" / "scores.csv").write_text("broken\n", encoding="utf-8")
    lay_out(folder / "data", "yi-forestry", {2031: others()["yi-forestry"]})
    raw = folder / "data" / "raw" / "jia-water" / "2031"
    raw.mkdir(parents=True)
    (raw / "report.txt").write_text(REPORT, encoding="utf-8")
    (raw / "source.toml").write_text('note = "虚构，仅供测试"\n', encoding="utf-8")
    made = locate("jia-water", 2031, folder / "data", folder / "outputs")
    runner.run(made, say=lambda _: None)
    return made


def test_changes_are_written_and_a_year_that_cannot_be_read_is_named(place):
    changes = read_table("budget_changes", place.processed)
    total = changes[(changes["metric"] == "line_actual") & (changes["scope"] == "total")]
    assert [str(value) for value in total["change"]] == ["40.5", "130.8"]
    assert list(changes[changes["metric"] == "tables"]["earlier_year"]) == [2028]
    work = read_table("safety_changes", place.processed)
    assert list(work[work["metric"] == "hazards_found"]["earlier_year"]) == [2030, 2028, 2027]


def test_the_manifest_proves_which_tables_of_earlier_years_went_in(place):
    earlier = json.loads((place.outputs / "manifest.json").read_text(encoding="utf-8"))["earlier"]
    assert {name.split("/")[0] for name in earlier} == {"2027", "2028", "2030"}
    table = place.processed.with_name("2030") / "budget_lines.csv"
    assert earlier["2030/budget_lines.csv"] == sha256_of(table)


def test_nothing_of_an_earlier_year_is_published_again(place):
    assert [path.name for path in place.outputs.parent.iterdir() if path.is_dir()] == ["2031"]
    assert read_table("budget_lines", place.processed.with_name("2030")).equals(county_water()[2030]["budget_lines"])


def test_the_report_has_a_chapter_of_years(place):
    page = (place.outputs / "report.html").read_text(encoding="utf-8")
    assert '<h2 id="years" data-short="与往年比">与 2030 年度比：' in page
    assert "2028 年度的表不能读" in page


def test_with_another_body_of_the_year_the_page_beside_it_is_written(place):
    page = (place.outputs_root / "compare-2031.html").read_text(encoding="utf-8")
    assert "甲县水务局（虚构，测试用）" in page
    assert "乙市林业局（虚构，测试用）" in page


def test_nothing_beside_the_report_tells_of_the_machine_either(place):
    """The pages over all bodies, status and log are passed on as well."""
    found = {path.name for path in place.outputs_root.rglob("*") if path.is_file()}
    assert found >= {"compare-2031.html", "index.html", "2031-状态.txt", "2031-运行.log", "report.html", "narrative.docx", "tables.xlsx"}
    assert traces_in(place.outputs_root, place.outputs_root.parent) == []
