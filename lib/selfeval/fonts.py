"""The one font of charts and page: where it lies, and a cut of it that holds just the characters of one report."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

from fontTools import subset

from .exceptions import InputRefused

_CARRIER = "zhplot"
_FILE = "NotoSansSC-Regular.ttf"


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
    subset.save_font(font, target, options)
    return target.getvalue()
