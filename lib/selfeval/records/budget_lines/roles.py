"""What a sum of prose is in the budget: the role its statement and its own words give it, or that it is no amount of a budget."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from selfeval.knowledge import load
from selfeval.reading.clauses import names_of
from selfeval.reading.statements import PLANS, Statement

from .mention import Mention
from .naming import Setting, clean_name, is_generic, names_level, place
from .wording import Role, as_planned, flatten, pattern, roles_in
from .words import Words

ACTUAL = Role("actual", strong=False)
# What only tells another amount anew, or by the piece.
_OF_OTHERS = frozenset({"converted", "average"})
_CHANGED = "后为"
_ROLES = frozenset({"target", "budget", "initial", "adjusted", "actual"})


@dataclass(frozen=True)
class Sum:
    """A sum of prose: what it states, its own words, and where it stands.

    `whole` is the mention of the whole whose list it stands in, `anew` says that this is of a sentence before; `shared` are the roles of
    the sum before it, where nothing but rates lies between, `numbered` says that a numbered line begins with it, `of_projects` that it
    stands in a list of projects, `beside_assets` that its sentence told of assets right before, `total` is what it comes to with others,
    told behind them. `kind` is the kind of the document; in one
    with a total of the `year`'s expenditure what is balanced with it is no second one.
    """

    statement: Statement
    words: Words
    setting: Setting
    kind: str
    whole: Mention | None
    anew: bool
    shared: tuple[Role, ...]
    numbered: bool
    year: bool
    of_projects: bool
    beside_assets: bool
    total: Statement | None

    @cached_property
    def is_asset(self) -> bool:
        """Whether it is the value of assets, of which 年初 tells when and no budget."""
        of_assets = self.whole is not None and self.whole.nature.book == "assets"
        if self.beside_assets and (not self.words.name or pattern("assets", "moved").fullmatch(self.words.name)):
            return not pattern("assets", "budgeted").search(self.words.text)
        strong = self.words.strong and not (self.is_of_begin and not pattern("assets", "budgeted").search(self.words.text))
        return not strong and (of_assets or bool(pattern("assets", "words").search(self.words.text)))

    @property
    def is_of_begin(self) -> bool:
        """Whether it tells of the beginning of the year, or of what came and went since, and not of what there is at its end."""
        return bool(pattern("assets", "moved").search(self.words.text))

    @property
    def is_balanced(self) -> bool:
        """Whether income and expenditure are balanced in it, with what is carried over, beside the expenditure of the year."""
        return self.year and bool(pattern("outside", "balanced").search(self.words.text))

    @property
    def is_of_granted(self) -> bool:
        """Whether a budget or an account speaks of what the treasury granted (财政拨款支出), which there is a part of the whole."""
        may_be_part = self.kind in load("budget")["granted"]["kinds"] or self.statement.part_of is not None
        of_whole_book = may_be_part and is_generic(self.words.name)
        return of_whole_book and bool(pattern("granted", "words").search(self.words.text))

    @property
    def led_by(self) -> str:
        """The line that the label names its line of text begins with (基本支出。全年1106.72万元), '' for none."""
        lead = self.statement.lead
        return lead if lead and self.statement.subject[-1:] == (lead,) and names_level(lead) else ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles as they are meant in such a document; none where it is no amount of a budget of this year."""
        another_year = self.statement.period in ("prior", "next") or bool(pattern("outside", "prior").fullmatch(self.words.name))
        if self.is_asset and not pattern("outside", "prior").search(self.words.text):
            another_year = False
        # 年初80万元，增资20万元后为100万元: what changed it.
        of_change = self.statement.behind.startswith(_CHANGED)
        of_another = (
            of_change or self.statement.aspect in _OF_OTHERS or self.words.is_outside or self.words.is_other_money or self.is_balanced
        )
        if another_year or of_another or (self.words.is_intake and not self._is_granted):
            return ()
        roles = (() if self.is_of_begin else (ACTUAL,)) if self.is_asset else self._of_total() or self._said() or self._taken_over()
        return as_planned(roles, self.words.text) if self.kind == "budget" else roles

    @property
    def is_untold(self) -> bool:
        """Whether nothing says of what it gives a name of the budget, that it was planned or spent."""
        words, led_by_verb = self.words, self.words.roles == (ACTUAL,) and not self.words.joint  # 使用彩票公益金20万元，支出18万元
        told = self.statement.aspect != "actual" or (not led_by_verb and (self._tells_aspect or words.roles))
        of_another = words.is_outside or words.is_other_money or words.is_intake or self.statement.period in ("prior", "next")
        in_budget = self.setting.kind in load("budget")["sections"]["budget"]
        return bool(in_budget and words.name) and not (told or self.is_asset or of_another)

    @property
    def _is_granted(self) -> bool:
        """Whether what is taken in is only planned: the budget of a body has income and expenditure alike."""
        return self.statement.aspect in ("initial", "adjusted") and is_generic(self.words.name)

    def _said(self) -> tuple[Role, ...]:
        """The roles the own words give: in turn or for each as printed, else by the aspect of the statement."""
        printed = tuple(role for role in self.words.roles if role.name != "stock")
        if len(printed) > 1 and not (self.words.in_turn or self.words.for_each):
            printed = tuple(role for role in printed if role.name != "budget")  # 年度预算（调整后）
        if printed and (self.words.in_turn or len(printed) > 1 or self.words.behind or not self._tells_aspect):
            return printed
        return self._of_aspect() if self.words.roles or self._is_told() else ()

    @property
    def _tells_aspect(self) -> bool:
        """Whether a word tells the aspect of the statement; of what was spent its own: 项目支出中，甲工程安排20万元 tells no spending."""
        cue = flatten(self.statement.because.get("aspect", ""))
        return bool(cue) and (self.statement.aspect != "actual" or cue in self.words.text)

    def _of_total(self) -> tuple[Role, ...]:
        """What the total behind it was, that of other money than stands in front: 预算9万元，工资3万元、水电2万元，支出5万元."""
        other = self.total is not None and bool(self.shared) and not self.words.roles
        return (ACTUAL,) if other and self.total.aspect == "actual" else ()

    def _taken_over(self) -> tuple[Role, ...]:
        """Without a word of its own a sum is what its whole is, or the sum before; else what such names or sections speak of."""
        role = self._of_aspect()
        role = (ACTUAL,) if role and self._is_of_outlay() else role
        if not role or (self.whole is not None and self.whole.roles):
            return role
        return (self.words.name and self.shared) or self.words.implied or self._usual()

    def _is_of_outlay(self) -> bool:
        """Whether it is a part of what was spent, not of what that is held against: 支出20万元，完成预算24万元的83.3%。其中甲15万元."""
        held = self.whole.roles.keys() if self.whole is not None else ()
        # 相应的全年预算，基本支出为20万元，项目支出为30万元
        told = (*roles_in(flatten(self.statement.because.get("aspect", ""))), *self.shared)
        if self.statement.aspect in PLANS and any(role.name in ("budget", "initial", "adjusted") for role in told):
            return False
        return "actual" in held and (self.anew or len(held) == 1) and not self.words.roles

    def _is_told(self) -> bool:
        """Whether a word tells which number a sum is, and is no part of a name: 司法支出（款）行政运行（项）."""
        cue = flatten(self.statement.because.get("aspect", ""))
        behind = clean_name(self.words.text.rpartition(cue)[2]) if cue else ""
        return bool(cue) and not self.words.implied and (cue not in self.words.text or is_generic(behind))

    def _of_aspect(self) -> tuple[Role, ...]:
        name = self.statement.aspect
        if name in ("planned", "limit"):
            told = (*self.words.roles, *roles_in(flatten(self.statement.because.get("aspect", ""))))
            of_target = any(role.name == "target" for role in told) or "目标" in self.statement.measure
            name = "target" if of_target else "budget" if name == "planned" else ""
        elif name == "arrived":
            # 年中下达 gives a budget, 到位 and 收到 tell only where money came from.
            name = "budget" if any(role.name in ("budget", "adjusted") for role in self.words.roles) else ""
        return (Role(name, self.words.strong),) if name in _ROLES else ()

    def _usual(self) -> tuple[Role, ...]:
        """What was spent, where the section is about one book or the name is a line by itself."""
        names = names_of(self.words.name) if self.words.in_turn else [self.words.name]  # 会议费、培训费依次为
        if self.led_by or self.of_projects or (self.statement.aspect == "actual" and all(map(names_level, names))):
            return (ACTUAL,)
        if self.setting.kind not in load("budget")["sections"]["spent"] or not self.words.name:
            return ()
        nature = place(self.words.name, self.setting)
        sure = nature.generic or nature.level == "basic_part" or self.setting.kind not in {"project", "basic"}
        opens = not self.statement.mark and pattern("naming", "noun_ends", after="$").search(self.words.name)
        return (ACTUAL,) if sure or self.numbered or opens else ()
