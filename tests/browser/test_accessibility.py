"""What axe-core says of the pages; the package of tests that holds it comes with the environment."""

from importlib.resources import files

import pytest

from kinds_of_pages import KINDS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [KINDS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in KINDS[1:])])
def test_axe_finds_nothing_to_object_to(visit, axe, name, scheme, width):
    page = visit(name, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
    page.evaluate(axe)
    result = page.evaluate("rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", RULES)
    assert len(result["passes"]) > 15
    assert [(found["id"], found["nodes"][0]["html"][:200]) for found in result["violations"]] == []
