"""What makes a published report stale, and what does not. The body is invented, the published files are stand-ins."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfeval.paths import Place
from selfeval.running.freshness import changes_since, tools_now
from selfeval.running.provenance import MANIFEST, hashes_under, manifest, write_manifest
from selfeval.running.publishing.status import status_file


@pytest.fixture
def tools():
    return {"code": "c" * 64, "lock": "", "versions": {"python": "3.11", "pandas": "3"}}


@pytest.fixture
def published(raw_folder, tools) -> Place:
    """A place whose manifest fits what lies around it."""
    place = raw_folder({"报告.txt": "甲县水务局（虚构）", "source.toml": "title = '甲'"})
    for folder, name, text in (
        (place.processed, "figures.csv", "a\n1\n"),
        (place.outputs / "tables", "figures.csv", "a\n1\n"),
        (place.outputs, "report.html", "<p>"),
        (place.processed.with_name("2030"), "scores.csv", "a\n"),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    earlier = [place.processed.with_name("2030")]
    content = manifest({"unit": place.unit, "year": place.year}, place.raw, place.outputs, [], earlier=earlier)
    write_manifest({**content, **tools}, place.outputs)
    return place


def test_where_nothing_changed_nothing_is_said(published, tools):
    assert changes_since(published, tools) == []


def test_without_a_published_report_there_is_everything_to_do(raw_folder, tools):
    assert changes_since(raw_folder({"报告.txt": "甲"}), tools) == ["还没有发布过报告"]


def test_a_changed_an_added_and_a_lost_file_of_the_material_are_named(published, tools):
    (published.raw / "报告.txt").write_text("甲县水务局（虚构）改", encoding="utf-8")
    (published.raw / "附表.csv").write_text("a", encoding="utf-8")
    (published.raw / "source.toml").unlink()
    assert changes_since(published, tools) == ["原始材料有变化：source.toml、报告.txt、附表.csv"]


def test_tables_of_an_earlier_year_are_material_too(published, tools):
    (published.processed.with_name("2030") / "scores.csv").write_text("a\n2\n", encoding="utf-8")
    assert changes_since(published, tools) == ["往年的表有变化：2030/scores.csv"]


def test_tables_of_an_earlier_year_that_cannot_be_looked_at_are_not_thought_gone(published, tools, monkeypatch):
    earlier, look = published.processed.with_name("2030"), os.scandir

    def forbidden(path):
        if Path(path) == earlier:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    assert changes_since(published, tools) == ["有文件读不出来（2030），无法判断是否有变化"]


def test_tables_of_a_later_year_are_none(published, tools):
    later = published.processed.with_name("2032")
    later.mkdir()
    (later / "scores.csv").write_text("a\n", encoding="utf-8")
    assert changes_since(published, tools) == []


@pytest.mark.parametrize(
    ("tool", "other", "said"),
    [
        ("code", "d" * 64, "程序或笔记本有变化"),
        ("lock", "e", "锁文件 requirements.lock 有变化"),
        ("versions", {"python": "3.11", "pandas": "4"}, "软件版本有变化：pandas"),
    ],
)
def test_other_tools_make_a_report_stale(published, tools, tool, other, said):
    assert changes_since(published, {**tools, tool: other}) == [said]


@pytest.mark.parametrize("name", ["report.html", "tables/figures.csv"])
def test_a_published_file_that_was_touched_is_made_anew(published, tools, name):
    (published.outputs / name).write_text("anders", encoding="utf-8")
    assert changes_since(published, tools) == [f"已发布的文件缺失或被改动：{name}"]


def test_lost_processed_tables_are_made_anew(published, tools):
    (published.processed / "figures.csv").unlink()
    assert changes_since(published, tools) == ["已发布的文件缺失或被改动：processed/tables/figures.csv"]


def test_a_file_somebody_laid_beside_the_report_changes_nothing(published, tools):
    (published.outputs / "批注.txt").write_text("好", encoding="utf-8")
    assert changes_since(published, tools) == []


@pytest.mark.parametrize("outcome", ["失败", "正在运行"])
def test_after_a_run_that_did_not_succeed_there_is_something_to_put_right(published, tools, outcome):
    status_file(published).write_text(f"单位：test-body\n年度：2031\n本次运行：{outcome}\n", encoding="utf-8")
    assert changes_since(published, tools) == ["上次运行没有成功"]


def test_after_a_run_that_succeeded_there_is_nothing_to_do(published, tools):
    status_file(published).write_text("单位：test-body\n年度：2031\n本次运行：成功\n", encoding="utf-8")
    assert changes_since(published, tools) == []


def test_a_file_asked_for_that_was_never_made_is_missing(published, tools):
    assert changes_since(published, tools, wanted=["report.pdf"]) == ["已发布的文件缺失或被改动：report.pdf"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"outputs": 3}', "\ud800"], ids=repr)
def test_a_manifest_nobody_can_read_proves_nothing(published, tools, text):
    (published.outputs / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert changes_since(published, tools) == ["还没有发布过报告"]


def test_the_manifest_of_another_body_proves_nothing(published, tools):
    path = published.outputs / MANIFEST
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "parameters": {"unit": "other", "year": 2031}}), encoding="utf-8")
    assert changes_since(published, tools) == ["已发布的报告属于别的单位或年度"]


def test_a_long_list_is_cut_and_counted(published, tools):
    for number in range(5):
        (published.raw / f"{number}.csv").write_text("a", encoding="utf-8")
    assert changes_since(published, tools) == ["原始材料有变化：0.csv、1.csv、2.csv等 5 项"]


def test_asking_changes_no_file(published, tools):
    before = hashes_under(published.data.parent)
    changes_since(published, tools)
    assert hashes_under(published.data.parent) == before


def test_the_tools_follow_the_notebooks(tmp_path):
    assert tools_now(tmp_path)["code"] != tools_now()["code"]


def test_asking_imports_none_of_the_heavy_libraries():
    heavy = ("pandas", "numpy", "papermill", "nbconvert", "nbformat", "matplotlib", "jinja2")
    code = f"import sys, selfeval.__main__, selfeval.running.freshness; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert said.strip() == "[]"
