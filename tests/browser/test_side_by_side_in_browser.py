"""Years and bodies side by side, and the start page that leads to them, as a browser shows them, on a desk and on a telephone."""

import re
from pathlib import Path

import pytest

from bodies import county_water, lay_out, others, put_out
from pages import executed
from selfeval.measuring import compare
from selfeval.running.runner.rendering import render
from selfeval.running.runner.shelf import write_start_page
from selfeval.running.runner.side_by_side import write_comparison
from selfeval.telling.page import Report, years_chapter

# That both pages fit a telephone and a desk is tried with all the others in test_page_in_browser.py too.
pytestmark = pytest.mark.slow

each_page = pytest.mark.parametrize("name", ["bodies", "years", "start"])


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory) -> dict[str, Path]:
    """The page of bodies, and the chapter of years on a page of its own."""
    folder = tmp_path_factory.mktemp("side")
    for unit, tables in {"jia-water": county_water()[2031], **others()}.items():
        lay_out(folder / "data", unit, {2031: tables})
    (folder / "data" / "processed" / "wu-broken" / "2031").mkdir(parents=True)
    years = county_water()
    now = years.pop(2031)
    changes = {"budget_changes": compare.budget_changes(now, years, 2031), "safety_changes": compare.safety_changes(now, years)}
    page = render(executed([years_chapter(Report.of("jia-water", 2031, {**now, **changes}))]), "历年（虚构）")
    (folder / "years.html").write_text(page, encoding="utf-8")
    for year, tables in county_water().items():
        put_out(folder / "outputs", "jia-water", year, tables)
    (folder / "outputs" / "wu-broken" / "2031").mkdir(parents=True)
    bodies = write_comparison(folder / "data", folder / "outputs", 2031)
    start = write_start_page(folder / "data", folder / "outputs")
    return {"bodies": bodies, "years": folder / "years.html", "start": start}


@pytest.fixture
def visit(browser, side_by_side):
    contexts = []

    def open_page(name, width, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        shown = context.new_page()
        shown.asked, shown.told = [], []
        shown.on("request", lambda request: shown.asked.append(request.url))
        shown.on("console", lambda message: shown.told.append(message.text))
        shown.goto(side_by_side[name].as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()


@each_page
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_sticks_out_sideways(visit, name, width):
    assert visit(name, width).evaluate("document.documentElement.scrollWidth") == width


@each_page
def test_it_asks_for_nothing_and_complains_of_nothing(visit, name):
    page = visit(name, 1280)
    page.evaluate("document.fonts.ready")
    assert [url for url in page.asked if not url.startswith("data:font/woff2")] == [page.url]
    assert page.told == []


@each_page
def test_it_is_dark_where_the_reader_wants_it_dark(visit, name):
    paper = [visit(name, 1280, scheme).evaluate("getComputedStyle(document.body).backgroundColor") for scheme in ("light", "dark")]
    light, dark = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in paper)
    assert dark < 200
    assert light > 600


def test_every_entry_of_the_contents_leads_somewhere(visit):
    page = visit("bodies", 1280)
    assert page.evaluate("[...document.querySelectorAll('nav a')].filter(a => !document.querySelector(a.getAttribute('href'))).length") == 0
    assert page.locator("nav a").count() >= 5
