"""What the words in front of a sum of money say about it: whose it is, which role it plays, or that it is no budget line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from selfeval.knowledge import load

from .naming import NUMBERING, clean_name, is_generic, names_level
from .wording import Role, any_of, flatten, leading_verb, pattern, role_tail, roles_in

# ASIDE: known to the ledger, but neither budget nor expenditure of this year; what follows goes on with the line before.
# BESIDE: money taken in, or the size of a work; what was given and spent for it may follow.
# OUTSIDE: not of the budget at all, and what leans on it is not either.
LINE, CHANGE, ASIDE, BESIDE, OUTSIDE = "line", "change", "aside", "beside", "outside"

_OUTLAY = load("budget")["wording"]["outlay"]
_SENTENCE = re.compile("[。！？]")
_CLAUSE = re.compile("([，；：])")
_LISTED = re.compile("[、和与及]")
_YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True, slots=True)
class Lead:
    """The words since the figure before, understood.

    `item` names whose money it is ('' where they name nothing), `phrase` is the clause in front of the figure. `implied` roles are part
    of the name (卫生健康支出) and give way to roles said before. `nested`: a part of what stood before, or of `owner`, named without a
    figure; `context`: roles given once for the parts that follow (“决算数中，…”). `spread`: one of several figures that go to several
    items or roles in turn; `each`: one figure for all of them. `numbered`: a list item begins here; `direct`: nothing but rates stands
    before; `reach` counts the clauses that speak of this figure.
    """

    item: str
    phrase: str
    roles: tuple[Role, ...] = ()
    implied: tuple[Role, ...] = ()
    verdict: str = LINE
    nested: bool = False
    owner: str = ""
    context: tuple[Role, ...] = ()
    spread: bool = False
    each: bool = False
    fresh: bool = False
    numbered: bool = False
    direct: bool = False
    unchanged: bool = False
    semicolon: bool = False
    colon: bool = False
    opens: bool = False
    closes: int = 0
    reach: int = 1


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause a figure ends, split: name, role words, and the words that only lead over to the number."""

    text: str
    name: str
    roles: tuple[Role, ...] = ()
    implied: tuple[Role, ...] = ()
    head: str = ""
    joint: str = ""


def read_lead(words: str, *, at_start: bool, year: str) -> Lead:
    """Understand the `words` between the figure before (or the start of the passage: `at_start`) and a figure of money.

    `year` is the year reported on, '' where unknown: a budget of another year is set aside.
    """
    flat = flatten(words)
    *done, sentence = _SENTENCE.split(flat)
    texts, marks = _clauses(sentence)
    context, ahead, text = _context(texts)
    clause = _read_clause(text)
    fresh = at_start or bool(done)
    verdict = _verdict(clause, year)
    named = clause.name and not (verdict in {CHANGE, ASIDE} and is_generic(clause.name))
    item, reach = (clause.name, 1) if named else _name_before(texts, marks, fresh=fresh, at_start=at_start and not done)
    nested = _nested_from(texts, in_brackets=not fresh and flat.startswith("（"))
    return Lead(
        item=item,
        phrase=text,
        roles=clause.roles,
        implied=clause.implied,
        verdict=verdict,
        nested=bool(context) or nested is not None,
        owner=_read_clause(ahead).name if context else _owner(texts[:nested]) if nested else "",
        context=context,
        spread=bool(pattern("wording", "spread").search(clause.joint)),
        each=bool(pattern("wording", "each").search(clause.joint)),
        fresh=fresh,
        direct=all(not text or pattern("reasons", "no_reason").search(text) for text in texts[:-reach]),
        numbered=at_start and bool(NUMBERING.match(flat)),
        unchanged=bool(pattern("wording", "unchanged").search(flat)),
        semicolon="；" in marks,
        colon="：" in marks,
        opens=_unmatched(sentence[::-1], "）", "（") > 0,
        closes=_unmatched(flat, "（", "）"),
        reach=max(reach, len(texts) - nested if nested is not None else 1, 2 if context and text == texts[-1] else 1),
    )


def _unmatched(words: str, opening: str, closing: str) -> int:
    """How many `closing` brackets close what was opened before `words`."""
    depth = unmatched = 0
    for character in words:
        if character == opening:
            depth += 1
        elif character == closing:
            unmatched += depth == 0
            depth = max(0, depth - 1)
    return unmatched


def _clauses(sentence: str) -> tuple[list[str], list[str]]:
    """The clauses of `sentence` and the marks between them.

    A last clause that says nothing by itself joins the one before: 年初预算数： and “决算数与预算数一致，均为” are one clause each.
    """
    pieces = _CLAUSE.split(sentence)
    texts, marks = pieces[::2], pieces[1::2]
    while len(texts) > 1 and not _joint().sub("", texts[-1]):
        joint = texts.pop()
        marks.pop()
        texts[-1] = pattern("wording", "same", after="$").sub("", texts[-1]) + joint
    return texts, marks


def _context(texts: list[str]) -> tuple[tuple[Role, ...], str, str]:
    """Roles given ahead for the parts that follow (“决算数中，人员经费…”), the words that give them, and the last clause without them."""
    text = texts[-1]
    for earlier in texts[:-1]:
        roles = _roles_ahead(earlier[:-1]) if earlier.endswith("中") else ()
        if roles:
            return roles, earlier[:-1], text
    head, _, rest = text.partition("中")
    roles = _roles_ahead(head) if len(rest) > 1 else ()
    return (roles, head, rest) if roles else ((), "", text)


def _roles_ahead(words: str) -> tuple[Role, ...]:
    """The roles before 中; 执行中 tells when, not what."""
    tail = None if pattern("wording", "in_course", after="$").search(words) else role_tail(words)
    return tail.roles if tail else ()


def _read_clause(text: str) -> _Clause:
    tail = role_tail(text)
    if not (tail and any(role.strong for role in tail.roles)):
        front = _verb_front().sub("", text)
        verb = leading_verb(front)
        if verb:
            return _Clause(text, clean_name(_joint().sub("", front[verb[1] :])), (verb[0],), head=front[verb[1] :])
    if not tail:
        head = _joint().sub("", text)
        return _Clause(text, clean_name(head), head=head, joint=text[len(head) :])
    end = _name_end(text, tail.start)
    roles = roles_in(text[end:]) if end > tail.start else tail.roles
    return _Clause(text, clean_name(text[:end]), roles, () if roles else tail.roles, text[:end], text[tail.start :])


def _name_end(text: str, start: int) -> int:
    """Where the name ends whose role words begin at `start`: a book's own 预算, 资产总额 and a name's own 支出 belong to the name."""
    for words in [*(("books", book) for book in load("budget")["books"]), ("assets", "wholes")]:
        found = pattern(*words).search(text)
        if found and found.start() < start < found.end():
            return found.end()
    name = clean_name(_LISTED.split(text[:start])[-1])
    if not name or not text.startswith(_OUTLAY, start):
        return start
    complete = pattern("naming", "complete", after="$").search(name) or pattern("wording", "spending").match(text, start)
    needed = names_level(name + _OUTLAY) and not names_level(name)
    return start + len(_OUTLAY) if needed or not complete else start


def _name_before(texts: list[str], marks: list[str], *, fresh: bool, at_start: bool) -> tuple[str, int]:
    """The name in an earlier clause, and how many clauses reach back to it.

    It stands right before a colon; at the beginning of a sentence in a clause that is nothing but a name; or is what a passage opens with.
    """
    opening = clean_name(texts[0]) if at_start and len(texts) == 2 else ""
    if opening and not is_generic(opening):
        return opening, 2
    for index in range(len(texts) - 2, -1, -1):
        name = clean_name(texts[index])
        if name and (marks[index] == "：" or (fresh and pattern("naming", "noun_ends", after="$").search(name))):
            return name, len(texts) - index
        if not fresh:
            break
    return "", 1


def _owner(texts: list[str]) -> str:
    """The whole named just before 其中 without a figure of its own: “共有9个项目支出，其中…”."""
    name = clean_name(texts[-1]) if texts else ""
    return name if pattern("naming", "noun_ends", after="$").search(name) else ""


def _verdict(clause: _Clause, year: str) -> str:
    text = clause.text
    if pattern("outside", "never").search(text):
        return OUTSIDE
    if _OUTLAY not in text and pattern("outside", "beside", after="$").search(clause.head):
        return BESIDE
    if _of_another_year(clause, year):
        return ASIDE
    return LINE if any(role.strong for role in clause.roles) else _verdict_of_weak_words(text)


def _verdict_of_weak_words(text: str) -> str:
    if _other_money().search(text):
        return ASIDE
    if pattern("outside", "unless_role").search(text):
        return OUTSIDE
    return CHANGE if _change().search(text) else LINE


def _of_another_year(clause: _Clause, year: str) -> bool:
    if pattern("outside", "prior").search(clause.text):
        return True
    years = set(_YEAR.findall(clause.text))
    return bool(year and years and year not in years and is_generic(clause.name))


@cache
def _verb_front() -> re.Pattern[str]:
    """What may stand in front of a verb at the beginning of a clause: dates, 其中, 我局."""
    knowledge = load("budget")
    skipped = any_of([*knowledge["wording"]["nested"], *knowledge["naming"]["prefixes"], *knowledge["wording"]["givers"], r"\d{2,4}年度?"])
    return re.compile(f"^(?:[（）]?{skipped})+")


def _nested_from(texts: list[str], *, in_brackets: bool) -> int | None:
    """The clause that opens a list of parts: nothing but 其中 or the like, or the last; so does a bracket right after a figure."""
    for index, text in enumerate(texts):
        if _nested().match(text) and (index == len(texts) - 1 or _only_nested().match(text)):
            return index
    return 0 if in_brackets else None


@cache
def _only_nested() -> re.Pattern[str]:
    return re.compile("^[（）、及和]*" + any_of(load("budget")["wording"]["nested"]) + "(?:以下.{0,6}|如下|情况|项目|为|是|有)*$")


@cache
def _nested() -> re.Pattern[str]:
    return re.compile("^[（）、及和]*" + any_of(load("budget")["wording"]["nested"]))


@cache
def _joint() -> re.Pattern[str]:
    """Words that lead over to a number, at the end of a clause."""
    wording = load("budget")["wording"]
    return re.compile(any_of([*wording["copulas"], *wording["spread"], *wording["each"]]) + "+$")


@cache
def _change() -> re.Pattern[str]:
    knowledge = load("budget")
    changed, tail = any_of(knowledge["outside"]["changes"]), any_of(knowledge["outside"]["change_tail"])
    joint = any_of(knowledge["wording"]["copulas"])
    starts = any_of(knowledge["outside"]["change_starts"])
    return re.compile(f"{changed}{tail}*{joint}*$|^(?:年中|年内|执行中|全年|期间|另|又)*{starts}(?!后)")


@cache
def _other_money() -> re.Pattern[str]:
    knowledge = load("budget")
    tail = any_of([*knowledge["outside"]["change_tail"], *knowledge["wording"]["copulas"]])
    return re.compile(any_of(knowledge["outside"]["other_money"]) + f"{tail}*$")
