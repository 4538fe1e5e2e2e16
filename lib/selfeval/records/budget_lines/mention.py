"""What one place of a document says of one budget line, and the line: all that a document says of it, and the whole it is a part of."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from selfeval.records.deviation import reason_for

from .naming import Nature
from .wording import Role

# What was planned to be spent, the last stage first.
_PLANNED = ("adjusted", "target", "initial")
LEVELS = ("total", "basic", "project_total", "fund", "basic_part", "project", "item")


@dataclass(frozen=True, slots=True)
class Money:
    """A printed sum in 万元, the size of its last printed digit, and the id of its figure; `usable` is false for ranges and thresholds."""

    start: int
    end: int
    amount: Decimal
    step: Decimal
    figure: str
    usable: bool = True

    def says_finer(self, other: Money) -> bool:
        """Whether it says what `other` does in more digits, rounded or cut off there: 4715.60万元 beside 0.47亿元."""
        more = self.amount - other.amount
        return self.step < other.step and (0 < 2 * abs(more) <= other.step or 0 < more < other.step)


@dataclass(slots=True, eq=False)
class Mention:
    """What one place of a document says of one line.

    `parent` is the mention in whose list of parts it stands. `roles` holds the sums of each role, the first being the one stated. `named`:
    the words name the line themselves, they do not leave it to the heading above. `strong` counts sums whose role words speak of a budget
    by themselves. `bare`: nothing says of its initial budget that it is that one; `untold`: a sum of which nothing says what it is.
    `unchanged`: the text says that the initial budget stayed; `rated`: it gives the rate of its execution. `outside`: it
    is no budget line, and what follows from it is none either.
    """

    nature: Nature
    kind: str
    start: int
    end: int
    source: str = "text"
    parent: Mention | None = None
    roles: dict[str, list[Money]] = field(default_factory=dict)
    named: bool = True
    strong: int = 0
    outside: bool = False
    unchanged: bool = False
    bare: bool = False
    untold: Money | None = None
    rated: bool = False
    reason: str = ""
    last_roles: tuple[Role, ...] = ()

    def takes(self, role: Role, money: Money) -> bool:
        """Is there room for `money` as `role`, or is it what stands there already?"""
        held = self.roles.get(self._settled(role, money))
        return held is None or held[0].amount == money.amount or self._is_open(role, money)

    def add(self, role: Role, money: Money) -> None:
        """Enter `money` as `role`; what nothing said to be of that role gives way: 预算80万元（年初75万元）, 甲工程80万元，支出75万元."""
        if self._is_open(role, money):
            self.roles = {"initial": [self.untold]} if role.name == "actual" else {"adjusted": self.roles.pop("initial"), **self.roles}
            self.bare, self.untold = role.name == "actual", None
        self.roles.setdefault(self._settled(role, money), []).append(money)
        self.strong += role.strong
        self.end = max(self.end, money.end)

    def _is_open(self, role: Role, money: Money) -> bool:
        if role.name == "initial":
            return self.bare and "adjusted" not in self.roles and self.amount("initial") not in (None, money.amount)
        more = self.untold is not None and self.untold.amount > money.amount
        return role.name == "actual" and more and self.roles.keys() <= {"actual"}

    def amount(self, role: str) -> Decimal | None:
        """The sum stated as `role`."""
        return self.roles[role][0].amount if role in self.roles else None

    def _settled(self, role: Role, money: Money) -> str:
        """A budget that is not said to be initial or adjusted is the initial one, unless the line has another initial one already."""
        if role.name == "stock":
            return "actual"
        if role.name != "budget":
            return role.name
        initial = self.amount("initial")
        return "initial" if initial is None or initial == money.amount else "adjusted"


@dataclass(frozen=True, slots=True)
class Zone:
    """A sum in its place: where the words about it begin, where it ends, where its line ends, and the mentions that took it.

    `outside`: it is not of the budget at all.
    """

    start: int
    end: int
    line_end: int
    mentions: list[Mention]
    outside: bool


@dataclass(slots=True, eq=False)
class Line:
    """One budget line: its mentions, the fullest of them first, the others in reading order.

    `elsewhere` is the reason that other places of the document give for it.
    """

    mentions: list[Mention]
    book: str
    parent: Line | None = None
    elsewhere: str = ""

    @property
    def base(self) -> Mention:
        """The fullest mention."""
        return self.mentions[0]

    @property
    def nature(self) -> Nature:
        """The most telling nature among the mentions: a project that another place only calls an item is a project."""
        # Most lines are spoken of once.
        if len(self.mentions) == 1:
            return self.base.nature
        return min((mention.nature for mention in self.mentions), key=lambda nature: LEVELS.index(nature.level))

    def amount(self, role: str) -> Decimal | None:
        """What the fullest mention says, or the first of the others that says it; in more digits where one says the same so."""
        stated = self._stated(role)
        return stated.amount if stated else None

    def _stated(self, role: str) -> Money | None:
        said = [mention.roles[role][0] for mention in self.mentions if role in mention.roles]
        finer = [money for money in said[1:] if money.says_finer(said[0])]
        return min(finer, key=attrgetter("step")) if finer else next(iter(said), None)

    def figures(self, role: str) -> list[str]:
        """The ids of all figures that state `role`; the one the amount is taken from comes first.

        A mention that leaves the name to its heading only counts where it agrees.
        """
        stated = self._stated(role)
        ids = [stated.figure] if stated else []
        for mention in self.mentions:
            held = mention.roles.get(role, [])
            ids += [money.figure for money in held if mention.named or money.amount == stated.amount]
        return list(dict.fromkeys(ids))

    @property
    def deviation(self) -> Decimal | None:
        """By how much more than planned was spent; None where one of the two is not stated."""
        actual = self.amount("actual")
        if actual is None:
            return None
        planned = next((amount for role in _PLANNED if (amount := self.amount(role)) is not None), None)
        return None if planned is None else actual - planned

    @property
    def reason(self) -> str:
        """What is told of why the line came out so: first what can be the reason of its deviation, else what stands with its figures."""
        told = [mention.reason for mention in self.mentions if mention.reason]
        return next((words for words in told if reason_for(words, self.deviation)), self.elsewhere or next(iter(told), ""))
