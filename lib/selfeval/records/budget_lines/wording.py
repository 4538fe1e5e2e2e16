"""The budget words of knowledge/budget.toml, compiled: what a role, a joint, a change, a name looks like in running text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from selfeval.knowledge import load

_LONGEST_TAIL = 60
ROLES = ("target", "initial", "adjusted", "actual")
# A budget of which is not said whether it is the initial or the adjusted one, and a stock of assets: settled by what stands around them.
UNSETTLED = ("budget", "stock")

_FLAT = str.maketrans("(),;:!?％／", "（），；：！？%/", " \t\n\r\u00a0\u3000\u2002\u2003\u2009") | {
    ord("０") + digit: str(digit) for digit in range(10)
}
_NOT_FLAT = re.compile("[" + re.escape("".join(map(chr, _FLAT))) + "]")


class Role(NamedTuple):
    """What a sum is (one of ROLES or UNSETTLED) and whether the words alone make it a budget figure."""

    name: str
    strong: bool


class Tail(NamedTuple):
    """The role words at the end of a clause: where they begin and what they say."""

    start: int
    roles: tuple[Role, ...]


def flatten(text: str) -> str:
    """`text` without blanks, with full-width punctuation and half-width digits."""
    return text.translate(_FLAT) if _NOT_FLAT.search(text) else text


def any_of(words: list[str]) -> str:
    """A group that matches any of the expressions, the longer written first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def pattern(*path: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The words of budget.toml at `path` as one expression between `before` and `after`."""
    words = load("budget")
    for step in path:
        words = words[step]
    return re.compile(before + any_of(words) + after)


@cache
def _cues() -> dict[str, Role]:
    """Expression → role, for every role word."""
    return {
        word: Role(name, strong=strength == "strong")
        for name in (*ROLES, *UNSETTLED)
        for strength in ("strong", "weak")
        for word in load("budget")["roles"][name][strength]
    }


@cache
def _one_cue() -> tuple[re.Pattern[str], list[Role]]:
    """One expression in which every role word is a group of its own, and the role of each group."""
    ordered = sorted(_cues().items(), key=lambda pair: (not pair[1].strong, -len(pair[0])))
    return re.compile("|".join(f"({word})" for word, _ in ordered)), [role for _, role in ordered]


@cache
def _role_tail() -> re.Pattern[str]:
    """Role words up to the end, but for words that lead over to the number: 年初和调整后均为, 全年预算（调整后）, 预算、决算分别为."""
    wording = load("budget")["wording"]
    strong = any_of([word for word, role in _cues().items() if role.strong])
    either = any_of(list(_cues()))
    ending = any_of(wording["role_tail"]) + "*"
    cue = f"(?:{strong}{ending}(?:（{either}{ending}）)?|{either}{ending})"
    over = any_of([*wording["copulas"], *wording["spread"], *wording["each"]])
    return re.compile(f"（?{cue}(?:{any_of(wording['joints'])}{cue})*）?{over}*$")


def role_tail(clause: str) -> Tail | None:
    """The role words `clause` ends with, None where it ends with none.

    “应急指挥平台运维年初和调整后均为” ends with 年初和调整后: initial and adjusted.
    """
    found = _role_tail().search(clause, max(0, len(clause) - _LONGEST_TAIL))
    if not found:
        return None
    roles = roles_in(found[0])
    return Tail(found.start(), roles) if roles else None


def roles_in(words: str) -> tuple[Role, ...]:
    """The roles named in `words`, each once, in order."""
    cue, roles = _one_cue()
    return tuple(dict.fromkeys(roles[match.lastindex - 1] for match in cue.finditer(words)))


def as_planned(roles: tuple[Role, ...], words: str) -> tuple[Role, ...]:
    """`roles` as they are meant in a budget: 支出 is what is to be spent; what was spent (执行数, 决算) is of an earlier year."""
    spent = pattern("planned", "spent").search(words)
    planned = (Role("initial", role.strong) if role.name == "actual" else role for role in roles if role.name != "actual" or not spent)
    return tuple(dict.fromkeys(planned))


def leading_verb(clause: str) -> tuple[Role, int] | None:
    """“支出公用经费”: the role a verb at the start gives, and where its object begins."""
    found = pattern("wording", "verbs", after="(?:了|的)?").match(clause)
    if not found or found.end() == len(clause):
        return None
    roles = roles_in(found[0])
    return (roles[0], found.end()) if roles else None
