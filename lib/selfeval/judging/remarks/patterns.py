"""The entries of knowledge/remarks.toml, typed, and proved to be sound when they are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from selfeval.exceptions import KnowledgeBroken
from selfeval.knowledge import load
from selfeval.words import DOCUMENT_KINDS

from .places import PLACES

_PATTERNS = ("words", "unless")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look for; the head of knowledge/remarks.toml says what each field means."""

    rule: str
    look_in: str
    section: str = ""
    words: re.Pattern[str] = re.compile("(?s)^.*$")
    unless: re.Pattern[str] = re.compile("(?!)")
    near: int | None = None
    note: str = ""
    silent: tuple[str, ...] = ()

    @property
    def told(self) -> Mapping[str, Any]:
        """How its rule is worded."""
        return load("remarks")["rule"][self.rule]["flag"]


@cache
def table() -> dict[str, list[Remark]]:
    """Every remark by its rule.

    Raises KnowledgeBroken, with every fault at once, where one names what there is not, or a pattern is none.
    """
    entries = load("remarks")["remark"]
    faults = [f"知识文件 remarks.toml 的 [[remark]] {entry.get('rule', '')}：{fault}" for entry in entries for fault in faults_of(entry)]
    if faults:
        raise KnowledgeBroken(faults)
    found: dict[str, list[Remark]] = {}
    for entry in entries:
        patterns = {name: re.compile(entry[name]) for name in _PATTERNS if name in entry}
        found.setdefault(entry["rule"], []).append(Remark(**entry | patterns | {"silent": tuple(entry.get("silent", ()))}))
    return found


def faults_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """What keeps an entry from being one."""
    yield from (f"没有 {name} 这一项" for name in sorted(entry.keys() - {field.name for field in fields(Remark)}))
    if "flag" not in load("remarks")["rule"].get(entry.get("rule", ""), {}):
        yield "rule 没有相应的 [rule.….flag]"
    if entry.get("look_in") not in PLACES:
        yield f"look_in 应为 {'、'.join(PLACES)} 之一"
    yield from (f"silent 的 {kind} 不是文件种类" for kind in entry.get("silent", ()) if kind not in DOCUMENT_KINDS)
    for name in _PATTERNS:
        try:
            re.compile(entry.get(name, ""))
        except re.error as error:
            yield f"{name} 不是正则表达式：{error}"
