"""What axe-core says of the pages: it is looked for where npm puts it, and nothing here depends on it.

`npm install axe-core` in the project's folder, or SELFEVAL_AXE naming its folder or its file, and these tests run; else they are skipped.
"""

import os
from pathlib import Path

import pytest

from kinds_of_pages import KINDS
from selfeval.paths import project_root

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    given = Path(os.environ.get("SELFEVAL_AXE") or project_root() / "node_modules" / "axe-core")
    script = given if given.is_file() else given / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"没有找到 axe-core（{script.name}），跳过无障碍检查：npm install axe-core，或用 SELFEVAL_AXE 指明它在哪里")
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [KINDS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in KINDS[1:])])
def test_axe_finds_nothing_to_object_to(visit, axe, name, scheme, width):
    page = visit(name, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
    page.evaluate(axe)
    result = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    assert len(result["passes"]) > 15
    assert [(found["id"], found["nodes"][0]["html"][:200]) for found in result["violations"]] == []
