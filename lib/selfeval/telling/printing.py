"""The report as PDF, printed by a browser of this machine from the page itself: one layout to keep, no library to install.

The browsers a Windows or macOS machine has anyway print text that can be searched, with bookmarks and tags; what they stamp into the
file about themselves and the time is taken out, so that the same page and browser give the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from selfeval.exceptions import RunStopped, WrongUsage
from selfeval.knowledge import load

PDF = "report.pdf"
# Names a browser that is not where browsers are usually found.
VARIABLE = "SELFEVAL_BROWSER"

_SECONDS = 180
_SWITCHES = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer", "--generate-pdf-document-outline"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the page asks for nothing, and nothing could answer
)
_STAMPS = (
    (re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)"), rb"/\1 (D:20000101000000+00'00')"),
    (re.compile(rb"/(Creator) \((?:\\.|[^\\)])*\)"), rb"/\1 (selfeval)"),
)


def find_browser() -> Path:
    """Return the browser that is to print: the one SELFEVAL_BROWSER names, else the first that is found.

    Raises WrongUsage, saying what to do, when there is none.
    """
    named = os.environ.get(VARIABLE, "")
    if named and not Path(named).is_file():
        raise WrongUsage(f"环境变量 {VARIABLE} 指定的浏览器不存在：{named}；请改正，或去掉这个变量")
    found = Path(named) if named else next((path for path in _candidates() if path.is_file()), None)
    if found is None:
        raise WrongUsage(
            "这台机器上没有能排印 PDF 的浏览器（Edge、Chrome 或 Chromium），什么也没有运行；"
            f"请安装其中一个，或用环境变量 {VARIABLE} 指定它的路径，或者不带 --pdf 运行后用任何浏览器打开 report.html 打印成 PDF"
        )
    return found


def print_pdf(page: Path, browser: Path, scratch: Path, started: Callable[[int], object]) -> Path:
    """Print `page` with `browser` as report.pdf beside it and return its path; the browser keeps its own files in `scratch`.

    `started` is told the number of the browser's process, for whoever tidies up after a run that was killed meanwhile.

    Raises RunStopped when no whole PDF comes of it.
    """
    target = page.with_name(PDF)
    switches = [*_SWITCHES, f"--user-data-dir={scratch / 'browser'}", f"--print-to-pdf={target}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        switches.append("--no-sandbox")  # browsers refuse to run as root with it; the page is our own and runs nothing
    _carry_out([str(browser), *switches, page.as_uri()], scratch, started)
    data = target.read_bytes() if target.is_file() else b""
    if not (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")):
        raise RunStopped(f"浏览器 {browser.name} 没有写出完整的 PDF；请不带 --pdf 重新运行，再用浏览器打开 report.html 打印成 PDF")
    target.write_bytes(_without_stamps(data))
    return target


def _carry_out(command: list[str], scratch: Path, started: Callable[[int], object]) -> None:
    """Run the browser to its end; it is ended with the run."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=scratch) as process:  # noqa: S603  found above
        started(process.pid)
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise RunStopped(f"浏览器排印 PDF 超过 {_SECONDS} 秒，已停止；请重新运行，或不带 --pdf 运行") from None
        except BaseException:
            process.kill()
            raise


def _candidates() -> Iterator[Path]:
    known = load("browsers")
    yield from (Path(found) for found in map(shutil.which, known["names"]) if found)
    if sys.platform == "darwin":
        yield from map(Path, known["macos"])
    folders = [Path(folder) for folder in map(os.environ.get, known["windows_folders"]) if folder]
    yield from (folder / place for folder in folders for place in known["windows"])


def _without_stamps(data: bytes) -> bytes:
    """A PDF without the time and the browser's name for itself; what is shorter is filled up, for the file counts its bytes."""
    for pattern, instead in _STAMPS:
        data = pattern.sub(lambda found, instead=instead: found.expand(instead).ljust(len(found[0])), data)
    return data
