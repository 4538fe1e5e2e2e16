"""Reads budget lines out of grids: columns give the roles, rows the names and what stands under what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.grid import NOTE, OPEN_PART, SUBTOTAL, TOTAL, Column, Grid, Row, is_blank, names_role

from .mention import Mention, Money
from .naming import Nature, Setting, clean_name, is_generic, is_whole, names_level, part_of, place, row_name, title_name
from .reasons import tells_what_happened
from .wording import Role, as_planned, flatten, pattern, role_tail

# The kind of a document whose amounts are planned, and the role of an amount whose heads name none.
BUDGET = "budget"
_SPOKEN = {BUDGET: "initial", "account": "actual"}
_YEAR = re.compile(r"\d{4}年度?")
# So many heads name lines where columns are told of lines.
_FEWEST_ITEMS = 2
_BRACKETS = re.compile("（[^（）]*）|[①-⑳].*$|[A-Za-z]$")


def subject_of(document: Document, grid: Grid) -> str:
    """“项目名称 | 农村道路养护” above the rows, in the same table or one it goes on in: the project they are about, '' for none."""
    subject = ""
    for row in (row for table in document.every_table[grid.table :] if table.span[0] < grid.start for row in table.rows):
        cells = [cell for cell in {cell.start: cell for cell in row if not is_blank(cell.text)}.values() if cell.start < grid.start]
        label = pattern("table", "subject_labels", before="^", after="：?$")
        if len(cells) > 1 and label.match(flatten(cells[0].text)) and not names_role(cells[1].text):
            subject = clean_name(flatten(cells[1].text)) or subject
    return subject


class GridReader:
    """Makes mentions of the rows of one grid after the other.

    `moneys` are the sums of the document, `year` is the one it is about, `kind` its kind: what a final account prints was spent, what a
    budget prints is planned.
    """

    def __init__(self, document: Document, moneys: Sequence[Money], year: str, kind: str) -> None:
        self._document = document
        self._moneys = moneys
        self._starts = [money.start for money in moneys]
        self._year = year
        self._kind = kind

    def read(self, grid: Grid) -> Iterator[Mention]:
        """The mentions of `grid`, in reading order; none where no column holds what was planned or spent in the year."""
        columns = _Columns(grid, self._year, self._kind)
        if columns.items:
            yield from self._told_in_columns(grid, columns.items)
        if columns.is_intake or not (columns.roles or columns.named):
            return
        actual = any(role.name == "actual" for _, role in columns.roles)
        table = _Table(grid, self._setting(grid), subject_of(self._document, grid), bool(columns.named), has_actual=actual)
        for row in grid.rows:
            sums = {role: money for column, role in columns.roles if (money := self._money(row, column))}
            mention = table.mention(row) if sums else None
            if mention:
                for role, money in sums.items():
                    mention.add(role, money)
                mention.bare = columns.is_plain
                mention.reason = columns.reason_of(row)
                yield mention
            if row.role == TOTAL and columns.named:
                yield from self._named(row, columns, table)

    def _named(self, row: Row, columns: _Columns, table: _Table) -> Iterator[Mention]:
        """基本支出 and 项目支出 as heads of columns: their amounts in the total row."""
        for column, role in columns.named:
            money = self._money(row, column)
            if money:
                mention = table.made(place(clean_name(flatten(column.path[-1])), table.setting), row)
                mention.add(role, money)
                yield mention

    def _told_in_columns(self, grid: Grid, items: list[Column]) -> Iterator[Mention]:
        """The lines that heads of columns name (合计 | 因公出国 | 公务接待费), each with what the rows are called by: 预算数, 决算数."""
        table = _Table(grid, self._setting(grid), "", crossed=True, has_actual=False)
        rows = [(row, role) for row in grid.rows if (role := self._role_of(row, alone=len(grid.rows) == 1))]
        for column in items:
            nature = table.of_column(column)
            sums = [(row, role, money) for row, role in rows if nature and (money := self._money(row, column))]
            mention = table.made(nature, sums[0][0]) if sums else None
            for _, role, money in sums:
                mention.add(role, money)
                mention.bare |= role.name == "budget"
            if mention:
                yield mention

    def _role_of(self, row: Row, *, alone: bool) -> Role | None:
        """What the amounts of a row are by its name, None for those of another year; of one `alone` without a name the document says it."""
        name = flatten(row.name)
        if not name and alone and self._kind in _SPOKEN:
            return Role(_SPOKEN[self._kind], strong=True)
        year = _YEAR.search(name)
        if pattern("outside", "prior").search(name) or (year and self._year not in year[0]):
            return None
        tail = role_tail(_YEAR.sub("", name))
        return tail.roles[0] if tail and tail.start == 0 else None

    def _money(self, row: Row, column: Column) -> Money | None:
        cell = row.cell(column)
        index = bisect_left(self._starts, cell.start) if cell else len(self._moneys)
        found = self._moneys[index] if index < len(self._moneys) else None
        return found if found and cell and found.usable and found.end <= cell.end and row.value(column) else None

    def _setting(self, grid: Grid) -> Setting:
        """Where the table stands; projects in its heads or title make it one of project expenditure."""
        books = load("budget")["books"]
        kinds = [heading.kind for heading in self._document.outline.at(grid.start)]
        caption = place(title_name(grid.title) or "", Setting("", ""))
        book = next((kind for kind in reversed(kinds) if kind in books), "") or (caption.book if caption.book in books else "")
        kind = self._document.section_kind_at(grid.start)
        heads = (head for column in grid.columns if column.kind == "name" for head in column.path)
        if caption.level == "project_total" or any(pattern("table", "project_heads").fullmatch(flatten(head)) for head in heads):
            kind = "project"
        return Setting(kind if kind in load("budget")["sections"]["budget"] else "budget", book)


class _Columns:
    """What the columns of a grid say of its amounts: `roles` for those of the row's own line, `named` for those whose head names a line."""

    def __init__(self, grid: Grid, year: str, kind: str) -> None:
        self.is_intake = any(
            pattern("outside", "intake_heads").search(flatten(head))
            for column in grid.columns
            if column.kind == "name"
            for head in column.path[:1]
        )
        filled = {column for _, column, _ in grid.numbers() if column.kind == "amount"} - _of_results(grid)
        own = [column for column in grid.columns if column in filled and not (year and column.period and column.period != year)]
        said = [(column, role) for column in own if not _is_share_of_span(column, own) and (role := _role_in(column, kind))]
        self.roles = _settled(said, rated=any(column.role == "rate" for column in grid.columns))
        self.is_plain = any(role.name == "budget" and (column, Role("initial", strong=True)) in self.roles for column, role in said)
        self.roles += _told_as_adjusted(grid, own, self.roles)
        self.named: list[tuple[Column, Role]] = []
        self._reasons = [column for column in grid.columns if column.role == "reason"]
        self._remarks = [column for column in grid.columns if column.role == "remark"]
        self.items = _told_of_items(own) if not self.roles else []
        halves = [column for column in own if _names_half(column)]
        if halves and len(self.roles) <= 1:
            # 合计 | 基本支出 | 项目支出: the heads name lines, and of what kind their amounts are the document says.
            role = self.roles[0][1] if self.roles else Role(_SPOKEN.get(kind, ""), strong=True)
            whole = [column for column in own if column not in halves and _is_sum(column)][:1]
            self.roles = [(column, role) for column in whole if role.name]
            self.named = [(column, role) for column in halves if role.name]

    def reason_of(self, row: Row) -> str:
        """What the row gives as its reason, else a remark that tells what happened; '' for nothing."""
        reasons = (cell.text for column in self._reasons if (cell := row.cell(column)))
        remarks = (cell.text for column in self._remarks if (cell := row.cell(column)) and tells_what_happened(cell.text))
        return next((text for text in (*reasons, *remarks) if not is_blank(text) and not text.isdigit()), "")


class _Table:
    """The rows of one grid so far: what a part is a part of."""

    def __init__(self, grid: Grid, setting: Setting, subject: str, crossed: bool, *, has_actual: bool) -> None:
        self.setting = setting
        self._caption = place(title_name(grid.title) or "", Setting("", ""))
        self._subject = subject
        self._crossed = crossed
        self._wholes: list[tuple[int, Mention]] = []
        self._before: Nature | None = None
        self._totals = 0
        self._last_total = max((row.number for row in grid.rows if row.role == TOTAL), default=-1)
        self._has_actual = has_actual
        self._has_basic = any((half := _half_in(row.name)) and half.level == "basic" for row in grid.rows)
        self._half_below = dict(_halves_below(grid.rows))
        self._names: list[str] = []
        self._is_money = any(
            pattern("table", "money_labels", before="^", after="$").match(_BRACKETS.sub("", flatten(head)))
            for column in grid.columns
            for head in column.path
        )

    def mention(self, row: Row) -> Mention | None:
        """The mention a row makes, None for rows that are no line: subtotals, balances, notes, the grand total over a total."""
        if row.role == NOTE or (row.role == SUBTOTAL and not _half_in(row.name)) or _is_balance(row.name):
            return None
        self._wholes = [(depth, whole) for depth, whole in self._wholes if depth < row.level]
        above = self._wholes[-1][1] if self._wholes else None
        nature = self._nature(row, above)
        if nature is None:
            return None
        if row.role != TOTAL:
            self._names.append(nature.item)
        self._before = nature
        nested = row.role == OPEN_PART or row.level > 0
        mention = self.made(nature, row, above if nested and not is_whole(nature) else None)
        self._wholes.append((row.level, mention))
        return mention

    def made(self, nature: Nature, row: Row, parent: Mention | None = None) -> Mention:
        """A mention of `nature` that stands in `row`."""
        start, end = min(cell.start for cell in row.cells), max(cell.end for cell in row.cells)
        return Mention(nature, "budget", start, end, source="table", parent=parent, named=bool(row_name(flatten(row.name))))

    def of_column(self, column: Column) -> Nature | None:
        """What the head of a column names: a bare total the line of the title, a bare word nothing."""
        name = clean_name(flatten(column.path[-1]))
        if _is_sum(column) and is_generic(name):
            return self._caption._replace(book=self.setting.book) if self._caption.level == "item" else None
        nature = place(name, self.setting) if name else None
        return nature._replace(level="item") if nature and nature.level == "project" else nature

    def _nature(self, row: Row, above: Mention | None) -> Nature | None:
        name = flatten(row.name)
        own = row_name(name)
        is_intake = bool(pattern("outside", "beside", after="$").search(own))
        if is_intake and row.role == TOTAL:
            return None
        if not name and self._is_money and not above:
            return place(self._subject, self.setting)
        if row.role == TOTAL:
            # 项目支出合计 is no total that a grand one could stand over.
            self._totals += not _half_in(own)
            if self._totals > 1 and load("grids")["row"]["grand"] in name:
                return None
            if self._subject:
                return Nature("project", self.setting.book, self._subject, generic=False)
            if self._names and all(pattern("parts", "parts").match(name) for name in self._names) and is_generic(own):
                return place(load("budget")["parts"]["together"], self.setting)
            # The total of a table “三公”经费支出表 is that of what its title names.
            if self._caption.level in {"item", "basic_part"} and is_generic(own):
                return self._caption._replace(book=self.setting.book)
            # Rows of 基本支出 beside the projects: their total is that of all expenditure.
            return place(own, self.setting._replace(kind="budget") if self._has_basic else self.setting)
        if self._subject and not own and not above:
            return Nature("project", self.setting.book, self._subject, generic=False)
        own = own or (name if above or self._totals or row.number < self._last_total else "")
        below = row.number < self._last_total or self._totals or (above is not None and above.nature.level == "total")
        if own and below and (is_generic(own) or (is_intake and self._has_actual)) and not names_level(own):
            return Nature("item", self.setting.book, own, generic=False)  # 财政拨款, 其他收入: a part of the total told before
        if not own or is_intake:
            return None
        if own == load("budget")["names"]["other_funds"] and self._before and self._before.book in load("budget")["books"]:
            own = f"{own}支出"  # among the books it is one of them
        whole = above.nature if above else self._half_below.get(row.number)
        nature = part_of(whole, own, self.setting) if whole else place(own, self.setting)
        # A functional or economic subject is no project.
        return nature._replace(level="item") if nature.level == "project" and (row.code or self._crossed) else nature


def _of_results(grid: Grid) -> set[Column]:
    """The columns whose numbers are printed in units of other things than money more often than not: targets and results of work."""
    money = load("units")["money"]
    kinds = Counter((column.place, value.unit in money) for _, column, value in grid.numbers() if value.unit)
    return {column for column in grid.columns if kinds[column.place, False] > kinds[column.place, True]}


def _role_in(column: Column, kind: str) -> Role | None:
    """The role of a column in a document of such a kind."""
    role = head_role(column)
    return next(iter(as_planned((role,), "".join(column.path))), None) if role and kind == BUDGET else role


def head_role(column: Column) -> Role | None:
    """The role the heads of a column give it, None for rates, changes, parts of the year and everything else."""
    bracketed = pattern("table", "bracketed_role", before="（(", after=")）")
    texts = [_YEAR.sub("", _BRACKETS.sub("", bracketed.sub(r"\1", flatten(head)))) for head in column.path]
    for text in dict.fromkeys((texts[-1], "".join(texts)) if texts else ()):
        if pattern("table", "ignored").search(text) or pattern("table", "part_of_year").search(text):
            return None
        tail = role_tail(text)
        # 支出 alone says that it was spent; 项目支出 is what it was spent on.
        if tail and tail.roles[0].name != "stock" and (tail.roles[0].strong or tail.start == 0):
            return tail.roles[0]
    return None


def _settled(said: list[tuple[Column, Role]], *, rated: bool) -> list[tuple[Column, Role]]:
    """One column a role: a plain 预算数 is the adjusted one beside an initial budget, and beside the rate of its execution, for
    that is of the year's budget (财预〔2020〕10号); else it is the initial."""
    initial = any(role.name == "initial" for _, role in said)
    settled: dict[str, Column] = {}
    for column, role in said:
        name = ("adjusted" if initial or rated else "initial") if role.name == "budget" else role.name
        settled.setdefault(name, column)
    return [(column, Role(name, strong=True)) for name, column in settled.items()]


def _told_as_adjusted(grid: Grid, own: list[Column], roles: list[tuple[Column, Role]]) -> list[tuple[Column, Role]]:
    """A column 调整数 without one of the adjusted budget beside it is that, where its numbers are as large as budgets are."""
    by_name = {role.name: column for column, role in roles}
    changed = next((column for column in own if pattern("table", "changed_heads").fullmatch(flatten("".join(column.path[-1:])))), None)
    if changed is None or "initial" not in by_name or "adjusted" in by_name:
        return []
    pairs = [(row.value(by_name["initial"]), row.value(changed)) for row in grid.rows]
    large = [changed_to.number * 2 > began.number for began, changed_to in pairs if began and changed_to]
    return [(changed, Role("adjusted", strong=True))] if large and all(large) else []


def _is_sum(column: Column) -> bool:
    """Whether a head only says that the column is the whole of its row: 合计, 本年支出合计."""
    return bool(column.path) and bool(re.search(load("grids")["head"]["whole"], column.path[-1]))


def _is_share_of_span(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column is only some of what its spanning head says, which another has whole: 全年预算数 › 小计, 上年结转, 当年预算."""
    span = column.path[:-1]
    beside = [other for other in columns if span and other is not column and other.path[:-1] == span]
    sums = [other for other in beside if re.search(load("grids")["head"]["sum"], flatten(other.path[-1]))]
    return bool(sums) and not any(_names_half(other) for other in (column, *beside))


def _names_half(column: Column) -> bool:
    return bool(column.path) and _half_in(column.path[-1]) is not None


def _half_in(printed: str) -> Nature | None:
    """The half of expenditure that a row or column names, as its sum or otherwise: 基本支出, 项目支出小计."""
    name = clean_name(flatten(printed))
    nature = place(name, Setting("", "")) if name else None
    return nature if nature and nature.level in {"basic", "project_total"} else None


def _halves_below(rows: Sequence[Row]) -> Iterator[tuple[int, Nature]]:
    """The half whose subtotal stands below a row, by the number of the row."""
    half = None
    for row in reversed(rows):
        if row.role in {SUBTOTAL, TOTAL}:
            half = _half_in(row.name) if row.role == SUBTOTAL else None
        elif half:
            yield row.number, half


def _told_of_items(own: list[Column]) -> list[Column]:
    """The columns with heads where two of them at least name lines of the budget that are no halves of it, and none a half."""
    named = [column for column in own if column.path and names_level(clean_name(flatten(column.path[-1])))]
    items = len(named) >= _FEWEST_ITEMS and not any(map(_names_half, own))
    return [column for column in own if column.path] if items else []


def _is_balance(name: str) -> bool:
    return bool(pattern("table", "balances").search(flatten(name)))
