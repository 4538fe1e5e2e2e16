"""The one font of charts and page, and where it lies."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from selfeval.exceptions import InputRefused

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
