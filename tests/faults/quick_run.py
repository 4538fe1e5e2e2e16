"""A run as it is from lock to publication, but for kernels, page and office files: stand-ins write what they would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nbformat.v4 import new_notebook

from selfeval.paths import Place, locate
from selfeval.running import runner
from selfeval.running.publishing import read_status
from selfeval.running.publishing.durable import digest
from selfeval.running.runner import rendering, stage_run
from selfeval.running.stages import STAGES
from selfeval.tables import make_table, write_table
from selfeval.telling import hand_in
from standins import write_notebooks

OLD, NEW = "old", "new"


class NoNursery:
    """Has no kernels, for nobody asks for any."""

    def __enter__(self) -> NoNursery:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class QuickRun:
    """A place with an old publication, and a run of it that takes a tenth of a second."""

    def __init__(self, folder: Path, while_at_work: Callable[[], object] = lambda: None) -> None:
        raw = folder / "data" / "raw" / "test-body" / "2031"
        raw.mkdir(parents=True)
        (raw / "report.txt").write_text("某县水利局2031年度整体支出绩效自评报告\n全年支出10万元。\n", encoding="utf-8")
        self.place: Place = locate("test-body", 2031, folder / "data", folder / "outputs")
        self.notebooks = write_notebooks(folder / "notebooks")
        self.while_at_work = while_at_work
        self.words = OLD

    def __call__(self) -> None:
        """Run; what is published says self.words."""
        stage_run.execute = self._execute
        rendering.render = lambda _notebook, _title: f"<p>{self.words}</p>"
        hand_in.write_hand_in = lambda _tables, _unit, _year, folder: (folder / "forms.xlsx").write_bytes(self.words.encode())
        runner.run(self.place, self.notebooks, say=lambda _: None, nursery=NoNursery())

    def _execute(self, name: str, _source: object, parameters: dict, *_: object) -> object:
        self.while_at_work()
        at = locate(parameters["unit"], parameters["year"], parameters["data_dir"], parameters["outputs_dir"])
        rows = {"sources": [{"title": self.words}]}
        for table in next(stage.tables for stage in STAGES if stage.name == name):
            write_table(table, make_table(table, rows.get(table, [])), at.processed)
        return new_notebook()

    def digests(self) -> tuple[str, str]:
        """What is in the two folders that are published."""
        return digest(self.place.processed), digest(self.place.outputs)

    def leftovers(self) -> list[str]:
        """What lies where readers look and is not for them."""
        kept = {str(self.place.year), f"{self.place.year}-状态.txt", f"{self.place.year}-运行.log", self.place.unit, "index.html"}
        folders = [self.place.outputs_root, self.place.outputs.parent, self.place.processed.parent]
        return sorted(path.name for folder in folders for path in folder.iterdir() if path.name not in kept)

    def outcome(self) -> str:
        """What the status says of the last run."""
        return read_status(self.place).outcome
