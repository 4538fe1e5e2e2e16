"""Chapter 六, how the money was looked after: three public expenses, office funds, procurement, carry-over, assets, buildings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from selfeval import blocks
from selfeval.blocks import Block, to_fill

from .amounts import change, compared, percent, quantity, sentence
from .written import vehicles, written
from .year import Row, Year, resting_on, text, with_own_words

# The parts of a whole, and the parts of a part.
_PARTS_OF = {
    "three_public": ("vehicles", "abroad", "reception"),
    "vehicles": ("vehicles_bought", "vehicles_running"),
    "public_funds": ("office", "utilities", "meetings"),
}
_BUILDINGS = ("floor_area", "floor_investment")


def three_public(year: Year) -> Iterator[Block]:
    """“三公”经费 with its parts."""
    row = year.base("three_public")
    if row is None or row.actual is None:
        yield blocks.paragraph(to_fill(text("open", "three_public")))
    else:
        yield blocks.paragraph(_whole(year, row), resting_on(row))


def _whole(year: Year, row: Row) -> str:
    """Budget, final account with its parts and rate, then the whole and its parts against last year's."""
    name = text("management", row.item_id)
    parts = [text("management", "budget", money=quantity(row.budget, row.unit))] if row.budget is not None else []
    parts += [text("management", "actual", money=quantity(row.actual, row.unit)), _spent_on(year, row.item_id)]
    rate = text("management", "control_rate", name=name)
    controlled = text("management", "rate", name=rate, rate=percent(row.actual, row.budget)) if row.budget else ""
    return name + sentence(*parts) + sentence(controlled) + _since_last_year(year, row, name)


def _spent_on(year: Year, item: str, shape: str = "parts") -> str:
    """What went to the parts that are known, each with what went to its own: 其中公务接待费3.3万元."""
    rows = [row for part in _PARTS_OF.get(item, ()) if (row := year.base(part)) is not None and row.actual is not None]
    listed = "、".join(f"{row.item}{quantity(row.actual, row.unit)}{_spent_on(year, row.item_id, 'parts_within')}" for row in rows)
    return text("amounts", shape, parts=listed) if listed else ""


def _since_last_year(year: Year, row: Row, name: str) -> str:
    rows = [(name, row), *((part.item, part) for item in _PARTS_OF[row.item_id] if (part := year.base(item)) is not None)]
    known = [(name, row) for name, row in rows if row.actual is not None and row.last_actual is not None]
    changes = "；".join(name + change(row.actual, row.last_actual, row.unit) for name, row in known)
    return text("management", "since_last_year", changes=changes) if changes else ""


def public_funds(year: Year) -> Iterator[Block]:
    """Office funds against last year's; their budget stands under basic expenditure already."""
    row = year.base("public_funds")
    if row is None or row.actual is None:
        return
    budgeted = any(line.level == "basic_part" and text("management", "public_funds") in line.item for line in year.lines)
    yield blocks.paragraph(_whole(year, row._replace(budget=None) if budgeted else row))


def procurement(year: Year) -> Iterator[Block]:
    """What was to be bought by procurement and what was."""
    row = year.base("procurement")
    if row is None or row.actual is None:
        yield blocks.paragraph(to_fill(text("open", "procurement")))
        return
    parts = [text("management", "procurement_budget", money=quantity(row.budget, row.unit))] if row.budget is not None else []
    parts.append(text("management", "procured", money=quantity(row.actual, row.unit)))
    if row.budget:
        parts.append(text("management", "procurement_rate", rate=percent(row.actual, row.budget)))
    if row.last_actual is not None:
        parts.append(compared(row.actual, row.last_actual, row.unit))
    yield blocks.paragraph("，".join(parts) + "。")


def carry_over(year: Year) -> Iterator[Block]:
    """What was left at the end of the year, against the end of the year before."""
    row = year.base("carry_over")
    if row is None or row.actual is None:
        yield blocks.paragraph(to_fill(text("open", "carry_over")))
        return
    parts = [text("management", "carry_over", money=quantity(row.actual, row.unit))]
    if row.last_actual is not None:
        earlier = quantity(row.last_actual, row.unit)
        parts.append(text("management", "since_last_end", earlier=earlier, change=change(row.actual, row.last_actual, row.unit)))
    yield blocks.paragraph("，".join(parts) + "。")


def assets(year: Year) -> Iterator[Block]:
    """Fixed assets and how many of them are in use."""
    row, used = year.base("fixed_assets"), year.base("fixed_assets_used")
    stocks = [line for line in year.lines if line.book == "assets" and line.actual is not None]
    if (row is None or row.actual is None) and stocks and not year.answers("assets"):
        listed = (text("management", "stock", item=line.item, money=quantity(line.actual, "万元")) for line in stocks)
        yield blocks.paragraph(sentence(*listed))
        yield from vehicles(year)
        return
    if row is None or row.actual is None:
        yield blocks.paragraph(to_fill(text("open", "assets")))
        yield from vehicles(year)
        return
    parts = [text("management", "fixed_assets", money=quantity(row.actual, row.unit))]
    if used is not None and used.actual is not None:
        parts.append(text("management", "fixed_assets_used", money=quantity(used.actual, used.unit)))
        if row.actual:
            parts.append(text("management", "use_rate", rate=percent(used.actual, row.actual)))
    yield blocks.paragraph(sentence(*parts))
    yield from vehicles(year)


def buildings(year: Year) -> Iterator[Block]:
    """Buildings finished this year: what was approved and what came of it; nothing where the tables do not speak of any."""
    rows = [row for item in _BUILDINGS if (row := year.base(item))]
    none = [row for row in rows if row.actual is None and row.note.strip() == "无"]
    if none and len(none) == len(rows):
        yield blocks.paragraph(text("management", "no_building"))
        return
    parts = [
        text(
            "management",
            "building",
            name=row.item.split("（")[0],
            budget=quantity(row.budget, row.unit),
            actual=quantity(row.actual, row.unit),
        )
        for row in rows
        if row.actual is not None and row.budget is not None
    ]
    if parts:
        yield blocks.paragraph("；".join(parts) + "。")


_PARTS: dict[str, Callable[[Year], Iterable[Block]]] = {
    "three_public": three_public,
    "public_funds": public_funds,
    "procurement": procurement,
    "carry_over": carry_over,
    "assets": assets,
    "buildings": buildings,
    "control": lambda _year: (),
}


def _told(year: Year, name: str, part: Callable[[Year], Iterable[Block]]) -> list[Block]:
    found = with_own_words(year, part, name)
    return [*found, *written(year, "frugality")] if name == "three_public" else found


def management(year: Year) -> Iterator[Block]:
    """All of it, a heading a subject that anything is known or to be said of."""
    filled = [(name, found) for name, part in _PARTS.items() if (found := _told(year, name, part))]
    for number, (name, found) in enumerate(filled, start=1):
        yield blocks.heading(3, f"{number}.{text('sections', name)}")
        yield from found
