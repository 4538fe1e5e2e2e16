"""The font a page carries: cut down to the characters of that page, packed as browsers take it, put where its style begins."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

import brotli
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont, woff2

from selfeval.exceptions import NotebookFailed

from .fonts import font_path

# Where a page asks for its font.
FONT_PLACE = "/*SELFEVAL-FONT-FACE*/"
# Only at the head of a style: what a report says is escaped, and may say the same words.
_STYLE_WITH_FONT = re.compile(rf"(<style>\s*){re.escape(FONT_PLACE)}")

# The highest quality of brotli takes a second more, for a font that is 3 % smaller.
_QUALITY = 9


def embed_font(page: str) -> str:
    """Put the font, cut to the characters of `page`, where the template asks for it.

    Raises NotebookFailed when the template has no place for it, or more than one.
    """
    places = list(_STYLE_WITH_FONT.finditer(page))
    if len(places) != 1:
        raise NotebookFailed(f"报告模板里应恰好有一处 {FONT_PLACE}，现有 {len(places)} 处；请检查 template 文件夹")
    # Hanzi of Markdown arrive as numeric entities; only what they stand for tells which glyphs are needed.
    data = base64.b64encode(subset_woff2("".join(sorted(set(html.unescape(page)))))).decode()
    face = f'@font-face{{font-family:"Selfeval Sans";src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    return f"{page[: places[0].end(1)]}{face}{page[places[0].end() :]}"


def subset_woff2(characters: str) -> bytes:
    """The font cut down to `characters`, as woff2; the same set of characters gives the same bytes.

    Characters the font does not have are left out; a reader's own font draws what is missing. Raises InputRefused when the font is not
    installed.
    """
    font = TTFont(io.BytesIO(_cut(characters)), recalcBBoxes=False, recalcTimestamp=False)
    # Outlines stay as they are: taking them apart for woff2 costs half a second a page and saves a fifth of the font.
    font.flavor, font.flavorData, target = "woff2", woff2.WOFF2FlavorData(transformedTables=()), io.BytesIO()
    with _quicker_brotli():
        font.save(target, reorderTables=False)
    return target.getvalue()


def _cut(characters: str) -> bytes:
    """The glyphs of `characters`, what joins and places them, and the box that stands for a glyph there is none of."""
    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.set(set(map(ord, characters)))
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return harfbuzz.subset(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(font_path()))), wanted).blob.data


@contextmanager
def _quicker_brotli() -> Iterator[None]:
    """Let fontTools, which always asks for the highest quality and has no option, compress at _QUALITY meanwhile."""
    usual = woff2.brotli
    woff2.brotli = SimpleNamespace(**{**vars(brotli), "compress": partial(brotli.compress, quality=_QUALITY)})
    try:
        yield
    finally:
        woff2.brotli = usual
