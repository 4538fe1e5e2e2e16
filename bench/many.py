"""Measures batches: items a second, whether time stays linear and memory flat as a batch grows, a cluster beside this machine alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import dask
from distributed import LocalCluster
from watch import Course, watched

from selfeval.running.batch.processes import cores

_HEAD = f"{'batch':34} {'s/item':>9} {'items/s':>9} {'CPU s':>9} {'peak MB':>9}"
_TURNS = 3
_BATCH = [sys.executable, "-m", "selfeval", "batch"]

Batch = Callable[[int, list[str]], Course]  # how many items, more words for the command


def tell_audits(raw: Path, folder: Path, count: int) -> None:
    """Batches of `count`, twice and four times as many audits."""
    _tell_growth("audits", _audits(raw, folder), count)


def tell_runs(raw: Path, folder: Path, count: int, single: float) -> None:
    """The same of whole runs; `single` is the time of one by itself."""
    pace = _tell_growth("runs", _runs(raw, folder), count)
    print(f"a run in a batch: {pace / single:.2f} x a single one ({single:.2f} s)")


def tell_cluster(raw: Path, folder: Path, audits: int, runs: int) -> None:
    """The same items by the workers of this machine and by as many of a Dask cluster, in turn."""
    kinds = [("audits", _audits(raw, folder), audits), ("runs", _runs(raw, folder), runs)]
    with _cluster() as address:
        for name, batch, count in (kind for kind in kinds if kind[2]):
            turns = [(batch(count, []), batch(count, ["--cluster", address])) for _ in range(_TURNS)]
            here, there = (median(course.pace(cores()) for course in courses) for courses in zip(*turns, strict=True))
            print(f"{count} {name} on a cluster of {cores()}: {there:.3f} s each, {there / here:.2f} x this machine alone ({here:.3f} s)")


def _tell_growth(name: str, batch: Batch, count: int) -> float:
    """A line for each size; linear is what keeps its seconds an item, flat what keeps its peak. Returns the pace of the largest."""
    print(_HEAD)
    courses = {size: batch(size, []) for size in (count, 2 * count, 4 * count)}
    for size, course in courses.items():
        pace, label = course.pace(cores()), f"{size} {name} on {cores()} workers"
        print(f"{label:34} {pace:9.3f} {1 / pace:9.1f} {course.cpu / size:9.3f} {course.largest:9.0f}")
    small, large = courses[count], courses[4 * count]
    growth = f"{large.pace(cores()) / small.pace(cores()):.2f} x the time of an item, {large.largest / small.largest:.2f} x the memory"
    print(f"four times as many {name}: {growth}; one more takes {(large.cpu - small.cpu) / (3 * count):.3f} s of a processor")
    return large.pace(cores())


def _audits(raw: Path, folder: Path) -> Batch:
    report = next(path for path in sorted(raw.iterdir()) if path.suffix != ".toml")

    def batch(count: int, more: list[str]) -> Course:
        with _empty(folder / "audits") as place:
            (place / "reports").mkdir()
            for number in range(count):
                shutil.copyfile(report, place / "reports" / f"{number:04}{report.suffix}")
            return watched([*_BATCH, "--audit", str(place / "reports"), "--out", str(place / "out"), *more])

    return batch


def _runs(raw: Path, folder: Path) -> Batch:
    def batch(count: int, more: list[str]) -> Course:
        with _empty(folder / "runs") as place:
            for number in range(count):
                shutil.copytree(raw, place / "data" / "raw" / f"body-{number}" / raw.name)
            return watched([*_BATCH, "--all", "--data", str(place / "data"), "--outputs", str(place / "outputs"), *more])

    return batch


@contextmanager
def _empty(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def _cluster() -> Iterator[str]:
    """A Dask cluster of as many workers as there are processors, and its address."""
    # A run starts processes of its own, which a daemon may not.
    settings = dask.config.set({"distributed.worker.daemon": False})
    with settings, LocalCluster(n_workers=cores(), threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address
