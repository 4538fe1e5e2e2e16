"""Jobs shared out among worker processes: what happens to each, whatever happens to the others. Every body is invented."""

import csv
import errno
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import batch_tasks
from selfeval.__main__ import main
from selfeval.exceptions import InputRefused, RunStopped, WrongUsage
from selfeval.paths import project_root
from selfeval.running.batch import auditing, audits, processes, progress
from selfeval.running.batch.auditing import audit_one
from selfeval.running.batch.course import carry_out, exit_code, told
from selfeval.running.batch.job import (
    DONE,
    FAILED,
    LEFT,
    REFUSED,
    STATES,
    STOPPED,
    UNCHANGED,
    Job,
    Outcome,
    job_from,
    outcome_from,
    outcome_of,
    packed,
)
from selfeval.running.batch.pairs import of_years, read_pairs
from selfeval.running.batch.progress import Progress
from selfeval.running.batch.queue import Queue
from selfeval.running.batch.summary import write_findings, write_summary
from selfeval.running.provenance import hashes_under
from selfeval.running.publishing import locked

REPORT = """云岭市水利局（虚构）2031年度部门整体支出绩效自评报告
一、基本支出情况
基本支出绩效目标120万元，实际支出100万元，其中人员经费支出70万元，公用经费支出25万元，因为人员减少。
"""


def ended(jobs, task=batch_tasks.ACT, workers=2, **limits):
    return processes.in_processes(jobs, replace(task, **limits), workers)


def acting(*hows: str, **more: str) -> list[Job]:
    return [Job(f"job-{number}", f"job-{number}", {"how": how, **more}) for number, how in enumerate(hows)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# The order of jobs


@given(st.lists(st.integers(0, 3)), st.randoms())
def test_every_job_is_handed_out_once_and_those_of_a_chain_in_order_and_never_together(chains, random):
    queue = Queue([Job(str(number), str(chain)) for number, chain in enumerate(chains)])
    at_work, order = [], []
    while (job := queue.take()) or at_work:
        if job:
            assert job.chain not in {other.chain for other in at_work}
            at_work.append(job)
            order.append(job)
        if not job or random.random() < 0.5:
            queue.ended(at_work.pop(random.randrange(len(at_work))))
    assert sorted(int(job.name) for job in order) == list(range(len(chains)))
    for chain in set(chains):
        names = [int(job.name) for job in order if job.chain == str(chain)]
        assert names == sorted(names)
    assert queue.left() == []


def test_jobs_and_outcomes_travel_as_text():
    job, outcome = Job("甲 2031", "甲", {"year": 2031, "force": True}), Outcome(REFUSED, "空", {"body": "甲"})
    assert job_from(packed(job)) == job
    assert outcome_from(packed(outcome)) == outcome


# Worker processes


def test_each_job_ends_in_its_own_way_and_costs_no_other():
    hows = ["well", "refuse", "break", "die", "fail", "well", "well"]
    outcomes = {job.name: outcome for job, outcome in ended(acting(*hows))}
    assert [outcomes[f"job-{number}"].state for number in range(len(hows))] == [DONE, REFUSED, FAILED, FAILED, FAILED, DONE, DONE]
    assert outcomes["job-1"].cause == "甲表空；乙表空"
    assert "KeyError：'不在'（batch_tasks.py 第" in outcomes["job-2"].cause
    assert "工作进程意外终止（信号 9）" in outcomes["job-3"].cause


def test_a_job_that_takes_too_long_is_given_up_and_its_process_ended(tmp_path):
    outcomes = [outcome for _, outcome in ended(acting("hang", folder=str(tmp_path)), seconds=3)]
    assert [(outcome.state, outcome.cause) for outcome in outcomes] == [(FAILED, "超过 3 秒没有做完，已停止")]
    assert not any(alive(int(path.stem)) for path in tmp_path.glob("*.pid"))


def test_the_collector_of_a_worker_leaves_alone_what_was_imported():
    ((_, outcome),) = ended(acting("well"))
    assert int(outcome.facts["figures"]) > 10_000


def test_a_job_that_cannot_be_handed_over_leaves_no_worker_behind():
    with pytest.raises(TypeError):
        list(ended([Job("x", "x", {"how": object()})]))
    assert multiprocessing.active_children() == []


def test_a_worker_makes_room_for_another_after_its_share():
    workers = [outcome.facts["body"] for _, outcome in ended(acting(*["well"] * 6), workers=1, jobs_each=2)]
    assert [workers.count(worker) for worker in dict.fromkeys(workers)] == [2, 2, 2]


@pytest.mark.slow
def test_the_years_of_a_body_are_run_one_after_another(tmp_path):
    log = tmp_path / "log"
    jobs = [Job(f"{unit} {year}", unit, {"log": str(log)}) for unit in ("jia", "yi") for year in (2030, 2031, 2032)]
    assert len(list(ended(jobs, batch_tasks.TRACE, workers=4))) == 6
    lines = log.read_text(encoding="utf-8").splitlines()
    for unit in ("jia", "yi"):
        own = [line for line in lines if line.startswith(unit)]
        assert own == [f"{unit} {year} {word}" for year in (2030, 2031, 2032) for word in ("begins", "ends")]


def test_no_process_is_left_when_the_caller_turns_away(tmp_path):
    jobs = [*acting("well"), *(Job(f"slow-{n}", f"slow-{n}", {"how": "hang", "folder": str(tmp_path)}) for n in range(2))]
    with closing(ended(jobs)) as results:
        assert next(results)[1].state == DONE
    assert not any(alive(int(path.stem)) for path in tmp_path.glob("*.pid"))


SCRIPT = """
import sys
from pathlib import Path
import batch_tasks
from selfeval.running.batch.auditing import audit_one
from selfeval.running.batch.course import carry_out
from selfeval.running.batch.job import Job
from selfeval.running.batch.processes import in_processes
from selfeval.exceptions import RunStopped
from selfeval.interruption import interruptible

if __name__ == "__main__":
    folder = sys.argv[1]
    jobs = [Job("quick", "quick", {"how": "well"})]
    jobs += [Job(f"slow-{n}", f"slow-{n}", {"how": "hang", "folder": folder}) for n in range(4)]
    try:
        with interruptible():
            carry_out(jobs, in_processes(jobs, batch_tasks.ACT, 2), Path(folder, "summary.csv"), print)
    except RunStopped as stopped:
        sys.exit(stopped.exit_code)
"""


@pytest.fixture
def at_work(tmp_path):
    """A batch in a process of its own, in the middle of two jobs that never end."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(project_root() / "tests"), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)], env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    while len(list(tmp_path.glob("*.pid"))) < 2:
        assert process.poll() is None
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)], ids=["ctrl-c", "terminate"])
def test_an_interrupted_batch_leaves_no_process_and_a_summary_of_what_was_done(at_work, tmp_path, number):
    at_work.send_signal(number)
    said, _ = at_work.communicate(timeout=30)
    assert at_work.returncode == 4
    assert "已中断：1/5 项有了结果；再次运行同一条命令即从这里继续" in said
    assert not any(alive(int(path.stem)) for path in tmp_path.glob("*.pid"))
    assert [row[1] for row in table(tmp_path / "summary.csv")] == ["完成", "未做", "未做", "未做", "未做"]


@pytest.mark.slow
def test_workers_do_not_outlive_a_batch_that_was_killed(at_work, tmp_path):
    at_work.kill()
    at_work.communicate(timeout=30)
    workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
    for _ in range(600):
        if not any(map(alive, workers)):
            break
        time.sleep(0.05)
    assert not any(map(alive, workers))


# What is said and written


def table(path: Path) -> list[list[str]]:
    """The rows of a summary, without its heads."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_elsewhere_than_on_a_terminal_each_item_gets_a_line_with_the_time_left(monkeypatch):
    clock = iter([0.0, 60.0, 120.0, 130.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    lines: list[str] = []
    told_of = Progress(4, lines.append)
    told_of.note(Job("甲 2031", "甲"), Outcome(UNCHANGED))
    told_of.note(Job("乙 2031", "乙"), Outcome(DONE))
    told_of.note(Job("丙 2031", "丙"), Outcome(REFUSED, "空文件"))
    told_of.note(Job("丁 2031", "丁"), Outcome(DONE))
    assert lines == [
        "[1/4] 甲 2031：没有变化",
        "[2/4] 乙 2031：完成（约还需 2 分钟）",
        "[3/4] 丙 2031：材料有问题，空文件（约还需 1 分钟）",
        "[4/4] 丁 2031：完成",
    ]


def test_on_a_terminal_only_what_went_wrong_stays():
    stays, changes = [], []
    told_of = Progress(3, stays.append, changes.append)
    told_of.note(Job("甲", "甲"), Outcome(DONE))
    told_of.note(Job("乙", "乙"), Outcome(FAILED, "超时"))
    told_of.note(Job("丙", "丙"), Outcome(DONE))
    assert stays == ["[2/3] 乙：运行失败，超时"]
    assert changes[0].startswith("[1/3] 甲：完成")
    assert not any("超时" in line for line in changes), "what stays is not said twice"
    assert changes[-1] == ""


@pytest.mark.parametrize(("seconds", "words"), [(0.2, " 1 秒"), (59, " 59 秒"), (90, " 2 分钟"), (5400, " 1.5 小时")])
def test_a_length_of_time_is_told_in_as_many_words_as_it_is_worth(seconds, words):
    assert progress.duration(seconds) == words


def test_the_worst_end_decides_the_exit_code():
    ends = {state: Outcome(state) for state in (DONE, UNCHANGED, REFUSED, FAILED, STOPPED)}
    assert [exit_code({name: ends[name] for name in list(ends)[: n + 1]}) for n in range(5)] == [0, 0, 1, 3, 4]
    assert exit_code({}) == 0


def test_the_end_counts_and_names_what_went_wrong():
    outcomes = {"甲": Outcome(DONE), "乙": Outcome(REFUSED, "空文件"), "丙": Outcome(DONE)}
    assert told(outcomes) == ["完成 2 项，材料有问题 1 项", "  乙：材料有问题，空文件"]


def test_what_went_wrong_is_named_before_what_is_to_be_looked_at():
    lines = told({"甲": Outcome(DONE, "请看看"), "乙": Outcome(REFUSED, "空文件")})
    assert lines[1:] == ["  乙：材料有问题，空文件", "  甲：完成，请看看"]


def test_a_long_list_of_failures_is_cut_and_counted():
    lines = told({str(number): Outcome(FAILED, "x") for number in range(60)})
    assert (len(lines), lines[-1]) == (52, "  另有 10 项，见汇总表")


def test_an_interrupt_still_writes_what_was_done(tmp_path):
    def broken_off():
        yield jobs[0], Outcome(DONE)
        raise KeyboardInterrupt

    jobs = acting("well", "well")
    with pytest.raises(KeyboardInterrupt):
        carry_out(jobs, broken_off(), tmp_path / "summary.csv", lambda _: None)
    assert [row[1] for row in table(tmp_path / "summary.csv")] == [STATES[DONE], STATES[LEFT]]


def test_no_name_or_cause_becomes_a_formula(tmp_path):
    path = write_summary(tmp_path / "s.csv", [(Job("=1+1.txt", "x"), Outcome(REFUSED, "@cmd", {"body": "+乙"}))])
    assert [cell for cell in table(path)[0] if cell.startswith(("=", "@", "+"))] == []


def test_a_cause_in_the_summary_names_no_folder_and_no_process_of_the_machine(tmp_path):
    ends = [
        outcome_of(RunStopped(f"运行中断：{tmp_path}/甲 乙/表.csv：磁盘空间不足；请清出空间后重新运行")),
        Outcome(FAILED, f"程序出错 OSError：[Errno 5] Input/output error: '{tmp_path}/甲 乙/表.csv'"),
        outcome_of(RunStopped("甲 2031：另一个运行（进程 4711，始于 2031-01-01）正在进行")),
        Outcome(REFUSED, "名字 \udcc4 不是文字"),
    ]
    path = write_summary(tmp_path / "s.csv", [(Job(str(number), "x"), end) for number, end in enumerate(ends)])
    assert [row[2] for row in table(path)] == [
        "运行中断：表.csv：磁盘空间不足；请清出空间后重新运行",
        "程序出错 OSError：[Errno 5] Input/output error: '表.csv'",
        "甲 2031：另一个运行（始于 2031-01-01）正在进行",
        "名字 ? 不是文字",
    ]


def test_a_table_that_cannot_be_written_to_its_end_leaves_the_old_one_and_nothing_else(tmp_path):
    path = write_summary(tmp_path / "s.csv", [(Job("甲", "甲"), Outcome(DONE))])

    def breaking_off():
        yield Job("乙", "乙"), Outcome(DONE)
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.raises(OSError, match="No space"):
        write_summary(path, breaking_off())
    assert [row[0] for row in table(path)] == ["甲"]
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_batches_into_one_folder_the_second_is_turned_away(reports, tmp_path, capsys):
    out = tmp_path / "out"
    command = ["batch", "--audit", str(reports), "--out", str(out), "--workers", "1"]
    with locked([out / "summary.csv"], ""):
        assert main(command) == 4
    assert "这个文件夹正被另一批使用：另一个运行（进程" in capsys.readouterr().err
    assert list(out.iterdir()) == []
    assert main(command) == 1


def test_of_two_batches_of_runs_into_one_folder_the_second_is_turned_away(tmp_path, capsys):
    (tmp_path / "data" / "raw" / "jia" / "2031").mkdir(parents=True)
    outputs = tmp_path / "outputs"
    with locked([outputs / "batch.csv"], ""):
        assert main(["batch", "--all", "--data", str(tmp_path / "data"), "--outputs", str(outputs)]) == 4
    assert "这个文件夹正被另一批使用：另一个运行（进程" in capsys.readouterr().err
    assert list(outputs.iterdir()) == []


def test_findings_of_all_items_stand_in_one_table_without_those_acknowledged(tmp_path):
    (tmp_path / "findings.csv").write_text(
        "severity,verdict,title,message,line,page,quote,acknowledged\n"
        "high,differs,不符甲,'=多了,3,2,原文,\nhigh,differs,不符乙,少了,4,2,原文,已核实\nlow,agrees,相符,好,5,,原文,\n",
        encoding="utf-8",
    )
    path = write_findings(tmp_path / "all.csv", [("甲.txt", tmp_path), ("没有.txt", tmp_path / "none")])
    assert table(path) == [["甲.txt", "重要", "不符", "不符甲", "'=多了", "2", "3", "原文"]]


# The table of units and years


def test_a_table_is_read_in_either_language_and_each_pair_once(tmp_path):
    path = tmp_path / "表.csv"
    path.write_bytes("备注,单位,年度\n,jia,2031\n无,yi,2030\n\n,jia,2031\n".encode("gb18030"))
    assert read_pairs(path) == [("jia", 2031), ("yi", 2030)]


def test_a_workbook_is_a_table_too(tmp_path):
    book = openpyxl.Workbook()
    for row in (["unit", "year"], ["jia", 2031]):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    assert read_pairs(tmp_path / "表.xlsx") == [("jia", 2031)]


def test_all_faults_of_a_table_are_told_at_once(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("unit,year\njia,31\n,2031\nyi,2031\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_pairs(path)
    assert refused.value.problems == ["表.csv 第 2 行的年度应为四位数字，现为“31”；请改正", "表.csv 第 3 行没有单位；请补上"]


@pytest.mark.parametrize(("text", "words"), [("unit,jahr\njia,2031\n", "缺 year"), ("unit,year\n", "没有任何行")])
def test_a_table_without_its_columns_or_rows_is_refused(tmp_path, text, words):
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=words):
        read_pairs(path)


@pytest.mark.parametrize("heads", ["unit,unit,year", "unit,单位,year", "year,unit,年度"])
def test_a_table_in_which_a_column_stands_twice_is_refused(tmp_path, heads):
    path = tmp_path / "表.csv"
    path.write_text(f"{heads}\njia,yi,2031\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"表\.csv 第 1 行的列名.*写了不止一次.*请只留一列"):
        read_pairs(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_ten_thousand_rows_in_any_usual_encoding_are_a_table(tmp_path, encoding):
    path = tmp_path / "表.csv"
    path.write_text("单位,年度\n" + "".join(f"unit-{number},2031\n" for number in range(10_000)), encoding=encoding)
    assert read_pairs(path) == [(f"unit-{number}", 2031) for number in range(10_000)]


def test_only_the_years_asked_for_are_left_and_earlier_ones_come_first():
    pairs = [("yi", 2031), ("jia", 2031), ("jia", 2030), ("jia", 2029)]
    assert of_years(pairs, [2030, 2031]) == [("jia", 2030), ("jia", 2031), ("yi", 2031)]
    assert len(of_years(pairs, [])) == 4


# Audits of a folder


@pytest.fixture
def reports(tmp_path) -> Path:
    folder = tmp_path / "reports"
    (folder / "乡镇").mkdir(parents=True)
    (folder / "水利局.txt").write_text(REPORT, encoding="utf-8")
    (folder / "乡镇" / "水利局.txt").write_text(REPORT.replace("云岭", "青岭"), encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    for name in ("~$水利局.docx", ".DS_Store", "Thumbs.db"):
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def audited(folder: Path, **more) -> dict[str, Outcome]:
    jobs = audits.audits_of(folder, folder.parent / "out", **more)
    outcomes = {}
    for job in jobs:
        try:
            outcomes[job.name] = audit_one(job)
        except InputRefused as refusal:
            outcomes[job.name] = Outcome(REFUSED, str(refusal))
    return outcomes


def states(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {name: outcome.state for name, outcome in outcomes.items()}


def test_every_file_has_a_result_of_its_own_and_leftovers_of_programs_have_none(reports, tmp_path):
    outcomes = audited(reports)
    assert states(outcomes) == {"乡镇/水利局.txt": DONE, "水利局.txt": DONE, "空.txt": REFUSED}
    assert outcomes["乡镇/水利局.txt"].facts["body"] == "青岭市水利局（虚构）"
    assert int(outcomes["水利局.txt"].facts["differs"]) >= 1
    assert {path.name for path in (tmp_path / "out" / "水利局.txt").iterdir()} == {"manifest.json", "summary.txt", "tables"}
    assert "云岭市水利局（虚构），2031 年度" in (tmp_path / "out" / "水利局.txt" / "summary.txt").read_text(encoding="utf-8")


def test_what_has_not_changed_is_not_done_again_and_tells_the_same(reports):
    first, second = audited(reports), audited(reports)
    assert states(second) == {"乡镇/水利局.txt": UNCHANGED, "水利局.txt": UNCHANGED, "空.txt": REFUSED}
    assert second["水利局.txt"].facts == first["水利局.txt"].facts


def test_a_changed_file_another_year_or_a_damaged_result_is_done_again(reports, tmp_path):
    audited(reports)
    (reports / "水利局.txt").write_text(REPORT.replace("25万元", "30万元"), encoding="utf-8")
    assert states(audited(reports))["水利局.txt"] == DONE
    (tmp_path / "out" / "水利局.txt" / "tables" / "figures.csv").unlink()
    assert states(audited(reports))["水利局.txt"] == DONE
    assert states(audited(reports, year=2030))["水利局.txt"] == DONE
    assert states(audited(reports, year=2030, force=True))["水利局.txt"] == DONE
    assert states(audited(reports, year=2030))["水利局.txt"] == UNCHANGED


def test_the_same_report_gives_the_same_bytes(reports, tmp_path):
    audited(reports)
    before = hashes_under(tmp_path / "out")
    audited(reports, force=True)
    assert hashes_under(tmp_path / "out") == before


def test_results_inside_the_folder_of_reports_are_no_reports(reports):
    out = reports / "out"
    for _ in range(2):
        jobs = audits.audits_of(reports, out)
        assert [job.name for job in jobs] == ["乡镇/水利局.txt", "水利局.txt", "空.txt"]
        audit_one(jobs[0])


def test_a_folder_that_is_missing_or_empty_is_wrong_usage(tmp_path):
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(WrongUsage):
            audits.audits_of(folder, tmp_path / "out")


def causes(folder: Path) -> dict[str, str]:
    """What keeps things in a folder of reports from being audited, by name."""
    return {name: outcome.cause for name, outcome in audited(folder).items() if outcome.state == REFUSED}


def test_a_folder_that_cannot_be_looked_into_is_listed_and_the_others_are_audited(reports, monkeypatch):
    look = os.scandir

    def forbidden(path):
        if Path(path).name == "乡镇":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    assert states(audited(reports)) == {"乡镇": REFUSED, "水利局.txt": DONE, "空.txt": REFUSED}
    assert causes(reports)["乡镇"] == "乡镇 打不开，里面的报告没有核对；请检查权限后重新运行"


def test_a_folder_of_reports_that_cannot_be_looked_into_stops_the_batch(reports, tmp_path, monkeypatch, capsys):
    def forbidden(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", forbidden)
    assert main(["batch", "--audit", str(reports), "--out", str(tmp_path / "out")]) == 4
    assert "没有权限" in capsys.readouterr().err


def test_a_file_that_may_be_listed_but_not_looked_at_is_listed_with_its_cause(reports, monkeypatch):
    look = Path.is_file

    def forbidden(path):
        if path.parent.name == "乡镇":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(Path, "is_file", forbidden)
    assert "看不到是什么" in causes(reports)["乡镇/水利局.txt"]


def test_what_is_no_plain_file_is_listed_and_neither_read_nor_followed(reports):
    os.mkfifo(reports / "管道.txt")
    (reports / "断.txt").symlink_to(reports / "没有")
    (reports / "零.txt").symlink_to("/dev/zero")
    (reports / "圈.txt").symlink_to("圈.txt")
    (reports / "乡镇" / "上级").symlink_to("..")
    (reports / "外.txt").symlink_to("/etc/passwd")
    told_of = causes(reports)
    assert [name for name, cause in told_of.items() if "不是普通文件" in cause] == ["圈.txt", "断.txt", "管道.txt", "零.txt"]
    assert "是指向文件夹的链接" in told_of["乡镇/上级"]
    assert "是指向文件夹之外的链接" in told_of["外.txt"]
    assert all("请" in cause for cause in told_of.values())


def test_a_report_called_like_a_table_of_the_batch_is_not_written_over_it(reports, tmp_path):
    for name in ("summary.csv", "Findings.CSV"):
        (reports / name).write_text(REPORT, encoding="utf-8")
    (reports / "乡镇" / "summary.csv").write_text(REPORT, encoding="utf-8")
    told_of = causes(reports)
    assert [name for name, cause in told_of.items() if "与汇总的表同名；请改名" in cause] == ["Findings.CSV", "summary.csv"]
    assert main(["batch", "--audit", str(reports), "--out", str(tmp_path / "out"), "--workers", "1"]) == 1
    assert len(table(tmp_path / "out" / "summary.csv")) == 6


def test_a_name_that_is_no_text_is_refused_alone_and_told_in_characters(reports, tmp_path):
    (reports / "\udcc4\udce3.txt").write_text(REPORT, encoding="utf-8")
    (reports / "两\n行.txt").write_text(REPORT, encoding="utf-8")
    assert main(["batch", "--audit", str(reports), "--out", str(tmp_path / "out"), "--workers", "1"]) == 1
    told_of = {row[0]: row[1:3] for row in table(tmp_path / "out" / "summary.csv")}
    assert told_of["\\udcc4\\udce3.txt"][0] == told_of["两\\n行.txt"][0] == "材料有问题"
    assert "请改名" in told_of["两\\n行.txt"][1]
    assert told_of["水利局.txt"][0] == "完成"


def test_folders_whose_names_are_no_text_are_no_hindrance(reports, tmp_path):
    folder = reports.rename(tmp_path / "\udcc4\udce3")
    assert main(["batch", "--audit", str(folder), "--out", str(tmp_path / "\udcff"), "--workers", "1"]) == 1
    assert [row[1] for row in table(tmp_path / "\udcff" / "summary.csv")] == ["完成", "完成", "材料有问题"]


@pytest.mark.parametrize("out", ["reports", "."])
def test_results_never_lie_where_the_reports_do(reports, tmp_path, out, capsys):
    assert main(["batch", "--audit", str(reports), "--out", str(tmp_path / out)]) == 2
    assert "--out 不能是放报告的文件夹本身，也不能是它的上级文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(("out", "words"), [("圈", "已有同名文件，无法建立文件夹"), ("圈/内", "路径中有循环的链接；请换一个文件夹")])
def test_results_have_no_place_in_a_link_to_itself(reports, tmp_path, out, words, capsys):
    (tmp_path / "圈").symlink_to("圈")
    assert main(["batch", "--audit", str(reports), "--out", str(tmp_path / out), "--workers", "1"]) == 4
    assert words in capsys.readouterr().err


def test_a_report_taken_away_meanwhile_is_a_matter_of_the_material(reports, tmp_path):
    jobs = {job.name: job for job in audits.audits_of(reports, tmp_path / "out")}
    (reports / "水利局.txt").unlink()
    with pytest.raises(InputRefused, match=r"水利局\.txt 已经不在了；请放回后重新运行"):
        audit_one(jobs["水利局.txt"])


def test_a_report_that_cannot_be_read_is_a_matter_of_the_material(reports, monkeypatch):
    def forbidden(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(auditing, "sha256_of", forbidden)
    assert causes(reports)["水利局.txt"] == "水利局.txt 读不出来；请检查它的权限，再看能否打开，然后重新运行"


# The command line


def test_a_batch_of_audits_tells_lists_and_sums_up(reports, tmp_path, capsys):
    command = ["batch", "--audit", str(reports), "--out", str(tmp_path / "out"), "--workers", "1"]
    assert main(command) == 1
    said = capsys.readouterr().out
    assert "完成 2 项，材料有问题 1 项\n  空.txt：材料有问题，空.txt 是空文件" in said
    assert {row[0] for row in table(tmp_path / "out" / "summary.csv")} == {"乡镇/水利局.txt", "水利局.txt", "空.txt"}
    assert {row[0] for row in table(tmp_path / "out" / "findings.csv")} == {"乡镇/水利局.txt", "水利局.txt"}
    (reports / "空.txt").unlink()
    assert main(command) == 0
    assert "没有变化 2 项" in capsys.readouterr().out


def test_a_text_without_any_budget_is_named_for_a_person_to_look_at(reports, tmp_path, capsys):
    (reports / "空.txt").write_text("会议纪要：今天讨论防汛。\n", encoding="utf-8")
    command = ["batch", "--audit", str(reports), "--out", str(tmp_path / "out"), "--workers", "1"]
    for state in ("完成", "没有变化"):
        assert main(command) == 0
        said = capsys.readouterr().out
        assert f"{state} 3 项\n  空.txt：{state}，没有读到预算和支出，请看看是不是自评报告\n" in said
        assert said.count("没有读到预算和支出") == 2, "once when it ends, once in the list at the end"


def test_the_output_of_one_night_is_told_from_that_of_the_next(tmp_path):
    said: list[str] = []
    carry_out(acting("well"), ((job, Outcome(DONE)) for job in acting("well")), tmp_path / "summary.csv", said.append)
    when = r"[0-9]{4}-[01][0-9]-[0-3][0-9] [0-9:]{8}[+-][0-9:]{5}  "
    assert re.fullmatch(f"{when}开始，共 1 项", said[0])
    assert re.fullmatch(f"{when}结束，用时 1 秒", said[-1])


@pytest.mark.parametrize(
    "arguments",
    [[], ["--all", "表.csv"], ["--audit", "甲"], ["--all", "--out", "乙"], ["--all", "--workers", "0"], ["--all", "--year", "31"]],
    ids=" ".join,
)
def test_a_batch_that_is_not_asked_for_clearly_is_wrong_usage(arguments, capsys):
    assert main(["batch", *arguments]) == 2
    assert "错误：" in capsys.readouterr().err


def test_where_there_is_nothing_to_do_it_is_said_what_there_is(raw_folder, tmp_path, capsys):
    assert main(["batch", "--all", "--data", str(tmp_path / "没有")]) == 2
    assert "“没有”里没有 raw 文件夹；请检查 --data" in capsys.readouterr().err
    data = raw_folder({}).data
    assert main(["batch", "--all", "--year", "2030", "--data", str(data)]) == 2
    assert "没有要做的单位和年度；现有：test-body 2031" in capsys.readouterr().err


def test_the_help_says_what_each_exit_code_means(capsys):
    with pytest.raises(SystemExit):
        main(["batch", "--help"])
    said = "".join(capsys.readouterr().out.split())
    assert all(word in said for word in ("0全部做好", "1有材料被拒绝", "3有笔记本运行失败", "4有的被中断"))
