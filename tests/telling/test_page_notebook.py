"""The page's blocks in a notebook: the page's own look there, and nothing of it on the page."""

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_output

from pages import executed, invented
from selfeval.running.runner.rendering import render
from selfeval.telling import page

pytestmark = pytest.mark.usefixtures("without_font")


def test_what_makes_the_notebook_pleasant_stays_off_the_page():
    report = invented()
    notebook = executed([page.opening(report)])
    html, metadata = page.notebook_look(report)._repr_html_()
    shown = new_output("execute_result", data={"text/html": html}, metadata={"text/html": metadata})
    plain = render(notebook, "x")
    notebook.cells.append(new_code_cell("page.notebook_look(report)", outputs=[shown]))
    assert BeautifulSoup(render(notebook, "x"), "html.parser").body.get_text() == BeautifulSoup(plain, "html.parser").body.get_text()
    assert "jp-RenderedHTMLCommon" not in render(notebook, "x")


def test_the_look_reaches_outputs_only():
    html, _ = page.notebook_look(invented())._repr_html_()
    sheet = BeautifulSoup(html, "html.parser").style.string
    depth, outermost, start = 0, [], 0
    for place, character in enumerate(sheet):
        if character == "{" and not depth:
            outermost.append(sheet[start:place].strip())
        depth += {"{": 1, "}": -1}.get(character, 0)
        start = place + 1 if character == "}" and not depth else start
    assert not depth
    assert [selector for selector in outermost if ".jp-RenderedHTMLCommon" not in selector] == []
