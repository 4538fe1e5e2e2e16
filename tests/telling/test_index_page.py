"""The start page: every body and year that lies in the outputs, what is open, and what is broken, with its reason."""

import json
import re
import weakref
from dataclasses import asdict
from urllib.parse import unquote

import pytest

from bodies import county_water, others, put_out
from selfeval.__main__ import main
from selfeval.exceptions import InputRefused
from selfeval.paths import Place
from selfeval.running.publishing import recorded
from selfeval.running.runner import shelf
from selfeval.running.runner.briefs import brief_of, with_brief
from selfeval.running.runner.shelf import write_start_page
from selfeval.running.stages import TABLES
from selfeval.tables import read_table, write_table
from selfeval.telling.page import Brief, Published, start_page

pytestmark = pytest.mark.usefixtures("without_font")


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "outputs"


def page_of(outputs) -> str:
    return write_start_page(outputs.parent / "data", outputs).read_text(encoding="utf-8")


def rows_of(page: str) -> dict[str, str]:
    """The words of every row by its address or, without one, its year."""
    rows = re.findall(r"<tbody.*?>(.*?)</tbody>", page, re.DOTALL)
    found = {}
    for row in re.findall(r"<tr.*?</tr>", "".join(rows), re.DOTALL):
        address = re.search(r'<th[^>]*><a class="n" href="([^"]+)"', row)
        found[address[1] if address else ""] = " ".join(re.sub(r"<[^>]+>", " ", row).split())
    return found


def test_every_body_and_year_is_listed_with_its_numbers(outputs):
    for year, tables in county_water().items():
        put_out(outputs, "jia-water", year, tables)
    put_out(outputs, "yi-forestry", 2031, others()["yi-forestry"])
    rows = rows_of(page_of(outputs))
    assert len(rows) == 5
    latest = rows["jia-water/2031/report.html"]
    assert "629.4 万元 是全年预算数的 98.34% 98.34% 91.5 / 100 优" in latest
    assert "未了结的不符" not in latest
    assert "是年初预算数的 96.93% 不可计算：缺全年预算数（调整后预算）" in rows["jia-water/2028/report.html"]
    assert "未了结的不符 2 项" in rows["jia-water/2030/report.html"]


def test_the_latest_year_stands_first(outputs):
    for year, tables in county_water().items():
        put_out(outputs, "jia-water", year, tables)
    assert [address.split("/")[1] for address in rows_of(page_of(outputs))] == ["2031", "2030", "2028", "2027"]


def test_every_link_leads_to_a_file_that_is_there(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    (outputs / "compare-2031.html").write_text("", encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r'href="([^"#][^"]*)"', page_of(outputs))]
    assert {"jia-water/2031/report.html", "jia-water/2031/tables.xlsx", "compare-2031.html"} <= set(links)
    assert [link for link in links if not (outputs / unquote(link)).is_file()] == []
    assert [link for link in links if "\\" in link or ":" in link or link.startswith("/")] == []


def test_a_file_that_is_not_there_is_not_linked_to(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    page = page_of(outputs)
    assert "report.pdf" not in page
    (outputs / "jia-water" / "2031" / "report.pdf").write_bytes(b"%PDF")
    assert 'href="jia-water/2031/report.pdf"' in page_of(outputs)


def test_the_dates_of_the_card_are_told_and_no_time_of_the_run(outputs):
    tables = county_water()[2031]
    tables["sources"] = tables["sources"].assign(published="2032-03-01", obtained="2032-04-15")
    put_out(outputs, "jia-water", 2031, tables)
    page = page_of(outputs)
    assert "发布 2032-03-01 取得 2032-04-15" in rows_of(page)["jia-water/2031/report.html"]
    assert re.findall(r"\d{1,2}:\d{2}", re.sub(r"base64,[^)]*|<style>.*?</style>", "", page, flags=re.DOTALL)) == []


def test_the_same_outputs_give_the_same_bytes(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    first = page_of(outputs)
    assert page_of(outputs) == first
    assert [path.name for path in outputs.iterdir() if path.name.startswith(".")] == []


def test_an_invented_body_is_called_so(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    page = page_of(outputs)
    assert '<h3 id="body-jia-water">甲县水务局（虚构，测试用）</h3>' in page
    assert "都是编造的" in page


def break_manifest(folder):
    (folder / "manifest.json").write_text("{", encoding="utf-8")


def list_as_manifest(folder):
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


def tear_a_table(folder):
    (folder / "tables" / "findings.csv").write_bytes(b'a,b\n"never closed')


BROKEN = {
    "缺文件 manifest.json，发布不完整": lambda folder: (folder / "manifest.json").unlink(),
    "manifest.json 读不出来": break_manifest,
    "manifest.json 内容不全": list_as_manifest,
    "缺文件：forms.xlsx": lambda folder: (folder / "forms.xlsx").unlink(),
    "发布后被改动：report.html": lambda folder: (folder / "report.html").write_text("changed", encoding="utf-8"),
    "缺文件：tables/budget_lines.csv": lambda folder: (folder / "tables" / "budget_lines.csv").unlink(),
    "发布后被改动：tables/findings.csv": tear_a_table,
}


@pytest.mark.parametrize("reason", BROKEN)
def test_outputs_that_are_not_whole_are_listed_with_the_reason(outputs, reason):
    BROKEN[reason](put_out(outputs, "jia-water", 2031, county_water()[2031]))
    put_out(outputs, "yi-forestry", 2031, others()["yi-forestry"])
    rows = rows_of(page_of(outputs))
    assert f"{reason}。请重新运行 selfeval run --unit jia-water --year 2031" in rows["jia-water/2031/report.html"]
    assert "请重新运行" not in rows["yi-forestry/2031/report.html"]


def test_tables_that_do_not_fit_are_told_where_nothing_was_changed(outputs):
    folder = put_out(outputs, "jia-water", 2031, county_water()[2031])
    (folder / "tables" / "scores.csv").unlink()
    (folder / "manifest.json").write_text('{"outputs": {}, "versions": {}}', encoding="utf-8")
    assert "找不到表 scores.csv" in page_of(outputs)


def test_an_empty_folder_of_a_year_is_listed(outputs):
    (outputs / "wu-half" / "2030").mkdir(parents=True)
    assert "2030 年度 — — — 缺文件 manifest.json，发布不完整" in rows_of(page_of(outputs))[""]


def test_what_is_no_body_and_year_is_passed_over(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    for name in (".staging-jia-water-2031-x/2031", "旧版/2031", "jia-water/.2031.old-1", "jia-water/drafts"):
        (outputs / name).mkdir(parents=True)
    assert len(rows_of(page_of(outputs))) == 1


def test_material_that_was_never_run_is_named_with_the_command(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    for unit in ("jia-water", "yi-forestry"):
        (outputs.parent / "data" / "raw" / unit / "2031").mkdir(parents=True)
    page = page_of(outputs)
    assert re.findall(r"<pre>(selfeval run .*?)</pre>", page) == ["selfeval run --unit yi-forestry --year 2031"]


def test_where_there_is_nothing_the_page_says_how_to_begin(outputs):
    page = page_of(outputs)
    assert "这里还没有报告" in page
    assert "selfeval new-year --unit 单位代号 --year 年度" in page
    assert "<table" not in page


def test_a_name_from_the_data_is_no_markup(outputs):
    tables = county_water()[2031]
    tables["sources"] = tables["sources"].assign(body="<b>甲</b>", note="")
    put_out(outputs, "jia-water", 2031, tables)
    assert "&lt;b&gt;甲&lt;/b&gt;" in page_of(outputs)
    assert "<b>甲" not in page_of(outputs)


def test_the_page_asks_for_nothing_and_runs_nothing(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    page = page_of(outputs)
    assert "default-src 'none'" in page
    assert re.findall(r"<script|<link|<iframe|@import|\son\w+=|javascript:|https?://", page, re.IGNORECASE) == []


def note_failure(outputs, unit):
    place = Place(unit, 2031, outputs.parent / "data", outputs)
    with pytest.raises(InputRefused), recorded(place):
        raise InputRefused("report.txt 是空文件")


def test_a_failed_run_is_told_with_its_reason_and_without_its_time(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    note_failure(outputs, "jia-water")
    page = page_of(outputs)
    row = rows_of(page)["jia-water/2031/report.html"]
    assert "629.4 万元" in row
    assert "最近一次运行失败：report.txt 是空文件" in row
    assert 'href="jia-water/2031-%E7%8A%B6%E6%80%81.txt">运行状态</a>' in page


def test_material_whose_only_run_failed_says_so(outputs):
    (outputs.parent / "data" / "raw" / "yi-forestry" / "2031").mkdir(parents=True)
    note_failure(outputs, "yi-forestry")
    assert "最近一次运行失败：report.txt 是空文件" in page_of(outputs)


def keep_briefs(outputs):
    """Write into every manifest what a run writes: the report in brief."""
    for path in outputs.glob("*/*/manifest.json"):
        tables = {name: read_table(name, path.parent / "tables") for name in TABLES}
        told = brief_of(tables, path.parent.parent.name, int(path.parent.name))
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(with_brief(content, told), ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def tables_read(monkeypatch):
    """The bodies whose tables were read."""
    asked = []
    read = shelf.read_tables
    monkeypatch.setattr(shelf, "read_tables", lambda names, folder: asked.append(folder.parent.parent.name) or read(names, folder))
    return asked


def test_what_a_run_kept_in_brief_makes_the_page_that_its_tables_make(outputs, tables_read):
    for year, tables in county_water().items():
        put_out(outputs, "jia-water", year, tables)
    put_out(outputs, "yi-forestry", 2031, others()["yi-forestry"])
    from_tables = page_of(outputs)
    keep_briefs(outputs)
    tables_read.clear()
    assert page_of(outputs) == from_tables
    assert tables_read == []


@pytest.mark.parametrize(
    "kept", [None, "", [], {}, {"spent": "1 元"}, {**asdict(Brief()), "spent": 1}, {**asdict(Brief()), "to_fill": True}]
)
def test_a_brief_that_is_none_is_passed_over_for_the_tables(outputs, tables_read, kept):
    path = put_out(outputs, "jia-water", 2031, county_water()[2031]) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "brief": kept}), encoding="utf-8")
    assert "629.4 万元" in rows_of(page_of(outputs))["jia-water/2031/report.html"]
    assert tables_read == ["jia-water"]


def test_of_damaged_results_the_tables_are_told_and_not_the_brief(outputs, tables_read):
    folder = put_out(outputs, "jia-water", 2031, county_water()[2031])
    keep_briefs(outputs)
    (folder / "forms.xlsx").unlink()
    page_of(outputs)
    assert tables_read == ["jia-water"]


def test_a_brief_is_no_markup(outputs):
    path = put_out(outputs, "jia-water", 2031, county_water()[2031]) / "manifest.json"
    words = {name: "<i>x</i>" if kind == "" else kind for name, kind in asdict(Brief()).items()}
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "brief": words}), encoding="utf-8")
    assert page_of(outputs).count("&lt;i&gt;x") >= 5
    assert "<i>x" not in page_of(outputs)


def urgent_of(page: str) -> list[tuple[str, str]]:
    """Where the first lines lead to, and what they call it."""
    told = re.search(r"最近一次运行失败或文件不完整的有.*?</p>", page, re.DOTALL)
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', told[0]) if told else []


def test_what_failed_or_is_broken_is_named_in_the_first_lines(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    break_manifest(put_out(outputs, "jia-water", 2030, county_water()[2030]))
    put_out(outputs, "yi-forestry", 2031, others()["yi-forestry"])
    assert urgent_of(page_of(outputs)) == [("body-jia-water", "甲县水务局（虚构，测试用） 2030 年度")]
    (outputs.parent / "data" / "raw" / "bing-roads" / "2031").mkdir(parents=True)
    note_failure(outputs, "bing-roads")
    assert ("waiting", "bing-roads 2031 年度") in urgent_of(page_of(outputs))


def test_where_all_is_whole_the_first_lines_say_nothing_of_failures(outputs):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    assert urgent_of(page_of(outputs)) == []


def test_no_more_than_one_body_is_held_in_memory():
    held, most = weakref.WeakValueDictionary(), 0

    def published():
        nonlocal most
        for number in range(5):
            entry = held[number] = Published(f"body-{number}", 2031)
            yield entry
            most = max(most, len(held))

    start_page(published(), [], {}, "")
    assert most <= 2


def test_the_command_writes_the_page(outputs, capsys):
    put_out(outputs, "jia-water", 2031, county_water()[2031])
    assert main(["index", "--data", str(outputs.parent / "data"), "--outputs", str(outputs)]) == 0
    assert capsys.readouterr().out == f"一览：{outputs / 'index.html'}\n"
    assert (outputs / "index.html").is_file()


def test_the_places_to_fill_in_are_counted(outputs):
    tables = county_water()[2031]
    put_out(outputs, "jia-water", 2031, tables)
    open_places = re.search(r"初稿待填写 (\d+) 处", page_of(outputs))
    assert int(open_places[1]) > 0
    write_table("budget_lines", tables["budget_lines"].iloc[:1], outputs / "jia-water" / "2031" / "tables")
    fewer_lines = re.search(r"初稿待填写 (\d+) 处", page_of(outputs))
    assert fewer_lines[1] != open_places[1]


def many(count, **told):
    """The bodies a01, a02 … with one year each."""
    return [Published(f"a{number:02d}", 2031, brief=Brief(body=f"第{number:02d}局", **told)) for number in range(1, count + 1)]


def test_the_gravest_body_stands_first():
    published = [
        *many(2, open_findings=1),
        Published("b", 2031, brief=Brief(body="乙局", open_findings=7)),
        Published("c", 2031, problem="缺表"),
    ]
    page = start_page(published, [], {}, "")
    assert re.findall(r'<h3 id="body-(\w+)">', page) == ["c", "b", "a01", "a02"]
    assert "4 个单位还有待办" in page


def test_a_body_is_one_line_that_opens():
    page = start_page([*many(4, open_findings=2, to_fill=3, spent="80 万元", official="96.00%")], [], {}, "")
    line = re.sub(r"<[^>]+>", "", re.search(r"<summary>.*?</summary>", page, re.DOTALL)[0])
    assert line == "第01局 2031 年度 · 不符 2 项 · 待填写 3 处 · 支出 80 万元 · 执行率 96.00%"
    assert '<details class="body">' in page


def test_a_few_bodies_are_open_at_once():
    assert start_page(many(3), [], {}, "").count('<details class="body" open>') == 3
