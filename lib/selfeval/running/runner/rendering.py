"""The executed report notebook as one HTML file that asks for nothing: our template, the font cut to its characters, no script."""

from __future__ import annotations

import os
import uuid
from functools import cache
from pathlib import Path

from nbconvert import TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from selfeval.paths import template_folder
from selfeval.telling.web_font import embed_font

TEMPLATE = "selfeval_report"
STYLE = template_folder() / TEMPLATE / "style.css"


def render(notebook: NotebookNode, title: str) -> str:
    """Return the page of `notebook`: code hidden, `title` in the head, the Chinese font embedded."""
    page, _ = _exporter().from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return embed_font(page)


def put_page(path: Path, page: str) -> Path:
    """Write a page that several runs share by way of a file of its own: a reader finds the old whole or the new whole. Returns `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.part")
    try:
        temporary.write_text(page, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


@cache
def _exporter() -> TemplateExporter:
    # Its HTMLExporter would parse the page once more, which takes as long as all the rest, to add what our blocks have already.
    settings = Config()
    settings.TemplateExporter.exclude_input = True
    settings.TemplateExporter.exclude_input_prompt = True
    settings.TemplateExporter.exclude_output_prompt = True
    return TemplateExporter(
        config=settings, extra_template_basedirs=[str(template_folder())], template_name=TEMPLATE, file_extension=".html"
    )
