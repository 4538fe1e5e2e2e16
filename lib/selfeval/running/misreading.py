"""What in a command line was not understood, in Chinese: the argument parser of the standard library says it in English only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_NO_COMMAND = re.compile(r"invalid choice: '(.*?)' \(choose from")
_PATTERNS = {
    re.compile(r"the following arguments are required: (.+)", re.DOTALL): "缺 {}",
    re.compile(r"unrecognized arguments: (.+)", re.DOTALL): "不认识“{}”",
    re.compile(r"argument (\S+): expected one argument"): "{} 后面没有写内容",
    re.compile(r"argument (\S+): ignored explicit argument", re.DOTALL): "{} 后面不能写内容",
}


def misread(message: str, commands: Iterable[str] = ()) -> str:
    """Say in Chinese what the parser's English `message` complains of; "" where it is none of the usual complaints.

    `commands` are those that exist: one that is not among them is answered with those that are, the nearest first.
    """
    if found := _NO_COMMAND.search(message):
        return _no_command(found[1], list(commands))
    told = (words.format(_shown(found[1])) for pattern, words in _PATTERNS.items() if (found := pattern.search(message)))
    return next(told, "")


def _no_command(typed: str, commands: list[str]) -> str:
    near = get_close_matches(typed, commands, 1)
    return f"没有“{_shown(typed)}”这个命令，" + (f"是不是“{near[0]}”？" if near else f"有的是 {'、'.join(commands)}")


def _shown(typed: str) -> str:
    """What was typed, on one line and not endless; what is required comes as a list with commas."""
    line = "".join(character if character.isprintable() else "?" for character in typed).replace(", ", "、")
    return line if len(line) <= 60 else f"{line[:60]}……"
