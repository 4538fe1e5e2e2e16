"""The one font of charts and page: where it lies, and a cut of it that holds just the characters of one report."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import brotli
from fontTools import subset
from fontTools.ttLib import woff2

from selfeval.exceptions import InputRefused

_CARRIER = "zhplot"
_FILE = "NotoSansSC-Regular.ttf"
# The highest quality of brotli takes ten times as long as the one below it, for a font that is 0.2 % smaller.
_QUALITY = 10


def font_path() -> Path:
    """The file of Noto Sans SC (OFL-1.1) inside the package that carries it.

    The carrier is located, never imported: its import rewrites matplotlib's settings.
    Raises InputRefused when the font is not installed.
    """
    spec = importlib.util.find_spec(_CARRIER)
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place) / "fonts" / _FILE
        if path.is_file():
            return path
    raise InputRefused(f"找不到中文字体 {_FILE}（应由软件包 {_CARRIER} 提供）；请按 requirements.lock 重新安装环境")


def subset_woff2(characters: str) -> bytes:
    """The font cut down to `characters`, as woff2; the same set of characters gives the same bytes.

    Characters the font does not have are left out; a reader's own font draws what is missing.
    """
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True, recalc_timestamp=False)
    font = subset.load_font(str(font_path()), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(set(map(ord, characters))))
    cutter.subset(font)
    target = io.BytesIO()
    with _quicker_brotli():
        subset.save_font(font, target, options)
    return target.getvalue()


@contextmanager
def _quicker_brotli() -> Iterator[None]:
    """Let fontTools, which always asks for the highest quality and has no option, compress at _QUALITY meanwhile."""
    usual = woff2.brotli
    woff2.brotli = SimpleNamespace(**{**vars(brotli), "compress": partial(brotli.compress, quality=_QUALITY)})
    try:
        yield
    finally:
        woff2.brotli = usual
