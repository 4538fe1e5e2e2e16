"""One line of a budget: all that a document says of it, and the whole it is a part of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .mention import Mention
from .naming import Nature

_RANK = ("total", "basic", "project_total", "fund", "basic_part", "project", "item")


@dataclass(slots=True, eq=False)
class Line:
    """One budget line: its mentions, the fullest of them first, the others in reading order."""

    mentions: list[Mention]
    book: str
    parent: Line | None = None

    @property
    def base(self) -> Mention:
        """The fullest mention."""
        return self.mentions[0]

    @property
    def nature(self) -> Nature:
        """The most telling nature among the mentions: a project that another place only calls an item is a project."""
        return min((mention.nature for mention in self.mentions), key=lambda nature: _RANK.index(nature.level))

    def amount(self, role: str) -> Decimal | None:
        """What the fullest mention says, or the first of the others that says it."""
        return next((mention.amount(role) for mention in self.mentions if role in mention.roles), None)

    def figures(self, role: str) -> list[str]:
        """The ids of all figures that state `role`; the one the amount is taken from comes first.

        A mention that leaves the name to its heading only counts where it agrees.
        """
        amount, ids = self.amount(role), []
        for mention in self.mentions:
            held = mention.roles.get(role, [])
            ids += [money.figure for money in held if mention.named or money.amount == amount]
        return list(dict.fromkeys(ids))

    @property
    def reason(self) -> str:
        """The reason of the fullest mention, or the first another gives."""
        return next((mention.reason for mention in self.mentions if mention.reason), "")
