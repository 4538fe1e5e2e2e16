"""What lies in a folder of reports from anywhere: every file, and whatever keeps one from being audited."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

# What systems and programs leave in folders on their own account.
_NO_REPORTS = {"thumbs.db", "desktop.ini"}

_LINK = "是指向文件夹的链接，不会跟进去；请把里面的报告复制进来"
_CLOSED = "打不开，里面的报告没有核对；请检查权限后重新运行"
_HIDDEN = "看不到是什么；请检查它所在文件夹的权限后重新运行"
_NO_FILE = "不是普通文件，是管道、设备或断了的链接；请把文件本身复制进来"


def reports_in(folder: Path, out: Path) -> Iterator[tuple[Path, str]]:
    """Every path under `folder` that a person put there, with what keeps it from being audited, "" for nothing; `out` is passed over.

    A folder that cannot be looked into counts as one such path: Path.rglob would pass over it in silence.
    Raises OSError when that is `folder` itself.
    """
    closed: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(where)
        folders[:] = [name for name in folders if _of_a_person(name) and here / name != out]
        yield from ((here / name, _LINK) for name in folders if (here / name).is_symlink())
        yield from ((here / name, _fault(here / name)) for name in files if _of_a_person(name))
    for error in closed:
        if not error.filename or Path(error.filename) == folder:
            raise error
        yield Path(error.filename), _CLOSED


def _of_a_person(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in _NO_REPORTS


def _fault(path: Path) -> str:
    try:
        return "" if path.is_file() else _NO_FILE
    except OSError:
        return _HIDDEN
