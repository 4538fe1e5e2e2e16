"""Reads budget statements out of running text, sum by sum, remembering whose money is being spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selfeval.knowledge import load
from selfeval.reading.document import Document

from .lead import ASIDE, BESIDE, CHANGE, LINE, OUTSIDE, Lead, read_lead
from .naming import Nature, Setting, is_generic, is_pronoun, is_whole, part_of, place, title_name, without_book
from .passages import label_in
from .statement import Mention, Money, Statement
from .wording import Role, as_planned, flatten, pattern, roles_in

_LONGEST_LEAD = 240
_BETWEEN = re.compile("(?:[、，和与及]|以及)+")
_SPLIT = re.compile("、|和|与|及|以及")
_COUNTED = re.compile(r"等?[两一二三四五六七八九十\d]+[个项类块][^、]*$")
_MARK = re.compile("[，,；;：:]")
_STOP = re.compile("[。！？]")
_ACTUAL = Role("actual", strong=False)
_ADJUSTED = Role("adjusted", strong=True)


@dataclass(slots=True)
class _List:
    """An open list of parts: their whole, the roles they share, and how the list is written."""

    whole: Statement
    roles: tuple[Role, ...]
    bracket: bool
    semicolons: bool
    outside: bool
    own_roles: bool = False


@dataclass(slots=True)
class _Memory:
    """What the next sum may lean on: the lines just spoken of, the open lists, the roles last used in the sentence, the last verdict."""

    current: list[Statement] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    roles: tuple[Role, ...] = ()
    verdict: str = LINE


class ProseReader:
    """Goes through the sums of a text in reading order; `statements` and `mentions` are what it has understood so far."""

    def __init__(self, document: Document, year: str, kind: str = "") -> None:
        self.statements: list[Statement] = []
        self.mentions: list[Mention] = []
        self._document = document
        self._year = year
        self._kind = kind
        self._memory = _Memory()
        self._head: Statement | None = None
        self._alone = True
        self._label: tuple[tuple[str, ...], str] = ((), "")
        self._section: tuple[str, ...] = ()
        self._setting = Setting("", "")
        self._titled: dict[tuple[str, ...], Statement] = {}

    def read(self, start: int, end: int, moneys: list[Money]) -> None:
        """Read the passage from `start` to `end`, in which the `moneys` stand."""
        if not moneys:
            label = label_in(self._document.text[start:end])
            self._label = (self._document.section_at(start), label) if label else self._label
            return
        self._enter(moneys[0].start)
        before, index = start, 0
        while index < len(moneys):
            words = self._document.text[max(before, moneys[index].start - _LONGEST_LEAD) : moneys[index].start]
            lead = read_lead(words, at_start=before == start, year=self._year)
            run = self._run(moneys, index, lead)
            self._close_lists(lead)
            taken = self._take(run, lead)
            self.mentions.append(Mention(moneys[index].start - len(words) + _own_words(words, lead), run[-1].end, end, taken, lead.verdict))
            before, index = run[-1].end, index + len(run)
        self._note_unchanged(self._document.text[before:end])

    def _enter(self, offset: int) -> None:
        """Forget what a new passage cannot lean on."""
        section = self._document.section_at(offset)
        if section != self._section:
            self._head = None
        self._section, self._setting = section, self._setting_at(offset)
        self._memory = _Memory()

    def _setting_at(self, offset: int) -> Setting:
        books = load("budget")["books"]
        kinds = [heading.kind for heading in self._document.outline.at(offset)]
        return Setting(self._document.section_kind_at(offset), next((kind for kind in reversed(kinds) if kind in books), ""))

    def _run(self, moneys: list[Money], index: int, lead: Lead) -> list[Money]:
        """The figures that are given in turn: “分别为10万元、12万元和9万元”; one figure otherwise."""
        run = [moneys[index]]
        if lead.spread or len(lead.roles) > 1:
            for money in (moneys[place] for place in range(index + 1, len(moneys))):
                if not _BETWEEN.fullmatch(flatten(self._document.text[run[-1].end : money.start])):
                    break
                run.append(money)
        return run

    def _close_lists(self, lead: Lead) -> None:
        """A list of parts ends with its sentence, with its bracket, or with a semicolon unless semicolons stand between its parts."""
        memory = self._memory
        if lead.unchanged:
            self._mark_unchanged()
        if lead.fresh:
            if memory.lists:
                memory.current = [memory.lists[0].whole] if memory.lists[0].whole.roles else []
            memory.lists, memory.roles = [], ()
        for _ in range(lead.closes):
            if memory.lists and memory.lists[-1].bracket:
                memory.current = [memory.lists.pop().whole]
        if lead.semicolon and memory.lists and not memory.lists[-1].semicolons:
            memory.lists, memory.current = [], []

    def _take(self, run: list[Money], lead: Lead) -> list[Statement]:
        """Enter the sums of `run` where `lead` says they belong; the statements that took them."""
        memory, memory_verdict = self._memory, self._memory.verdict
        memory.verdict = lead.verdict
        if lead.verdict in {CHANGE, ASIDE} or not all(money.usable for money in run):
            return self._keep_name(run[0], lead)
        if lead.verdict in {BESIDE, OUTSIDE} or self._is_balanced(lead):
            return self._leave_out(run[0], lead)
        if lead.nested:
            self._open_list(lead, run[0])
        roles = self._roles(lead, memory_verdict)
        owners = self._owners(run, lead, roles) if roles else []
        if not owners:
            return self._leave_out(run[0], lead)
        against = bool(pattern("wording", "against").match(lead.phrase))
        memory.current, memory.roles = owners, memory.roles if against else roles
        if memory.lists:
            memory.lists[-1].own_roles |= bool(lead.roles)
        elif not owners[0].outside:
            self._alone = self._head is None or (self._alone and self._head is owners[-1])
            self._head = owners[-1]
        return self._enter_sums(run, owners, roles, against=against)

    def _is_balanced(self, lead: Lead) -> bool:
        """Is it what income and expenditure are balanced in, with what is carried over, where expenditure of the year has its own total?"""
        return bool(pattern("outside", "balanced").search(lead.phrase)) and load("budget")["outside"]["of_the_year"] in self._document.text

    def _leave_out(self, money: Money, lead: Lead) -> list[Statement]:
        """A sum that is no line: what it names is remembered, so that one leaning on it is none either; spending may follow an intake."""
        name = pattern("outside", "beside", after="$").sub("", lead.item)
        if lead.verdict == BESIDE and (name or not self._memory.current):
            known = is_whole(place(name, self._setting)) or load("budget")["outside"]["intake"] not in lead.phrase
            self._memory.current = [Statement(place(name, self._setting), self._setting.kind, money.start, money.end, outside=not known)]
            self._memory.current[0].last_roles = roles_in(without_book(lead.phrase))
        elif lead.verdict != BESIDE and lead.item:
            nature = Nature("item", "", lead.item, generic=False)
            self._memory.current = [Statement(nature, self._setting.kind, money.start, money.end, outside=True)]
        return []

    def _keep_name(self, money: Money, lead: Lead) -> list[Statement]:
        """A change or a rest that begins a sentence may name the line spoken of next: “抢险项目年中追加120万元，支出118万元”."""
        telling = lead.item and not is_generic(lead.item) and not pattern("outside", "prior").search(lead.item)
        if lead.fresh and telling and not self._memory.current:
            self._memory.current = [Statement(place(lead.item, self._setting), self._setting.kind, money.start, money.end)]
        return []

    def _open_list(self, lead: Lead, money: Money) -> None:
        memory = self._memory
        whole = self._head if lead.fresh else (memory.current or [self._head])[-1]
        if lead.owner and (lead.fresh or whole is None):
            nature = place(lead.owner, self._setting)
            if whole is None or whole.nature != nature:
                whole = Statement(nature, self._setting.kind, money.start, money.start)
        if whole:
            outside = whole.outside or not (whole.roles or lead.owner)
            memory.lists.append(_List(whole, lead.context or whole.last_roles, lead.opens, lead.colon, outside))

    def _roles(self, lead: Lead, verdict_before: str) -> tuple[Role, ...]:
        """The roles of a sum, as they are meant in such a document."""
        roles = self._said_roles(lead, verdict_before)
        return as_planned(roles, lead.phrase) if self._kind == "budget" else roles

    def _said_roles(self, lead: Lead, verdict_before: str) -> tuple[Role, ...]:
        """The roles of a sum: said here, said once for the list, kept from the sum before, or what such a section speaks of."""
        if self._is_asset(lead):
            return (_ACTUAL,)
        said = tuple(role for role in lead.roles if role.name != "stock")
        beside = self._memory.current[0].last_roles if self._memory.current and not self._memory.current[0].roles else ()
        if beside and lead.phrase == load("budget")["wording"]["outlay"]:
            return beside
        if said:
            return said
        if verdict_before == CHANGE and lead.phrase.startswith(load("budget")["wording"]["afterwards"]):
            return (_ADJUSTED,)
        shared = (
            lead.context
            or (self._memory.lists[-1].roles if self._memory.lists else ())
            or (self._memory.roles if lead.item and lead.direct else ())
        )
        return shared or lead.implied or self._usual_roles(lead)

    def _is_asset(self, lead: Lead) -> bool:
        if any(role.strong for role in lead.roles):
            return False
        listed = self._memory.lists and self._memory.lists[-1].whole.nature.book == "assets"
        return bool(listed or pattern("assets", "words").search(lead.phrase))

    def _usual_roles(self, lead: Lead) -> tuple[Role, ...]:
        """Without any role word a sum is what was spent, where the section is about one book or the name is a line by itself."""
        if self._setting.kind not in load("budget")["sections"]["spent"] or not lead.item:
            return ()
        nature = place(lead.item, self._setting)
        if nature.generic or nature.level == "basic_part" or self._setting.kind not in {"project", "basic"}:
            return (_ACTUAL,)
        listed = lead.numbered or (lead.fresh and pattern("naming", "noun_ends", after="$").search(lead.item))
        return (_ACTUAL,) if listed else ()

    def _owners(self, run: list[Money], lead: Lead, roles: tuple[Role, ...]) -> list[Statement]:
        """The statements the sums of `run` go to; none where it cannot be told."""
        several = len(run) if len(run) > 1 and len(roles) != len(run) else 0
        if not lead.item and self._is_of_granted(lead):
            owners = [self._granted(run[0])]
        elif not lead.item or is_pronoun(lead.item):
            owners = self._spoken_of(run, roles, several or (len(self._memory.current) if lead.each else 0))
        else:
            owners = [self._statement(name, lead, run[0], roles) for name in _names(lead, several, roles)]
        return [] if several and len(owners) != several else owners

    def _is_of_granted(self, lead: Lead) -> bool:
        """Does a budget or an account speak of what was granted by the treasury (财政拨款支出), which there is a part of the whole?"""
        of_whole_book = self._kind in load("budget")["granted"]["kinds"]
        return of_whole_book and bool(pattern("granted", "words").search(lead.phrase))

    def _granted(self, money: Money) -> Statement:
        """The statement about what the treasury granted."""
        nature = Nature("item", self._setting.book, load("budget")["granted"]["item"], generic=False)
        return Statement(nature, self._setting.kind, money.start, money.end)

    def _spoken_of(self, run: list[Money], roles: tuple[Role, ...], several: int) -> list[Statement]:
        """Whose money it is when the words do not say: the whole of a list whose parts share its roles, the line before, or the heading."""
        memory = self._memory
        if memory.lists and not memory.lists[-1].own_roles and memory.current:
            memory.current = [memory.lists.pop().whole]
        if several:
            return memory.current
        if memory.current:
            goes_on = memory.current[0].outside or memory.current[0].takes(roles[0], run[0])
            return memory.current[:1] if goes_on else []
        return self._from_heading(run[0], roles[0])

    def _from_heading(self, money: Money, role: Role) -> list[Statement]:
        title = self._label[1] if self._label[0] == self._section else ""
        title = title or (title_name(self._section[-1]) if self._section else "")
        if is_generic(title):
            if self._setting.kind in load("budget")["sections"]["silent"]:
                return []
            if self._head and self._alone and not is_whole(self._head.nature) and self._head.takes(role, money):
                return [self._head]
        key = (*self._section, title)
        known = self._titled.get(key)
        if known and not known.takes(role, money):
            return []
        if not known:
            known = self._titled[key] = Statement(place(title, self._setting), self._setting.kind, money.start, money.end, named=False)
        return [known]

    def _statement(self, name: str, lead: Lead, money: Money, roles: tuple[Role, ...]) -> Statement:
        """The statement about `name`: the one just spoken of goes on when it is named again."""
        memory = self._memory
        for statement in memory.current:
            if statement.nature.item == name and all(statement.takes(role, money) for role in roles):
                return statement
        whole = memory.lists[-1].whole if memory.lists else None
        nature = part_of(whole.nature, name, self._setting) if whole else place(name, self._setting)
        if self._is_asset(lead):
            nature = Nature("item", "assets", name, generic=False)
        return Statement(
            nature, self._setting.kind, money.start, money.end, parent=whole, outside=bool(memory.lists and memory.lists[-1].outside)
        )

    def _enter_sums(self, run: list[Money], owners: list[Statement], roles: tuple[Role, ...], *, against: bool) -> list[Statement]:
        for statement in owners:
            if not statement.roles and not statement.outside:
                self.statements.append(statement)
            statement.last_roles = statement.last_roles if against else roles
        if len(run) == 1:
            entries = [(statement, role, run[0]) for statement in owners for role in roles]
        elif len(owners) == len(run):
            entries = [(statement, role, money) for statement, money in zip(owners, run, strict=True) for role in roles]
        else:
            entries = [(owners[0], role, money) for role, money in zip(roles, run, strict=True)]
        for statement, role, money in entries:
            statement.add(role, money)
        return owners

    def _note_unchanged(self, rest: str) -> None:
        if pattern("wording", "unchanged").search(flatten(_STOP.split(rest)[0])):
            self._mark_unchanged()

    def _mark_unchanged(self) -> None:
        for statement in self._memory.current:
            statement.unchanged = True


def _names(lead: Lead, several: int, roles: tuple[Role, ...]) -> list[str]:
    """The names a figure, or a run of figures, is given to: “A、B两个项目分别为” are two, “A和B年初预算均为” too."""
    if not several and not (lead.each and len(roles) == 1):
        return [lead.item]
    listed = _COUNTED.sub("", lead.item)
    splits = [_SPLIT.split(listed), _split_last(listed.split("、")), listed.split("、")]
    fitting = (
        names
        for names in (splits if several else splits[1:])
        if all(len(name) > 1 for name in names) and len(names) == (several or len(names))
    )
    return next(fitting, [lead.item])


def _split_last(names: list[str]) -> list[str]:
    """“A、B和C”: the last two are joined by a word."""
    return [*names[:-1], *_SPLIT.split(names[-1], maxsplit=1)]


def _own_words(words: str, lead: Lead) -> int:
    """Where in the raw `words` those begin that speak of this figure: after the last full stop, or with the clause that names it."""
    stops = [match.end() for match in _STOP.finditer(words)]
    if lead.fresh:
        return stops[-1] if stops else 0
    marks = [match.end() for match in _MARK.finditer(words)]
    return marks[-lead.reach] if len(marks) >= lead.reach else 0
