"""Who and what a figure is about: from its own words, from the whole it is a part of, from what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from .draft import POINTS, Draft
from .lexicon import measured_in, says, units_of
from .lines import cuts_across, names_line
from .noun import is_where
from .statement import Statement

_COUNTER = re.compile("(起|件|人|次|户|家|个|例|宗|处|条)数$")
_QUANTITY = re.compile(
    "^(?:全部|总数|数量|数|数额|金额|总额|总量|规模|[一两二三四五六七八九十][项类者种]|该项|此项|上述|其|部分|个|人|各项|后者|前者|[一一]项|已经?|均已|都已)$"
)
_LINE_MEASURES = (
    ("采购", re.compile("采购")),
    ("结余", re.compile("结余|结存|未|没")),
    ("支出", re.compile("支出|决算|执行|使用|支付|开支|列支|拨付|兑付|实支|花|完成|实际$")),
    ("绩效目标", re.compile("绩效目标")),
    ("结转", re.compile("结转")),
    ("预算", re.compile("预算|年初|期初|调整|追加|核定|批复|控制数")),
    ("资金", re.compile("到位|下达|收到|拨入|到账")),
)
_PRICE = re.compile("价款?$")
_RATE = re.compile("([^，。；：、的]{0,12}(?:率|度(?<![力制年额幅速]度)|占比|比例|覆盖面|比重))$")
_MONEY_NOUN = re.compile("(资金|缴费|补贴|补偿|贷款|投资)$")
_GRANT = re.compile("(?:补[贴助偿]|奖[励补]|资助|救助)金?")
# What a work is to cost, and money that was given for something: what is paid and left of it follows.
_GIVEN = re.compile("(?<!资产)投资$|..资金$")
_NO_OUTLAY = re.compile("损失|收入|罚|价|产值|投资|贷款|融资|债|资产|原值|净值|折旧|收益|税")
_NAMED_SHARE = re.compile("占比|比重")
_SUFFIX = re.compile("[户人]数$")
_ONE = re.compile("(?:[一这该]项|一处|一家|一块|后者)$")
_ENUMERATED = frozenset({"个", "名", "家", "位", "所", "种", "类", "项", "条", "大"})
_PREPOSITIONS = "对将把向为由给在从与和及用按以因较比即"
# 局机关和所属11个事业单位, 排了6所学校: what ends so leads up to the noun behind the number.
_LEADING_UP = ("等", "所属", "下属", "所辖", "了", "着", *_PREPOSITIONS)
_RATIOS = frozenset({"rate", "share", "change_rate"})
_RATIOS_AND_LIMITS = _RATIOS | {"limit"}
_DEPENDENT = frozenset({"change", "change_rate", "share", "average", "converted", "limit"})
_REACH = 40
_LONGEST_VERB, _SHORT, _LONGEST_PURPOSE = 4, 2, 12
_WITH_ONE_PART = 2


@dataclass(slots=True)
class Context:
    """What was said so far: every statement with its draft, the owner the money is spoken of for, where the sentence stands.

    `label` is what leads the line, `lead` the same unless it is its heading. `head` is the owner whose money its line spoke of first, which
    it comes back to with a new sentence; `in_rows`: semicolons part what the sentence lists, so that what follows a part without a name is
    said of the part.
    """

    said: list[tuple[Statement, Draft]] = field(default_factory=list)
    owner: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    lead: str = ""
    label: str = ""
    event: str = ""
    in_rows: bool = False
    of_money: bool = False
    line_of_money: bool = False
    by_amount: dict[tuple[str, Decimal], Statement] = field(default_factory=dict)

    def speak_of(self, owner: tuple[str, ...]) -> None:
        """Take in whose money is spoken of from here."""
        self.owner, self.head = owner, self.head or owner

    def nearest(self, draft: Draft, fits: Callable[[Statement, Draft], bool]) -> Statement | None:
        """The statement nearest before `draft` that fits."""
        for statement, other in islice(reversed(self.said), _REACH):
            if statement.index < draft.phrase.index and fits(statement, other):
                return statement
        return None

    def beside(self, draft: Draft, fits: Callable[[Statement, Draft], bool] = lambda *_: True) -> Statement | None:
        """The statement nearest before `draft` in its sentence that fits."""
        for statement, other in islice(reversed(self.said), _REACH):
            if other.phrase.sentence != draft.phrase.sentence:
                return None
            if statement.index < draft.phrase.index and fits(statement, other):
                return statement
        return None

    def like(self, draft: Draft) -> Statement | None:
        """What was said before in the same unit, no ratio and nothing drawn from others; the nearest at all where there is none."""
        beside = same = plain = None
        phrase = draft.phrase
        for statement, other in islice(reversed(self.said), _REACH):
            if statement.index >= phrase.index or statement.aspect in _RATIOS_AND_LIMITS:
                continue
            is_beside, is_same = other.phrase.sentence == phrase.sentence, other.phrase.unit == phrase.unit
            if is_beside and is_same:
                return statement
            beside = beside or (statement if is_beside else None)
            same = same or (statement if is_same else None)
            plain = plain or statement
        return beside or same or plain

    def ratio(self, draft: Draft) -> Statement | None:
        """The ratio of the same sentence, else the one named last."""
        beside = self.beside(draft, lambda _, other: other.kind == "percent")
        return beside or self.nearest(draft, lambda statement, other: other.kind == "percent" and bool(_RATE.search(statement.measure)))

    def whole_of_list(self, last: Statement) -> Statement:
        """What was divided where `last` is the last of several parts: an average behind a list is over the whole of it."""
        of_one = [other for other, _ in self.said[-_REACH:] if last.part_of in (other.part_of, other.index)]
        whole = next((other for other in of_one if other.index == last.part_of), None)
        return last if last.part_of is None or whole is None or len(of_one) <= _WITH_ONE_PART else whole

    def ends_with_parts(self) -> bool:
        """Whether what was said last are two parts of one whole, each with one number: 其中甲20万元、乙30万元；支出45万元."""
        last = [other for other, _ in self.said[-2:]]
        return len(last) == len({other.subject for other in last}) > 1 and last[0].part_of == last[1].part_of is not None

    def over_parts(self, part: Statement) -> Statement:
        """The part of a list that `part` is a part of, within one sentence: a semicolon goes on behind its parts."""
        said = {other.index: other for other, _ in self.said[-_REACH:] if other.sentence == part.sentence}
        while part.part_of in said and (said[part.part_of].part_of is not None or len(said[part.part_of].subject) > 1):
            part = said[part.part_of]
        return part

    def counted_before(self, draft: Draft) -> Statement | None:
        """What the same sentence counted before a sum of money."""
        return self.beside(draft, lambda _, other: other.kind == "count")


def say_what(statement: Statement, draft: Draft, context: Context, wholes: Mapping[int, Statement]) -> None:
    """Fill in subject, measure and scope of `statement`; `wholes` are the statements of this document by figure."""
    whole = wholes.get(statement.part_of) if statement.part_of is not None else None
    statement.scope = draft.scope if not context.event or context.event in draft.scope else (context.event, *draft.scope)
    noun = draft.noun
    # 按支出和计划面积折算亩均1515元: how an average was reckoned is not what it is of.
    if noun and (_QUANTITY.match(noun) or noun in (draft.phrase.unit, *_PREPOSITIONS) or (draft.aspect == "average" and noun[0] == "按")):
        noun = ""
    if draft.aspect in ("score", "weight"):
        statement.subject, statement.measure = _owner_of_mark(noun or draft.act, draft, context), draft.because.get("aspect", "")
        if draft.aspect == "score" and not says("total_score", statement.measure):
            statement.measure = "得分"
    elif draft.kind == "percent":
        _of_ratio(statement, draft, noun, context)
    elif draft.aspect == "change" and draft.kind == "money" and draft.noun_ahead:
        context.speak_of((*context.heading, noun))
        statement.subject, statement.measure = context.owner, "预算"
    elif draft.aspect in ("average", "converted") or (draft.aspect == "change" and not draft.line):
        _of_dependent(statement, draft, noun, context)
    elif draft.kind == "money":
        _of_money(statement, draft, noun, context, whole)
    else:
        _of_count(statement, draft, noun, context, whole)
    if context.lead and context.lead not in "".join((*statement.subject, statement.measure)):
        if statement.subject and statement.subject[-1] in context.lead:
            statement.subject = statement.subject[:-1]  # 无障碍改造：, of which the words told only a part
        at = len(context.heading) if statement.subject[: len(context.heading)] == context.heading else 0
        statement.subject = (*statement.subject[:at], context.lead, *statement.subject[at:])


def _owner_of_mark(own: str, draft: Draft, context: Context) -> tuple[str, ...]:
    """What a mark is given for: 产出 of 产出（40分）得38.6分 and 产出38.6分（权重40分）, where its own words do not say."""
    if own:
        return (own,)
    before = context.nearest(draft, lambda _, other: other.phrase.index == draft.phrase.index - 1)
    pair = before is not None and (before.aspect, draft.aspect) in (("weight", "score"), ("score", "weight"))
    return before.subject if pair and (draft.aspect == "score" or draft.phrase.mark == "（") else ()


def _of_money(statement: Statement, draft: Draft, noun: str, context: Context, whole: Statement | None) -> None:
    noun = _line_of(noun or (draft.act if whole is not None and not draft.line else "")) or (
        _named_beside(draft, context) if whole is not None and not draft.scope else ""
    )
    again = context.by_amount.get((draft.phrase.unit, draft.phrase.amount)) if draft.period != "prior" else None
    again = None if again is statement else again
    if draft.line or (draft.before_adjusted and noun):
        counted = context.counted_before(draft) if draft.phrase.mark != "；" else None
        if noun:
            base = whole.subject if whole is not None and whole.subject else context.heading
            context.speak_of((*base, noun) if noun not in base else base)
        elif draft.phrase.first:
            context.speak_of((context.lead,) if names_line(context.lead) else context.head or context.heading)
        elif context.said and (says("list_closed", statement.ahead) or (draft.phrase.mark == "；" and context.ends_with_parts())):
            context.speak_of(context.whole_of_list(context.said[-1][0]).subject)
        elif counted is not None and not context.of_money:
            context.owner = (*counted.subject, _line_of(counted.measure))
        statement.subject, statement.measure = context.owner, measure_of_line(draft.line or draft.before_adjusted)
        statement.aspect = "initial" if draft.before_adjusted else statement.aspect
        context.of_money = context.line_of_money = True
    elif again is not None and noun and noun == "".join(again.subject[-1:]):
        _take_over(statement, draft, again)
    elif whole is not None and (noun or draft.scope):
        statement.subject, statement.measure = (*whole.subject, *([noun] if noun else [])), whole.measure
        is_spent = draft.phrase.has("verb", "spending")
        statement.aspect = whole.aspect if statement.aspect == "actual" and not is_spent else statement.aspect
        if context.in_rows and draft.phrase.mark in ("：", "；"):
            context.owner = statement.subject
    elif noun:
        _of_named_money(statement, draft, noun, context)
    elif draft.act:
        counted = context.counted_before(draft)
        # 投入386万元改造信号灯48座: what stands right behind is what it was for.
        behind = (statement.behind,) if _SHORT < len(statement.behind) <= _LONGEST_PURPOSE else ()
        statement.subject = (*counted.subject, counted.measure) if counted is not None else behind
        statement.measure = draft.act
    elif draft.phrase.first and names_line(context.lead):
        context.speak_of((context.lead,))
        statement.subject, statement.measure = context.owner, "支出"
    else:
        _take_over(statement, draft, again or context.like(draft))


def _named_beside(draft: Draft, context: Context) -> str:
    """学前教育1204人次、60.20万元: the name of the number that a sum without words stands right behind."""
    if draft.words or draft.phrase.mark != "、":
        return ""
    before = next((own for other, own in reversed(context.said[-_REACH:]) if other.index == draft.phrase.index - 1), None)
    return before.noun if before is not None and before.kind == "count" else ""


def _line_of(noun: str) -> str:
    """项目 and 基本 before an amount of a budget are short for the lines of those names."""
    return f"{noun}支出" if noun in ("项目", "基本") else noun


def _of_named_money(statement: Statement, draft: Draft, noun: str, context: Context) -> None:
    """An amount that is only named: what was spent on it where spending is spoken of, else the thing itself."""
    spoken = context.beside(draft, lambda _, own: own.kind == "money")
    if spoken is not None and draft.phrase.mark == "；":
        spoken = context.over_parts(spoken)
    listed = spoken is not None and spoken.measure in ("支出", "预算") and spoken.subject
    outlay = context.line_of_money and draft.aspect != "limit" and not _NO_OUTLAY.search(noun)
    own = _MONEY_NOUN.search(noun)
    if draft.aspect == "arrived" or own:
        statement.subject, statement.measure = (*context.heading, noun), own[1] if own else "资金"
        if _GIVEN.search(noun):
            context.speak_of(statement.subject)
    elif draft.spoken_line:
        statement.subject, statement.measure = (noun,), measure_of_line(draft.spoken_line)
    elif cuts_across(noun) and draft.aspect != "limit":
        statement.subject, statement.measure = (*context.heading, noun), "支出"
        context.owner = statement.subject
    elif spoken is not None and listed and not _NO_OUTLAY.search(noun):
        statement.subject, statement.measure = (*spoken.subject[:-1], noun), spoken.measure
        if context.in_rows and draft.phrase.mark == "；":
            context.owner = statement.subject
    elif outlay:
        statement.subject, statement.measure = (*context.heading, noun), "支出"
        context.speak_of(statement.subject)
    else:
        statement.measure = f"{noun}{draft.act}"
        statement.subject = context.owner if context.of_money and _PRICE.search(noun) else ()
        context.owner = (*context.heading, noun) if draft.aspect == "limit" else context.owner


def _take_over(statement: Statement, draft: Draft, like: Statement | None) -> None:
    """What says nothing of its own speaks of the amount before it."""
    if like is None:
        statement.measure = draft.act or draft.counted
        return
    statement.subject, statement.measure = like.subject, like.measure
    # A total is not narrowed as the last of its parts is: 一般隐患90处、重大隐患10处，合计100处.
    statement.scope = statement.scope or (() if draft.phrase.has("extent", "total") else like.scope)
    of_stage = like.aspect in ("planned", "initial", "adjusted") and draft.period != "prior" and "aspect" not in statement.because
    of_stage = of_stage and not draft.act
    if statement.aspect == "actual" and (of_stage or (like.aspect == "average" and draft.period == "prior")):
        statement.aspect = like.aspect


def _of_dependent(statement: Statement, draft: Draft, noun: str, context: Context) -> None:
    """A change, an average, a conversion: of what was spoken of before, unless it names something itself."""
    like = context.like(draft)
    counter = _COUNTER.search(noun)
    if counter:
        of_unit = context.nearest(draft, lambda other, _: other.figure.unit.endswith(counter[1]))
        if of_unit is not None and all(character in of_unit.measure for character in noun[: counter.start()]):
            like, noun = of_unit, ""
    if draft.aspect == "change" and draft.phrase.figure.unit in POINTS:
        like = context.ratio(draft) or like
    own = noun if noun not in _PREPOSITIONS else ""
    if draft.aspect == "average":
        _of_average(statement, draft, own, context)
        return
    if like is None:
        statement.measure = own or draft.act
        return
    if (own and own not in like.measure) or (draft.phrase.mark == "；" and context.ends_with_parts()):
        like = context.whole_of_list(like)
    statement.subject, statement.measure = like.subject, like.measure
    statement.scope = statement.scope or like.scope
    if draft.kind == "money" and says("saved", draft.because.get("aspect", "")):
        statement.measure = "节约"
    elif draft.aspect == "change" and draft.kind == "money" and like.aspect in ("initial", "planned"):
        statement.subject, statement.measure = (*like.subject, *([own] if own else [])), "预算"
    elif own and own not in like.measure and draft.kind != "money":
        statement.subject, statement.measure = (*like.subject, like.measure), f"{own}{draft.act}"
    elif own and own not in like.measure:
        statement.subject = (*like.subject, own)


def _of_average(statement: Statement, draft: Draft, own: str, context: Context) -> None:
    """What comes to each: what it names itself, else what the sentence stated in the same unit."""
    same = context.beside(draft, lambda other, drafted: drafted.phrase.unit == draft.phrase.unit and other.aspect != "limit")
    if draft.kind == "money" and not own and _GRANT.fullmatch(statement.behind):
        own = statement.behind  # 按每部20万元补贴
    own = own or (draft.act if same is None else "") or ("" if same is not None or draft.kind == "money" else draft.counted)
    like = same or context.counted_before(draft) or context.like(draft)
    if like is not None:
        like = context.whole_of_list(like)
        statement.subject, statement.measure, statement.scope = like.subject, like.measure, statement.scope or like.scope
    if own and own not in statement.measure:
        statement.subject = (draft.owner,) if draft.owner else (*statement.subject, *([statement.measure] if statement.measure else []))
        statement.measure = measured_in(statement.figure.unit, own)


def _of_ratio(statement: Statement, draft: Draft, noun: str, context: Context) -> None:
    rate = _RATE.search(noun)
    if draft.aspect == "share":
        _of_share(statement, draft, context)
    elif draft.aspect in ("change_rate", "change"):
        _of_dependent(statement, draft, noun, context)
    elif rate:
        own = noun[: rate.start()]
        owner = _of_what(draft, context, rate[1].removesuffix("率"))
        statement.subject, statement.measure = (*_owner_of_rate(owner, context), *([own] if own else [])), rate[1]
        # A word of its own names another population, wherever that is.
        statement.scope = statement.scope or (owner.scope if owner is not None and not own else ())
    elif noun and draft.noun_ahead:
        # 绿色建筑占比：目标90%: the label ahead names a ratio of its own, whatever the row before was of.
        named_so = _NAMED_SHARE.search(statement.ahead)
        statement.subject, statement.measure = (), f"{noun}{named_so[0] if named_so else ''}"
    elif noun and draft.aspect == "rate" and draft.period != "prior":
        statement.subject, statement.measure = _owner_of_rate(_of_what(draft, context, ""), context), noun
    else:
        # 完成全年预算的97.3%, 完成任务数8500人的104.8%: of what was stated.
        of_plan = draft.words == "的" or draft.phrase.has("aspect", "target", "budget", "initial", "adjusted")
        spoken = None if noun else context.like(draft)
        before = context.ratio(draft)
        # 分类小区41个，覆盖78.8%: what was done to what its sentence counted is no rate of a sentence before.
        before = None if draft.act and before is not None and before.sentence != statement.sentence else before
        spoken = spoken if of_plan and draft.aspect == "rate" and spoken is not None else before or spoken
        if spoken is not None:
            statement.subject, statement.measure, statement.scope = spoken.subject, spoken.measure, statement.scope or spoken.scope
            statement.aspect = spoken.aspect if draft.period == "prior" and draft.aspect == "rate" else statement.aspect
            if draft.act and before is None and draft.act not in spoken.measure:
                statement.measure = f"{spoken.measure}{draft.act}"
        if noun and noun not in _PREPOSITIONS:
            statement.subject = (*statement.subject, noun)
        statement.measure = statement.measure or noun or draft.counted


def _of_what(draft: Draft, context: Context, stem: str) -> Statement | None:
    """What a rate is of: what its sentence stated before, the whole of a list, and for 入住 of 入住率 that which it is the rate of."""

    def stated(other: Statement, _: Draft) -> bool:
        return other.aspect not in _DEPENDENT and other.aspect not in _RATIOS

    before = context.beside(draft, stated)
    if before is None:
        return None
    if stem and before.figure.kind == "count" and all(character in before.measure for character in stem):
        base = context.beside(draft, lambda other, own: stated(other, own) and other.unit == before.unit and other is not before)
        return base or before
    return context.whole_of_list(before)


def _owner_of_rate(before: Statement | None, context: Context) -> tuple[str, ...]:
    """Whose rate it is: of what it is of, of the owner of the money, or of the section."""
    if before is None:
        return context.owner if context.of_money else ()
    return before.subject if before.figure.kind == "money" else (*before.subject, before.measure)


def _of_share(statement: Statement, draft: Draft, context: Context) -> None:
    numerator = _ONE.sub("", draft.numerator)
    before = context.nearest(draft, lambda other, own: own.kind != "percent" and other.index != draft.over and other.aspect != "limit")
    named = context.nearest(draft, lambda other, _: numerator in (*other.subject[-1:], *other.scope, other.measure)) if numerator else None
    # 上半年支出占全年的31.7%，第四季度占42.5%: of what the share before is one of.
    beside = context.beside(draft)
    spoken = named if numerator else beside if beside is not None and beside.aspect == "share" else before
    if spoken is not None:
        statement.subject, statement.measure, statement.scope = spoken.subject, spoken.measure, statement.scope or spoken.scope
        if numerator and numerator not in statement.subject:
            statement.subject = (*statement.subject, numerator)
    elif numerator:
        named_so = _NAMED_SHARE.search(draft.words)  # 基层诊疗占比提到57%
        statement.measure = f"{numerator}{named_so[0]}" if named_so else numerator
    if names_line(draft.base) and beside is None and not numerator:
        statement.subject, statement.measure = (draft.base,), "支出"  # 集中在第四季度支付，占项目支出的四成
    if numerator and "支出" in draft.base:
        statement.subject, statement.measure = (numerator,), "支出"


def _of_count(statement: Statement, draft: Draft, noun: str, context: Context, whole: Statement | None) -> None:
    names = "、" in noun and statement.figure.unit in _ENUMERATED
    led_up = not noun or draft.noun_ahead or names or noun.endswith(_LEADING_UP)
    if draft.counted and whole is None and led_up:
        statement.measure = draft.counted
    elif whole is not None:
        _of_part(statement, draft, noun, whole)
        first = None if noun or draft.scope else _beside(draft, context)
        statement.scope = first.scope if first is not None and first.part_of is not None else statement.scope
    elif is_where(draft.phrase, noun) and (led := context.lead or "".join(context.heading[-1:])):
        statement.measure, statement.scope = led, (*statement.scope, noun)
    elif noun:
        # 下辖5支执法中队: what is hardly more than a verb in front says what was done with the noun behind.
        behind = draft.counted if len(draft.counted) > 1 and len(noun) <= _LONGEST_VERB and noun[0] not in _PREPOSITIONS else ""
        statement.measure = f"{noun}{draft.act}{behind}"
        _give_owner(statement, draft, context)
    elif draft.act or draft.scope or not (label := _label_of(draft, context)):
        _of_act(statement, draft, context)
    else:
        statement.measure = label
    statement.measure = measured_in(statement.figure.unit, statement.measure)


def _label_of(draft: Draft, context: Context) -> str:
    """What leads the line that a number begins with nothing of its own; where that is the heading, only if it is told nowhere else and held
    against nothing (较年初的203人).
    """
    told = draft.noun or draft.phrase.has("joint", "over") or (draft.phrase.unit, draft.phrase.amount) in context.by_amount
    return (context.lead or ("" if told else context.label)) if draft.phrase.first else ""


def _beside(draft: Draft, context: Context) -> Statement | None:
    """2114户、3286人: a number without words right behind another says the same of it in another unit."""
    if draft.phrase.mark != "、":
        return None
    return context.beside(draft)


def _give_owner(statement: Statement, draft: Draft, context: Context) -> None:
    """Who did it, or has the first of its list: 县级库储备帐篷120顶、棉被850床."""
    if draft.owner:
        statement.subject = (draft.owner,)
        return
    if _is_of_event(statement, draft, context):
        return
    before = context.beside(draft)
    if before is None or before.figure.kind != "count":
        return
    if draft.phrase.mark == "、" and before.subject:
        statement.subject, statement.scope = before.subject, statement.scope or before.scope


def _is_of_event(statement: Statement, draft: Draft, context: Context) -> bool:
    """What an accident did (死亡2人), or who was at a meeting, is of the one counted before; what people did so often, of them."""
    of_event = says("of_event", statement.measure)
    by_people = draft.phrase.unit in units_of("work") or (draft.phrase.unit in units_of("times") and len(statement.measure) <= _SHORT)
    before = context.counted_before(draft) if of_event or by_people else None
    if before is None or not (of_event or before.figure.unit in units_of("people")):
        return False
    before = context.whole_of_list(before)
    own = () if of_event and says("of_event", before.measure) else (_SUFFIX.sub("", before.measure),)
    statement.subject, statement.scope = (*before.subject, *own), statement.scope or before.scope
    return True


def _of_act(statement: Statement, draft: Draft, context: Context) -> None:
    """What only says what was done speaks of what its sentence counted in the same unit; what says nothing, of what stands before it."""
    same = context.beside(draft, lambda _, own: own.phrase.unit == draft.phrase.unit and own.kind == "count")
    if draft.act and (same is None or draft.act in same.measure):
        # 在监工程137个，检查428次: what was counted before is what it was done to.
        topic = context.counted_before(draft) if draft.phrase.unit in units_of("times") else None
        statement.subject = (*topic.subject, topic.measure) if topic is not None else ()
        # 不动产登记：办理18306件: what leads the line is what it was done with.
        led = topic is None and draft.phrase.has("verb", "having", "doing")
        statement.measure = f"{draft.act}{context.lead}" if led else draft.act
        _is_of_event(statement, draft, context)
        return
    if same is not None and not draft.act and draft.period:
        # 年初9家，新立14家，销案19家，年末4家: what there was at the end is of what there was, not of what was done.
        same = context.beside(draft, lambda _, own: own.phrase.unit == draft.phrase.unit and own.kind == "count" and not own.act) or same
    again = None if draft.act else context.by_amount.get((draft.phrase.unit, draft.phrase.amount))
    beside = _beside(draft, context)
    of_same = bool(draft.act) or _is_told_in_turn(same, beside, draft, context)
    _take_over(statement, draft, (same or beside if of_same else beside or same) or again or context.like(draft))
    if draft.phrase.mark == "、":
        statement.measure = _SUFFIX.sub("", statement.measure)
    if draft.act:
        statement.measure = f"{draft.act}{statement.measure}"


def _is_told_in_turn(same: Statement | None, beside: Statement | None, draft: Draft, context: Context) -> bool:
    """事故4起、死亡5人，上年6起、7人: whether a number without words behind another repeats the one that stood behind the like of that."""
    if same is None or beside is None or same is beside:
        return False
    before = context.beside(draft, lambda other, _: other.index == same.index - 1)
    return before is not None and before is not beside and before.unit == beside.unit


def _of_part(statement: Statement, draft: Draft, noun: str, whole: Statement) -> None:
    statement.subject, statement.measure = whole.subject, whole.measure
    # 完工6个 of 改造8个 are 改造, and its state says the rest; of what was taken in (受理) the act is all there is: 办结.
    told = bool(draft.state) and whole.state != "filed"
    if draft.act and not told and draft.act not in whole.measure:
        statement.measure = f"{draft.act}{whole.measure}"
    own = [noun] if len(noun) > 1 and noun not in whole.measure else []
    statement.scope = tuple(dict.fromkeys([*whole.scope, *statement.scope, *own]))


def measure_of_line(word: str) -> str:
    """What is paid by the word that makes an amount one of a budget."""
    return next((name for name, words in _LINE_MEASURES if words.search(word)), word)
