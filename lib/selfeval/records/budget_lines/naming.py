"""From the words in front of the money to the line's name, and from the name to its place in the budget: book and level."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from selfeval.knowledge import load
from selfeval.reading.enumeration import without_number

from .wording import any_of, flatten, pattern

# A table may be numbered itself.
_LABELLED = re.compile(
    r"公开\d{1,2}表[：:、]?|附?表(?:[一二三四五六七八九十]{1,2}|\d{1,2})[：:、]?"
    r"|(?:[A-Z甲乙丙丁戊己庚辛]|[IVX]{1,4})[、．.]|[IVX]{2,4}(?=[一-龥])"
)
# 未 stands for 末 in print often enough to be read as it.
_DATE = re.compile(r"^(?:截至|截止|到)?(?:\d{2,4}年[度初末未底终]?|\d{1,2}月(?:份|底|末)?|\d{1,2}日)+")
_COUNT = re.compile(r"(?<!项目)[共计]?\d[\d.]*[余多]?(?:[台辆个项套家户人名处条件座间次所艘架栋部亩]|公里|平方米)[、，]?$")
_EDGES = "，。；：、/／—和与及 "
_QUOTES = ("“”", "‘’", "《》", "（）", "【】", "「」")
# “三公”经费仅发生公务接待费: all there was of a line is what is spoken of.
_ALL_THERE_IS = re.compile("(?P<whole>.{0,16}?)中?(?:全部|[只仅均都])(?:[为是有]|发生|支出)*(?P<part>.{2,}?)(?:[一这]项)?$")
_UNIT = re.compile("（[^（）]*元）$")
_BRACKETS = re.compile("（[^（）]*）")
_LEVEL = re.compile("[（(][类款项][）)]")
_PUNCTUATION = re.compile(r"[“”‘’\"'（）()《》〈〉、，：:；;\s·\-—]")
_QUOTED = re.compile(f"[{''.join(_QUOTES)}]")
# What stands under these is an item of the book, unless the passage or the table says that it lists projects.
_BESIDE_GENERAL = frozenset({"government_fund", "state_capital", "social_insurance", "special_account", "other_funds"})
_WORD = re.compile("[\u3400-\u9fffA-Za-z]")
_NAMING = re.compile(f"{_WORD.pattern}|\\d")
_LONGEST = 80
# Names of one report come up again and again: in its rows, its lists and its headings.
_REMEMBERED = 4096


def unnumbered(words: str) -> str:
    """Flattened `words` without the numbers they begin with: 二、（一）, 表3：, 项目2：."""
    labelled = _LABELLED.match(words)
    rest = words[labelled.end() :] if labelled else without_number(words)
    return unnumbered(rest) if len(rest) < len(words) else words


class Nature(NamedTuple):
    """Where a line belongs. `item` is its name; `generic` says that its words named nothing of their own; book '' is not known yet."""

    level: str
    book: str
    item: str
    generic: bool


@lru_cache(maxsize=_REMEMBERED)
def clean_name(words: str) -> str:
    """The name in flattened `words`, '' where they name nothing.

    Numbering, dates, connectors, “我局” and the like are cut off in front, words that only lead over to the number behind.
    """
    name, before = words, None
    while name != before:
        before = name
        name = _DATE.sub("", unnumbered(name.strip(_EDGES)))
        name = _front().sub("", name)
        name = _COUNT.sub("", name)
        name = pattern("naming", "suffixes", after="+$").sub("", name)
    name = _unquoted(name).strip(_EDGES)
    only = _ALL_THERE_IS.match(name)
    name = only["part"] if only and names_level(only["whole"] or only["part"]) else name
    named = 2 <= len(name) <= _LONGEST and _WORD.search(name) and not pattern("naming", "not_names", before="^").match(name)
    return name if named else ""


def row_name(printed: str) -> str:
    """The name of a row, which is one whatever it begins with: 经济普查, 在职培训."""
    name = clean_name(printed)
    return (
        name or without_number(printed).strip(_EDGES) if pattern("naming", "not_names", before="^").match(without_number(printed)) else name
    )


@lru_cache(maxsize=_REMEMBERED)
def title_name(heading: str) -> str:
    """What a heading names, '' where it only announces: “（二）项目支出情况” names 项目支出, “（一）按资金来源” nothing."""
    name = clean_name(pattern("naming", "title_tail", after="$").sub("", clean_name(flatten(without_number(_UNIT.sub("", heading))))))
    return "" if name.startswith("按") or pattern("naming", "title_reject").search(name) else name


@lru_cache(maxsize=_REMEMBERED)
def plain_name(item: str) -> str:
    """The name without number, level, punctuation and endings that come and go (经费, 项目, 支出): what tells whether two lines are one."""
    name = _PUNCTUATION.sub("", _LEVEL.sub("", unnumbered(flatten(item))))
    plain = pattern("naming", "endings", after="+$").sub("", name)
    return plain if len(plain) > 1 else name


def is_pronoun(name: str) -> bool:
    """Does the name only point back, like 该项目?"""
    return bool(pattern("naming", "pronouns", before="^", after="$").match(name))


@lru_cache(maxsize=_REMEMBERED)
def is_generic(name: str) -> bool:
    """Do the words name nothing of their own, like 财政拨款收入和支出?"""
    return not _NAMING.search(pattern("naming", "generic", after=r"|\d+[年个]|[①-⑳]").sub("", name))


class Setting(NamedTuple):
    """Where a passage stands: what its section means (knowledge/outline.toml), and the book the headings above it name, '' for none."""

    kind: str
    book: str


@lru_cache(maxsize=_REMEMBERED)
def place(name: str, setting: Setting) -> Nature:
    """The book and level of a line called `name` in a passage that stands in `setting`."""
    if pattern("naming", "no_project").fullmatch(name):
        return Nature("item", setting.book, name, generic=False)
    own_book = _book_in(name)
    rest = _BRACKETS.sub("", without_book(name)) if own_book else name
    if not own_book and pattern("assets", "words").search(name):
        return Nature("item", "assets", name, generic=False)
    level, book = _level_in(rest) or _half_in(rest), own_book or setting.book
    if level in {"basic_part", "item"}:
        # “三公”经费 under a heading that goes on to other matters is of no book beside the general one.
        book = own_book if level == "item" and book in load("budget")["parts"]["apart"] else book
        return Nature(level, book, _called(name, level), generic=False)
    if level:
        return _whole(level, book)
    if is_generic(rest):
        return _whole_of_section(own_book, setting)
    listed = setting.kind in {"basic", "general_public"} or (setting.kind != "project" and book in _BESIDE_GENERAL)
    # 苗圃灌溉项目 below the general budget is one of its projects, where a fund has subjects of such names.
    if setting.kind == "general_public" and book not in _BESIDE_GENERAL and name.endswith(load("budget")["naming"]["listed"]):
        listed = False
    if pattern("naming", "subjects" if setting.kind == "project" else "any_subjects", after="$").search(name):
        listed = True
    return Nature("item" if listed else "project", book, name, generic=False)


def part_of(whole: Nature, name: str, setting: Setting) -> Nature:
    """The book and level of a part called `name` of the line `whole`."""
    nature = place(name, setting)
    book = nature.book or (whole.book if whole.book != "all" else "")
    if is_whole(nature) and (_book_in(name) or _level_in(name)):
        return nature._replace(book=book)
    if whole.level == "project_total" and not pattern("naming", "subjects", after="$").search(name):
        return Nature("project", book, name, generic=False)
    if whole.level == "basic":
        return Nature("basic_part", book, name, generic=False)
    if nature.level == "basic_part" or (whole.level == "total" and setting.kind in {"project", "targets"} and not is_generic(name)):
        return nature._replace(book=book)
    return Nature("item", whole.book, name, generic=False)


def is_whole(nature: Nature) -> bool:
    """Is the line a whole by itself: the total, 基本支出, 项目支出 or a book?"""
    return nature.generic


def without_book(words: str) -> str:
    """`words` without the name of a book, whose 预算 is no role."""
    book = _book_in(words)
    return pattern("books", book).sub("", words) if book else words


def names_level(name: str) -> bool:
    """Does the name consist of the words of a level, like 基本支出 or 公务接待费?"""
    return bool(_level_in(name))


def _whole(level: str, book: str) -> Nature:
    """基本支出, 项目支出 or the total, in the book its words or its section give."""
    return Nature(level, "all" if level == "total" else book, load("budget")["names"][level], generic=True)


def _whole_of_section(own_book: str, setting: Setting) -> Nature:
    """A line without words of its own is the whole of its section; under 基本支出 and 项目支出 a book in its words changes nothing."""
    if setting.kind in {"basic", "project"}:
        return _whole("basic" if setting.kind == "basic" else "project_total", own_book or setting.book)
    book = own_book or setting.book
    if not book:
        return _whole("total", "")
    return Nature("item" if book == "general_public" else "fund", book, load("budget")["names"][book], generic=True)


def _book_in(name: str) -> str:
    return next((book for book in load("budget")["books"] if pattern("books", book).search(name)), "")


@lru_cache(maxsize=_REMEMBERED)
def _level_in(name: str) -> str:
    """The level whose words `name` consists of, generic words aside."""
    if re.search(load("budget")["naming"]["counted_projects"], name):
        rest = re.sub(load("budget")["naming"]["counted_projects"], "", name)
        return "project_total" if is_generic(rest) else ""
    plain = _BRACKETS.sub("", name)
    for level in ("basic_part", "item", "basic", "project_total", "total"):
        # 公务用车（含执勤车）运行维护费: what a bracket takes in changes no level.
        found = pattern("levels", level).search(plain if level in {"basic_part", "item"} else name)
        if found and is_generic(found.string[: found.start()] + found.string[found.end() :]):
            return level
    return ""


def _called(name: str, level: str) -> str:
    """`name` from the words of its level on, where nothing but generic words stands before: 财政拨款“三公”经费."""
    found = pattern("levels", level).search(name)
    return name[found.start() :] if found and is_generic(name[: found.start()]) else name


def _half_in(name: str) -> str:
    """The half of expenditure that a name is, whatever a bracket says it takes in: 基本支出（人员和公用）."""
    level = _level_in(_BRACKETS.sub("", name)) if name.endswith("）") else ""
    return level if level in {"basic", "project_total"} else ""


def _unquoted(name: str) -> str:
    """Without a quotation mark or bracket that has lost its partner, and without quotation marks around the whole."""
    if not _QUOTED.search(name):
        return name
    for opening, closing in _QUOTES:
        while name.count(opening) > name.count(closing) and opening in name:
            name = name.replace(opening, "", 1)
        while name.count(closing) > name.count(opening):
            name = name.replace(closing, "", 1)
        if name.startswith(opening) and name.endswith(closing) and name.count(opening) == 1:
            name = name[1:-1]
    return name


@cache
def _front() -> re.Pattern[str]:
    knowledge = load("budget")
    return re.compile(
        "^(?:"
        + any_of([*knowledge["naming"]["granted"], *knowledge["naming"]["prefixes"], *knowledge["wording"]["nested"]])
        + "[：，、]?)+"
    )
