"""The same jobs on a Dask cluster of two workers on this machine."""

import dask
import pytest
from distributed import LocalCluster

import batch_tasks
from selfeval.__main__ import main
from selfeval.exceptions import RunStopped, WrongUsage
from selfeval.running.batch.cluster import on_cluster
from selfeval.running.batch.job import DONE, FAILED, REFUSED, Job

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address():
    """The scheduler of a cluster that gives a job up when a second worker died of it."""
    settings = {"distributed.scheduler.allowed-failures": 1, "distributed.worker.daemon": False}
    with dask.config.set(settings), LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_each_job_ends_in_its_own_way_and_a_dead_worker_costs_no_other(address):
    hows = ["well", "refuse", "die", "break", "well", "well"]
    jobs = [Job(str(number), str(number), {"how": how}) for number, how in enumerate(hows)]
    outcomes = {job.name: outcome for job, outcome in on_cluster(jobs, batch_tasks.ACT, address)}
    assert [outcomes[str(number)].state for number in range(len(hows))] == [DONE, REFUSED, FAILED, FAILED, DONE, DONE]
    assert "工作节点" in outcomes["2"].cause
    assert "KeyError" in outcomes["3"].cause


def test_the_years_of_a_body_are_run_one_after_another(address, tmp_path):
    log = tmp_path / "log"
    jobs = [Job(f"{unit} {year}", unit, {"log": str(log)}) for unit in ("jia", "yi") for year in (2030, 2031)]
    assert {outcome.state for _, outcome in on_cluster(jobs, batch_tasks.TRACE, address)} == {DONE}
    lines = log.read_text(encoding="utf-8").splitlines()
    for unit in ("jia", "yi"):
        assert [line for line in lines if line.startswith(unit)] == [
            f"{unit} {y} {word}" for y in (2030, 2031) for word in ("begins", "ends")
        ]


def test_the_command_does_the_same_on_a_cluster(address, tmp_path, capsys):
    (tmp_path / "reports").mkdir()
    text = "云岭市水利局（虚构）2031年度部门整体支出绩效自评报告\n一、基本支出情况\n基本支出绩效目标120万元，实际支出100万元。\n"
    (tmp_path / "reports" / "水利局.txt").write_text(text, encoding="utf-8")
    assert main(["batch", "--audit", str(tmp_path / "reports"), "--out", str(tmp_path / "out"), "--cluster", address]) == 0
    assert "完成 1 项" in capsys.readouterr().out
    assert (tmp_path / "out" / "水利局.txt" / "tables" / "findings.csv").is_file()


@pytest.mark.parametrize("wrong", ["localhost:8786", "http://a:1", "tcp://a", "tcp://a:b"])
def test_what_is_no_address_is_wrong_usage(wrong):
    with pytest.raises(WrongUsage, match="tcp://主机:8786"):
        next(on_cluster([], batch_tasks.ACT, wrong))


def test_a_scheduler_that_does_not_answer_stops_the_batch(monkeypatch):
    monkeypatch.setattr("selfeval.running.batch.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(RunStopped, match="连不上集群"):
        next(on_cluster([], batch_tasks.ACT, "tcp://127.0.0.1:1"))
