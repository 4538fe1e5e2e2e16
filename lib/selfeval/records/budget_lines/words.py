"""What the own words of a sum say of a budget line: its name, the roles they end with, and whether it is of the budget at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from selfeval.knowledge import load
from selfeval.reading.clauses import names_of, parts_of

from .naming import clean_name, names_level
from .wording import Role, any_of, flatten, leading_verb, pattern, role_tail, roles_in

_OUTLAY = load("budget")["wording"]["outlay"]
# 支出中基本支出20万元, 其余七项为项目支出20万元, 占“三公”经费20万元的30%
_WITHIN = re.compile("[^，。；：、]{0,16}[中里为是的]|占")
# 支出 behind 分别: which number is told, and no name.
_LONGEST_ROLE = 2
_COUNTED = re.compile(r"等?[两一二三四五六七八九十\d]+[个项类块][^、]*$")


@dataclass(frozen=True)
class Words:
    """The own words of a sum, flattened: the name in them ('' for none), the role words they end with, what stands before those and leads
    over to the number behind them. `implied` roles are part of the name (卫生健康支出) and give way to others; `behind`: the role words
    stand behind the number.
    """

    text: str
    name: str
    roles: tuple[Role, ...] = ()
    implied: tuple[Role, ...] = ()
    head: str = ""
    joint: str = ""
    behind: bool = False

    @cached_property
    def strong(self) -> bool:
        """Whether the role words speak of a budget by themselves."""
        return any(role.strong for role in self.roles)

    @property
    def in_turn(self) -> bool:
        """Whether several sums go to several names or roles in turn."""
        return bool(pattern("wording", "spread").search(self.joint) or pattern("wording", "spread", before="^").match(self.text))

    @property
    def for_each(self) -> bool:
        """Whether one sum is that of each name or role."""
        return bool(pattern("wording", "each").search(self.joint))

    @property
    def is_intake(self) -> bool:
        """Whether it was taken in, or is the size of a work: what was given and spent for it may follow."""
        return _OUTLAY not in self.text and bool(pattern("outside", "beside", after="$").search(self.head))

    @cached_property
    def is_outside(self) -> bool:
        """Whether it is not of the budget at all, and neither is what leans on it."""
        if pattern("outside", "never").search(self.text):
            return True
        return not self.strong and not self.is_other_money and bool(pattern("outside", "unless_role").search(self.text))

    @cached_property
    def is_other_money(self) -> bool:
        """Whether it is a rest, a retention, money that came in: known, and neither budget nor expenditure."""
        return not self.strong and bool(_other_money().search(self.text))

    def names(self, several: int) -> list[str]:
        """The names a sum, or a run of `several`, is given to: “A、B两个项目分别为” are two, “A和B年初预算均为” too."""
        if not several and not (self.for_each and len(self.roles) == 1):
            return [self.name]
        listed = _COUNTED.sub("", self.name)
        enumerated = [part.words for part in parts_of(listed, "、")]
        splits = [names_of(listed), [*enumerated[:-1], *names_of(enumerated[-1])], enumerated]
        fitting = (
            names
            for names in (splits if several else splits[1:])
            if all(len(name) > 1 for name in names) and len(names) == (several or len(names))
        )
        return next(fitting, [self.name])


def without_owner(words: str) -> str:
    """Flattened `words` without those in front of a line known by itself that say what it is some of: 一块是维持运转的基本支出."""
    within = _WITHIN.match(words)
    return words[within.end() :] if within and names_level(clean_name(words[within.end() :])) else words


def read_words(printed: str) -> Words:
    """Part the `printed` words in front of a sum."""
    text = flatten(printed).strip("：，、；")
    text = without_owner(text)
    spread = pattern("wording", "spread").search(text)
    if spread and spread.start() and (roles := roles_in(text[spread.end() :])) and len(text) - spread.end() <= _LONGEST_ROLE:
        # 会议费、培训费分别支出3万元、8万元
        return Words(text, clean_name(text[: spread.start()]), roles, (), text[: spread.start()], text[spread.start() :])
    tail = role_tail(text)
    note = text.rfind("（") if text.endswith("）") else -1
    if note > 0 and not (tail and tail.start < note) and (noted := role_tail(text[:note])) and any(role.strong for role in noted.roles):
        text, tail = text[:note], noted  # 整体支出绩效目标（基本支出和项目支出）
    if not (tail and any(role.strong for role in tail.roles)):
        front = _verb_front().sub("", text)
        verb = leading_verb(front)
        if verb:
            return Words(text, clean_name(_joint().sub("", front[verb[1] :])), (verb[0],), head=front[verb[1] :])
    if not tail:
        head = _joint().sub("", text)
        return Words(text, clean_name(head), head=head, joint=text[len(head) :])
    if _giver().fullmatch(text, 0, tail.start):
        return Words(text, "", tail.roles, head=text[: tail.start], joint=text[tail.start :])  # 市级财政年初安排
    end = _name_end(text, tail.start)
    roles = roles_in(text[end:]) if end > tail.start else tail.roles
    return Words(text, clean_name(text[:end]), roles, () if roles else tail.roles, text[:end], text[tail.start :])


def _name_end(text: str, start: int) -> int:
    """Where the name ends whose role words begin at `start`: a book's own 预算, 资产总额 and a name's own 支出 belong to the name."""
    for words in [*(("books", book) for book in load("budget")["books"]), ("assets", "wholes")]:
        found = pattern(*words).search(text)
        if found and found.start() < start < found.end():
            return found.end()
    if not text.startswith(_OUTLAY, start):
        return start
    name, end = clean_name(names_of(text[:start])[-1]), start + len(_OUTLAY)
    complete = not name or pattern("naming", "complete", after="$").search(name) or pattern("wording", "spending").match(text, start)
    needed = names_level(clean_name(names_of(text[:end])[-1])) and not names_level(name)
    return end if needed or not complete else start


@cache
def _giver() -> re.Pattern[str]:
    """Who grants money, named in front of the role: 市级财政, 地方财政."""
    return re.compile(f"(?:\\d{{4}}年度?)?(?:{any_of(load('budget')['parts']['sources'])}|[省市县区]|地方)?财政(?:局|厅|部门)?")


@cache
def _verb_front() -> re.Pattern[str]:
    """What may stand in front of a verb at the beginning of a clause: dates, 其中, 我局."""
    knowledge = load("budget")
    skipped = any_of([*knowledge["wording"]["nested"], *knowledge["naming"]["prefixes"], *knowledge["wording"]["givers"], r"\d{2,4}年度?"])
    return re.compile(f"^(?:[（）]?{skipped})+")


@cache
def _joint() -> re.Pattern[str]:
    """Words that lead over to a number, at the end."""
    wording = load("budget")["wording"]
    return re.compile(any_of([*wording["copulas"], *wording["spread"], *wording["each"]]) + "+$")


@cache
def _other_money() -> re.Pattern[str]:
    knowledge = load("budget")
    tail = any_of([*knowledge["outside"]["change_tail"], *knowledge["wording"]["copulas"]])
    return re.compile(any_of(knowledge["outside"]["other_money"]) + f"{tail}*$")
