"""One run at a time for a folder: a lock of the system, which is gone with the process that held it, whatever ended that process.

The file beside the folder says who holds the lock. A file that a dead run left behind locks nothing and is taken over.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from selfeval.exceptions import RunStopped

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise BlockingIOError from None

    def _give_back(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


# Windows lets nobody read a byte that is locked: the lock lies far behind the words that name its holder.
_FAR = 1 << 20
_ATTEMPTS = 10


@contextmanager
def locked(folders: Iterable[Path], wanted_for: str) -> Iterator[None]:
    """Hold the locks of `folders`, which need not exist yet; `wanted_for` says in a few words what for.

    Raises RunStopped at once, naming the holder and since when, while another run holds one of them.
    """
    with ExitStack() as stack:
        for folder in sorted(set(folders)):  # always in the same order
            stack.enter_context(_held(lock_file(folder), wanted_for))
        yield


def require_free(folders: Iterable[Path], wanted_for: str) -> None:
    """Raise RunStopped while another run holds one of the locks of `folders`; makes nothing."""
    for path in sorted(lock_file(folder) for folder in folders):
        if path.is_file():
            with _held(path, wanted_for):
                pass


def lock_file(folder: Path) -> Path:
    """The file beside `folder` that its lock is on."""
    return folder.with_name(f".{folder.name}.lock")


@contextmanager
def _held(path: Path, wanted_for: str) -> Iterator[None]:
    file = _lock(path, wanted_for)
    try:
        file.write(json.dumps({"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(" ", "seconds")}))
        file.flush()
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # before it is given back, so that nobody locks a file that is about to go
        with suppress(OSError):
            _give_back(file.fileno())
        with suppress(OSError):
            file.close()


def _lock(path: Path, wanted_for: str) -> TextIOWrapper:
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_ATTEMPTS):
        file = path.open("a+", encoding="utf-8")
        try:
            _take(file.fileno())
        except BlockingIOError:
            file.close()
            raise RunStopped(f"{wanted_for}：{_holder(path)}；请等它结束后再运行") from None
        except BaseException:
            file.close()
            raise
        if _is_still(file, path):
            file.seek(0)
            file.truncate()
            return file
        file.close()  # its last holder removed it between our opening and locking it
    raise RunStopped(f"{wanted_for}：别的运行正在接连开始和结束；请稍后再运行")


def _is_still(file: TextIOWrapper, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return f"另一个运行（进程 {holder['pid']}，始于 {holder['since']}）正在进行"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个运行刚刚开始"
