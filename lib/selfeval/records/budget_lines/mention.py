"""What one place of a document says of one budget line: its name, its place in the budget, and the sums it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .naming import Nature
from .wording import Role


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
