"""explore.ipynb in a real JupyterLab: somebody chooses, drags, clicks, and sees tables and charts follow.

JupyterLab is no part of the environment of the tests; where `make lab` has built its own (.venv-lab), it is started from there.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from bodies import county_water, lay_out
from selfeval.paths import project_root

pytestmark = pytest.mark.slow

LAB = project_root() / ".venv-lab" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
SETTINGS = project_root() / "jupyterlab"
MINUTE = 60_000
# The code cells by what they show; the first two are parameters and imports.
CHOOSE, MONEY, WORK, MEANING, FIGURES, FINDINGS = range(2, 8)


@pytest.fixture(scope="module")
def lab(tmp_path_factory, place_2024) -> Iterator[str]:
    """The address of a JupyterLab that has explore.ipynb and two bodies, one of them with four years; nothing of the user's is touched."""
    if not (project_root() / ".venv-lab" / ".ready").is_file():
        pytest.skip("没有 JupyterLab 的环境 .venv-lab（用 make lab 建立），跳过")
    folder = tmp_path_factory.mktemp("lab")
    lay_out(folder / "data", "jia-water", county_water())
    shutil.copytree(place_2024.raw, folder / "data" / "raw" / place_2024.unit / str(place_2024.year))
    (folder / "notebooks").mkdir()
    _copy_of_explore(folder / "notebooks" / "explore.ipynb", folder / "data")
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    token = secrets.token_hex(16)
    options = [f"--LabApp.app_settings_dir={SETTINGS}", f"--ServerApp.root_dir={folder / 'notebooks'}", f"--IdentityProvider.token={token}"]
    options += ["--no-browser", "--allow-root", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"]
    environment = os.environ | own | {"PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen([LAB, "-m", "jupyterlab", *options], env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        yield f"{_address(server)}/lab/tree/explore.ipynb?token={token}&reset"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _copy_of_explore(path: Path, data: Path) -> None:
    notebook = nbformat.read(project_root() / "notebooks" / "explore.ipynb", as_version=4)
    notebook.cells[1].source = notebook.cells[1].source.replace('data_dir: str = ""', f"data_dir: str = {str(data)!r}")
    nbformat.write(notebook, path)


def _address(server: subprocess.Popen) -> str:
    """Where the server listens, as it says itself."""
    for line in server.stderr:
        found = re.search(r"(http://127\.0\.0\.1:[0-9]+)/lab", line)
        if found:
            # The pipe must not fill up while the test goes on.
            subprocess.Popen([sys.executable, "-c", "import sys; [None for _ in sys.stdin.buffer]"], stdin=server.stderr)
            return found[1]
    raise AssertionError("JupyterLab did not start")


@pytest.fixture(scope="module")
def page(browser, lab) -> Iterator[object]:
    """The notebook with all its cells run; what was asked of other machines and what the console reported as an error stand beside it."""
    context = browser.new_context(viewport={"width": 1400, "height": 1500}, accept_downloads=True)
    page = context.new_page()
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=2 * MINUTE)
    page.get_by_text("| 空闲").first.wait_for(timeout=2 * MINUTE)
    page.locator(".lm-MenuBar-item", has_text="运行").first.click()
    page.locator(".lm-Menu-item", has_text="运行所有单元格").first.click()
    page.wait_for_function("document.querySelectorAll('table.dataTable tbody tr').length > 3", timeout=2 * MINUTE)
    yield page
    context.close()


def cell(page, number: int):
    return page.locator(".jp-CodeCell").nth(number)


def choose(page, number: int, what: int, **option) -> None:
    cell(page, number).locator("select").nth(what).select_option(**option)


def rows(page, number: int) -> list[list[str]]:
    """The table of a cell as it is on the screen."""
    found = cell(page, number).locator("table.dataTable tbody tr").all()
    return [[field.strip() for field in row.locator("td").all_inner_texts()] for row in found]


def wait_for(page, number: int, text: str) -> None:
    cell(page, number).locator(".jp-OutputArea").get_by_text(text).first.wait_for(timeout=MINUTE)


def test_jupyterlab_speaks_chinese_and_asks_nobody_else(page):
    assert page.locator(".lm-MenuBar-item", has_text="设置").count() == 1
    assert [url for url in page.asked if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))] == []
    assert page.errors == []


def test_one_goes_down_from_the_total_to_a_project_and_reads_its_sentence(page):
    for item in ("部门整体支出", "项目支出"):
        cell(page, MONEY).get_by_role("cell", name=item, exact=True).click()
        cell(page, MONEY).get_by_role("button", name="看它的组成").click()
        wait_for(page, MONEY, f"› {item}")
    cell(page, MONEY).get_by_role("cell", name="安全生产举报奖", exact=True).click()
    cell(page, MONEY).locator(".selfeval-context mark", has_text="1.66万元").wait_for(timeout=MINUTE)
    assert cell(page, MONEY).locator(".selfeval-chart svg").get_by_text("安全生产举报奖").count() == 1


def test_what_is_on_the_screen_can_be_taken_away(page):
    cell(page, WORK).get_by_role("button", name="导出这张表").click()
    with page.expect_download(timeout=MINUTE) as waited:
        cell(page, WORK).locator('a[download$=".csv"]').click()
    text = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("领域,行业,指标,数值,单位")
    assert all(row[2] in text for row in rows(page, WORK))


def test_a_head_sorts_by_size_not_by_letters(page):
    head = cell(page, WORK).locator("th", has_text="数值").first
    head.click()
    smallest = [float(row[3]) for row in rows(page, WORK)]
    assert smallest == sorted(smallest)
    assert len(set(map(len, map(str, smallest)))) > 1


def test_another_body_and_year_are_followed_by_tables_and_charts(page):
    choose(page, CHOOSE, 0, label="甲县水务局（虚构，测试用）")
    wait_for(page, CHOOSE, "甲县水务局（虚构，测试用） 2031 年度")
    before = (rows(page, MONEY), cell(page, MONEY).locator(".selfeval-chart svg").inner_html())
    choose(page, CHOOSE, 1, label="2028")
    wait_for(page, CHOOSE, "2028 年度")
    cell(page, MONEY).locator("tbody").get_by_text("531.2").first.wait_for(timeout=MINUTE)
    assert (rows(page, MONEY), cell(page, MONEY).locator(".selfeval-chart svg").inner_html()) != before
    assert "年初预算数（万元）" in cell(page, MONEY).locator("thead").inner_text()


def test_another_denominator_and_another_trade_are_followed_too(page):
    choose(page, MONEY, 1, label="全年预算数")
    wait_for(page, MONEY, "换一个分母试试")
    choose(page, WORK, 1, label="水利")
    wait_for(page, WORK, "共 2 件可以数的事")
    assert [row[1:3] for row in rows(page, WORK)] == [["水利", "排查发现隐患"], ["水利", "已整改隐患"]]
    assert cell(page, WORK).locator(".selfeval-chart svg").get_by_text("已整改 ≥118").count() == 1
