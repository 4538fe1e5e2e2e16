"""One line of a budget: all that a document says of it, and the whole it is a part of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfeval.records.deviation import reason_for

from .mention import Mention, Money
from .naming import Nature

# What was planned to be spent, the last stage first.
_PLANNED = ("adjusted", "target", "initial")
LEVELS = ("total", "basic", "project_total", "fund", "basic_part", "project", "item")


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
        return min((mention.nature for mention in self.mentions), key=lambda nature: LEVELS.index(nature.level))

    def amount(self, role: str) -> Decimal | None:
        """What the fullest mention says, or the first of the others that says it; in more digits where one says the same so."""
        stated = self._stated(role)
        return stated.amount if stated else None

    def _stated(self, role: str) -> Money | None:
        said = [mention.roles[role][0] for mention in self.mentions if role in mention.roles]
        finer = (money for money in said[1:] if money.says_finer(said[0]))
        return min(finer, key=lambda money: money.step, default=said[0]) if said else None

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
