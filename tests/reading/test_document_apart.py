"""Reading in a process apart: whatever a library in C does to it, one file is refused and the next is read."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from document_samples import PrintedPage, pdf_file
from selfeval.exceptions import InputRefused
from selfeval.reading.document import apart, read_document
from selfeval.reading.document.apart import read_apart
from selfeval.reading.document.pdf import read_pdf

# What stands in for a library in C: it does to its process what the file says.
LIBRARY = """
import ctypes, faulthandler, os
from selfeval.exceptions import InputRefused
from selfeval.reading.document.content import Content

def read(data, name):
    if data == b"crash":
        ctypes.string_at(1)
    if data == b"abort":
        os.abort()
    if data == b"hang":
        ctypes.pythonapi.pause()  # in C, and without letting any other thread of Python go on
    if data == b"spin":
        while True:
            pass
    if data == b"swallow":
        held = [bytearray(2**20) for _ in range(10**5)]
    if data == b"rot":  # the next file pays for it
        import threading
        threading.Timer(0.2, os.abort).start()
    if data == b"chatter":
        os.write(1, b"a line nobody asked for\\n")
    if data == b"refuse":
        raise InputRefused(["一", "二"])
    return Content(data.decode(), "txt", "")
"""


@pytest.fixture(autouse=True)
def library(tmp_path, monkeypatch):
    """The stand-in can be imported by the process that reads."""
    (tmp_path / "stand_in.py").write_text(LIBRARY, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    apart._DESK.close()
    yield
    apart._DESK.close()


def ask(what: str, seconds: float = 60) -> str:
    return read_apart("stand_in", "read", what.encode(), f"{what}.pdf", seconds).text


def readers() -> list[int]:
    return [child.pid for child in psutil.Process().children() if any(f"{apart.__package__}.reader" in part for part in child.cmdline())]


@pytest.mark.parametrize("what", ["crash", "abort", "swallow"])
def test_a_file_that_crashes_its_library_is_refused_and_the_next_is_read(what):
    with pytest.raises(InputRefused, match=rf"^{what}.pdf (使读取程序意外终止|.*MemoryError).*请"):
        ask(what)
    assert ask("good") == "good"


@pytest.mark.parametrize("what", ["hang", "spin"])
def test_a_file_on_which_its_library_hangs_is_refused_in_time(what):
    begun = time.monotonic()
    with pytest.raises(InputRefused, match=rf"^{what}.pdf 读了 2 秒还没有读完，已停止：.*请"):
        ask(what, 2)
    assert time.monotonic() - begun < 20
    assert ask("good", 2) == "good"


def test_a_process_that_died_of_an_earlier_file_is_replaced():
    assert ask("rot") == "rot"
    time.sleep(1)
    assert ask("good") == "good"


def test_what_a_library_prints_is_no_answer():
    assert [ask("chatter"), ask("good")] == ["chatter", "good"]


def test_a_refusal_comes_back_with_all_its_faults():
    with pytest.raises(InputRefused) as refusal:
        ask("refuse")
    assert refusal.value.problems == ["一", "二"]


def test_one_process_reads_them_all_and_threads_take_turns():
    said = []
    threads = [threading.Thread(target=lambda number=number: said.append(ask(f"{number}" * 100_000))) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [f"{number}" * 100_000 for number in range(8)]
    assert len(readers()) == 1


def test_an_interrupt_leaves_no_answer_behind_for_the_next_question(monkeypatch):
    ask("good")
    monkeypatch.setattr(apart.json, "loads", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        ask("one")
    monkeypatch.undo()
    assert readers() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_process_has_a_reader_of_its_own():
    ask("good")
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if ask("other") == "other" and ask("again") == "again" else 1)
        finally:
            os._exit(1)
    assert ask("mine") == "mine"
    assert os.waitpid(child, 0)[1] == 0
    assert ask("still mine") == "still mine"


ASK_AND_DIE = """
import os, signal
from selfeval.reading.document import apart
apart.read_apart("stand_in", "read", b"good", "good.pdf")
print(apart._DESK._reader._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_reader_ends_with_a_process_that_is_killed():
    said = subprocess.run([sys.executable, "-c", ASK_AND_DIE], capture_output=True, text=True, check=False)
    assert said.returncode == -signal.SIGKILL
    for _ in range(100):
        if not psutil.pid_exists(int(said.stdout)) or psutil.Process(int(said.stdout)).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("it is still there")


def test_what_is_read_apart_is_what_is_read_here(tmp_path):
    page = PrintedPage()
    page.grid([90, 210, 300], [100, 124, 148])
    for x, y, text in [(94, 106, "项目"), (214, 106, "金额"), (94, 130, "巡查"), (214, 130, "12.5")]:
        page.text(x, y, text)
    (tmp_path / "报告.pdf").write_bytes(pdf_file([page]))
    document, content = read_document(tmp_path / "报告.pdf"), read_pdf(pdf_file([page]), "报告.pdf")
    assert (document.text, document.tables, document.marks, document.remarks) == (
        content.text,
        content.tables,
        content.marks,
        content.remarks,
    )


# In place of pypdfium2, for every process that is started meanwhile.
CRASHING = "import ctypes\n\nclass PdfDocument:\n    def __init__(self, data):\n        ctypes.string_at(1)\n"


def test_a_batch_loses_only_the_file_that_crashes(tmp_path, report_text):
    (tmp_path / "library" / "pypdfium2").mkdir(parents=True)
    (tmp_path / "library" / "pypdfium2" / "__init__.py").write_text(CRASHING, encoding="utf-8")
    (tmp_path / "library" / "pypdfium2" / "raw.py").write_text(
        "FPDF_TEXTRENDERMODE_INVISIBLE = FPDF_TEXTRENDERMODE_CLIP = 0\nclass FS_MATRIX: pass\n", encoding="utf-8"
    )
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(3):
        (reports / f"{number}.txt").write_text(report_text, encoding="utf-8")
        (reports / f"{number}.pdf").write_bytes(pdf_file([PrintedPage()]))
    # A process of its own: the server that workers are forked from keeps the environment it was started in.
    command = [sys.executable, "-m", "selfeval", "batch", "--audit", str(reports), "--out", str(tmp_path / "out"), "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "library"), "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    for number in range(3):
        assert f"{number}.pdf 使读取程序意外终止" in done.stdout + done.stderr
        assert (tmp_path / "out" / f"{number}.txt" / "tables").is_dir()
    assert Path(tmp_path / "out" / "summary.csv").read_text(encoding="utf-8-sig").count("材料有问题") == 3
