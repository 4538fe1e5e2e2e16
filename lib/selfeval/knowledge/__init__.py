"""What the field knows, as data: indicators, budget words, units, section outline, check rules. One TOML file a subject."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from selfeval.exceptions import KnowledgeBroken


@cache
def load(name: str) -> dict[str, Any]:
    """Return the contents of knowledge/<name>.toml.

    Raises KnowledgeBroken when there is no such file or it is no valid TOML.
    """
    resource = files(__package__) / f"{name}.toml"
    try:
        return tomllib.loads(resource.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KnowledgeBroken(f"知识文件 {name}.toml 不存在") from None
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeBroken(f"知识文件 {name}.toml 写法有误：{error}") from error


@cache
def pattern(name: str, *path: str) -> re.Pattern[str]:
    """The expression that stands in knowledge/<name>.toml at `path`, compiled."""
    words: Any = load(name)
    for step in path:
        words = words[step]
    return re.compile(words)


def names_in(folder: str) -> list[str]:
    """The names of the files of knowledge/<folder>, without their ending, in order."""
    resource = files(__package__) / folder
    return (
        sorted(entry.name.removesuffix(".toml") for entry in resource.iterdir() if entry.name.endswith(".toml"))
        if resource.is_dir()
        else []
    )
