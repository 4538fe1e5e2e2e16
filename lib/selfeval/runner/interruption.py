"""Ctrl-C, a signal or a failing disk, told as one refusal whatever layer they struck in."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..exceptions import RunStopped

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_DISK = {
    errno.ENOSPC: "磁盘空间不足；请清出空间后重新运行",
    errno.EDQUOT: "磁盘配额已用完；请清出空间后重新运行",
    errno.EACCES: "没有权限，或文件正被别的程序打开；请关闭打开着的报告和表格，检查文件夹权限后重新运行",
    errno.EPERM: "没有权限；请检查文件夹权限后重新运行",
    errno.EROFS: "文件夹只能读不能写；请用 --outputs 换一个可写的文件夹",
}


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn a signal, or an error of the disk, that ends the work inside into RunStopped.

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
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        raise RunStopped(f"运行中断{where}：{_DISK.get(error.errno, error.strerror)}。已发布的报告未受影响") from error
    except BaseException:
        # Libraries below may have taken the interrupt for a failure of their own, such as a dead kernel.
        if received:
            raise RunStopped("运行已被中断，已发布的报告未受影响；需要时请重新运行") from None
        raise
    finally:
        for number, handler in before:
            signal.signal(number, handler)
