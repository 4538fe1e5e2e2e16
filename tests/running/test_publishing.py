"""One run at a time; old whole or new whole; no leftovers; word of how a run ended."""

import errno
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfeval.exceptions import NotebookFailed, RunStopped
from selfeval.interruption import interruptible, uninterrupted
from selfeval.paths import Place
from selfeval.running.publishing import (
    RunLog,
    durable,
    journal_of,
    locked,
    note_success,
    publish,
    read_status,
    recorded,
    recover,
    recover_all,
    recovery,
    require_free,
    run_log,
    swap,
    temporary_folder,
    without_traces,
    work_folder_prefix,
)
from selfeval.running.publishing.lock import lock_file
from selfeval.running.publishing.processes import birth_of, end, end_noted, note

PLACE = ("test-body", 2031)
HOLD = """
import sys, pathlib
from selfeval.running.publishing import locked
with locked([pathlib.Path(sys.argv[1])], ""):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path) -> Place:
    """A place where something old is published, and something new lies ready in new/."""
    place = Place(*PLACE, tmp_path / "data", tmp_path / "outputs")
    for folder, name in (
        (place.processed, "old"),
        (place.outputs, "old"),
        (tmp_path / "new" / "p", "new"),
        (tmp_path / "new" / "o", "new"),
    ):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(name, encoding="utf-8")
        (folder / f"only-{name}.txt").write_text(name, encoding="utf-8")
    return place


def new_pairs(place: Place) -> list[tuple[Path, Path]]:
    new = place.data.parent / "new"
    return [(new / "p", place.processed), (new / "o", place.outputs)]


def found(place: Place) -> list[str]:
    """What a reader finds in the two folders: old, new or a mixture."""
    return [
        "+".join(sorted({file.read_text(encoding="utf-8") for file in folder.iterdir()})) for folder in (place.processed, place.outputs)
    ]


def beside(place: Place) -> list[str]:
    """What lies beside the two folders."""
    return sorted(path.name for folder in (place.processed, place.outputs) for path in folder.parent.iterdir() if path != folder)


@pytest.fixture
def holder(place):
    """Another process that holds the lock of the outputs."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(place.outputs)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline()
    yield process
    process.kill()
    process.wait()


def test_whoever_comes_second_is_told_who_is_at_work_and_since_when(place, holder):
    today = datetime.now(UTC).year
    with pytest.raises(RunStopped, match=f"test-body.*进程 {holder.pid}，始于 {today}"), locked([place.outputs], "test-body"):
        pytest.fail("two at once")


@pytest.mark.usefixtures("holder")
def test_asking_whether_a_folder_is_free_makes_nothing_and_refuses_while_it_is_not(place):
    require_free([place.processed], "")
    assert not lock_file(place.processed).exists()
    with pytest.raises(RunStopped):
        require_free([place.processed, place.outputs], "")


def test_a_lock_is_gone_with_the_process_that_held_it(place, holder):
    holder.kill()
    holder.wait()
    assert lock_file(place.outputs).exists()
    with locked([place.outputs], ""):
        assert json.loads(lock_file(place.outputs).read_text(encoding="utf-8"))["pid"] == os.getpid()
    assert beside(place) == []


def test_two_threads_of_one_process_are_two_runs(place):
    with locked([place.outputs], ""), pytest.raises(RunStopped), locked([place.outputs], ""):
        pytest.fail("two at once")


@pytest.mark.usefixtures("holder")
def test_when_the_second_lock_is_held_the_first_is_given_back(place):
    with pytest.raises(RunStopped), locked([place.outputs, place.processed], ""):
        pytest.fail("two at once")
    with locked([place.processed], ""):
        assert lock_file(place.processed).exists()


@pytest.fixture(params=["in one step", "in two steps"])
def steps(request, monkeypatch):
    """Both ways of putting one folder in the place of another."""
    if request.param == "in two steps":
        monkeypatch.setattr(swap, "_exchange", lambda _one, _other: False)
    elif sys.platform != "linux":
        pytest.skip("two folders change places in one step on Linux only")


@pytest.mark.usefixtures("steps")
def test_both_folders_are_published_and_nothing_is_left(place):
    publish(new_pairs(place), journal_of(place))
    assert found(place) == ["new", "new"]
    assert beside(place) == []


@pytest.mark.usefixtures("place")
def test_publishing_for_the_first_time_needs_no_earlier_folder(tmp_path):
    publish([(tmp_path / "new" / "p", tmp_path / "deep" / "target")], tmp_path / ".journal")
    assert (tmp_path / "deep" / "target" / "a.txt").read_text(encoding="utf-8") == "new"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["target"]


def failing(monkeypatch, nth: int) -> None:
    """Let the nth folder that is put in its place meet a disk that fails."""
    done, do = [], swap.Swap.do

    def do_or_fail(self: swap.Swap) -> None:
        done.append(self)
        if len(done) == nth:
            raise PermissionError(errno.EACCES, "in use", str(self.target))
        do(self)

    monkeypatch.setattr(swap.Swap, "do", do_or_fail)


@pytest.mark.usefixtures("steps")
def test_when_the_second_folder_cannot_be_published_the_first_is_taken_back(place, monkeypatch):
    failing(monkeypatch, 2)
    with pytest.raises(PermissionError):
        publish(new_pairs(place), journal_of(place))
    assert found(place) == ["old", "old"]
    assert beside(place) == []


@pytest.mark.usefixtures("steps")
def test_when_success_cannot_be_noted_everything_is_taken_back(place):
    def full_disk() -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        publish(new_pairs(place), journal_of(place), full_disk)
    assert found(place) == ["old", "old"]
    assert beside(place) == []


def break_off(place: Place, monkeypatch, nth: int) -> None:
    """Leave what a power cut at the nth folder would leave: nothing is taken back or tidied."""
    with monkeypatch.context() as patch:
        failing(patch, nth)
        patch.setattr(swap, "_take_back", lambda _swaps, _journal: None)
        with pytest.raises(PermissionError):
            publish(new_pairs(place), journal_of(place))
    assert beside(place) != []


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("nth", [1, 2])
def test_what_was_broken_off_is_finished_by_whoever_comes_next(place, monkeypatch, nth):
    break_off(place, monkeypatch, nth)
    recover(place)
    assert found(place) == ["new", "new"]
    assert beside(place) == []


@pytest.mark.usefixtures("steps")
def test_what_is_no_longer_whole_is_taken_back(place, monkeypatch):
    break_off(place, monkeypatch, 2)
    waiting = next(place.outputs.parent.glob(".*.new-*"))
    (waiting / "a.txt").unlink()
    recover(place)
    assert found(place) == ["old", "old"]
    assert beside(place) == []


@pytest.mark.usefixtures("steps")
def test_a_project_moved_since_is_put_right_where_it_is_now(place, monkeypatch, tmp_path):
    break_off(place, monkeypatch, 2)
    moved = Place(*PLACE, tmp_path / "elsewhere" / "data", tmp_path / "elsewhere" / "outputs")
    (tmp_path / "elsewhere").mkdir()
    place.data.rename(moved.data)
    place.outputs_root.rename(moved.outputs_root)
    recover(moved)
    assert found(moved) == ["new", "new"]


def test_a_folder_set_aside_goes_back_into_its_empty_place(place):
    place.outputs.rename(place.outputs.with_name(f".{place.year}.old-12ab"))
    recover(place)
    assert found(place) == ["old", "old"]
    assert beside(place) == []


def test_what_a_dead_run_worked_in_is_removed_and_its_kernel_ended(place):
    scratch = place.outputs_root / f"{work_folder_prefix(place)}x1" / "scratch"
    scratch.mkdir(parents=True)
    kernel = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    note(scratch, kernel.pid)
    recover(place)
    assert kernel.wait(10) == -signal.SIGKILL
    assert not scratch.parent.parent.joinpath(scratch.parent.name).exists()


def test_the_work_of_a_body_whose_name_begins_alike_is_left_alone(place):
    other = place.outputs_root / f".staging-{place.unit}-{place.year}-2030-x1"
    other.mkdir()
    recover(place)
    assert other.is_dir()


@pytest.mark.usefixtures("holder")
def test_everything_is_put_right_but_for_what_is_being_worked_on(place):
    work = place.outputs_root / f"{work_folder_prefix(place)}x1"
    idle = place.outputs_root / ".staging-other-body-2031-x1"
    for folder in (work, idle):
        folder.mkdir()
    recover_all(place.data, place.outputs_root)
    assert work.is_dir()
    assert not idle.exists()


@pytest.mark.parametrize("name", ["2031-状态.txt", "2031.journal", ".2031.journal"])
def test_what_was_being_written_about_a_place_goes_with_its_run(place, name):
    part = place.outputs.with_name(f".{name}.part")
    part.write_text("half", encoding="utf-8")
    recover(place)
    assert not part.exists()


def test_a_page_half_written_goes_with_its_writer_and_not_before(place):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for number in (dead.pid, os.getpid()):
        (place.outputs_root / f".index.html.{number}-12ab.part").write_text("half", encoding="utf-8")
    recover_all(place.data, place.outputs_root)
    assert [path.name for path in place.outputs_root.glob(".*.part")] == [f".index.html.{os.getpid()}-12ab.part"]


def test_a_run_whose_beginning_cannot_be_noted_has_failed(place, monkeypatch):
    settle, calls = durable.settle, []

    def fail_once(folder: Path) -> None:
        calls.append(folder)
        if len(calls) == 1:
            raise OSError(errno.EIO, "broken")
        settle(folder)

    monkeypatch.setattr(durable, "settle", fail_once)
    with suppress(OSError), recorded(place):
        pytest.fail("went on")
    assert read_status(place).outcome == "失败"


def test_where_nothing_was_left_nothing_is_made(tmp_path):
    recover_all(tmp_path / "data", tmp_path / "outputs")
    assert list(tmp_path.iterdir()) == []


def test_a_process_is_not_taken_for_a_later_one_of_its_number():
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    end(process.pid, "another birth")
    assert process.poll() is None
    end(process.pid, birth_of(process.pid))
    assert process.wait(10) == -signal.SIGKILL
    assert birth_of(process.pid) == ""


def test_where_nothing_was_noted_nothing_is_ended(tmp_path):
    end_noted(tmp_path)


def attempt(place: Place, error: BaseException | None = None) -> None:
    """A run that ends well, or with `error`."""
    with suppress(type(error) if error else ()), recorded(place):
        if error:
            raise error
        note_success(place)


def test_a_failure_keeps_the_last_success_and_says_cause_place_and_remedy(place):
    attempt(place)
    success = read_status(place).last_success
    attempt(place, NotebookFailed("坏了", "02_budget_execution", "花了多少？"))
    status = read_status(place)
    assert (status.outcome, status.last_success, status.cause) == ("失败", success, "坏了")
    assert (status.notebook, status.cell) == ("02_budget_execution", "花了多少？")
    assert "JupyterLab" in status.remedy
    assert success in status.sentence()
    assert "坏了" in status.sentence()


def test_a_success_leaves_nothing_of_an_earlier_failure(place):
    attempt(place, RunStopped("磁盘空间不足"))
    attempt(place)
    status = read_status(place)
    assert (status.outcome, status.cause, status.remedy) == ("成功", "", "")


def test_a_status_is_plain_text_without_folders_of_the_machine(place):
    attempt(place, RunStopped(f"{place.outputs}：磁盘空间不足\n请清理"))
    text = (place.outputs_root / place.unit / f"{place.year}-状态.txt").read_text(encoding="utf-8")
    assert "原因：outputs/test-body/2031：磁盘空间不足 请清理\n" in text
    assert str(place.data.parent) not in text


def test_neither_status_nor_log_tells_where_on_the_machine_a_disk_failed(place):
    attempt(place, OSError(errno.EIO, "Input/output error", "/srv/wang/甲 乙/字体.ttf"))
    attempt(place, NotebookFailed("OSError: [Errno 5] 读不出: '/usr/wang/x/字体.ttf'"))
    attempt(place, RunStopped("名字 \udcc4 打不开"))
    folder = place.outputs_root / place.unit
    told = "".join((folder / f"{place.year}-{name}").read_text(encoding="utf-8") for name in ("状态.txt", "运行.log"))
    assert told.count("字体.ttf") == 2
    assert "名字 ? 打不开" in told
    assert "wang" not in told


@pytest.mark.parametrize("published", [False, True])
def test_a_run_that_died_is_told_of_by_whoever_comes_next(place, monkeypatch, published):
    monkeypatch.setattr("selfeval.running.publishing.status._failed", lambda now, _error, _place: now)  # nobody is left to write it
    attempt(place, KeyboardInterrupt())
    assert read_status(place).outcome == "正在运行"
    if published:
        break_off(place, monkeypatch, 2)
    recover(place)
    assert read_status(place).outcome == ("成功" if published else "失败")
    assert ("断电" in read_status(place).cause) is not published


def test_a_body_never_run_has_no_status(place):
    assert read_status(place) is None


def test_the_log_says_what_was_when_and_is_turned_over(place, monkeypatch):
    monkeypatch.setattr(run_log, "_MOST_BYTES", 200)
    for number in range(40):
        RunLog(place).note(f"第 {number} 次\n又一行")
    logs = sorted(place.outputs.parent.glob("*.log*"))
    assert [path.suffix for path in logs] == [".log", ".1", ".2", ".3"]
    assert logs[0].read_text(encoding="utf-8").splitlines()[-2:] == [logs[0].read_text(encoding="utf-8").splitlines()[-2], "    又一行"]
    assert "第 39 次" in logs[0].read_text(encoding="utf-8")


def test_a_signal_waits_for_a_step_that_belongs_together():
    done = []

    def work() -> None:
        with interruptible():
            with uninterrupted():
                signal.raise_signal(signal.SIGTERM)
                done.append("whole")
            done.append("after")

    with pytest.raises(RunStopped):
        work()
    assert done == ["whole"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("运行中断：/home/wang wu/数据 1/out/甲.csv：磁盘空间不足", "运行中断：甲.csv：磁盘空间不足"),
        (
            "[Errno 13] Permission denied: '/srv/x y/报告（终稿）.txt' -> '/tmp/z/k.csv'",
            "[Errno 13] Permission denied: '报告（终稿）.txt' -> 'k.csv'",
        ),
        ("denied:/srv/a/b.txt", "denied:b.txt"),
        (r"FileNotFoundError: 'C:\\Users\\wang\\报告.txt'", "FileNotFoundError: '报告.txt'"),
        (r"\\server\share\a.txt 读不出", "a.txt 读不出"),
        ("另一个运行（进程 4711，始于 2031-01-01 08:00）正在进行", "另一个运行（始于 2031-01-01 08:00）正在进行"),
        ("CommClosedError: <TCP remote=tcp://10.0.0.2:8786>", "CommClosedError: <TCP remote=>"),
        (f"{Path.home()}：没有权限", "：没有权限"),
        ("名字\udcc4", "名字?"),
    ],
)
def test_what_is_passed_on_tells_nothing_of_the_machine(said, left):
    assert without_traces(said) == left


@pytest.mark.parametrize(
    "text", ["和/或", "单位/年度/月", "https://example.invalid/a/b", "data/raw/jia/2031", "第1/2页", "2/3/4", "../x/y"]
)
def test_what_tells_nothing_of_the_machine_stays_as_it_is(text):
    assert without_traces(text) == text


def forbid(monkeypatch, folder: Path) -> None:
    """Let nobody look into `folder`, as its owner may have decided; who is root would not notice a mode."""
    for name in ("scandir", "listdir"):
        look = getattr(os, name)

        def forbidden(path=".", look=look):
            if str(path) == str(folder):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return look(path)

        monkeypatch.setattr(os, name, forbidden)


def test_what_a_dying_kernel_still_writes_into_the_folder_of_its_run_goes_too(place, monkeypatch):
    left = place.outputs_root / f"{work_folder_prefix(place)}abc"
    left.mkdir()
    rmtree, late = recovery.shutil.rmtree, ["ipython"]

    def rmtree_with_a_late_writer(folder, **options):
        if late:
            return (left / late.pop()).mkdir()
        return rmtree(folder, **options)

    monkeypatch.setattr(recovery.shutil, "rmtree", rmtree_with_a_late_writer)
    recover(place)
    assert not left.exists()


def test_a_run_never_takes_what_it_cannot_look_into_for_put_right(place, monkeypatch):
    (place.outputs_root / f"{work_folder_prefix(place)}abc").mkdir()
    forbid(monkeypatch, place.outputs_root)
    with pytest.raises(PermissionError):
        recover(place)


def test_a_body_that_cannot_be_looked_into_keeps_no_other_from_being_put_right(place, monkeypatch):
    for body in ("another-body", place.unit, "zz-body"):
        (place.outputs_root / body / ".2031.new-abc").mkdir(parents=True)
    forbid(monkeypatch, place.outputs_root / "another-body")
    recover_all(place.data, place.outputs_root)
    assert [(place.outputs_root / body / ".2031.new-abc").exists() for body in (place.unit, "zz-body")] == [False, False]


# Temporary folders

AT_WORK = """
import sys
from selfeval.running.publishing import temporary_folder
with temporary_folder() as folder:
    (folder / "secret.txt").write_text("x", encoding="utf-8")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Where the system keeps temporary files, for this process and those it starts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


@pytest.fixture
def at_work(temporary):
    """A process in the middle of a temporary folder of its own, and that folder."""
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        folder = Path(process.stdout.readline().strip())
        assert folder.parent == temporary
        yield process, folder
        process.kill()


def test_a_temporary_folder_is_closed_to_others_and_gone_afterwards(temporary):
    with suppress(ValueError), temporary_folder() as folder:
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o077 == 0
        raise ValueError
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next(at_work, temporary):
    process, left = at_work
    process.kill()
    process.wait()
    assert (left / "secret.txt").is_file()
    with temporary_folder() as folder:
        assert list(temporary.iterdir()) == [folder]


def test_the_temporary_folder_of_a_living_process_is_left_alone(at_work):
    _, folder = at_work
    with temporary_folder():
        assert (folder / "secret.txt").is_file()


def test_the_temporary_folder_of_another_user_is_left_alone(at_work, monkeypatch):
    process, left = at_work
    process.kill()
    process.wait()
    monkeypatch.setattr(os, "getuid", lambda: left.stat().st_uid + 1)
    with temporary_folder():
        assert (left / "secret.txt").is_file()


def test_what_only_looks_like_a_temporary_folder_is_left_alone(temporary):
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    lock_file(elsewhere / "work").write_text("x", encoding="utf-8")
    (temporary / "selfeval-link").symlink_to(elsewhere)
    (temporary / "selfeval-file").touch()
    (temporary / "selfeval-notes").mkdir()
    (temporary / "selfeval-new").mkdir()
    lock_file(temporary / "selfeval-new" / "work").touch()  # its process is just about to take it
    before = sorted(temporary.rglob("*"))
    with temporary_folder():
        pass
    assert sorted(temporary.rglob("*")) == before
