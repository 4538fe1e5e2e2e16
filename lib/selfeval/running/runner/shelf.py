"""The start page of the outputs: what lies there is looked through, held against its manifests, and told on one page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from selfeval.paths import Place, published_years, units_and_years
from selfeval.running.provenance import MANIFEST, sha256_of
from selfeval.running.publishing import read_status, status_file
from selfeval.running.stages import TABLES
from selfeval.tables import read_tables
from selfeval.telling.page import FILES, Brief, Published, Report, Waiting, brief, start_page
from selfeval.telling.web_font import FONT_PLACE, embed_font

from .briefs import brief_in, brief_of
from .rendering import STYLE, put_page

_PAGE = "index.html"
_COMPARISON = re.compile(r"compare-([0-9]{4})\.html")
_NAMED = 3


def write_start_page(data: Path, outputs_root: Path) -> Path:
    """Write outputs/index.html anew from what lies in the outputs and in the raw folders, and return its path.

    A body whose outputs are broken or half is listed with the reason. The same outputs give the same bytes.
    """
    places = [Place(unit, year, data, outputs_root) for unit, year in published_years(outputs_root)]
    there = {(place.unit, place.year) for place in places}
    raw = [Place(unit, year, data, outputs_root) for unit, year in units_and_years(data) if (unit, year) not in there]
    waiting = [Waiting(place.unit, place.year, _failed(place)) for place in raw]
    style = f"{FONT_PLACE}\n{STYLE.read_text(encoding='utf-8')}"
    page = embed_font(start_page(map(_published, places), waiting, _comparisons(outputs_root), style))
    return put_page(outputs_root / _PAGE, page)


def _published(place: Place) -> Published:
    """One body and year as it lies there, with what is wrong with it."""
    manifest, missing = _manifest(place)
    problem = missing or _damage(place, manifest.get("outputs", {}))
    told = None if problem else brief_in(manifest)
    if told is None:
        told, torn = _read(place)
        problem = problem or torn
    problem = problem and f"{problem}。请重新运行 selfeval run --unit {place.unit} --year {place.year}"
    version = str(manifest.get("versions", {}).get("selfeval", ""))
    return Published(place.unit, place.year, _links(place), told, problem, _failed(place), version)


def _read(place: Place) -> tuple[Brief, str]:
    """What the tables say, for results that are damaged or of a program that kept no brief; and what is wrong with the tables."""
    folder = place.outputs / "tables"
    tables, torn = read_tables(TABLES, folder)
    if torn:
        sources, _ = read_tables(("sources",), folder)
        return brief(Report.of(place.unit, place.year, sources)), torn
    return brief_of(tables, place.unit, place.year), ""


def _links(place: Place) -> dict[str, str]:
    links = {name: _address(place.unit, str(place.year), name) for name in FILES if (place.outputs / name).is_file()}
    status = status_file(place)
    return {**links, "status": _address(place.unit, status.name)} if status.is_file() else links


def _failed(place: Place) -> str:
    """Why the last run failed; the times of it stay in its status and log."""
    status = read_status(place)
    return status.cause if status else ""


def _manifest(place: Place) -> tuple[dict[str, Any], str]:
    """What proves the outputs, or why there is no such proof."""
    try:
        content = json.loads((place.outputs / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, f"缺文件 {MANIFEST}，发布不完整"
    except (OSError, ValueError):
        return {}, f"{MANIFEST} 读不出来"
    whole = isinstance(content, dict) and all(isinstance(content.get(group), dict) for group in ("outputs", "versions"))
    return (content, "") if whole else ({}, f"{MANIFEST} 内容不全")


def _damage(place: Place, proved: Mapping[str, str]) -> str:
    """Files that are missing or no longer the bytes that were published."""
    missing = [name for name in proved if not (place.outputs / name).is_file()]
    changed = [name for name, digest in proved.items() if name not in missing and sha256_of(place.outputs / name) != digest]
    return "；".join(filter(None, (_named("缺文件", missing), _named("发布后被改动", changed))))


def _named(what: str, names: list[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    return f"{what}：{'、'.join(names[:_NAMED])}{more}" if names else ""


def _comparisons(outputs_root: Path) -> dict[int, str]:
    names = [path.name for path in outputs_root.iterdir()] if outputs_root.is_dir() else []
    return {int(found[1]): _address(name) for name in names if (found := _COMPARISON.fullmatch(name))}


def _address(*parts: str) -> str:
    """A file below the page as a link has it, the same on every system."""
    return quote(PurePosixPath(*parts).as_posix())
