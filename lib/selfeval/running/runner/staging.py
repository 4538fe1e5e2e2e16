"""The folder in which a run does its work, on the file system of the outputs, with its own copies of what the run reads."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from selfeval.paths import Place, processed_years
from selfeval.running.provenance import files_under
from selfeval.running.publishing import SCRATCH, work_folder_prefix


@dataclass(frozen=True)
class Staging(Place):
    """The folders of a run at work: shaped as those of the project, under `root`."""

    root: Path = Path()

    @property
    def scratch(self) -> Path:
        """Where kernels stand and leave what they write on their own account; never published."""
        return self.root / SCRATCH

    @property
    def executed(self) -> Path:
        """Where the executed notebooks lie that are published."""
        return self.outputs / "executed"


@contextmanager
def staged(place: Place) -> Iterator[Staging]:
    """Make the staging folder of `place`, with the raw material as it is now, and remove it however the run ends."""
    place.outputs_root.mkdir(parents=True, exist_ok=True)
    root = Path(tempfile.mkdtemp(prefix=work_folder_prefix(place), dir=place.outputs_root))
    try:
        staging = Staging(place.unit, place.year, root / "data", root / "outputs", root)
        # What changes in the raw folder from here on belongs to the next run. Links were refused when the source was read.
        shutil.copytree(place.raw, staging.raw, symlinks=True)
        for folder in (staging.processed, staging.outputs, staging.scratch):
            folder.mkdir(parents=True)
        _copy_earlier(place, staging)
        yield staging
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _copy_earlier(place: Place, staging: Staging) -> None:
    """The tables of earlier years as they are now: what a comparison reads. Nothing of them is published again."""
    for year in processed_years(place):
        if year < place.year:
            target = staging.processed.with_name(str(year))
            target.mkdir()
            for table in files_under(place.processed.with_name(str(year))):
                if table.suffix == ".csv":
                    shutil.copyfile(table, target / table.name)
