"""What tests of several rooms share: the published 2024 report, read once, and raw folders made on the spot."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from selfeval.paths import Place, locate, project_root
from selfeval.telling import web_font

# The same examples every time: a failure tells of the code, never of luck. `--hypothesis-profile=explore` looks further, and `brisk`,
# which is that of `make test`, less far.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=5000, deadline=None)
settings.register_profile("brisk", derandomize=True, deadline=None, max_examples=20)
settings.load_profile("steady")


UNIT, YEAR = "shaodong-emergency", 2024


@pytest.fixture(scope="session")
def place_2024() -> Place:
    """The folders of the published 2024 report."""
    return locate(UNIT, YEAR)


@pytest.fixture(scope="session")
def report_text(place_2024: Place) -> str:
    """The published 2024 report as text."""
    return next(place_2024.raw.glob("*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def without_font() -> Iterator[None]:
    """Pages that carry no font, for modules that look at everything else: cutting it takes longer than making the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_font, "subset_woff2", lambda _characters: b"no font")
        yield


@pytest.fixture
def raw_folder(tmp_path: Path) -> Callable[..., Place]:
    """Makes a raw folder with the given files under a temporary data folder and returns its place."""

    def make(files: dict[str, str | bytes], unit: str = "test-body", year: int = 2031) -> Place:
        folder = tmp_path / "data" / "raw" / unit / str(year)
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return locate(unit, year, tmp_path / "data", tmp_path / "outputs")

    return make


@pytest.fixture
def copy_of_2024(tmp_path: Path) -> Place:
    """The raw material of 2024 copied under a temporary data folder."""
    source = project_root() / "data" / "raw" / UNIT / str(YEAR)
    shutil.copytree(source, tmp_path / "data" / "raw" / UNIT / str(YEAR))
    return locate(UNIT, YEAR, tmp_path / "data", tmp_path / "outputs")
