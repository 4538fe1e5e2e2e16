"""Reads budget statements out of tables: column heads give the roles, the cell in front of them the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from selfeval.knowledge import load
from selfeval.reading.document import Document

from .naming import Nature, Setting, clean_name, is_whole, part_of, place, title_name
from .rows import Row, is_empty, is_number
from .statement import Money, Statement
from .wording import Role, any_of, as_planned, flatten, pattern, role_tail

_BRACKETS = re.compile("（[^（）]*）|[①-⑳].*$|[A-Za-z]$")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_YEAR = re.compile(r"(\d{4})年")
_LONG_LINE = 30


@dataclass(slots=True)
class _Heads:
    """The columns of a table: which role each holds, how many there are, whether its rows are projects."""

    roles: dict[int, Role] = field(default_factory=dict)
    reason: int | None = None
    width: int = 0
    of_projects: bool = False

    @property
    def first(self) -> int:
        """The first column that holds money."""
        return min(self.roles)


class GridReader:
    """Goes through table rows in reading order; `statements` are what it has understood so far."""

    def __init__(self, document: Document, moneys: list[Money], year: str, kind: str = "") -> None:
        self.statements: list[Statement] = []
        self._document = document
        self._moneys = moneys
        self._starts = [money.start for money in moneys]
        self._year = year
        self._kind = kind
        self.restart()

    def restart(self, caption: str = "") -> None:
        """Begin another table, under the line `caption`."""
        self._heads = _Heads()
        self._caption = caption
        self._subject = ""
        self._whole: Statement | None = None
        self._listing = False
        self._above: list[str] = []

    def pass_by(self, line: str, offset: int) -> None:
        """Take note of a line that is no row: prose or a heading ends the table, a short line is a caption or a merged row inside it."""
        above = self._document.outline.at(offset)
        heading = bool(above) and above[-1].start == offset and line[-1:] not in {"：", ":"}
        if heading or len(line) >= _LONG_LINE or "。" in line:
            self.restart(line)
        elif line:
            self._caption = line

    def read(self, row: Row) -> bool:
        """Read one row; was it part of a budget table?"""
        heads = self._heads_of(row)
        if heads:
            self._heads, self._above = heads, [flatten(cell.text) for cell in row]
            self._subject = "" if heads.of_projects else self._subject
            return True
        if self._is_subject(row):
            return True
        if not any(is_number(cell.text) for cell in row):
            self._above = [flatten(cell.text) for cell in row]
            if sum(not is_empty(cell.text) for cell in row) > 2:
                self._heads = _Heads()
            return False
        return bool(self._heads.roles) and self._read_sums(row)

    def _heads_of(self, row: Row) -> _Heads | None:
        """The columns, if the row names at least one role and gives no number."""
        texts = [flatten(cell.text) for cell in row]
        if any(is_number(text) for text in texts) or sum(not is_empty(text) for text in texts) < 2:
            return None
        texts = _under(self._above, texts)
        found = {index: role for index, text in enumerate(texts) if (role := self._role(text))}
        if _is_money(texts[0]):
            found.pop(0, None)
        if not found or 0 in found:
            return None
        roles = _settled(found, texts)
        reasons = (index for index, text in enumerate(texts) if index not in roles and pattern("table", "reason_heads").search(text))
        names = texts[: min(roles)]
        of_projects = any(pattern("table", "project_heads").fullmatch(name) for name in names)
        return _Heads(roles, next(reasons, None), len(row), of_projects)

    def _role(self, head: str) -> Role | None:
        """The role a column head gives its column in such a document."""
        role = head_role(head, self._year)
        return next(iter(as_planned((role,), head)), None) if role and self._kind == "budget" else role

    def _is_subject(self, row: Row) -> bool:
        """“项目名称 | 农村道路养护”: what the rows that follow are about."""
        texts = [cell.text for cell in row if not is_empty(cell.text)]
        label = pattern("table", "subject_labels", before="^", after="：?$")
        if len(texts) < 2 or not label.match(flatten(texts[0])) or is_number(texts[1]):
            return False
        self._subject, self._whole = clean_name(flatten(texts[1])), None
        return True

    def _read_sums(self, row: Row) -> bool:
        shift = self._shift(row)
        sums = {role: money for index, role in self._heads.roles.items() if (money := self._money(row, index - shift))}
        name = self._name(row, shift) or self._name_of_total()
        statement = self._statement(name, row) if sums and name else None
        if statement is None:
            return bool(sums)
        for role, money in sums.items():
            statement.add(role, money)
        statement.reason = self._reason(row, shift)
        self.statements.append(statement)
        return True

    def _shift(self, row: Row) -> int:
        """By how many columns the row is short in front: cells vanish at its end or, with a merged first cell, at its beginning."""
        return max((0, self._heads.width - len(row)), key=lambda shift: self._fit(row, shift))

    def _fit(self, row: Row, shift: int) -> int:
        """How well the row fits so shifted: sums where sums belong, none where the name belongs."""
        kinds = {index + shift: cell.text for index, cell in enumerate(row)}
        sums = sum(is_number(text) and "%" not in text for column, text in kinds.items() if column in self._heads.roles)
        words = sum(not is_number(text) and not is_empty(text) for column, text in kinds.items() if column in self._heads.roles)
        return sums - 2 * words - sum(is_number(text) for column, text in kinds.items() if 0 < column < self._heads.first)

    def _money(self, row: Row, column: int) -> Money | None:
        if not 0 <= column < len(row):
            return None
        index = bisect_left(self._starts, row[column].start)
        found = self._moneys[index] if index < len(self._moneys) else None
        return found if found and found.usable and found.end <= row[column].end else None

    def _name(self, row: Row, shift: int) -> str:
        """The last words before the first sum; a number in front is the row's own."""
        words = [flatten(cell.text) for cell in row[: self._heads.first - shift] if not is_empty(cell.text) and not is_number(cell.text)]
        return next((text for text in reversed(words) if len(text) > 1), "")

    def _name_of_total(self) -> str:
        """What a row without a name is called: a total where the head over the names speaks of money, else ""."""
        return "合计" if any(map(_is_money, self._above[: self._heads.first])) else ""

    def _reason(self, row: Row, shift: int) -> str:
        column = (self._heads.reason or 0) - shift
        if self._heads.reason is None or not 0 <= column < len(row):
            return ""
        return "" if is_empty(row[column].text) or is_number(row[column].text) else row[column].text

    def _statement(self, name: str, row: Row) -> Statement | None:
        setting = self._setting(row[0].start)
        nested = self._is_part(name, setting)
        nature = self._nature(name, setting, nested=nested)
        if nature is None:
            return None
        whole = self._whole if nested and not is_whole(nature) else None
        if nature.level == "project" and self._has_code(row):
            nature = nature._replace(level="item")
        statement = Statement(nature, "budget", row[0].start, row[-1].end, source="table", parent=whole, named=bool(clean_name(name)))
        self._listing = nested
        if not nested:
            self._whole = statement
        return statement

    def _has_code(self, row: Row) -> bool:
        """Does the code of a functional subject (类 3 digits, 款 5, 项 7) stand in front of the sums?"""
        return any(_CODE.fullmatch(cell.text.strip()) for cell in row[: self._heads.first])

    def _is_part(self, name: str, setting: Setting) -> bool:
        """其中 opens a list of parts; it goes on until a numbered row or another whole."""
        if pattern("wording", "nested", before="^").match(name):
            return True
        level = place(clean_name(name), setting).level
        ends = pattern("table", "totals").search(name) or level in {"total", "basic", "project_total"} or _NUMBERED.match(name)
        return self._listing and not ends

    def _nature(self, name: str, setting: Setting, *, nested: bool) -> Nature | None:
        own = clean_name(name)
        total = pattern("table", "totals").search(name)
        if self._subject and not nested:
            return Nature("project", setting.book, self._subject, generic=False) if total or not own else None
        if total and not own:
            return None if pattern("table", "subtotals").search(name) else place("", setting)
        if nested and self._whole:
            own = own or pattern("wording", "nested", before="^", after="：?").sub("", name)
            return part_of(self._whole.nature, own, setting) if own else None
        if not own or pattern("outside", "beside", after="$").search(own):
            return None
        return place(own, setting)

    def _setting(self, offset: int) -> Setting:
        """Where the table stands; projects in its heads or caption make it one of project expenditure."""
        books = load("budget")["books"]
        kinds = [heading.kind for heading in self._document.outline.at(offset)]
        caption = place(title_name(self._caption) or "", Setting("", ""))
        book = next((kind for kind in reversed(kinds) if kind in books), "") or (caption.book if caption.book in books else "")
        kind = self._document.section_kind_at(offset)
        if self._heads.of_projects or caption.level == "project_total":
            kind = "project"
        return Setting(kind if kind in load("budget")["sections"]["budget"] else "budget", book)


def _is_money(head: str) -> bool:
    """Does a head over names only say that it is money (预算资金), so that it is the label of a form and no column?"""
    return bool(pattern("table", "money_labels", before="^", after="$").match(_BRACKETS.sub("", head)))


def head_role(head: str, year: str) -> Role | None:
    """The role a column head gives its column, None for rates, scores, changes, other years and everything else."""
    text = _BRACKETS.sub("", pattern("table", "bracketed_role", before="（(", after=")）").sub(r"\1", head))
    years = _YEAR.findall(text)
    if pattern("table", "ignored").search(text) or (year and years and year not in years):
        return None
    tail = role_tail(text)
    return tail.roles[0] if tail and tail.roles[0].name != "stock" else None


def _under(above: list[str], texts: list[str]) -> list[str]:
    """Heads of two storeys joined: an upper head stands over its own column and the empty ones after it."""
    if len(above) != len(texts):
        return texts
    upper, joined = "", []
    for over, text in zip(above, texts, strict=True):
        upper = over or upper
        joined.append((text if head_role(text, "") else upper + text) if text else over)
    return joined


def _settled(found: dict[int, Role], texts: list[str]) -> dict[int, Role]:
    """A plain 预算数 is the adjusted budget beside an initial one, else the initial; so is 小计 beside an initial one."""
    initial = any(role.name == "initial" for role in found.values())
    roles = {}
    for index, role in found.items():
        name = ("adjusted" if initial else "initial") if role.name == "budget" else role.name
        roles.setdefault(name, (index, Role(name, strong=True)))
    if initial and "adjusted" not in roles:
        extra = next(
            (index for index, text in enumerate(texts) if index and re.match(any_of(load("budget")["table"]["adjusted_heads"]), text)), None
        )
        if extra is not None:
            roles["adjusted"] = (extra, Role("adjusted", strong=True))
    return dict(roles.values())
