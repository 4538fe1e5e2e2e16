"""One notebook through papermill, in a kernel of its own, with a proof that every cell ran to its end."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from selfeval import exceptions
from selfeval.exceptions import NotebookFailed, SelfevalError
from selfeval.running.nursery import THREAD_ERRORS

from .kernels import Kernels
from .limit import Limit

START_SECONDS = 60

# A line of IPython that is none of Python, also behind an assignment.
_COMMAND = re.compile(r"^\s*(?:[\w, ]+=\s*)?[!%]", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Progress:
    """Which cells were begun, and which the kernel itself reported as ended well."""

    begun: int = -1
    ended: set[int] = field(default_factory=set)

    def note_begun(self, cell: NotebookNode, cell_index: int) -> None:
        """A cell is about to run."""
        if cell.cell_type == "code":
            self.begun = cell_index

    def note_reply(self, cell: NotebookNode, cell_index: int, execute_reply: Mapping[str, Any]) -> None:
        """The kernel answered for a cell."""
        content = execute_reply["content"]
        leaves = any(entry.get("source") == "ask_exit" for entry in content.get("payload", []))  # exit(), which IPython answers with ok
        if cell.cell_type == "code" and content["status"] == "ok" and not leaves:
            self.ended.add(cell_index)


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook file.

    Raises NotebookFailed when it is missing, no notebook, or holds commands of the shell or of IPython, whose failing nobody is told of.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookFailed(f"找不到笔记本 {path.name}；请从版本库恢复 notebooks 文件夹") from None
    except (ValueError, nbformat.ValidationError):
        raise NotebookFailed(f"{path.name} 不是合规的笔记本文件；请从版本库恢复") from None
    for index, cell in enumerate(notebook.cells):
        if _has_code(cell) and _COMMAND.search(cell.source) and not _is_python(cell.source):
            heading = _heading(notebook, index)
            told = f"{path.name} 的单元“{heading}”里有 ! 或 % 开头的命令，它失败了也没有人知道；请改为调用 lib 里的函数"
            raise NotebookFailed(told, path.stem, heading)
    return notebook


def execute(
    name: str, source: NotebookNode, parameters: Mapping[str, object], folder: Path, limit: Limit, kernels: Kernels
) -> NotebookNode:
    """Run the notebook `source`, known as `name`, with `parameters` and return it with its outputs.

    Its kernel, one of `kernels`, works in `folder` and is gone afterwards. Raises the refusal that a cell raised, as that refusal;
    NotebookFailed, naming notebook, cell and cause, for everything else that keeps a cell from ending: an exception, an early exit, a
    dead kernel, an error in a thread, more time than `limit` leaves.
    """
    progress = Progress()
    try:
        with kernels.manager(folder) as manager:
            executed = _execute_once(source, parameters, folder, limit, progress, manager)
    except PapermillExecutionError as error:
        raise _refusal(error) or _failure(name, source, progress, _cause(error)) from None
    except CellTimeoutError:
        raise _failure(name, source, progress, limit.told()) from None
    except DeadKernelError:
        raise _failure(name, source, progress, "内核意外终止，可能是内存不足或被系统结束") from None
    except RuntimeError as error:
        raise _failure(name, source, progress, f"内核没有启动（{error}）") from None
    thread_errors = folder / THREAD_ERRORS
    if thread_errors.is_file():
        raise _failure(name, source, progress, f"后台线程出错：{thread_errors.read_text(encoding='utf-8').strip()}")
    unproved = [index for index, cell in enumerate(executed.cells) if _has_code(cell) and index not in progress.ended]
    if unproved:
        raise _failure(name, source, progress, f"提前退出，有 {len(unproved)} 个代码单元没有运行完")
    return executed


def _execute_once(
    source: NotebookNode, parameters: Mapping[str, object], folder: Path, limit: Limit, progress: Progress, manager: type
) -> NotebookNode:
    logging.getLogger("papermill").setLevel(logging.CRITICAL + 1)  # what it logs in English, we say in Chinese
    return papermill.execute_notebook(
        source,
        None,
        dict(parameters),
        kernel_name="python3",
        language="python",
        progress_bar=False,
        start_timeout=START_SECONDS,
        timeout_func=lambda _: limit.of_cell(),
        iopub_timeout=limit.of_cell(),  # what a cell shows may take long to arrive; none of it is lost, see nursery.app
        resources={"metadata": {"path": str(folder)}},
        kernel_manager_class=manager,
        shutdown_kernel="immediate",
        record_timing=False,
        coalesce_streams=True,
        on_cell_start=progress.note_begun,
        on_cell_executed=progress.note_reply,
    )


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _has_code(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


def _refusal(error: PapermillExecutionError) -> SelfevalError | None:
    """The refusal that a cell raised, as it was raised; None when the exception is none of ours."""
    kind = getattr(exceptions, str(error.ename), None)
    if isinstance(kind, type) and issubclass(kind, SelfevalError):
        return kind(str(error.evalue).splitlines())
    return None


def _cause(error: PapermillExecutionError) -> str:
    """The exception as Python words it, and the line of the cell it came from."""
    frames = [line.strip() for line in _ANSI.sub("", "\n".join(error.traceback)).splitlines() if line.startswith("---->")]
    at = re.sub(r"^-+>\s*\d*\s*", "", frames[0]) if frames else ""
    return f"{error.ename}: {error.evalue}" + (f"（出错的一行：{at}）" if at else "")


def _failure(name: str, source: NotebookNode, progress: Progress, cause: str) -> NotebookFailed:
    cell = _heading(source, progress.begun)
    told = f"{name} 的单元“{cell}”没有运行完：{cause}。可在 JupyterLab 中打开 notebooks/{name}.ipynb 逐格运行查看"
    return NotebookFailed(told, name, cell)


def _heading(source: NotebookNode, index: int) -> str:
    """The last heading above the cell at `index` of the executed notebook, which has one cell more: the injected parameters."""
    heading = ""
    for cell in source.cells[: max(index, 0)]:
        if cell.cell_type == "markdown":
            titles = re.findall(r"^#+\s*(.+?)\s*$", cell.source, re.MULTILINE)
            heading = titles[-1] if titles else heading
    return heading or "参数"
