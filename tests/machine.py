"""What published files tell of the machine they were made on: nothing, one hopes."""

from __future__ import annotations

import getpass
import io
import re
import socket
import zipfile
from pathlib import Path

import pypdfium2 as pdfium

from paper import texts_of
from selfeval.paths import project_root

_NUMBER_OF_TEXT = re.compile(r' t="s"><v>\d+</v>')


def readable(data: bytes) -> str:
    """What a person could read of a file: everything but embedded fonts and images; of a workbook or letter, what is packed in it.

    Of a PDF its text, what it says of itself, and whatever else is not packed.
    """
    if data.startswith(b"%PDF"):
        plain = re.sub(rb"\bstream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
        return "\n".join([str(pdfium.PdfDocument(data).get_metadata_dict()), plain.decode("latin-1"), *texts_of(data)])
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            # A cell of text holds but the number of its text among all texts of the workbook.
            return _NUMBER_OF_TEXT.sub("", "".join(packed.read(name).decode(errors="replace") for name in packed.namelist()))
    return re.sub(r"base64,[^)\"']*", "", data.decode(errors="replace"))


def traces_in(published: Path, work: Path) -> list[tuple[str, list[str]]]:
    """Files under `published` that name folders, user or name of this machine, with what they name; `work` is the folder of the run."""
    machine = [work, project_root(), Path.home(), "ipykernel_", f"/{getpass.getuser()}/", socket.gethostname()]
    traces = re.compile("|".join(rf"(?<!\w){re.escape(str(name))}(?!\w)" for name in machine))
    files = sorted(path for path in published.rglob("*") if path.is_file())
    found = [(path.relative_to(published).as_posix(), traces.findall(readable(path.read_bytes()))) for path in files]
    return [(name, hits) for name, hits in found if hits]
