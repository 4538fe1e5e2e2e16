"""What a result was made from and with: hashes of inputs, code and outputs, versions, parameters. No times, no paths of a machine."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from selfeval.paths import package_folder, project_root

MANIFEST = "manifest.json"

# Whatever draws, computes or renders something a reader sees.
_PACKAGES = (
    *("selfeval", "pandas", "numpy", "matplotlib", "papermill", "nbconvert", "ipykernel", "jinja2", "fonttools", "uharfbuzz", "zhplot"),
    *("pypdfium2", "lxml", "xlrd", "python-docx", "xlsxwriter"),
)
_CODE_KINDS = {".py", ".toml", ".j2", ".html", ".css", ".svg", ".json"}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_under(folder: Path) -> list[Path]:
    """Every file under `folder`, in order; none when there is no such folder.

    Raises OSError where a folder cannot be looked into: Path.rglob would pass over it, and what lies there would be thought gone.
    """
    if not folder.is_dir():
        return []
    found = [Path(where) / name for where, _, names in os.walk(folder, onerror=_go_on_no_further) for name in names]
    return sorted(path for path in found if path.is_file())


def _go_on_no_further(error: OSError) -> None:
    raise error


def hashes_under(folder: Path, kinds: Iterable[str] = ()) -> dict[str, str]:
    """The SHA-256 of every file under `folder` by its path from there, in order; with `kinds`, of files with these suffixes only."""
    wanted = set(kinds)
    files = (path for path in files_under(folder) if not wanted or path.suffix in wanted)
    return {name: sha256_of(folder / name) for name in sorted(path.relative_to(folder).as_posix() for path in files)}


def code_hash(notebooks: Iterable[Path] = ()) -> str:
    """One SHA-256 over the package with its knowledge and template, and over `notebooks`: it changes when any of them does."""
    package = hashes_under(package_folder(), _CODE_KINDS)
    lines = [f"{digest}  {name}" for name, digest in package.items()]
    lines += [f"{sha256_of(path)}  notebooks/{path.name}" for path in sorted(notebooks)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that shape a result."""
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


def row_counts(tables: Path) -> dict[str, int]:
    """The number of rows of every table in a folder; a line break inside a cell is no row."""
    return {path.stem: _rows_of(path) for path in files_under(tables) if path.suffix == ".csv"}


def _rows_of(table: Path) -> int:
    """Counted without pandas, whose import would take longer than all else that is done here."""
    with table.open(encoding="utf-8", newline="") as file:
        return max(sum(1 for row in csv.reader(file) if row) - 1, 0)


def toolchain(notebooks: Iterable[Path]) -> dict[str, Any]:
    """What works on the material: the hash of the code with `notebooks`, the hash of the lock file, the versions."""
    return {"code": code_hash(notebooks), "lock": _lock_hash(), "versions": versions()}


def manifest(
    parameters: Mapping[str, object],
    raw: Path,
    outputs: Path,
    notebooks: Iterable[Path],
    decided: Mapping[str, Any] | None = None,
    earlier: Iterable[Path] = (),
) -> dict[str, Any]:
    """Everything that identifies a run: what went in, what people decided about it, what worked on it, what came out.

    `earlier` are the folders of earlier years' tables, which went in as well.
    """
    return {
        "parameters": dict(parameters),
        "inputs": hashes_under(raw),
        "earlier": {f"{folder.name}/{name}": digest for folder in earlier for name, digest in hashes_under(folder).items()},
        "decisions": dict(decided or {}),
        **toolchain(notebooks),
        "rows": row_counts(outputs / "tables"),
        "outputs": hashes_under(outputs),
    }


def write_manifest(content: Mapping[str, Any], outputs: Path) -> Path:
    """Write the manifest beside the outputs it speaks of."""
    path = outputs / MANIFEST
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    return path


def _lock_hash() -> str:
    """The lock file the environment was built from, "" when the package does not lie in its project."""
    lock = project_root() / "requirements.lock"
    return sha256_of(lock) if lock.is_file() else ""
