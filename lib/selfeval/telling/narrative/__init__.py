"""The report an office signs: 部门整体支出绩效自评报告 in the outline of the province, filled from the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import pandas as pd

from selfeval import blocks
from selfeval.blocks import Block
from selfeval.knowledge import load

from . import execution, indicators, management, work, written
from .lines import with_reasons_of_deviations
from .remarks import remarked
from .year import Year, text, with_own_words

__all__ = ["narrate", "title_of", "work_of"]

Part = Callable[[Year], Iterable[Block]]

_HAN = "一二三四五六七八九十"
_WORDS = {item: partial(written.written, item=item) for item in ("duties", "measures", "publication")}
# What stands under each chapter: its sections by name, or the text itself where the chapter has none.
_CHAPTERS: dict[str, Mapping[str, Part] | Part] = {
    "overview": {
        "duties": _WORDS["duties"],
        "organisation": written.organisation,
        "staff": written.staff,
        "legal_basis": written.legal_basis,
        "overview": written.nothing,
        "budget": execution.whole,
    },
    "general_public": {"basic": execution.basic, "project": execution.general_projects},
    "government_fund": partial(execution.other_book, book="government_fund"),
    "state_capital": partial(execution.other_book, book="state_capital"),
    "social_insurance": partial(execution.other_book, book="social_insurance"),
    "performance": {
        "goal": indicators.goal,
        "work": work.work,
        "indicators": indicators.indicators,
        "satisfaction": indicators.satisfaction,
        "management": management.management,
        "score": indicators.score,
    },
    "problems": written.problems,
    "measures": _WORDS["measures"],
    "publication": _WORDS["publication"],
    "other_matters": {
        **{book: partial(written.fund_beside, book=book) for book in ("special_account", "other_funds")},
        "notes": written.notes,
        "others": written.others,
    },
}

# Under which headings more is carried over than what belongs to the place of that name.
_PLACES = {"budget": ("budget", "general_public"), "work": (), "indicators": (), "management": ()}


def narrate(tables: Mapping[str, pd.DataFrame], body: str, year: int) -> list[Block]:
    """Return the narrative report of `body` for `year` as blocks, in reading order.

    `tables` are those of tables.SCHEMAS by name (budget_lines, base_data, indicators, work_facts, scores, budget_changes); one that is
    missing leaves its places open. No figure is invented: what the tables do not say is a marked place 〔待填写：…〕.
    """
    told = with_reasons_of_deviations(Year.of(tables, body, year))
    made = [blocks.title(told.body, text("title", year=told.year))]
    for number, (name, heading) in zip(_HAN, load("narrative")["chapters"].items(), strict=True):
        made.append(blocks.heading(1, f"{number}、{heading}"))
        content = _CHAPTERS[name]
        made += [*_sections(told, content)] if isinstance(content, Mapping) else _alone(told, content, name)
    return remarked([*made, *written.annexes(told)], told)


def _sections(year: Year, sections: Mapping[str, Part]) -> Iterator[Block]:
    """The sections of a chapter that say anything, numbered in a row."""
    filled = [(name, found) for name, part in sections.items() if (found := with_own_words(year, part, *_PLACES.get(name, (name,))))]
    for number, (name, found) in zip(_HAN, filled, strict=False):
        yield blocks.heading(2, f"（{number}）{text('sections', name)}")
        yield from found


def _alone(year: Year, content: Part, name: str) -> list[Block]:
    """A chapter without sections; what a report says for two chapters in one sentence stands in the first of them."""
    return [*with_own_words(year, content, name)] or [blocks.paragraph(text("told_above"))]


def work_of(narrative: Iterable[Block]) -> list[Block]:
    """The blocks of a narrative that tell of the work done, without the heading over them."""
    named, found, here = text("sections", "work"), [], False
    for block in narrative:
        if block.kind == blocks.HEADING and block.level <= 2:
            here = block.text.endswith(named)
        elif here:
            found.append(block)
    return found


def title_of(body: str, year: int) -> str:
    """What the report is called, on one line."""
    return body + text("title", year=year)
