"""A spreadsheet program, where this machine has one: opens what was written and reckons every formula anew."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")
needs_spreadsheet = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice（soffice），公式重算不能在这台机器上核对")

# Recalculate on opening whatever program wrote the file.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(data: bytes, folder: Path) -> dict[str, dict[str, object]]:
    """The values of all cells by sheet title and place, after the program reckoned every formula of the workbook `data` anew."""
    (book,) = reckoned_anew([data], folder)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row} for sheet in book}


def reckoned_anew(books: Iterable[bytes], folder: Path) -> list[openpyxl.Workbook]:
    """The values of each workbook after the program, started once for all of them, reckoned every formula anew."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    (folder / "in").mkdir()
    sources = []
    for number, data in enumerate(books):
        sources.append(folder / "in" / f"book-{number}.xlsx")
        sources[-1].write_bytes(data)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", folder, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [openpyxl.load_workbook(folder / source.name, data_only=True) for source in sources]
