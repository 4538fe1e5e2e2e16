"""The report an office signs: 部门整体支出绩效自评报告 in the outline of the province, filled from the tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from .. import blocks
from ..blocks import Block
from ..knowledge import load
from .year import Year

__all__ = ["narrate", "title_of"]

_HAN = "一二三四五六七八九十"


def narrate(tables: Mapping[str, pd.DataFrame], body: str, year: int) -> list[Block]:
    """Return the narrative report of `body` for `year` as blocks, in reading order.

    `tables` are those of tables.SCHEMAS by name (budget_lines, base_data, indicators, work_facts, budget_metrics, scores, budget_changes);
    one that is missing leaves its places open. No figure is invented: what the tables do not say is a marked place 〔待填写：…〕.
    """
    told = Year.of(tables, body, year)
    made = [blocks.title(told.body, load("narrative")["title"].format(year=told.year))]
    for number, name in zip(_HAN, load("narrative")["chapters"].values(), strict=True):
        made += [blocks.heading(1, f"{number}、{name}"), blocks.paragraph(blocks.to_fill(name))]
    return made


def title_of(body: str, year: int) -> str:
    """What the report is called, on one line."""
    return body + load("narrative")["title"].format(year=year)
