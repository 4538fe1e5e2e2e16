"""The font a page carries: cut down to the characters of that page, packed as browsers take it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

import brotli
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont, woff2

from .fonts import font_path

# The highest quality of brotli takes a second more, for a font that is 3 % smaller.
_QUALITY = 9


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
