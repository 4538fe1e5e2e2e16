"""From the figures of a document to what each of them says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from operator import attrgetter

from selfeval.blocks import without_open_places
from selfeval.reading.clauses import mark_before, words_before, words_behind
from selfeval.reading.document import Document
from selfeval.reading.enumeration import number_of, without_number
from selfeval.reading.figures import Figure
from selfeval.reading.identity import year_of

from .broken import unbroken
from .cells import statements_of_cells
from .draft import LINE_ASPECTS, Draft, draft_of, said_of
from .lexicon import cues_in, is_aspect, parts_told, says, units_of
from .lines import add_line_parts
from .lists import LEFT, Lists, PartList
from .noun import last_clause
from .operands import add_operands
from .phrase import Phrase, bare, phrases_of
from .ranked import Candidate, ranked
from .runs import Likely, ranked_runs, wholes_of_parts
from .statement import SETTLED, Statement
from .subject import Context, say_what
from .turns import name_in_turn

_LABEL = re.compile("([^，。；：:、\\d（）]{1,16})[：:]")
_LEAD = re.compile("([^，。；：:\\d]{2,16})(?:。|(?:方面|领域)，)")
_STATED = re.compile(r"(?<=[一-龥])[为共计]{0,2}[0-9][0-9.,，]*[万亿]?元.*$")
_HEAD_TAIL = re.compile("(?:情况|概况)?(?:为|是|如下)?$")
_UP_TO = re.compile(r"截[至止]到?((?:19|20|１９|２０)\d{2})年")
_A_YEAR, _TO, _ENDS = re.compile(r"20\d{2}"), re.compile("[至到—-]"), 2
_YEARS_IN_TURN = re.compile(r"20\d{2}年?度?(?:[、和与及至到—-]+20\d{2}年?度?)+(?!.*[比较])")
_YEAR_AHEAD = re.compile(r"((?:19|20|１９|２０)\d{2})年")
_EVENT = re.compile(
    '[“"](?:[^”"\\n]{2,16}[”"][一-龥]{0,6}?(?:整治|行动|活动|工程|暴雨|台风|洪涝|强降雨|[周月日])|[一三五六七八十]+[”"])(?!等)'
)
# What the line that leads up to a list adds in its last bracket.
_BRACKET_OF_LEAD = re.compile("[（(]([^（）()]*)[）)](?:[分依]?[别次]?[为是]|如下)?[：:]?$")
# What stands between the numbers of an item.
_BETWEEN = "/／→|，"
_PLANNED = frozenset({"planned", "initial", "adjusted"})
_INHERITED_STATES = frozenset({"found", "filed", "closed"})
_KINDS_OF_MONEY = frozenset({"budget", "basic", "project", "general_public", "government_fund", "state_capital", "social_insurance"})
_REACH = 300
_WHOLE_YEAR = "全年"
_SCALES = {"万": 10_000, "亿": 100_000_000}


def read_statements(document: Document, figures: Sequence[Figure]) -> Spoken:
    """Return what every quantity of `document` says, in sentences and in cells; asides and places still to be filled in state nothing."""
    statements, said, lists = unbound_statements(document, figures)
    runs = (*ranked_runs(statements),)
    ranking = (*ranked(statements, wholes_of_parts(statements, runs)),)
    add_operands(said, ranking)
    return Spoken(tuple(statements), (*lists, *add_line_parts(said)), ranking, runs)


def unbound_statements(document: Document, figures: Sequence[Figure]) -> tuple[list[Statement], list[Statement], list[PartList]]:
    """Return what all figures say, in reading order, those of sentences alone, and the lists, before any is known to be computed from
    others."""
    filled_in = without_open_places(document.text)
    document = document if filled_in == document.text else replace(document, text=filled_in)
    year = year_of(document)
    reader = _Reader(document, year)
    in_cells = statements_of_cells(document, figures, year)
    apart = {statement.index for statement in in_cells}
    apart |= {index for index, figure in enumerate(figures) if not filled_in[figure.start : figure.end].strip()}
    for phrases in phrases_of(unbroken(document, figures), figures, apart):
        if not document.is_aside(phrases[0].figure.start):
            reader.read(phrases)
    return sorted([*reader.statements, *in_cells], key=attrgetter("index")), reader.statements, reader.lists.lists


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a document says: its `statements` in reading order and, apart from what each says of itself, the `lists` they stand in and,
    for each that comes out of two others, those that may be meant, the likeliest first (`ranking`), and for each that may begin a list
    how far that may go and what it may add up to (`runs`)."""

    statements: tuple[Statement, ...]
    lists: tuple[PartList, ...]
    ranking: tuple[tuple[Candidate, ...], ...] = ()
    runs: tuple[Sequence[Likely], ...] = ()


class _Reader:
    """Goes through the sentences of a document; remembers whose money and work is being spoken of."""

    def __init__(self, document: Document, year: int | None) -> None:
        self.statements: list[Statement] = []
        self._document, self._text, self._year = document, document.text, year
        self.lists = Lists()
        self._by_index: dict[int, Statement] = {}
        self._earlier: list[Draft] = []
        self._beside = 0
        self._section: tuple[str, ...] | None = None
        self._line = -1
        self._plans = self._plans_of_line = self._of_targets = False
        self._of_line: list[Draft] = []
        self._over_items: list[Draft] = []
        self._columns: tuple[tuple[str, str], ...] = ()
        self._style_of_items = ""
        self._is_first_of_line = False
        self._context = Context()

    def read(self, phrases: Sequence[Phrase]) -> None:
        """Read one sentence."""
        self._enter(phrases[0].figure.start)
        drafts: list[Draft] = []
        for phrase in phrases:
            drafts.append(draft_of(self._text, phrase, self._year, drafts))
        name_in_turn(self._text, drafts)
        _hand_on_purchases(drafts)
        _hand_on_shares(drafts)
        _hand_on_years(drafts, self._year)
        if self._is_first_of_line and self._columns:
            _take_columns([drafts], self._columns)
        else:
            rows = [*_rows_of(drafts)]
            _take_columns(rows, _columns_told(self._text, *rows[0][0].phrase.ahead) if rows else ())
        _hand_on_budgets(drafts)
        _hand_on_plan(drafts, self._over_items if self._is_first_of_line else self._of_line, of_lines=self._is_first_of_line)
        if self._over_items and phrases[0].figure.kind == "money" and self._is_first_of_line:
            self.lists.add_item(drafts[0], self._over_items)
        self.lists.add_sentence(drafts, self._earlier, self._beside)
        flow = "next" if self._plans or self._plans_of_line else ""
        self._context.event, self._context.of_money = "", False
        of_targets = self._of_targets
        self._context.in_rows = any(draft.phrase.mark == "；" for draft in drafts)
        for order, draft in enumerate(drafts):
            flow = self._flow(draft, flow)
            self._note_event(draft)
            # 主要目标为：缴存额45亿元，…
            self._of_targets |= draft.phrase.mark == "：" and says("targets", bare(self._text[slice(*draft.phrase.ahead)]))
            statement = self._state(draft, flow, drafts[order - 1] if order else None, drafts[order + 1 : order + 2])
            self.statements.append(statement)
            self._context.said.append((statement, draft))
            self._by_index[draft.phrase.index] = statement
            self._context.by_amount[draft.phrase.unit, draft.phrase.amount] = statement
        self._of_targets = of_targets
        self._earlier += drafts
        self._beside += len(drafts)
        self._of_line += drafts
        self._is_first_of_line = False
        self._settle(drafts)

    def _enter(self, start: int) -> None:
        """Take in where a sentence stands: its section, and what its line begins with: a label, or a short sentence that leads it."""
        section, line = self._document.section_at(start), self._document.line_at(start)
        if section != self._section:
            heading = self._heading(start)
            self._beside = 0
            self._section, self._context.heading, self._context.owner = section, heading, heading
            self._of_targets = any(map(_is_of_targets, heading))
            ahead = self._document.section_kind_at(start) == "measures" and not says("looks_back", "".join(section))
            self._plans = ahead or self._is_plan("".join(section[-1:]))
        if line != self._line:
            self._line = line
            self._context.line_of_money = self._document.section_kind_at(start) in _KINDS_OF_MONEY
            begin, end = self._document.line_span(line)
            number = number_of(self._text, begin)
            self._note_items(begin, number.style if number else "")
            begin = number.end if number else begin
            lead = _LABEL.match(self._text, begin, end) or _LEAD.match(self._text, begin, end)
            words = bare(_HEAD_TAIL.sub("", lead[1])) if lead and lead.end() <= start and not is_aspect(lead[1]) else ""
            self._context.lead = words if (words,) != self._context.heading else ""
            self._context.label = words
            self._context.head = ()
            self._plans_of_line = self._is_plan(self._text[begin : min(start, begin + 30)])

    def _note_items(self, begin: int, style: str) -> None:
        """A line that ends with a colon lists its parts in the lines that follow, numbered alike; `begin` is where the next line begins.

        Without numbers the list ends with the line that ends with a full stop.
        """
        ended_by = mark_before(self._text, begin)
        columns = _columns_told(self._text, *self._document.line_span(self._last_line(begin)))
        if ended_by == "：" or columns:
            self._over_items, self._style_of_items, self._columns = self._of_line, style, columns
        elif style != self._style_of_items or (not style and ended_by == "。"):
            self._over_items, self._columns = [], ()
        self._of_line, self._is_first_of_line = [], True

    def _last_line(self, begin: int) -> int:
        """The last line before a place that is not blank."""
        before = range(self._document.line_at(begin) - 1, 0, -1)
        return next((line for line in before if self._text[slice(*self._document.line_span(line))].strip()), 1)

    def _heading(self, start: int) -> tuple[str, ...]:
        headings = self._document.outline.at(start)
        # A numbered line that states a figure names what it is of: （一）基本支出836.2万元。
        words = bare(_HEAD_TAIL.sub("", without_number(headings[-1].text))) if headings else ""
        words = _STATED.sub("", words)
        return (words,) if words else ()

    def _is_plan(self, words: str) -> bool:
        """Whether words that lead a passage say that it tells of a later year."""
        cues = [cue for cue in cues_in(words, 0, len(words)) if cue.field == "period"]
        later = any(int(year[1]) > self._year for year in _YEAR_AHEAD.finditer(words)) if self._year else False
        return later or (bool(cues) and cues[0].value == "next" and cues[0].start < 4)

    def _flow(self, draft: Draft, flow: str) -> str:
        """The period the sentence has set for what follows: its own words, or those that lead up to the figure."""
        phrase = draft.phrase
        if phrase.mark == "；" and (flow == "part" or (flow == "next" and not (self._plans or self._plans_of_line))):
            flow = ""
        if phrase.cues_ahead:
            begins = self._row(phrase)
            for cue in phrase.cues_ahead:
                if cue.field == "period" and cue.value != "prior" and cue.start >= begins:
                    flow = {"year": "", "event": "part"}.get(cue.value, cue.value)
        dated = _UP_TO.search(self._text, *phrase.ahead)
        if dated and self._year and int(dated[1]) < self._year:
            return "prior"
        # 按每座水库汛期巡查40次安排: a rule is of its own period.
        of_rule = draft.period == "part" and draft.aspect in ("average", "limit")
        if draft.period in ("year", "part", "span", "next") and not of_rule:
            return "" if draft.period == "year" else draft.period if flow != "next" else flow
        return flow

    def _note_event(self, draft: Draft) -> None:
        """A campaign or event in quotation marks narrows what the sentence tells of it, up to a semicolon."""
        phrase = draft.phrase
        if phrase.mark == "；" or draft.period == "year":
            self._context.event = ""
        for cue in (*phrase.cues_ahead, *phrase.cues):
            if cue.value == "event":
                self._context.event = self._text[cue.start : cue.end]
                break
        if not (phrase.first or phrase.ahead[0] < phrase.ahead[1]):
            return
        words = self._text[phrase.ahead[0] : phrase.words[1]]
        quoted = "“" in words or '"' in words
        events = quoted and [event for event in _EVENT.finditer(words) if "经费" not in words[event.end() : event.end() + 2]]
        if events and "期间" not in events[-1][0]:
            self._context.event = bare(events[-1][0])

    def _state(self, draft: Draft, flow: str, before: Draft | None, after: Sequence[Draft]) -> Statement:
        phrase = draft.phrase
        statement = Statement(phrase.index, phrase.figure, phrase.amount, phrase.unit, aspect=draft.aspect, because=draft.because)
        statement.section = self._section or ()
        statement.words, statement.sentence, statement.mark = draft.words, phrase.sentence, phrase.mark
        closing = after[0].phrase if after and phrase.figure.qualifier == "range_low" else phrase
        statement.ahead = bare(self._text[phrase.ahead[0] : phrase.ahead[1]])
        statement.behind = bare(self._text[closing.after[0] : closing.after[1]])
        verb = phrase.cue("verb", ("doing", "naming"))
        statement.act = self._text[verb.start : verb.end] if verb else ""
        statement.named = "ahead" if draft.noun_ahead else "own" if draft.noun or draft.owner or draft.scope else ""
        statement.start = self._begin(draft)
        statement.lead, statement.listed = self._context.lead, draft.listed
        statement.opens = self._opens(phrase)
        if draft.aspect == "share":
            statement.because["base"] = draft.base
        # Under 年度绩效目标 a bare number is a target.
        if self._of_targets and statement.aspect in ("actual", "rate", "limit") and "aspect" not in draft.because:
            draft.aspect = statement.aspect = "planned"
        within = self.lists.of.get(phrase.index)
        within = None if within is not None and says("worth", draft.noun) else within
        statement.part_of = within.whole if within else None
        statement.extent = _extent(draft, within)
        statement.state = draft.state
        say_what(statement, draft, self._context, self._by_index)
        if statement.aspect == "average" and says("bounded", statement.words):
            statement.aspect = "limit"
        if statement.aspect == "average":
            _say_by_what(statement)
        if scale := _SCALES.get(statement.unit):
            # 参加人次26.8万: the unit stands in front.
            unit = max((unit for unit in units_of("told_ahead") if statement.measure.endswith(unit)), key=len, default="")
            statement.unit, statement.amount = (unit, statement.amount * scale) if unit else (statement.unit, statement.amount)
        statement.period = self._period(draft, flow, before, after)
        if statement.period == "next" and statement.aspect in ("actual", "rate", "share", "average"):
            statement.aspect = "planned"
        if statement.aspect == "planned" and draft.kind == "money" and draft.begins:
            statement.aspect = "initial"
        if draft.level and statement.aspect == "actual" and before is not None and before.begins and before.aspect == "average":
            statement.aspect = "average"
        return statement

    def _opens(self, phrase: Phrase) -> str:
        first = phrase.cues[0] if phrase.cues else None
        if first is None or first.value not in ("opens", "divides") or self._text[phrase.words[0] : first.start].strip():
            return ""
        words = bare(self._text[first.start : first.end])
        return "" if says("in_turn", words) else words

    def _begin(self, draft: Draft) -> int:
        """Where what is said of a figure begins: with its own words, or the name ahead of them, of the first of a sentence or of a row with
        all ahead of them.
        """
        phrase = draft.phrase
        if phrase.first or phrase.mark == "；":
            return phrase.ahead[0] if phrase.first else self._row(phrase)
        return last_clause(self._text, phrase.ahead)[0] if draft.noun_ahead else phrase.words[0]

    def _row(self, phrase: Phrase) -> int:
        """Where the row begins that a semicolon parts from what the sentence says ahead of a figure."""
        start, end = phrase.ahead
        return end - len(words_before(self._text, end, "；", start=start))

    def _period(self, draft: Draft, flow: str, before: Draft | None, after: Sequence[Draft]) -> str:
        if draft.period == "next" or flow == "next":
            return "next"
        if draft.aspect in ("change", "change_rate"):
            return flow if flow in ("span", "part") else "year"
        led_up = bool(after) and (after[0].aspect == draft.aspect or after[0].level)
        if draft.begins and draft.aspect in ("actual", "average", "rate") and led_up:
            return "prior"
        if draft.period:
            return draft.period
        listed = draft.phrase.mark == "、" and before is not None and before.aspect == draft.aspect
        if listed and self._by_index[before.phrase.index].period == "prior":
            return "prior"
        return flow or "year"

    def _settle(self, drafts: Sequence[Draft]) -> None:
        """What parts take from a whole that may stand behind them, and what is left once some of it was dealt with."""
        for draft in drafts:
            statement = self._by_index[draft.phrase.index]
            whole = self._by_index.get(statement.part_of) if statement.part_of is not None else None
            if whole is None:
                continue
            whole.extent = "whole"
            if whole.figure.start > statement.figure.start:
                if draft.noun and whole.subject == statement.subject and draft.noun == "".join(whole.subject[-1:]):
                    whole.subject = whole.subject[:-1]  # behind a list the total is no part's
                say_what(statement, draft, self._context, self._by_index)
            if statement.figure.kind == "count" and not statement.state:
                statement.state = self._state_of_part(statement, whole, undone=draft.phrase.has("extent", "undone"))

    def _state_of_part(self, part: Statement, whole: Statement, *, undone: bool) -> str:
        if part.extent == "rest" and (undone or self._is_settled(whole)):
            return self._state_of_rest(part)
        return whole.state if whole.state in _INHERITED_STATES else ""

    def _is_settled(self, whole: Statement) -> bool:
        """Whether some of a whole was dealt with."""
        return any(each.part_of == whole.index and each.state in SETTLED for each in self.statements[-_REACH:])

    def _state_of_rest(self, rest: Statement) -> str:
        """What is left is open, unless its sentence goes on to say that it was put right: 剩余5个采取临时措施后于10月底前整改到位."""
        told = words_behind(self._text, rest.figure.end, "；。", end=self._document.sentence_at(rest.figure.start)[1])
        return "rectified" if says("put_right", told) and not says("to_be_put_right", told) else "open"


def _is_of_targets(words: str) -> bool:
    """Whether a heading says that its numbers are targets, and nothing else."""
    return is_aspect(words) and any(cue.value == "target" for cue in cues_in(words, 0, len(words)))


def _extent(draft: Draft, within: PartList | None) -> str:
    """Whether a figure is what is left, or an example, by its words; else whether it is a part of a list."""
    told = draft.phrase.has
    if told("extent", "example"):
        return "example"
    if within is None:
        return "rest" if not draft.noun and told("extent", "beside") else "single"
    return "rest" if within.bound == LEFT or told("extent", "beside", "left", "undone") else "part"


def _columns_told(text: str, start: int, end: int) -> tuple[tuple[str, str], ...]:
    """What words that lead up to a list say the numbers of each item are, in turn: 各项目（预算/支出/执行率）：; none where they tell less
    than two amounts. Each with its words.
    """
    end = max(text.rfind(mark, start, end) + 1 for mark in "：:") or end if mark_before(text, end) == "，" else end  # ：甲工程，20，18
    ended_by, bracket = mark_before(text, end), _BRACKET_OF_LEAD.search(text, start, end)
    if ended_by != "：" and (ended_by != "）" or bracket is None):
        return ()
    begin, end = bracket.span(1) if bracket else (end - len(words_before(text, end, "。；，", start=start)), end)
    told = [cue for cue in cues_in(text, begin, end) if cue.field == "aspect" and cue.value in LINE_ASPECTS and cue.end - cue.start > 1]
    # 调整后预算 is one column, whose first word says which.
    ends = {cue.end for cue in told}
    columns = dict.fromkeys((cue.value, text[cue.start : cue.end]) for cue in told if cue.start not in ends)
    return tuple(columns) if len({value for value, _ in columns}) == len(columns) > 1 else ()


def _rows_of(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    """The items that a sentence lists behind a colon, each of them from its name up to the next."""
    names = [place for place, draft in enumerate(drafts) if draft.kind == "money" and draft.noun]
    yield from (drafts[begin:end] for begin, end in pairwise([*names, len(drafts)]))


def _take_columns(rows: Sequence[Sequence[Draft]], columns: Sequence[tuple[str, str]]) -> None:
    """渡口维修：410.00万元/402.66万元: the numbers an item begins with are what the words that lead up to the list say they are."""
    for row in rows if columns else ():
        beside = takewhile(lambda draft: draft.kind == "money" and not draft.words.strip(_BETWEEN), row[1:])
        item = [*row[:1], *beside]
        if len(item) == len(columns) and item[0].kind == "money" and not item[0].line:
            for draft, (value, words) in zip(item, columns, strict=True):
                draft.aspect, draft.line, draft.because["aspect"] = said_of(value), words, words


def _hand_on_budgets(drafts: Sequence[Draft]) -> None:
    """What was spent of a bare amount makes it a budget, with the rate of that (食品抽检168万元，花了164万元，执行率97.62%) or where it is
    for the whole year (全年168万元，支出164万元).
    """
    for one, spent, rate in zip(drafts, drafts[1:], [*drafts[2:], None], strict=False):
        rated = rate is not None and rate.aspect == "rate" and says("of_budget", rate.words) and _is_bare(one)
        of_year = one.kind == "money" and one.words.endswith(_WHOLE_YEAR) and not (one.line or one.because.get("aspect"))
        if (rated or of_year) and _is_outlay(spent):
            one.aspect, one.line = "adjusted", one.words
            one.because["aspect"] = rate.words if rated else _WHOLE_YEAR


def _say_by_what(average: Statement) -> None:
    """训练经费按运动员平均，每人3983元 is of 训练经费 and over 运动员; 以项目支出计算，件均成本1408元 of 项目支出."""
    reckoned = parts_told("reckoned", f"{average.ahead}{average.words}")
    if not reckoned:
        return
    average.because["reckoned"] = by = reckoned["by"]
    if says("paid", by):
        average.measure = by
    else:
        average.because["base"] = by
        average.measure = reckoned["of"].rpartition("，")[2] or average.measure


def _hand_on_plan(drafts: Sequence[Draft], over: Sequence[Draft], *, of_lines: bool) -> None:
    """项目计划87万元，实际83万元：执法64万元，实际62万元；…: in a list of a line of which both were told, a bare amount with what was spent
    of it is what that line has as its budget; `of_lines`: every item of the list is a line of its own.
    """
    plans = (plan for plan, spent in pairwise(over) if plan.aspect in _PLANNED and plan.line and spent.aspect == "actual" and spent.line)
    plan = next(plans, None)
    pairs = [(one, spent) for one, spent in pairwise(drafts) if plan is not None and _is_bare(one) and _is_outlay(spent)]
    for one, _ in pairs if len(pairs) > 1 or of_lines else ():
        one.aspect, one.line, one.because["aspect"] = plan.aspect, plan.line, plan.because.get("aspect", plan.line)


def _is_bare(one: Draft) -> bool:
    """Whether a sum has only a name: 执法64万元，实际62万元."""
    return bool(one.kind == "money" and one.noun and not (one.because or one.line or one.spoken_line))


def _is_outlay(spent: Draft) -> bool:
    return bool(spent.kind == "money" and spent.aspect == "actual" and spent.period != "prior" and spent.because and not spent.noun)


def _hand_on_years(drafts: Sequence[Draft], year: int | None) -> None:
    """2022年、2023年支出分别为80万元和90万元: each figure is of the year told in its turn."""
    for place, draft in enumerate(drafts):
        listed = _YEARS_IN_TURN.search(draft.words)
        if listed is None:
            continue
        years = [int(each) for each in _A_YEAR.findall(listed[0])]
        if len(years) == _ENDS and _TO.search(listed[0]):
            years = [*range(years[0], years[1] + 1)]
        own = drafts[place : place + len(years)]
        if len(own) < len(years) or any(each.phrase.unit != draft.phrase.unit for each in own):
            continue
        for each, told in zip(own, years, strict=True):
            each.period = "prior" if told < (year or max(years)) else "year"
            each.because["period"] = f"{told}年"


def _hand_on_purchases(drafts: Sequence[Draft]) -> None:
    """政府采购预算20万元，签约19万元: what was contracted for is what was bought of the budget for it, what was done is what was spent."""
    for before, draft in pairwise(drafts):
        of_budget = bool(before.line) and draft.kind == "money" and draft.phrase.mark == "，"
        if of_budget and says("bought", before.noun) and says("contracted", draft.noun):
            draft.line, draft.noun, draft.because["aspect"] = before.noun, "", draft.words
        elif of_budget and before.aspect in _PLANNED and says("done", draft.words):
            draft.line = draft.because["aspect"] = draft.words


def _hand_on_shares(drafts: Sequence[Draft]) -> None:
    """占全县142个村的47.2%: the number in between belongs to the base of the share. 救灾占项目支出的38%，宣教占24%: of the same base."""
    for before, draft in pairwise(drafts):
        if before.aspect == draft.aspect == "share" and not draft.base and draft.numerator and draft.phrase.mark in ("，", "、"):
            draft.base = before.base
        if draft.aspect == "rate" and not draft.phrase.mark and before.base_of_share:
            draft.aspect, draft.numerator, draft.base = "share", before.numerator, before.base
            draft.over = before.phrase.index
