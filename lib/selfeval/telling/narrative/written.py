"""What only people can say: the words an office filled in, or the place left open for them; and what stands at the end of the report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from selfeval import blocks
from selfeval.blocks import Block, to_fill
from selfeval.knowledge import load

from .amounts import basis_of, column_name, deviates, percent, quantity, sentence
from .execution import other_book
from .indicators import judged, outcome
from .year import Row, Year, text


def organisation(year: Year) -> Iterator[Block]:
    """What the office says of its offices and units, else how many of them a report names."""
    if not year.words_for("organisation") and not year.answers("organisation"):
        yield from _counted(year, "offices_internal", "units_subordinate")
    yield from written(year, "organisation")


def vehicles(year: Year) -> Iterator[Block]:
    """How many cars there are, where the tables say so and no sentence of a report does."""
    if not year.answers("assets"):
        yield from _counted(year, "vehicles", "vehicles_emergency")


def _counted(year: Year, *indicators: str) -> Iterator[Block]:
    facts = [fact for indicator in indicators for fact in year.facts(indicator)[:1] if fact.value is not None]
    if facts:
        said = (text("organisation", fact.indicator, quantity=quantity(fact.value, fact.unit, fact.qualifier)) for fact in facts)
        yield blocks.paragraph(sentence(*said))


def written(year: Year, item: str) -> Iterator[Block]:
    """The office's own words under `item` of the base data, one paragraph a line, else a place to fill in."""
    lines = year.words_for(item)
    if not lines:
        yield blocks.paragraph(to_fill(text("open", item)))
    for line in lines:
        yield blocks.paragraph(line)


def nothing(_year: Year) -> Iterator[Block]:
    """Nothing of ours: what a report says here is carried over, and nothing is asked for."""
    return iter(())


def legal_basis(_year: Year) -> Iterator[Block]:
    """What the evaluation is based on: no table knows."""
    yield blocks.paragraph(to_fill(text("open", "legal_basis")))


def staff(year: Year) -> Iterator[Block]:
    """Posts, staff at the end of the year and of the year before, and the rate of the one to the other."""
    if year.answers("staff") and year.base("staff") is None:
        return
    posts, staffed = (_count(year, item) for item in ("posts", "staff"))
    if posts is None and staffed is None:
        yield blocks.paragraph(to_fill(text("open", "staff")))
        return
    row = year.base("staff")
    parts = [
        text("staff", "posts", posts=quantity(posts, "人") if posts is not None else to_fill(text("open", "posts"))),
        text("staff", "staff", staff=quantity(staffed, "人") if staffed is not None else to_fill(text("open", "staffed"))),
    ]
    if row is not None and row.last_actual is not None:
        parts.append(text("staff", "last", last=quantity(row.last_actual, "人")))
    if posts and staffed is not None:
        parts.append(text("staff", "rate", rate=percent(staffed, posts)))
    yield blocks.paragraph(text("staff", "sentence", year=year.year, parts="，".join(parts)))


def _count(year: Year, item: str) -> Decimal | None:
    """A head count: from the base data, else from the facts of a report, the largest of several, for others are of some offices."""
    row = year.base(item)
    if row is not None and row.actual is not None:
        return row.actual
    return max((fact.value for fact in year.facts(item) if fact.value is not None and fact.qualifier == "exact"), default=None)


def problems(year: Year) -> Iterator[Block]:
    """What the figures point at, then what the office itself says of its problems."""
    told = [*_telling(year)]
    yield from (blocks.paragraph(said) for said in told)
    yield from written(year, "problems")


def _telling(year: Year) -> Iterator[str]:
    projects = [line for line in year.projects() if deviates(line) and getattr(line, basis_of(line))]
    for basis in dict.fromkeys(basis_of(line) for line in projects):
        found = [line for line in projects if basis_of(line) == basis]
        columns = {"basis": text("columns", basis), "actual": column_name(found[0], "actual")}
        yield text("problems", "execution", names="、".join(map(_project, found)), **columns)
    missed = [row.name for row in judged(year) if outcome(row) == "missed"]
    if missed:
        yield text("problems", "indicators", names="、".join(missed))


def _project(line: Row) -> str:
    basis = basis_of(line)
    return text("problems", "one", item=line.item, basis=text("columns", basis), rate=percent(line.actual, getattr(line, basis)))


def fund_beside(year: Year, book: str) -> Iterator[Block]:
    """Money of a book that has no chapter in the outline; nothing where there is none."""
    if any(line.book == book for line in year.lines):
        yield from other_book(year, book)


def notes(year: Year) -> Iterator[Block]:
    """How the figures are to be read."""
    bases = [basis_of(line) for line in year.lines if line.book != "assets"]
    shown = [text("notes", "money")]
    if "adjusted" in bases:
        shown.append(text("notes", "rate"))
    elif any(bases):
        shown.append(text("notes", "target", basis=text("columns", next(filter(None, bases)))))
    if any(fact.qualifier in {"over", "at_least", "range_low"} for fact in year.facts()):
        shown.append(text("notes", "bound"))
    yield blocks.paragraph("".join(shown))


def others(_year: Year) -> Iterator[Block]:
    """Whatever else has to be said."""
    yield blocks.paragraph(to_fill(text("open", "others")))


def annexes(year: Year) -> Iterator[Block]:
    """The list of annexes, then who signs and when."""
    count = len(year.projects())
    names = [text("annex", "base"), text("annex", "whole"), text("annex", "projects", count=count) if count else text("annex", "project")]
    yield blocks.annex(f"{load('narrative')['annexes']}：")
    yield from (blocks.annex(f"{number}.{name}") for number, name in enumerate(names, start=1))
    yield blocks.signature(year.body)
    yield blocks.signature(to_fill(text("open", "date")))
