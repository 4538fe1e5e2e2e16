"""Ctrl-C, a signal or a failing disk, told as one refusal whatever layer they struck in."""

from __future__ import annotations

import errno
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from selfeval.exceptions import RunStopped

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_DISK = {
    errno.ENOSPC: "磁盘空间不足；请清出空间后重新运行",
    errno.EDQUOT: "磁盘配额已用完；请清出空间后重新运行",
    errno.EACCES: "没有权限，或文件正被别的程序打开；请关闭打开着的报告和表格，检查文件夹权限后重新运行",
    errno.EPERM: "没有权限；请检查文件夹权限后重新运行",
    errno.EEXIST: "这里已有同名文件，无法建立文件夹；请移开它或换一个文件夹",
    errno.ENOTDIR: "路径中有一段是文件而不是文件夹；请换一个文件夹",
    errno.ELOOP: "路径中有循环的链接；请换一个文件夹",
    errno.EROFS: "文件夹只能读不能写；请换一个可写的文件夹",
}


@contextmanager
def interruptible(standing: str = "已发布的内容（如有）没有改动") -> Iterator[None]:
    """Turn a signal, or an error of the disk, that ends the work inside into RunStopped; `standing` says what holds all the same.

    Signal handlers are set in the main thread only; elsewhere Python allows none.
    """
    received: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if len(received) == 1:  # an impatient second Ctrl-C must not break off the tidying up
            raise KeyboardInterrupt

    main = threading.current_thread() is threading.main_thread()
    before = [(number, signal.signal(number, stop)) for number in _SIGNALS] if main else []
    try:
        yield
    except BaseException as error:
        # Libraries below may have taken the interrupt for a failure of their own, such as a dead kernel: the signal comes first.
        if received:
            raise RunStopped(f"运行已被中断，{standing}；需要时请重新运行") from None
        if isinstance(error, OSError):
            raise RunStopped(f"运行中断：{_told(error)}。{standing}") from error
        raise
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let a signal that arrives meanwhile count only when the work inside is done: for steps that are short and belong together."""
    arrived: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    before = [(number, signal.signal(number, lambda number, _frame: arrived.append(number))) for number in _SIGNALS] if main else []
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        for number in arrived[:1]:
            signal.raise_signal(number)


def trouble_of(error: OSError) -> str:
    """What a failing disk or folder says, and what to do about it, without the name of the file."""
    # Who copies a folder lists in words what failed in it; the first will do.
    number = error.errno or next((int(found) for found in re.findall(r"\[Errno (\d+)\]", str(error))), 0)
    return _DISK.get(number, f"系统报告“{error.strerror or error}”")


def _told(error: OSError) -> str:
    return (f"{error.filename}：" if error.filename else "") + trouble_of(error)
