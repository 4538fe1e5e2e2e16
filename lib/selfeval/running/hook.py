"""The command that is called when a run fails at night: no shell, a limit of time, and no say in how the run ended.

What happened comes to it in the environment, never on its command line, so that no text of the data can become part of a command.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfeval.exceptions import RunStopped, WrongUsage
from selfeval.interruption import interruptible
from selfeval.running.publishing.processes import end_group

SECONDS = 60

# Far below what systems take for one variable.
_MOST_CHARACTERS = 4000
_ON_WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Failure:
    """What a hook is told: body and year ("" for a batch), exit code, the file that says more ("" where there is none), and the words."""

    unit: str
    year: str
    exit_code: int
    status: str
    message: str

    def environment(self) -> dict[str, str]:
        """The variables a hook finds, all of them every time."""
        told = {"UNIT": self.unit, "YEAR": self.year, "EXIT_CODE": str(self.exit_code), "STATUS": self.status, "MESSAGE": self.message}
        return {f"SELFEVAL_{name}": _fit_for_a_variable(text) for name, text in told.items()}


def words_of(command: str) -> list[str]:
    """Return `command` as the words that are carried out; quotes keep words together, nothing else has a meaning.

    Raises WrongUsage when quotes do not close, or there is no such program: better now than at night.
    """
    try:
        # On Windows a backslash belongs to the path.
        words = [word.strip('"') for word in shlex.split(command, posix=False)] if _ON_WINDOWS else shlex.split(command)
    except ValueError:
        raise WrongUsage(f"--on-failure 的命令“{command}”引号没有配对；请改正") from None
    if not words or shutil.which(words[0]) is None:
        raise WrongUsage(f"--on-failure 的命令“{command}”里没有能运行的程序；请写程序的完整路径，并检查它有没有执行权限")
    return words


def call(words: Sequence[str], failure: Failure, seconds: float = SECONDS) -> str:
    """Carry out a hook and return what went wrong with it, "" when nothing did; after `seconds` it is ended with all it started."""
    try:
        with interruptible():
            return _carry_out(words, failure.environment(), seconds)
    except RunStopped:
        return "--on-failure 的命令被中断"


def _carry_out(words: Sequence[str], told: Mapping[str, str], seconds: float) -> str:
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        process = subprocess.Popen(words, env={**os.environ, **told}, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    except (OSError, ValueError) as error:
        return f"--on-failure 的命令没有运行起来：{error}"
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return f"--on-failure 的命令超过 {seconds:g} 秒没有结束，已停止"
    finally:
        end_group(process)  # it leads a session of its own
    return f"--on-failure 的命令失败，退出码 {code}" if code else ""


def _fit_for_a_variable(text: str) -> str:
    """`text` without what an environment cannot hold."""
    encoding = sys.getfilesystemencoding()
    plain = text.replace("\0", "").encode(encoding, "replace").decode(encoding)
    return plain if len(plain) <= _MOST_CHARACTERS else f"{plain[:_MOST_CHARACTERS]}…"
