"""Makes of what prose says of money what it says of budget lines: whose, in which role, part of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.statements import BY_NAME, PartList, Statement

from .mention import Mention, Money, Zone
from .naming import NUMBERING, Nature, Setting, clean_name, is_generic, is_pronoun, is_whole, label_in, part_of, place, title_name
from .wording import Role, as_planned, flatten, pattern, roles_in
from .words import Words, read_words

_CLAUSE = re.compile("([，；：])")
_BETWEEN = re.compile("(?:[、，和与及]|以及)+")
_PARTED = re.compile("[，；：。]")
_REST = frozenset({"change", "carried_over"})
_MARKS = re.compile("[，、；：（）]")
# So many lines above a sum may tell of which project it is; so far a line's number may reach; so near is what a sentence counted.
_LABEL_REACH, _NUMBER_REACH, _REACH = 12, 4, 4
_ACTUAL = Role("actual", strong=False)


class ProseReader:
    """Goes through the statements of money of a document; `mentions` and `zones` are what it has understood so far.

    `moneys` are the sums by the index of their figure, `kind` is the kind of the document.
    """

    def __init__(self, document: Document, moneys: dict[int, Money], kind: str) -> None:
        self.mentions: list[Mention] = []
        self.zones: list[Zone] = []
        self._document, self._text = document, document.text
        self._moneys, self._kind = moneys, kind
        self._wholes: dict[int, int] = {}
        self._by_index: dict[int, Statement] = {}
        self._of_figure: dict[int, Mention] = {}
        self._by_subject: dict[tuple[str, ...], Mention] = {}
        self._current: list[Mention] = []
        self._of_line: dict[str, list[Mention]] = {}
        self._intake: tuple[Role, ...] = ()
        self._before: Statement | None = None
        self._line, self._section, self._setting = -1, None, Setting("", "")

    def read(self, statements: Sequence[Statement], lists: Sequence[PartList]) -> None:
        """Read `statements` of prose, in reading order; `lists` are those of the document."""
        self._wholes = {part: each.whole for each in lists if each.bound != BY_NAME for part in each.parts}
        self._by_index = {statement.index: statement for statement in statements}
        own = [statement for statement in statements if statement.index in self._moneys]
        at = 0
        while at < len(own):
            self._enter(own[at])
            words = self._words(own[at])
            run = [*self._run(own[at:], words)]
            if len(run) > 1 and not pattern("wording", "nested").match(words.text):
                for statement in run:
                    self._wholes.pop(statement.index, None)
            at += len(run)
            taken = self._take(run, words)
            self._note(run, taken, words, own[at].figure.start if at < len(own) else len(self._text))
        for index, whole in self._wholes.items():
            self._hang(self._of_figure.get(index), self._of_figure.get(whole))

    def _enter(self, statement: Statement) -> None:
        """Forget what a new line or section cannot lean on; a sentence may go over several lines."""
        if self._before is not None and self._before.sentence == statement.sentence:
            return
        start = statement.figure.start
        section, line = self._document.section_at(start), self._document.line_at(start)
        if section != self._section:
            self._section, self._setting, self._by_subject = section, self._setting_at(start), {}
        if line != self._line:
            self._line, self._current, self._intake, self._before, self._of_line = line, [], (), None, {}

    def _setting_at(self, offset: int) -> Setting:
        books = load("budget")["books"]
        kinds = [heading.kind for heading in self._document.outline.at(offset)]
        return Setting(self._document.section_kind_at(offset), next((kind for kind in reversed(kinds) if kind in books), ""))

    def _words(self, statement: Statement) -> Words:
        """The own words of a sum; a number among them counts what has it: 两个项目年初预算, 车辆3台、原值."""
        before = self._by_index.get(statement.index - 1)
        counted = before is not None and before.figure.kind == "count" and before.sentence == statement.sentence
        if before is not None and counted and not _PARTED.search(flatten(self._text[before.figure.end : statement.figure.start])):
            return read_words(f"{before.words}{before.figure.text}{self._text[before.figure.end : statement.figure.start]}")
        return read_words(statement.words)

    def _run(self, statements: Sequence[Statement], words: Words) -> Iterator[Statement]:
        """The sums that are given in turn: “分别为10万元、12万元和9万元”; one sum otherwise."""
        yield statements[0]
        if words.in_turn or len(words.roles) > 1:
            for before, statement in zip(statements, statements[1:], strict=False):
                if not _BETWEEN.fullmatch(flatten(self._text[before.figure.end : statement.figure.start])):
                    break
                yield statement

    def _take(self, run: list[Statement], words: Words) -> list[Mention]:
        """Enter the sums of `run` where they belong; the mentions that took them."""
        first = run[0]
        whole = self._of_figure.get(self._wholes.get(first.index, -1)) if words.name else None
        roles = self._roles(first, words, whole)
        owners = self._owners(run, words, roles, whole)
        for owner in owners:
            owner.outside |= words.is_outside or (whole is not None and not whole.roles)
        if self._is_balanced(words):
            return []
        self._remember(run, words, owners)
        usable = all(self._moneys[statement.index].usable for statement in run)
        if not (roles and owners and usable) or any(owner.outside for owner in owners):
            return []
        return self._enter_sums(run, owners, roles)

    def _remember(self, run: list[Statement], words: Words, owners: list[Mention]) -> None:
        """Keep whose money was spoken of, for what leans on it."""
        self._before = run[-1]
        self._intake = roles_in(words.text) if words.is_intake else ()
        if not owners:
            return
        self._current = owners
        for place, statement in enumerate(run):
            self._of_figure[statement.index] = owners[min(place, len(owners) - 1)]
        subject = run[0].subject
        if not words.name or not subject or subject[-1] in words.name or words.name in subject[-1]:
            self._by_subject[subject] = owners[0]
        else:
            self._by_subject.setdefault(subject, owners[0])

    # ---- roles ----

    def _roles(self, statement: Statement, words: Words, whole: Mention | None) -> tuple[Role, ...]:
        """The roles of a sum, as they are meant in such a document; none where it is no amount of a budget of this year."""
        asset = self._is_asset(words, whole) and not pattern("outside", "prior").search(words.text)
        if (statement.period in ("prior", "next") and not asset) or words.is_outside or words.is_other_money or self._is_balanced(words):
            return ()
        roles = self._said_roles(statement, words, whole)
        return as_planned(roles, words.text) if self._kind == "budget" else roles

    def _said_roles(self, statement: Statement, words: Words, whole: Mention | None) -> tuple[Role, ...]:
        if self._is_asset(words, whole):
            return (_ACTUAL,)
        if words.is_intake:
            return ()
        if self._intake and words.text == load("budget")["wording"]["outlay"]:
            return self._intake
        several = tuple(role for role in words.roles if role.name != "stock")
        if several and (words.in_turn or len(several) > 1):
            return several
        role = self._role(statement, words)
        if not role or words.roles or self._is_said(statement, words):
            return (role,) if role else ()
        if whole is not None and whole.roles:
            return (role,)
        return self._shared_roles(statement, words) or words.implied or self._usual_roles(statement, words)

    def _is_said(self, statement: Statement, words: Words) -> bool:
        """Whether a word tells which number a sum is, and is no part of a name: 司法支出（款）行政运行（项）."""
        cue = flatten(statement.because.get("aspect", ""))
        return bool(cue) and (cue not in words.text or not clean_name(words.text.rpartition(cue)[2]))

    def _role(self, statement: Statement, words: Words) -> Role | None:
        """The role the aspect of a statement gives its sum."""
        name = statement.aspect
        if name in ("planned", "limit"):
            of_target = any(role.name == "target" for role in words.roles) or "目标" in statement.measure
            name = "target" if of_target else "budget" if name == "planned" else ""
        elif name == "arrived":
            name = "budget" if any(role.name in ("budget", "adjusted") for role in words.roles) else ""
        return Role(name, words.strong) if name in ("target", "budget", "initial", "adjusted", "actual") else None

    def _shared_roles(self, statement: Statement, words: Words) -> tuple[Role, ...]:
        """What the sum before was, where nothing but rates stands between the two."""
        before = self._before
        if not words.name or before is None or before.sentence != statement.sentence or not self._current:
            return ()
        between = _MARKS.split(flatten(self._text[before.figure.end : statement.start]))
        direct = all(not clause or pattern("reasons", "no_reason").search(clause) for clause in between)
        return self._current[-1].last_roles if direct else ()

    def _usual_roles(self, statement: Statement, words: Words) -> tuple[Role, ...]:
        """Without any role word a sum is what was spent, where the section is about one book or the name is a line by itself."""
        if self._setting.kind not in load("budget")["sections"]["spent"] or not words.name:
            return ()
        nature = place(words.name, self._setting)
        if nature.generic or nature.level == "basic_part" or self._setting.kind not in {"project", "basic"}:
            return (_ACTUAL,)
        begins = self._document.line_span(self._line)[0]
        numbered = self._before is None and NUMBERING.match(flatten(self._text[begins : statement.figure.start]))
        opens = not statement.mark and pattern("naming", "noun_ends", after="$").search(words.name)
        return (_ACTUAL,) if numbered or opens else ()

    def _is_asset(self, words: Words, whole: Mention | None) -> bool:
        if words.strong:
            return False
        return (whole is not None and whole.nature.book == "assets") or bool(pattern("assets", "words").search(words.text))

    def _is_balanced(self, words: Words) -> bool:
        """Is it what income and expenditure are balanced in, with what is carried over, where expenditure of the year has its own total?"""
        return bool(pattern("outside", "balanced").search(words.text)) and load("budget")["outside"]["of_the_year"] in self._text

    # ---- owners ----

    def _owners(self, run: list[Statement], words: Words, roles: tuple[Role, ...], whole: Mention | None) -> list[Mention]:
        """The mentions the sums of `run` go to; none where it cannot be told."""
        several = len(run) if len(run) > 1 and len(roles) != len(run) else 0
        if self._is_of_granted(words):
            nature = Nature("item", self._setting.book, load("budget")["granted"]["item"], generic=False)
            owners = [self._mention(nature, run[0])]
        elif self._names(words, run[0]):
            owners = [self._named(name, run[0], words, roles, whole) for name in words.names(several)]
        else:
            owners = self._spoken_of(run, words, roles, several)
        return [] if several and len(owners) != several else owners

    def _names(self, words: Words, statement: Statement) -> bool:
        """Whether the own words name a line: not where they point back, or only say what was changed or is left."""
        generic = statement.aspect in _REST or words.is_other_money
        return bool(words.name) and not is_pronoun(words.name) and not (generic and is_generic(words.name))

    def _is_of_granted(self, words: Words) -> bool:
        """Does a budget or an account speak of what was granted by the treasury (财政拨款支出), which there is a part of the whole?"""
        of_whole_book = self._kind in load("budget")["granted"]["kinds"] and (not words.name or is_generic(words.name))
        return of_whole_book and bool(pattern("granted", "words").search(words.text))

    def _mention(self, nature: Nature, statement: Statement) -> Mention:
        figure = statement.figure
        return Mention(nature, self._setting.kind, figure.start, figure.end)

    def _named(self, name: str, statement: Statement, words: Words, roles: tuple[Role, ...], whole: Mention | None) -> Mention:
        """The mention of `name`: the one just spoken of goes on when it is named again."""
        name = pattern("outside", "beside", after="$").sub("", name) if words.is_intake else name
        for mention in (*self._current, *self._of_line.get(name, ())):
            same = mention.nature.item == name and (whole is None or mention in self._current or mention.parent is whole)
            if same and all(mention.takes(role, self._moneys[statement.index]) for role in roles):
                return mention
        if self._is_asset(words, whole):
            nature = Nature("item", "assets", name, generic=False)
        else:
            nature = part_of(whole.nature, name, self._setting) if whole else place(name, self._setting)
        mention = self._mention(nature, statement)
        mention.parent = whole
        self._of_line.setdefault(name, []).append(mention)
        return mention

    def _spoken_of(self, run: list[Statement], words: Words, roles: tuple[Role, ...], several: int) -> list[Mention]:
        """Whose money it is when the own words do not say: the owner the statement has, its label, or the heading."""
        if several or (words.for_each and self._current):
            return self._current
        first, money = run[0], self._moneys[run[0].index]
        known = self._current[0] if self._current and self._is_asset(words, None) else None
        known = known or self._labelled(first, words, roles) or self._known(first)
        if known is None or (known.outside and known not in self._current):
            known = self._ahead(first, words, roles) or self._from_heading(first)
        if known is None:
            return []
        return [known] if known.outside or all(known.takes(role, money) for role in roles) else []

    def _known(self, statement: Statement) -> Mention | None:
        """The line that what a statement is about was spoken of as, in its section, or by name in its own line of text."""
        named = self._of_line.get(clean_name(flatten(statement.subject[-1])), ()) if statement.subject else ()
        return self._by_subject.get(statement.subject) or next(reversed(named), None)

    def _labelled(self, statement: Statement, words: Words, roles: tuple[Role, ...]) -> Mention | None:
        """The line whose name and a colon stand right before the own words: “湿地巡护：年初预算12万元”."""
        *_, (clause, mark) = ("", ""), *_clauses(self._said_ahead(statement))
        name = clean_name(clause) if mark == "：" else ""
        return self._named(name, statement, words, roles, None) if name and not is_pronoun(name) and not is_generic(name) else None

    def _ahead(self, statement: Statement, words: Words, roles: tuple[Role, ...]) -> Mention | None:
        """The line its sentence names ahead of the own words of a sum: in a clause that is a name, or counted there."""
        clauses = _clauses(self._said_ahead(statement))
        for clause, mark in reversed(clauses):
            name = clean_name(clause)
            alone = pattern("naming", "noun_ends", after="$").search(name) or (self._before is None and len(clauses) == 1)
            if name and not is_pronoun(name) and (mark == "：" or (alone and not is_generic(name))):
                return self._named(name, statement, words, roles, None)
        counted = clean_name(flatten(statement.subject[-1])) if statement.subject else ""
        if counted and self._is_counted(counted, statement):
            return self._named(counted, statement, words, roles, None)
        return None

    def _said_ahead(self, statement: Statement) -> str:
        """What the sentence of a sum says before the own words, with the number its line begins with."""
        begins = self._document.line_span(self._line)[0]
        start = begins if statement.start - begins <= _NUMBER_REACH else statement.start
        ahead = flatten(self._text[start : statement.figure.start])
        return ahead.removesuffix(flatten(statement.words))

    def _is_counted(self, name: str, statement: Statement) -> bool:
        """Whether the sentence counted what a sum belongs to: 共有9个项目支出，总计绩效目标."""
        before = (self._by_index.get(index) for index in range(statement.index - 1, statement.index - _REACH, -1))
        beside = (other for other in before if other is not None and other.sentence == statement.sentence)
        return any(other.figure.kind == "count" and other.measure in name for other in beside)

    def _from_heading(self, statement: Statement) -> Mention | None:
        """The line that the heading names, or a line above that says of which project the section is."""
        title = self._label(statement.figure.start) or (title_name(self._section[-1]) if self._section else "")
        if is_generic(title) and self._setting.kind in load("budget")["sections"]["silent"]:
            return None
        mention = self._mention(place(title, self._setting), statement)
        mention.named = False
        return mention

    def _label(self, start: int) -> str:
        """The subject that a line like “项目名称：农村道路养护” above sets, '' for none."""
        line, least = self._document.line_at(start), max(1, self._document.line_at(start) - _LABEL_REACH)
        for above in range(line - 1, least - 1, -1):
            begins, ends = self._document.line_span(above)
            if self._document.section_at(begins) != self._section:
                break
            label = label_in(self._text[begins:ends])
            if label:
                return label
        return ""

    # ---- sums ----

    def _enter_sums(self, run: list[Statement], owners: list[Mention], roles: tuple[Role, ...]) -> list[Mention]:
        for mention in owners:
            if not mention.roles:
                self.mentions.append(mention)
            mention.last_roles = roles
        if len(run) == 1:
            entries = [(mention, role, run[0]) for mention in owners for role in roles]
        elif len(owners) == len(run):
            entries = [(mention, role, statement) for mention, statement in zip(owners, run, strict=True) for role in roles]
        else:
            entries = [(owners[0], role, statement) for role, statement in zip(roles, run, strict=True)]
        for mention, role, statement in entries:
            mention.add(role, self._moneys[statement.index])
        return owners

    def _note(self, run: list[Statement], taken: list[Mention], words: Words, following: int) -> None:
        """Note where the words about a sum stand, for reasons, and whether those behind it say that the budget stayed."""
        line_end = self._document.line_span(self._document.line_at(run[-1].figure.start))[1]
        start, end = max(run[0].start, self._document.line_span(self._line)[0]), run[-1].figure.end
        self.zones.append(Zone(start, end, line_end, taken, words.is_outside))
        if pattern("wording", "unchanged").search(flatten(self._text[end : min(following, line_end)])):
            for mention in self._current:
                mention.unchanged = True

    def _hang(self, part: Mention | None, whole: Mention | None) -> None:
        """Make a line a part of one that stands behind it."""
        if part is None or whole is None or part.parent is not None or part is whole or is_whole(part.nature) or not whole.roles:
            return
        part.parent = whole
        part.nature = (
            part_of(whole.nature, part.nature.item, Setting(part.kind, part.nature.book)) if part.nature.book != "assets" else part.nature
        )


def _clauses(words: str) -> list[tuple[str, str]]:
    """The clauses of `words` with the mark behind each."""
    pieces = _CLAUSE.split(words)
    return [(clause, mark) for clause, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True) if clause]
