"""What a budget line is called in every year: by level and name, since the ids of lines change from year to year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.budget_lines import plain_name
from selfeval.records.line_tree import Line, LineTree


@dataclass(frozen=True)
class Scope:
    """A line as every year knows it: a stable key, and what a reader calls it."""

    key: str
    label: str


Scopes = dict[str, Scope]


def scopes_of(now: LineTree, earlier: LineTree) -> tuple[Scopes, Scopes]:
    """The scope of each line of two years by line id.

    A name that stands in several books in either year carries its book in both.
    """
    keys = [_keys(tree) for tree in (now, earlier)]
    shared = {key for named in keys for key, lines in Counter(named.values()).items() if lines > 1}
    return _scopes(now, keys[0], shared), _scopes(earlier, keys[1], shared)


def _scopes(tree: LineTree, keys: Mapping[str, str], shared: set[str]) -> Scopes:
    found, by_id = {}, {line.line_id: line for line in tree}
    for line in tree:
        key, label = keys[line.line_id], _label(line, by_id.get(line.parent_id))
        if key in shared:
            key, label = f"{key}:{line.book}", f"{label}（{words.BOOKS[line.book]}）"
        found[line.line_id] = Scope(key, label)
    return found


def _keys(tree: LineTree) -> dict[str, str]:
    """Level and name of every line by its id."""
    by_id = {line.line_id: line for line in tree}
    return {line.line_id: _key(line, by_id.get(line.parent_id)) for line in tree}


def _key(line: Line, parent: Line | None) -> str:
    if line.level in load("compare")["amounts"]["wholes"]:
        return line.level
    above = _named_above(line, parent)
    name = plain_name(line.item)
    return f"{line.level}:{above}/{name}" if above else f"{line.level}:{name}"


def _named_above(line: Line, parent: Line | None) -> str:
    """The name of what a part is a part of, where that has a name of its own."""
    wholes = load("compare")["amounts"]["wholes"]
    return plain_name(parent.item) if parent and line.level in {"item", "project"} and parent.level not in wholes else ""


def _label(line: Line, parent: Line | None) -> str:
    """The name of a line as a reader sees it, a part of a project with the name of its project."""
    if line.level in load("compare")["amounts"]["wholes"]:
        return words.LEVELS[line.level]
    return f"{parent.item}（{line.item}）" if parent and _named_above(line, parent) else line.item
