"""The executed report notebook as one HTML file that asks for nothing: our template, the font cut to its characters, no script."""

from __future__ import annotations

import base64
import html
import os
import re
import uuid
from functools import cache
from pathlib import Path

from nbconvert import TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from selfeval.exceptions import NotebookFailed
from selfeval.paths import template_folder
from selfeval.telling.web_font import subset_woff2

TEMPLATE = "selfeval_report"
FONT_PLACE = "/*SELFEVAL-FONT-FACE*/"
# Only at the head of a style: what a report says is escaped, and may say the same words.
_STYLE_WITH_FONT = re.compile(rf"(<style>\s*){re.escape(FONT_PLACE)}")
STYLE = template_folder() / TEMPLATE / "style.css"


def render(notebook: NotebookNode, title: str) -> str:
    """Return the page of `notebook`: code hidden, `title` in the head, the Chinese font embedded."""
    page, _ = _exporter().from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return embed_font(page)


def embed_font(page: str) -> str:
    """Put the font, cut to the characters of `page`, where the template asks for it.

    Raises NotebookFailed when the template has no place for it, or more than one.
    """
    places = list(_STYLE_WITH_FONT.finditer(page))
    if len(places) != 1:
        raise NotebookFailed(f"报告模板里应恰好有一处 {FONT_PLACE}，现有 {len(places)} 处；请检查 template 文件夹")
    # Hanzi of Markdown arrive as numeric entities; only what they stand for tells which glyphs are needed.
    data = base64.b64encode(subset_woff2("".join(sorted(set(html.unescape(page)))))).decode()
    face = f'@font-face{{font-family:"Selfeval Sans";src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    return f"{page[: places[0].end(1)]}{face}{page[places[0].end() :]}"


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
