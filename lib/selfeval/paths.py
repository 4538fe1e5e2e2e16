"""Where things are: from the project root or from folders given, never from the working directory."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from selfeval.exceptions import WrongUsage

# What stands for the unit where one file is audited by itself, without a folder of its own.
LOOSE_FILE = "audited-file"
# So much of what was typed is told, at most.
_MOST_TOLD = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"[0-9]{4}")
# Control characters, marks of direction and width, halves of surrogate pairs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_MOST_SHOWN = 10


def package_folder() -> Path:
    """The folder of the package itself."""
    return Path(__file__).resolve().parent


def project_root() -> Path:
    """The folder that holds data/, notebooks/ and outputs/: found from this file, since the package is installed editable."""
    return package_folder().parents[1]


def template_folder() -> Path:
    """The folder of the templates of the page, one subfolder for nbconvert and one for the parts we draw ourselves."""
    return package_folder() / "telling" / "template"


def real_path(path: Path) -> Path:
    """`path` with its links followed; one that leads in a circle stays as it is, for the system to refuse when it is used.

    Path.resolve does the same from Python 3.13 on; before that it raises RuntimeError for a circle.
    """
    return Path(os.path.realpath(path))


@dataclass(frozen=True)
class Place:
    """The folders of one body and year: `raw` as received, `processed` with the tables of the last run, `outputs` with what is published.

    `locate` makes one from the slug of a body and a year, and makes sure that there is raw material.
    """

    unit: str
    year: int
    data: Path
    outputs_root: Path

    @property
    def raw(self) -> Path:
        """Input as received; no program writes here, but the one that makes the folder of a new year."""
        return self.data / "raw" / self.unit / str(self.year)

    @property
    def processed(self) -> Path:
        """Tables made by notebooks 01 to 03."""
        return self.data / "processed" / self.unit / str(self.year)

    @property
    def outputs(self) -> Path:
        """What is published: report, manifest, executed notebooks, figures, tables."""
        return self.outputs_root / self.unit / str(self.year)


def folders(data_dir: str | Path = "", outputs_dir: str | Path = "") -> tuple[Path, Path]:
    """The folder of the data and that of the outputs; an empty name means that of the project.

    Raises WrongUsage when a name is none that the system could take.
    """
    root = project_root()
    return _folder(data_dir, root / "data"), _folder(outputs_dir, root / "outputs")


def _folder(typed: str | Path, usual: Path) -> Path:
    if typed == "":
        return usual
    try:
        folder = real_path(Path(typed).expanduser())
        with suppress(FileNotFoundError, NotADirectoryError):
            folder.stat()  # shows whether the system would take such a name at all; is_dir keeps to itself why it says no
    except (TypeError, ValueError, RuntimeError, OSError):
        told = "不是文字、太长、有系统不认的字符、是循环的链接，或者没有权限"
        raise WrongUsage(f"文件夹“{_shown(typed)[:_MOST_TOLD]}”用不了：{told}；请改正 --data 或 --outputs 后再试") from None
    return folder


def locate(unit: str, year: int, data_dir: str | Path = "", outputs_dir: str | Path = "") -> Place:
    """Return the folders of `unit` and `year`; empty folder names mean those of the project.

    `unit` is the slug that names the folder under data/raw, such as city-emergency. `read_table(name, locate(unit, year).processed)` is a
    table of the last run.

    Raises WrongUsage when the unit is no slug, the year is no year, or raw material for them does not exist; the message lists what does.
    """
    place = place_of(unit, year, data_dir, outputs_dir)
    if not place.raw.is_dir():
        raise WrongUsage(
            f"没有单位 {unit} {year} 年度的原始材料（应在 {Path('data/raw') / unit / str(year)}）；{what_there_is(place.data, unit)}"
        )
    return place


def place_of(unit: str, year: int, data_dir: str | Path = "", outputs_dir: str | Path = "") -> Place:
    """The same whether or not there is any material yet.

    Raises WrongUsage when the unit is no slug or the year is no year.
    """
    data, outputs = folders(data_dir, outputs_dir)
    problems = []
    if not isinstance(unit, str) or len(unit) > 64 or not _SLUG.fullmatch(unit):
        problems.append(f"单位代号“{_shown(unit)[:_MOST_TOLD]}”不合规：只能用小写字母、数字和连字符，例如 city-emergency")
    if isinstance(year, bool) or not isinstance(year, int) or not 1000 <= year <= 9999:
        but = "的数字，不加引号" if isinstance(year, str) and _YEAR.fullmatch(year) else ""
        problems.append(f"年度“{_shown(year)[:_MOST_TOLD]}”不合规：应为四位年份{but}")
    if problems:
        raise WrongUsage(problems)
    return Place(unit, year, data, outputs)


def unseen_in(name: str) -> bool:
    """Whether a name holds what is not printed, or bytes that are no text: in a list or on a terminal it would pass for another."""
    return any(unicodedata.category(character) in _UNSEEN for character in name)


def _shown(typed: object) -> str:
    """What was typed, on one line: a line break in it must not pass for the end of the message."""
    return "".join(character if character.isprintable() else "?" for character in str(typed))


def units_and_years(data: Path) -> list[tuple[str, int]]:
    """Every (unit, year) that has a raw folder, in order."""
    return _years_in(data / "raw")


def published_years(outputs_root: Path) -> list[tuple[str, int]]:
    """Every (unit, year) that has a folder in the outputs, in order."""
    return _years_in(outputs_root)


def processed_years(place: Place) -> list[int]:
    """Every year of the body that has tables under data/processed, in order."""
    folder = place.processed.parent
    found = [year for year in folder.iterdir() if year.is_dir() and _YEAR.fullmatch(year.name)] if folder.is_dir() else []
    return sorted(int(year.name) for year in found)


def processed_bodies(data: Path, year: int) -> list[str]:
    """The slug of every body that has tables of `year` under data/processed, in order."""
    processed = data / "processed"
    found = processed.iterdir() if processed.is_dir() else ()
    return sorted(body.name for body in found if _SLUG.fullmatch(body.name) and (body / str(year)).is_dir())


def _years_in(folder: Path) -> list[tuple[str, int]]:
    if not folder.is_dir():
        return []
    return sorted(
        (unit.name, int(year.name))
        for unit in folder.iterdir()
        if unit.is_dir() and _SLUG.fullmatch(unit.name)
        for year in unit.iterdir()
        if year.is_dir() and _YEAR.fullmatch(year.name)
    )


def what_there_is(data: Path, wanted: str = "") -> str:
    """Say which units and years there are.

    All of them where they are few; else the years of the unit `wanted`, or the units that are called alike, and how many there are.
    """
    found = units_and_years(data)
    if found:
        near = (
            {wanted} if any(unit == wanted for unit, _ in found) else {*get_close_matches(wanted, sorted({unit for unit, _ in found}), 3)}
        )
        shown = sorted(found, key=lambda pair: pair[0] not in near)[:_MOST_SHOWN]
        more = f" 等 {len(found)} 个" if len(found) > len(shown) else ""
        return f"现有：{'、'.join(f'{unit} {year}' for unit, year in shown)}{more}"
    where = "data 文件夹里还没有任何单位" if (data / "raw").is_dir() else f"“{data.name}”里没有 raw 文件夹"
    return f"{where}；请检查 --data 指的是不是存放 raw 的文件夹，新单位请用 selfeval new-year 建立"
