"""A folder that is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from selfeval.exceptions import RunStopped
from selfeval.interruption import trouble_of


def make_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` with `files` in it, beside where it is to be and then renamed; an empty folder of that name is replaced.

    Raises RunStopped when it cannot be written; nothing is left behind then.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise RunStopped(_cannot_write(error)) from None
    try:
        # Inside the workshop, which is closed to others, the folder has the usual rights.
        made = workshop / folder.name
        made.mkdir()
        for name, data in files.items():
            (made / name).write_bytes(data)
        if folder.is_dir():
            folder.rmdir()
        made.rename(folder)
    except OSError as error:
        raise RunStopped(_cannot_write(error)) from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _cannot_write(error: OSError) -> str:
    return f"写不进原始材料文件夹：{trouble_of(error)}。没有留下任何文件"
