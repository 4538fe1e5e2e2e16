"""Several bodies and years in one batch, with small notebooks in place of the real ones. Bodies and years are invented."""

import shutil
from pathlib import Path

import pytest

from selfeval.running.batch.job import DONE, FAILED, REFUSED, UNCHANGED
from selfeval.running.batch.processes import in_processes
from selfeval.running.batch.runs import RUN, runs_of
from selfeval.running.provenance import hashes_under
from standins import notebook, write_notebooks

TEXT = "甲县水务局（虚构）{year}年度部门整体支出绩效自评报告\n一、基本支出情况\n基本支出绩效目标120万元，实际支出100万元。\n"


PAIRS = [("bing", 2031), ("jia", 2030), ("jia", 2031), ("nobody", 2031)]


def run_all(folder: Path, *pairs: tuple[str, int]) -> dict[str, str]:
    jobs = runs_of(pairs, folder / "data", folder / "outputs", folder / "notebooks")
    return {job.name: outcome.state for job, outcome in in_processes(jobs, RUN, 2)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two years of one body, and a body whose report is empty."""
    folder = tmp_path_factory.mktemp("batch")
    for unit, year, text in (("jia", 2030, TEXT), ("jia", 2031, TEXT), ("bing", 2031, "")):
        raw = folder / "data" / "raw" / unit / str(year)
        raw.mkdir(parents=True)
        (raw / "报告.txt").write_text(text.format(year=year), encoding="utf-8")
    write_notebooks(folder / "notebooks")
    return folder


@pytest.fixture(scope="module")
def states(folder) -> dict[str, str]:
    return run_all(folder, *PAIRS)


def test_what_can_be_run_is_run_and_what_cannot_is_told(states):
    assert states == {"bing 2031": REFUSED, "jia 2030": DONE, "jia 2031": DONE, "nobody 2031": REFUSED}


@pytest.mark.usefixtures("states")
def test_nothing_but_the_reports_is_left(folder):
    reports = {path.relative_to(folder).as_posix() for path in folder.glob("outputs/*/*/report.html")}
    assert reports == {f"outputs/{place}/report.html" for place in ("jia/2030", "jia/2031")}
    assert list(folder.glob("outputs/compare-*")) == []


@pytest.mark.slow
@pytest.mark.usefixtures("states")
def test_a_second_batch_does_only_what_changed_or_rests_on_what_changed(folder, tmp_path):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    before = hashes_under(tmp_path / "outputs" / "jia" / "2031")
    (tmp_path / "data" / "raw" / "jia" / "2030" / "报告.txt").write_text(TEXT.format(year=2030) + "\n改\n", encoding="utf-8")
    # The stand-ins write empty tables whatever they are given: the later year finds the earlier one as it was.
    assert run_all(tmp_path, *PAIRS[1:3]) == {"jia 2030": DONE, "jia 2031": UNCHANGED}
    assert hashes_under(tmp_path / "outputs" / "jia" / "2031") == before


@pytest.mark.slow
@pytest.mark.usefixtures("states")
def test_a_notebook_that_fails_costs_its_own_item_and_leaves_what_was_published(folder, tmp_path):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    write_notebooks(tmp_path / "notebooks", n01=notebook("# 坏了", "1 / 0"))
    page = tmp_path / "outputs" / "jia" / "2030" / "report.html"
    before = page.read_bytes()
    assert run_all(tmp_path, *PAIRS[:2]) == {"bing 2031": REFUSED, "jia 2030": FAILED}
    assert page.read_bytes() == before
