"""Holds the wholes of a budget against their parts where a name alone leaves open which is which.

What comes to basic and project expenditure together is the whole, whatever it is called. Where some of the lines called projects make up
what is stated for all projects, these are the projects; the same money divided once more (by source, by quarter) is none beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval.knowledge import load

from .mention import Line, Mention
from .naming import Nature, is_whole
from .wording import ROLES, pattern

_HALVES = ("basic", "project_total")
# One line alone divides nothing, and one amount alone may be the same by chance.
_LEAST = 2


def settle_wholes(mentions: list[Mention]) -> list[Mention]:
    """`mentions` with that of the whole called so where its parts prove it."""
    mentions = _settle_listed(mentions)
    together = _halves_together(mentions)
    found: list[Mention] = []
    for mention in mentions:
        proved = [role for role in mention.roles if role in together and mention.amount(role) == together[role]]
        if proved and not is_whole(mention.nature):
            found += _as_whole(mention, proved, compared=[role for role in mention.roles if role in together])
    return [mention for mention in (*mentions, *found) if mention.roles]


def _settle_listed(mentions: list[Mention]) -> list[Mention]:
    """`mentions` where what points back (上述三项) and comes to all projects, or public expenses, told right before it is that of all of
    them; else it is no line."""
    kept, run = [], []
    for mention in mentions:
        told = run if run and run[-1].kind == mention.kind else []
        back = pattern("naming", "points_back").fullmatch(mention.nature.item)
        amounts = [(held[0].amount, [part.amount(role) for part in told]) for role, held in mention.roles.items()]
        if back and len(told) >= _LEAST and all(None not in parts and sum(parts) == stated for stated, parts in amounts):
            mention.parent, of_projects = None, _sort_listed(told[0]) == "project"
            name = load("budget")["names"]["project_total"] if of_projects else load("budget")["parts"]["together"]
            mention.nature = Nature("project_total" if of_projects else "item", mention.nature.book, name, generic=of_projects)
        elif back:
            continue
        sort = _sort_listed(mention)
        run = [*(told if told and _sort_listed(told[0]) == sort else []), mention] if sort else []
        kept.append(mention)
    return kept


def _sort_listed(mention: Mention) -> str:
    """Of what sort of lines that are added up it is: a project, a part of the three public expenses, '' for others."""
    of_three_public = pattern("parts", "parts").match(mention.nature.item) and mention.nature.level == "item"
    return "public" if of_three_public else "project" if mention.nature.level == "project" else ""


def _halves_together(mentions: Sequence[Mention]) -> dict[str, Decimal]:
    """What basic and project expenditure come to, for each role both state."""
    told = [[mention for mention in mentions if mention.nature.level == level] for level in _HALVES]
    if not all(told):
        return {}
    basic, projects = (max(half, key=lambda mention: len(mention.roles)) for half in told)
    # Half of nothing makes the other half the whole, and proves nothing.
    both = [role for role in ROLES if basic.amount(role) and projects.amount(role)]
    return {role: basic.amount(role) + projects.amount(role) for role in both}


def _as_whole(mention: Mention, proved: list[str], compared: list[str]) -> Iterator[Mention]:
    """The mention becomes that of the whole where all of it that can be compared is; else the amounts that are go to one of the whole."""
    total = Nature("total", "all", load("budget")["names"]["total"], generic=True)
    if proved == compared:
        mention.nature, mention.parent = total, None
        return
    own = Mention(total, mention.kind, mention.start, mention.end, mention.source, strong=len(proved))
    own.roles = {role: mention.roles.pop(role) for role in proved}
    yield own


def settle_projects(lines: list[Line]) -> None:
    """Leave among the projects those that make up what is stated for all of them, where some that stand together do.

    What makes up the projects of all books together stays, whichever of them belong to one of the books.
    """
    wholes = sorted((line for line in lines if line.nature.level == "project_total"), key=lambda line: not _is_of_all_books(line))
    kept: list[Line] = []
    for whole in wholes:
        projects = [line for line in lines if line.nature.level == "project" and _is_of_book(line, whole)]
        listed = [line for line in projects if _may_be_of(line, whole)]
        sources = [line for line in listed if pattern("parts", "sources", before="^", after="$").search(line.nature.item)]
        run = _making_up(whole, [line for line in listed if line not in sources])
        for line in run:
            line.parent = whole
        kept += run
        if run and len(wholes) == 1:
            listed = [line for line in projects if line.parent not in run]
        proved = [role for role in ROLES if run and sum(line.amount(role) or 0 for line in run) == whole.amount(role)] or ROLES
        for line in listed:
            # What is nothing in all that comes out may well be one of them.
            if line not in kept and (run or line in sources) and any(line.amount(role) for role in proved):
                _is_no_project(line)


def _may_be_of(line: Line, whole: Line) -> bool:
    """Whether a project stands under `whole`, beside it, under nothing, or under the projects of one book that `whole` takes in."""
    over = line.parent
    beside = over in (whole, None, whole.parent)
    return beside or (over.nature.level == "project_total" and _is_of_all_books(whole))


def _is_of_all_books(whole: Line) -> bool:
    return whole.book in {"", "all"}


def _is_of_book(line: Line, whole: Line) -> bool:
    """Whether a line stands in no other book than the whole: a government fund has projects of its own."""
    apart, own = load("budget")["parts"]["apart"], {mention.kind for mention in whole.mentions}
    return all(mention.kind not in apart or mention.kind in own for mention in line.mentions)


def _making_up(whole: Line, listed: Sequence[Line]) -> list[Line]:
    """The longest run of lines whose amounts add up to what the whole states, in as many roles as can be: in two, where it states two."""
    proved = Counter(run for role in ROLES for run in _runs(whole.amount(role), [line.amount(role) for line in listed]))
    start, end = max(proved, key=lambda run: (proved[run], run[1] - run[0], -run[0]), default=(0, 0))
    stated = sum(bool(whole.amount(role)) for role in ROLES)
    return list(listed[start:end]) if proved[start, end] >= min(stated, _LEAST) else []


def _runs(stated: Decimal | None, amounts: Sequence[Decimal | None]) -> Iterator[tuple[int, int]]:
    """Where amounts that stand together, two at least, none unknown and none nothing, add up to `stated`: from, to."""
    together, since = Decimal(0), {Decimal(0): 0}
    for end, amount in enumerate(amounts if stated else (), start=1):
        if not amount:
            since.clear()
            together = Decimal(0)
        else:
            together += amount
            start = since.get(together - stated)
            if start is not None and end - start >= _LEAST:
                yield start, end
        since.setdefault(together, end)


def _is_no_project(line: Line) -> None:
    line.parent = None
    for mention in line.mentions:
        if mention.nature.level == "project":
            mention.nature = mention.nature._replace(level="item")
