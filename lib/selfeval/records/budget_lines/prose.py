"""Makes of what prose states of money what it says of budget lines: whose it is, in which role, part of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise, takewhile

from selfeval.knowledge import load
from selfeval.reading.clauses import only_joins, parts_of
from selfeval.reading.document import Document
from selfeval.reading.enumeration import number_of, without_number
from selfeval.reading.statements import BY_NAME, PartList, Statement, is_down

from .mention import Mention, Money, Zone
from .naming import Nature, Setting, clean_name, is_generic, is_pronoun, names_level, part_of, place, plain_name, title_name
from .roles import ACTUAL, Sum
from .wording import Role, flatten, pattern, role_tail, roles_in
from .words import Words, read_words, without_owner

# 控制在20万元预算以内: so far behind a number it may say that it is a budget.
_BUDGET, _ADJUSTED, _LONGEST_ROLE = "预算", "调整后", 6
_BUDGET_BEHIND = re.compile(f"的?(?:(?:年初|全年|年度)?{_BUDGET}(?!的|执行|完成)|(?:年初|核定|控制)数)")
# 年初结余3万元，接收5万元，支出4万元: what came in and went out of a stock is no budget.
_FLOW = re.compile("[年期][初末][^，。；\\d]{0,4}[存余]")
_MARKS = "）)；;，,。、：:"
# How an item of a list may begin, and what one looks like whose name stands in a clause of its own.
_OPEN_ITEM = ("；", "：", "。")
_ITEM = re.compile("(?:^|[，；：。])[^，；：。（）\\d]{2,24}，[^，；：。（）\\d]{1,6}\\d")
_REST = frozenset({"change", "carried_over"})
# The halves whose parts stand below them, each with its label.
_LISTING = frozenset({"basic", "project_total"})
# So far a line's number may reach; so near is what a sentence counted.
_NUMBER_REACH, _COUNT_REACH = 4, 4
_LEAST_PARTS = 2
# So many lines of one name, told one behind the other, a further sum may belong to.
_MOST_OF_NAME = 8
# 支出9万元，为接待费2万元、公车7万元
_IS = re.compile("^(?:全部|均|都)?[为是即]")


class ProseReader:
    """Goes through the statements of money of a document; `mentions` and `zones` are what it has understood so far.

    `moneys` are the sums by the index of their figure, `kind` is the kind of the document, `tabled` is what its tables say of lines.
    """

    def __init__(self, document: Document, moneys: dict[int, Money], kind: str, tabled: Sequence[Mention]) -> None:
        self.mentions: list[Mention] = []
        self.zones: list[Zone] = []
        self._document, self._text = document, document.text
        self._moneys, self._kind = moneys, kind
        self._of_the_year = bool(re.search(load("budget")["outside"]["of_the_year"], document.text))
        stated = ((row.nature.item, role, held[0].amount) for row in tabled for role, held in row.roles.items())
        self._tabled = {(plain_name(item), amount): role for item, role, amount in stated if amount}
        self._wholes: dict[int, int] = {}
        self._totalled: dict[int, list[int]] = {}
        self._totals: dict[int, Statement] = {}
        self._by_index: dict[int, Statement] = {}
        self._changed: dict[int, int] = {}
        self._of_figure: dict[int, Mention] = {}
        self._by_subject: dict[tuple[str, ...], Mention] = {}
        self._by_name: dict[str, list[Mention]] = {}
        self._current: list[Mention] = []
        self._intake: tuple[Role, ...] = ()
        self._before: Statement | None = None
        self._first_of_sentence: Statement | None = None
        self._line = -1
        self._lead = ""
        self._section: tuple[str, ...] | None = None
        self._setting = Setting("", "")

    def read(self, statements: Sequence[Statement], lists: Sequence[PartList]) -> None:
        """Read `statements` of prose, in reading order; `lists` are those of the document."""
        self._by_index = {statement.index: statement for statement in statements}
        led = [each for each in lists if each.bound != BY_NAME]
        self._wholes = {part: each.whole for each in led for part in each.parts}
        own = [statement for statement in statements if statement.index in self._moneys]
        listed = {each.whole: each.parts for each in lists if each.whole > max(each.parts)}
        self._totalled = dict(_adding_up(own)) | listed
        self._totals = {part: self._by_index[whole] for whole, parts in self._totalled.items() for part in parts if whole in self._by_index}
        self._wholes = {part: whole for whole, parts in _coming_out(own) for part in parts} | self._wholes
        self._changed = dict(_changed_to(own))
        at = 0
        while at < len(own):
            self._enter(own[at])
            words = self._words(own[at])
            run = [*self._run(own[at:], words)]
            at += len(run)
            taken = self._take(run, self._sum(run, words))
            self._note(run, taken, words, own[at].figure.start if at < len(own) else len(self._text))

    def _enter(self, statement: Statement) -> None:
        """Forget what a new line or section cannot lean on; a sentence may go over several lines."""
        if self._first_of_sentence is None or self._first_of_sentence.sentence != statement.sentence:
            self._first_of_sentence = statement
        if self._before is not None and self._before.sentence == statement.sentence:
            return
        start = statement.figure.start
        section, line = self._document.section_at(start), self._document.line_at(start)
        if section != self._section:
            self._section, self._setting, self._by_subject = section, self._setting_at(start), {}
        if line != self._line:
            self._line, self._current, self._intake, self._before, self._by_name = line, [], (), None, {}
            self._lead = statement.lead

    def _setting_at(self, offset: int) -> Setting:
        books = load("budget")["books"]
        kinds = [heading.kind for heading in self._document.outline.at(offset)]
        return Setting(self._document.section_kind_at(offset), next((kind for kind in reversed(kinds) if kind in books), ""))

    def _words(self, statement: Statement) -> Words:
        """The own words of a sum, with what they leave to those around."""
        if counted := self._counted_words(statement):
            return counted
        if statement.index in self._changed:
            return Words("", "", roles_in(_ADJUSTED))
        # 基本支出预算：20万元, 预算（调整后）：20万元: the label says which number it is.
        *labels, rest = parts_of(self._said_ahead(statement), "，；：。")
        label = labels[-1] if labels and not rest.words and labels[-1].mark == "：" else None
        labelled = read_words(without_number(label.words)) if label is not None and not statement.words else None
        if labelled is not None and (labelled.roles or names_level(labelled.name)):
            return labelled
        # 未超过20万元的预算数: what it is held against says behind the number what it is.
        behind = self._text[statement.figure.end : statement.figure.end + _LONGEST_ROLE]
        if pattern("naming", "against_budget", after="$").search(flatten(statement.words)) and _BUDGET_BEHIND.match(flatten(behind)):
            return Words("", "", roles_in(_BUDGET), behind=True)
        # 基本80万元、项目20万元: short for the halves of those names.
        half = statement.subject[-1] if statement.subject and statement.subject[-1] == f"{flatten(statement.words)}支出" else ""
        own = statement.words.removeprefix(statement.opens)
        words = read_words(half if half and names_level(half) else _IS.sub("", own) if statement.part_of is not None else own)
        # 年初20万元，调整24万元: a word that only tells which number it is names nothing.
        only_told = not words.roles and words.text == flatten(statement.because.get("aspect", "")) and words.name not in statement.subject
        words = replace(words, name="", head="") if only_told else words
        if pattern("wording", "bought").fullmatch(words.text) and any("采购" in mention.nature.item for mention in self._current):
            return Words(words.text, "", (ACTUAL,))
        name = "" if (words.name and not is_generic(words.name)) or words.in_turn else self._heading_item(statement, words)
        return replace(words, text=f"{name}{words.text}", name=name, head=name) if name else words

    def _counted_words(self, statement: Statement) -> Words | None:
        """The own words of a sum among which a number counts what has it: 两个项目年初预算, 车辆3台、原值; None for others."""
        before = self._by_index.get(statement.index - 1)
        if before is None or before.figure.kind != "count" or before.sentence != statement.sentence:
            return None
        between = flatten(self._text[before.figure.end : statement.figure.start])
        if len(parts_of(between, "，；：。")) > 1:
            return None
        # 7辆公务用车运行费20万元: what is counted is no part of a name known by itself.
        counted = "" if names_level(clean_name(between)) else f"{before.words}{before.figure.text}"
        return read_words(f"{counted}{between}")

    def _heading_item(self, statement: Statement, words: Words) -> str:
        """The name of an item of a list, in front of words that only tell which number it is: 、甲工程（预算20万元）, ；甲，安排20万元."""
        *parts, rest = parts_of(flatten(statement.ahead), "，；：、。（）")
        if not parts or rest.words or not (words.roles or words.name or not words.text) or any(map(str.isdigit, parts[-1].words)):
            return ""
        opens = parts[-2].mark if len(parts) > 1 else ""
        in_bracket = parts[-1].mark == "（" and (opens or statement is self._first_of_sentence)
        in_list = parts[-1].mark == "，" and words.text and (opens in _OPEN_ITEM or number_of(parts[-1].words) is not None)
        if not (in_bracket or (in_list and len(_ITEM.findall(flatten(self._document.sentence(statement.figure.start)))) > 1)):
            return ""
        name = clean_name(parts[-1].words)
        return "" if is_generic(name) or is_pronoun(name) or names_level(name) or role_tail(name) else name

    def _run(self, statements: Sequence[Statement], words: Words) -> Iterator[Statement]:
        """The sums that are given in turn: “分别为10万元、12万元和9万元”; one sum otherwise."""
        yield statements[0]
        if words.in_turn or len(words.roles) > 1:
            for before, statement in pairwise(statements):
                if not only_joins(flatten(self._text[before.figure.end : statement.figure.start])):
                    break
                yield statement

    def _sum(self, run: list[Statement], words: Words) -> Sum:
        """The first of `run` with all it depends on. Sums in turn are parts only where the words say so."""
        first = run[0]
        listed = first.listed or (words.name and (len(run) == 1 or pattern("wording", "nested").match(words.text)))
        whole = self._whole_of(first) if listed else self._whole_over_label(first)
        begins = self._document.line_span(self._line)[0]
        opens = self._text[begins : first.figure.start] if self._before is None else first.ahead.lstrip(_MARKS)
        numbered = number_of(flatten(opens)) is not None
        stated = self._by_index.get(self._wholes.get(first.index, -1))
        anew = stated is not None and stated.sentence != first.sentence
        apart, own = load("budget")["parts"]["apart"], self._setting
        if whole is not None and own.book in apart and own.book != whole.nature.book and own.kind != whole.kind:
            whole = None
        of_projects = whole is None and bool(words.name) and self._led_up(first) is not None and not _is_total(first)
        beside = self._is_beside_assets(first)
        shared = self._shared(first)
        total = self._totals.get(first.index)
        return Sum(first, words, self._setting, self._kind, whole, anew, shared, numbered, self._of_the_year, of_projects, beside, total)

    def _is_beside_assets(self, statement: Statement) -> bool:
        """Whether its sentence told of assets right before: 固定资产原值500万元，比年初增加20万元."""
        before = self._before
        return before is not None and before.sentence == statement.sentence and any(m.nature.book == "assets" for m in self._current)

    def _led_up(self, statement: Statement) -> str | None:
        """What a sentence says of the projects it lists behind a colon (共安排 of 共安排六个项目：…); None without a list."""
        start = self._document.sentence_at((self._first_of_sentence or statement).figure.start)[0]
        label = flatten(self._text[start : statement.figure.start]).rpartition("：")[0]
        listed = pattern("naming", "lists_projects", after="$").search(label)
        return label[: listed.start()] if listed else None

    def _whole_of(self, statement: Statement) -> Mention | None:
        """The mention whose sum a list makes this one a part of."""
        return self._of_figure.get(self._wholes.get(statement.index, -1))

    def _whole_over_label(self, statement: Statement) -> Mention | None:
        """The half that the label of a line names a part of: “项目支出：600万元。” and below it “①社区运转：160万元”."""
        labelled = bool(statement.lead) and statement.subject[-1:] == (statement.lead,) and not statement.words
        over = self._by_subject.get(statement.subject[:-1]) if labelled else None
        return over if over is not None and over.nature.level in _LISTING and over.nature.generic else None

    def _shared(self, statement: Statement) -> tuple[Role, ...]:
        """What the sum before was, where nothing but rates stands between the two."""
        before = self._before
        if before is None and statement.mark == "：":
            return tuple(Role(role.name, strong=True) for role in roles_in(self._led_up(statement) or ""))
        if before is None or before.sentence != statement.sentence or not self._current:
            return ()
        between = parts_of(flatten(self._text[before.figure.end : statement.start]), "，、；：（）")
        direct = all(not part.words or pattern("reasons", "no_reason").search(part.words) for part in between)
        return self._current[-1].last_roles if direct else ()

    def _take(self, run: list[Statement], said: Sum) -> list[Mention]:
        """Enter the sums of `run` where they belong; the mentions that took them."""
        roles = self._intake if self._intake and said.words.text == load("budget")["wording"]["outlay"] else said.roles
        roles = roles or self._stated_again(said)
        together = self._together(said)
        owners = [together] if together else self._owners(run, said, roles)
        roles = roles or (together.last_roles if together else ())
        # 单笔限额5万元 bounds no line; only those known by name have a limit of their own.
        if said.statement.aspect == "limit" and not all(names_level(owner.nature.item) for owner in owners):
            return []
        # 每处48万元 says nothing of the line whose money it divides.
        for owner in [] if together else owners if _names(said) else [owner for owner in owners if not owner.roles]:
            owner.outside |= said.words.is_outside or (said.whole is not None and not said.whole.roles)
        # 余额9亿元，较年初的8亿元: what has no budget is held against none.
        of_rest = self._is_held_against(said) and not any(owner.roles for owner in owners)
        # 基本支出增加2万元，项目支出增加3万元，调整数合计5万元: what changes come to is one.
        listed = self._totalled.get(said.statement.index, ())
        of_changes = bool(listed) and all(self._by_index[part].aspect == "change" for part in listed)
        if said.is_balanced or of_rest or of_changes:
            return []
        self._remember(run, said.words, owners)
        usable = all(self._moneys[statement.index].usable for statement in run)
        if not (owners and usable) or any(owner.outside for owner in owners):
            return []
        alone = len(run) == len(owners) == 1 and not _FLOW.search(self._document.sentence(run[0].figure.start))
        for owner in owners if said.is_untold and alone else []:
            owner.untold = owner.untold or self._moneys[run[0].index]
        if not roles:
            return []
        plain = any(role.name == "budget" for role in said.words.roles)
        for owner in owners:
            owner.bare |= plain and "initial" not in owner.roles
        return self._enter_sums(run, owners, roles)

    def _stated_again(self, said: Sum) -> tuple[Role, ...]:
        """What a sum is that only has a name, where a table states just that of the line of that name."""
        known = self._tabled.get((plain_name(said.words.name), self._moneys[said.statement.index].amount), "")
        return (Role(known, strong=False),) if known and not said.words.roles else ()

    def _remember(self, run: list[Statement], words: Words, owners: list[Mention]) -> None:
        """Keep whose money was spoken of, for what leans on it."""
        self._before = run[-1]
        self._intake = roles_in(words.text) if words.is_intake else ()
        if not owners:
            return
        self._current = owners
        for number, statement in enumerate(run):
            self._of_figure[statement.index] = owners[min(number, len(owners) - 1)]
        subject = run[0].subject
        # A part that only its scope names (省级5万元) has the subject of its whole.
        if not words.name or not subject or subject[-1] in words.name or words.name in subject[-1]:
            self._by_subject[subject] = owners[0]
        else:
            self._by_subject.setdefault(subject, owners[0])

    def _owners(self, run: list[Statement], said: Sum, roles: tuple[Role, ...]) -> list[Mention]:
        """The mentions the sums of `run` go to; none where it cannot be told."""
        several = len(run) if len(run) > 1 and len(roles) != len(run) else 0
        if said.is_of_granted:
            owners = [self._mention(Nature("item", self._setting.book, load("budget")["granted"]["item"], generic=False), said)]
        elif several and (ahead := self._listed_ahead(run, said, roles)):
            owners = ahead
        elif _names(said):
            owners = [self._named(name, said, roles) for name in said.words.names(several)]
        elif _is_all_roles(said) and (named := self._ahead(said, roles)):
            owners = [named]
        elif several or (said.words.for_each and self._current):
            owners = self._current
        else:
            owners = self._spoken_of(said, roles)
        return [] if several and len(owners) != several else owners

    def _together(self, said: Sum) -> Mention | None:
        """What a total without a name is of that is told behind its parts: the three public expenses (公务接待费2万元，公车运行7万元，
        合计9万元) or basic expenditure (人员经费20万元、公用经费7万元，合计27万元).
        """
        listed = self._totalled.get(said.statement.index, ())
        parts = [part for part in map(self._of_figure.get, listed) if part]
        counted = pattern("naming", "no_part").fullmatch(said.words.name)  # 两项共9万元
        counted = counted and sum(self._by_index[part].amount for part in listed) == said.statement.amount
        if (said.words.name and not counted) or not parts or len(parts) < len(listed):
            return None
        basic = sum(part.nature.level == "basic_part" for part in parts) >= _LEAST_PARTS
        if not basic and not all(pattern("parts", "parts").match(part.nature.item) for part in parts):
            return None
        whole = self._mention(place(load("budget")["names" if basic else "parts"]["basic" if basic else "together"], self._setting), said)
        whole.last_roles = parts[0].last_roles
        for part in parts:
            part.parent = part.parent or whole
        return whole

    def _mention(self, nature: Nature, said: Sum) -> Mention:
        return Mention(nature, self._setting.kind, said.statement.figure.start, said.statement.figure.end)

    def _takes(self, mention: Mention, said: Sum, roles: tuple[Role, ...]) -> bool:
        return all(mention.takes(role, self._moneys[said.statement.index]) for role in roles)

    def _named(self, name: str, said: Sum, roles: tuple[Role, ...]) -> Mention:
        """The mention of `name`: one that its line of text has spoken of already goes on."""
        name = pattern("outside", "beside", after="$").sub("", name) if said.words.is_intake else name
        for mention in self._by_name.get(name, [])[-_MOST_OF_NAME:]:
            same = said.whole is None or mention in self._current or mention.parent is said.whole
            if same and self._takes(mention, said, roles):
                return mention
        if said.is_asset:
            nature = Nature("item", "assets", name, generic=False)
        else:
            setting = self._setting._replace(kind="project") if said.of_projects else self._setting
            nature = part_of(said.whole.nature, name, setting) if said.whole else place(name, setting)
        mention = self._mention(nature, said)
        mention.parent = said.whole
        self._by_name.setdefault(name, []).append(mention)
        return mention

    def _spoken_of(self, said: Sum, roles: tuple[Role, ...]) -> list[Mention]:
        """Whose money it is when the own words do not say: that of the total right before, the subject's, that of a name ahead, or the
        heading's.
        """
        before = self._before
        of_total = before is not None and before.sentence == said.statement.sentence and said.statement.mark == "，"
        parts = map(self._of_figure.get, self._totalled.get(before.index, ()) if of_total else ())
        of_total = of_total and (_is_total(before) or any(part and part.parent in self._current for part in parts))
        in_bracket = before is not None and said.statement.mark == "（" and said.statement.index == before.index + 1 and said.words.roles
        if self._current and (said.is_asset or of_total or (in_bracket and before.sentence == said.statement.sentence)):
            known: Mention | None = self._current[0]
        else:
            ways = (self._changed_from, self._led_by_sentence, self._goes_on, self._known, self._ahead)
            known = next(filter(None, (way(said, roles) for way in ways)), None)
            # 年中收回70万元，全年预算变为900万元: what was taken back has no budget.
            from_elsewhere = known is not None and pattern("naming", "no_project").fullmatch(known.nature.item)
            known = self._from_heading(said) if (known is None and not self._is_held_against(said)) or from_elsewhere else known
        if known is not None and known.parent is None and known.nature.level == "project":
            known.parent = self._whole_of(said.statement)
        return [known] if known is not None and (known.outside or self._takes(known, said, roles)) else []

    def _changed_from(self, said: Sum, roles: tuple[Role, ...]) -> Mention | None:
        """The line whose budget changes brought it to."""
        known = self._of_figure.get(self._changed.get(said.statement.index, -1))
        return known if known is not None and self._takes(known, said, roles) else None

    def _is_held_against(self, said: Sum) -> bool:
        """Whether it is only what the sum before is held against: 余额9亿元，较年初的8亿元."""
        before, held = self._before, pattern("naming", "held_against").match(said.words.text)
        return held is not None and not said.words.name and before is not None and before.sentence == said.statement.sentence

    def _goes_on(self, said: Sum, roles: tuple[Role, ...]) -> Mention | None:
        """The line whose budget its clause begins with: 甲工程预算186万元，支出182.36万元."""
        before, last = self._before, self._current[-1] if self._current else None
        if last is None or before is None or not said.words.roles or said.words.name:
            return None
        if last.parent is not None and last.nature.level != "project":
            return None
        if self._is_held_against(said) or said.statement.mark not in ("，、；" if last.nature.generic else "，、"):
            return None
        known = self._by_subject.get(said.statement.subject, last)
        same = before.sentence == said.statement.sentence and (known is last or said.statement.mark != "；")
        return last if same and last.named and last.roles and not last.outside and self._takes(last, said, roles) else None

    def _led_by_sentence(self, said: Sum, roles: tuple[Role, ...]) -> Mention | None:
        """The line that is all the sentence before names, in its line of text: 二是“三公”经费。预算20万元."""
        begins = self._document.sentence_at(said.statement.figure.start)[0]
        if said.statement is not self._first_of_sentence or begins <= self._document.line_span(self._line)[0]:
            return None
        led = flatten(self._document.sentence(begins - 1)).rstrip("。")
        name, listed = clean_name(led), self._setting.kind == "project" and number_of(led) is not None
        alone = len(parts_of(led, "，；：")) == 1 and not any(map(str.isdigit, name))
        return self._named(name, said, roles) if names_level(name) or (listed and alone and not is_generic(name)) else None

    def _known(self, said: Sum, _: tuple[Role, ...]) -> Mention | None:
        """The line that the subject of a sum was spoken of as, in its section, or by name in its own line of text."""
        statement = said.statement
        named = self._by_name.get(clean_name(flatten(statement.subject[-1])), ()) if statement.subject else ()
        return self._by_subject.get(statement.subject) or next(reversed(named), None)

    def _ahead(self, said: Sum, roles: tuple[Role, ...]) -> Mention | None:
        """The line that the sentence names ahead of the own words: before a colon, in a clause that is a name, or counted there."""
        parts = parts_of(self._said_ahead(said.statement), "，；：")
        counted = clean_name(flatten(said.statement.subject[-1])) if said.statement.subject else ""
        is_level = said.statement.named == "ahead" and names_level(counted)
        if is_level and any(part.words.endswith(counted) for part in parts[-2:]):
            return self._named(counted, said, roles)  # 第1、2项为基本支出，合计20万元
        clauses = [part for part in parts if without_number(f"{part.words}{part.mark}").rstrip(part.mark)]
        begins = self._before is None or said.statement.mark == "；"
        listed = said.statement is self._first_of_sentence and len(clauses) > 1 and clauses[-2].mark == "："
        for clause in reversed(clauses):
            left_ahead = said.statement.named == "ahead" or _is_all_roles(said)
            numbered = number_of(clause.words) is not None and (left_ahead or not (said.statement.named or said.words.name))
            name = clean_name(without_owner(clause.words)) if clause.mark == "：" or left_ahead or numbered else ""
            first = clause is clauses[-1] and (listed or (begins and len(clauses) == 1))
            alone = numbered or first or names_level(name) or pattern("naming", "noun_ends", after="$").search(name)
            # 预算：18.00万元 says which number it is, and leaves the name to the heading.
            tail = role_tail(name)
            called = clause.mark == "：" or names_level(name)
            names = not is_generic(name) or (called and place(name, self._setting).level != "total")
            names = names and not (tail and tail.start == 0)
            if name and not is_pronoun(name) and names and (clause.mark == "：" or alone):
                return self._named(name, said, roles)
        is_name = is_level or self._is_counted(counted, said.statement)
        return self._named(counted, said, roles) if counted and is_name else None

    def _listed_ahead(self, run: list[Statement], said: Sum, roles: tuple[Role, ...]) -> list[Mention]:
        """The lines that the clause ahead lists, one for each sum of `run`: 用于甲路改造和乙渠清淤，分别支出5万元、6万元."""
        names = [clean_name(flatten(each.listed)) for each in run]
        return [self._named(name, said, roles) for name in names] if all(names) else []

    def _said_ahead(self, statement: Statement) -> str:
        """What the sentence of a sum says before the own words, with the number its line begins with."""
        begins = self._document.line_span(self._document.line_at(statement.start))[0]
        start = begins if statement.start - begins <= _NUMBER_REACH else statement.start
        return flatten(self._text[start : statement.figure.start]).removesuffix(flatten(statement.words))

    def _is_counted(self, name: str, statement: Statement) -> bool:
        """Whether the sentence counted what a sum belongs to: 共有9个项目支出，总计绩效目标."""
        before = (self._by_index.get(index) for index in range(statement.index - 1, statement.index - _COUNT_REACH, -1))
        beside = (other for other in before if other is not None and other.sentence == statement.sentence)
        return any(other.figure.kind == "count" and other.measure and other.measure in name for other in beside)

    def _from_heading(self, said: Sum) -> Mention | None:
        """The line that the heading names, or a line above that says of which project the section is."""
        titles = [title_name(heading) for heading in reversed(self._section or ())]
        titles = [self._item_of_line(), *titles] if said.words.roles and self._item_of_line() else titles
        # 4.“三公”经费 over (1)预算：…: the heading above names the line where the nearest only says which number it is.
        title = titles[0] if titles and not is_generic(titles[0]) else next(filter(names_level, titles), titles[0] if titles else "")
        if is_generic(title) and self._setting.kind in load("budget")["sections"]["silent"]:
            return None
        of_budget = self._setting.kind in load("budget")["sections"]["budget"] or self._label_of_line()
        level = self._level_of(said.statement) if self._kind == "project_evaluation" or not of_budget else ""
        if not (is_generic(title) or names_level(title) or (of_budget and not level)):
            # 采购与合同 is no line, whatever money its section tells of; 项目预算90万元 there is of the projects all the same.
            if not (level or (self._lead and is_generic(clean_name(flatten(self._lead))))):
                return None
            title = level
        mention = self._mention(place(title, self._setting), said)
        mention.named = bool(level) and title == level
        return mention

    def _level_of(self, statement: Statement) -> str:
        """The line known by itself that its own words name as its subject, '' for none."""
        subject = flatten(statement.subject[-1]) if statement.subject and statement.named == "own" else ""
        return subject if names_level(subject) else ""

    def _item_of_line(self) -> str:
        """The project whose name the line begins with, whatever such a heading of a section might announce: （7）档案管理。预算20万元,
        档案管理。预算20万元.
        """
        label = self._label_of_line() or self._lead
        name = clean_name(flatten(label)) if self._setting.kind == "project" else ""
        return "" if is_generic(name) else name

    def _label_of_line(self) -> str:
        """The heading that the line itself begins with, '' where it stands below its headings."""
        begins = self._document.line_span(self._line)[0]
        heading = next(reversed(self._document.outline.at(begins)), None)
        return heading.text if heading is not None and heading.start >= begins else ""

    def _enter_sums(self, run: list[Statement], owners: list[Mention], roles: tuple[Role, ...]) -> list[Mention]:
        for mention in owners:
            if not mention.roles:
                self.mentions.append(mention)
            # 支出45万元（预算48万元），乙工程30万元: what a bracket adds is not what the list goes on with.
            if run[0].mark != "（" or not mention.last_roles:
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
        end = run[-1].figure.end
        line_end = self._document.line_span(self._document.line_at(end))[1]
        start = max(run[0].start, self._document.line_span(self._line)[0])
        self.zones.append(Zone(start, end, line_end, taken, words.is_outside))
        behind = flatten(self._text[end : min(following, line_end)])
        unchanged, rated = (bool(pattern("wording", said).search(behind)) for said in ("unchanged", "rated"))
        as_planned, spent_all = (pattern("wording", said).match(behind) for said in ("as_planned", "spent_all"))
        for mention in self._current:
            mention.rated |= rated
            # 支出60万元，与年初预算数持平 tells what was planned at first, not that it stayed.
            if as_planned and mention.roles.keys() == {"actual"}:
                mention.add(next(iter(roles_in(as_planned[0]))), mention.roles["actual"][0])
            elif spent_all and mention.roles and "actual" not in mention.roles:
                mention.add(ACTUAL, self._moneys[run[-1].index])
            else:
                mention.unchanged |= unchanged


def _coming_out(statements: Sequence[Statement]) -> Iterator[tuple[int, list[int]]]:
    """Sums only named, with which a sentence begins, that make up what the one before says was spent: 支出5万元。工资3万元，水电2万元."""
    sentences = [[*own] for _, own in groupby(statements, key=lambda statement: statement.sentence)]
    for before, own in pairwise(sentences):
        parts = [*takewhile(lambda each: each.aspect == "actual" and each.named and "aspect" not in each.because, own)]
        together = sum(part.amount for part in parts)
        whole = next((each for each in reversed(before) if each.aspect == "actual" and each.amount == together), None)
        if len(parts) >= _LEAST_PARTS and whole is not None and own[0].sentence == whole.sentence + 1:
            yield whole.index, [part.index for part in parts]


def _changed_to(statements: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Sums of which nothing says what they are, that a budget comes to with the changes told right behind it, each with that budget:
    年初90万元，追加5万元，合计95万元.
    """
    for _, own in groupby(statements, key=lambda statement: statement.sentence):
        amount, changed, since = Decimal(0), False, -1
        for each in own:
            if each.aspect == "change":
                amount, changed = amount + (-each.amount if is_down(each) else each.amount), True
                continue
            if changed and each.amount == amount and "aspect" not in each.because:
                yield each.index, since
            amount, changed, since = each.amount if each.period == "year" else Decimal(0), False, each.index


def _adding_up(statements: Sequence[Statement]) -> Iterator[tuple[int, list[int]]]:
    """Sums without a name that those right before them, each by a name of its own, come to: 工资3万元、水电2万元，支出5万元."""
    for number, whole in enumerate(statements):
        rest, parts, own = whole.amount, [], flatten(whole.words)
        names = whole.named and not (pattern("naming", "no_part").fullmatch(own) or is_generic(own))
        before = [each for each in statements[max(0, number - _MOST_OF_NAME) : 0 if names else number] if each.aspect != "average"]
        for part in reversed(before):
            if part.named != "own" or part.sentence != whole.sentence or rest <= 0:
                break
            rest -= part.amount
            parts.append(part.index)
        if rest == 0 and len(parts) >= _LEAST_PARTS:
            yield whole.index, parts


def _is_total(statement: Statement) -> bool:
    return bool(pattern("wording", "totals", after="$").search(statement.words))


def _is_all_roles(said: Sum) -> bool:
    """Whether the own words only say which numbers a sum is, several at once, as the first sum of a line does: 预算和支出均为."""
    return not said.words.name and said.words.for_each and len(said.words.roles) > 1


def _names(said: Sum) -> bool:
    """Whether the own words name a line: not where they point back, or only say what was changed or is left."""
    name = said.words.name
    rest = said.statement.aspect in _REST or said.words.is_other_money
    # The name may stand in front of a number that counts: 三个项目年初预算.
    names_part = said.statement.part_of is not None and not pattern("naming", "no_part").fullmatch(name)  # 其中接待 2 万元
    named = said.statement.named == "own" or names_part or said.words.text != flatten(said.statement.words)
    named = named or is_generic(name) or names_level(name)
    # 人员经费20万元、项目经费30万元: beside other parts of a whole it is one of them.
    points_back = is_pronoun(name) and not (said.whole is not None and names_level(name))
    # 追加两批共20万元 names how it was changed, and no line.
    told = flatten(said.statement.because.get("aspect", "")) or "，"
    of_change = rest and (is_generic(name) or name.startswith(told) or name.endswith(told))
    return bool(name) and named and not points_back and not of_change
