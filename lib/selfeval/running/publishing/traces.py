"""Takes out of a message what tells of the machine it arose on, for files that are passed on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

# The folders of a path from the root of a disk; the last part of it, the name a person knows, stays. A path has to begin where no word,
# number or address ends: "和/或" and "https://" are none.
_FOLDERS = re.compile(r"(?:(?<![\w./\\:])|(?<=:)(?!//))(?:[A-Za-z]:)?[/\\]+(?:[^/\\\n'\"“”‘’：；，。<>|]+[/\\]+)+")
_ADDRESS = re.compile(r"\b(?:tcp|tls|inproc|ucx)://[^\s'\"<>()，；。：]+")
_PROCESS = re.compile(r"进程 \d+(?:，|(?=）))")


def without_traces(text: str, known: Iterable[Path] = ()) -> str:
    """`text` without folders of the machine, numbers of its processes and addresses of its network; names of files stay.

    `known` are folders that are left out whatever stands in their names. Bytes that are no text become question marks.
    """
    for folder in (*known, Path.home()):
        if folder != folder.parent:
            text = text.replace(f"{folder}/", "").replace(str(folder), "")
    text = _PROCESS.sub("", _ADDRESS.sub("", _FOLDERS.sub("", text))).replace("（）", "")
    return text.encode("utf-8", "replace").decode("utf-8")
