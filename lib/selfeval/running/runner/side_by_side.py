"""The page that sets the bodies of one year side by side: read, drawn, and put in its place by renaming."""

from __future__ import annotations

from pathlib import Path

from selfeval.exceptions import InputRefused
from selfeval.measuring.compare import bodies, tables_of_bodies
from selfeval.paths import Place, processed_bodies
from selfeval.telling.page import comparison_page
from selfeval.telling.web_font import FONT_PLACE, embed_font

from .rendering import STYLE, put_page


def can_compare(data: Path, year: int) -> bool:
    """Whether at least two bodies have tables of `year`."""
    return len(processed_bodies(data, year)) > 1


def write_comparison(data: Path, outputs_root: Path, year: int) -> Path:
    """Write outputs/compare-<year>.html from the processed tables of every body of `year`, and return its path.

    Raises InputRefused when fewer than two bodies have tables of that year.
    """
    others = tables_of_bodies(Place("", year, data, outputs_root))
    if len(others) < 2:
        found = "、".join([*others.bodies, *others.left_out]) or "没有"
        raise InputRefused(f"{year} 年度不足两个单位有整理好的表（现有：{found}），无从并列；请先对各单位运行 selfeval run")
    style = f"{FONT_PLACE}\n{STYLE.read_text(encoding='utf-8')}"
    page = embed_font(comparison_page(bodies(others.bodies), others.left_out, year, style))
    return put_page(outputs_root / f"compare-{year}.html", page)
