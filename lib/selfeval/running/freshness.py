"""Whether a published report is still what a run would make: everything that went in, and everything that came out, by its hash.

Light on purpose: neither pandas nor papermill is imported, so that a run with nothing to do answers at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from selfeval.paths import Place, processed_years
from selfeval.running.provenance import MANIFEST, files_under, hashes_under, sha256_of, toolchain
from selfeval.running.publishing.status import SUCCEEDED, read_status
from selfeval.running.stages import notebooks

_NAMED = 3
_TABLES = "tables/"


def tools_now(folder: Path | None = None) -> dict[str, Any]:
    """What would work on the material now: hash of the code with the notebooks, hash of the lock file, versions."""
    return toolchain([path for path in notebooks(folder) if path.is_file()])


def changes_since(place: Place, tools: Mapping[str, Any] | None = None, wanted: Iterable[str] = ()) -> list[str]:
    """Return in Chinese what has changed since `place` was published; nothing when a run would make the same again.

    `tools` are those of tools_now, for callers that ask about many places. `wanted` are published files that must be there besides
    those the manifest names.
    """
    now = {"parameters": {"unit": place.unit, "year": place.year}, **(tools or tools_now())}
    try:
        now |= {"inputs": hashes_under(place.raw), "earlier": _earlier(place)}
        changes = changes_in(place.outputs, now, wanted, copies=place.processed)
    except OSError as error:
        return _unreadable(error)
    status = read_status(place)
    if not changes and status and status.outcome != SUCCEEDED:
        return ["上次运行没有成功"]  # a run puts right what it left, and what its status says
    return changes


def changes_in(folder: Path, now: Mapping[str, Any], wanted: Iterable[str] = (), copies: Path | None = None) -> list[str]:
    """The same for any folder of results with a manifest in it, of which `now` has the parts that tell what went in.

    `copies` is where the tables of the results lie a second time.
    """
    try:
        was = _published(folder)
        return _changes(was, now) + _damage(was["outputs"], folder, copies, wanted) if was else ["还没有发布过报告"]
    except OSError as error:
        return _unreadable(error)


def _changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = []
    if was["parameters"] != now["parameters"]:
        found.append("已发布的报告属于别的单位或年度")
    found += _named("原始材料有变化", was["inputs"], now["inputs"])
    found += _named("往年的表有变化", was["earlier"], now["earlier"])
    if was["code"] != now["code"]:
        found.append("程序或笔记本有变化")
    if was["lock"] != now["lock"]:
        found.append("锁文件 requirements.lock 有变化")
    return found + _named("软件版本有变化", was["versions"], now["versions"])


def _published(folder: Path) -> dict[str, Any]:
    """The manifest among the results; empty when there is none, or none that can be understood."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError:
        return {}
    groups = ("parameters", "inputs", "earlier", "versions", "outputs")
    if not isinstance(content, dict) or not {"code", "lock"} <= content.keys():
        return {}
    return content if all(isinstance(content.get(group), dict) for group in groups) else {}


def _earlier(place: Place) -> dict[str, str]:
    """The tables of earlier years as a run would take them, named as in the manifest."""
    folders = [place.processed.with_name(str(year)) for year in processed_years(place) if year < place.year]
    return {f"{folder.name}/{path.name}": sha256_of(path) for folder in folders for path in files_under(folder) if path.suffix == ".csv"}


def _damage(outputs: Mapping[str, str], folder: Path, copies: Path | None, wanted: Iterable[str]) -> list[str]:
    """What is no longer as it was published; files that people laid beside the results are their own affair."""
    published = [(name, folder / name, digest) for name, digest in outputs.items()]
    if copies:
        tables = [(name, digest) for name, digest in outputs.items() if name.startswith(_TABLES)]
        published += [(f"processed/{name}", copies / name.removeprefix(_TABLES), digest) for name, digest in tables]
    damaged = [name for name, path, digest in published if not path.is_file() or sha256_of(path) != digest]
    return _told("已发布的文件缺失或被改动", [*damaged, *(name for name in wanted if name not in outputs)])


def _unreadable(error: OSError) -> list[str]:
    return [f"有文件读不出来（{Path(str(error.filename or '')).name}），无法判断是否有变化"]


def _named(what: str, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return _told(what, [name for name in before.keys() | now.keys() if before.get(name) != now.get(name)])


def _told(what: str, names: Iterable[str]) -> list[str]:
    """One sentence that names the first few; none where there are none."""
    ordered = sorted(names)
    more = f"等 {len(ordered)} 项" if len(ordered) > _NAMED else ""
    return [f"{what}：{'、'.join(ordered[:_NAMED])}{more}"] if ordered else []
