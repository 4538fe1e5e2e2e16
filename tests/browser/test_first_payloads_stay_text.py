"""Some payloads in every place a sheet, a card or a report can bring them in by, on a page made without a run.

All of them, on every page and in every file that is published, are the matter of test_nothing_gets_in.py.
"""

import pytest

import hostile
from browser.provoking import live_in, provoke, squeezed, text_of, watched, without_csp
from pages import html_of
from payloads import PAYLOADS, UNTIDY
from selfeval.explore import material
from selfeval.telling.page import Report

SOME, SOME_UNTIDY = PAYLOADS[::7], UNTIDY[:1]


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("payloads")
    hostile.write_raw(folder / "data", SOME, SOME_UNTIDY)
    found = material(hostile.UNIT, hostile.YEAR, folder / "data", folder / "outputs")
    assert found.is_there, found.note
    file = folder / "without-csp.html"
    file.write_text(without_csp(html_of(Report.of(hostile.UNIT, hostile.YEAR, found.tables))), encoding="utf-8")
    with browser.new_context() as context:
        yield watched(context, file)


def test_every_one_stands_in_its_place_as_text(page):
    text = text_of(page)
    undecided = [sink for sink in hostile.SINKS if sink not in {"理由", "姓名"}]
    missing = {sink: [found for found in hostile.put_into(sink, SOME, SOME_UNTIDY) if squeezed(found) not in text] for sink in undecided}
    assert {sink: found for sink, found in missing.items() if found} == {}
    assert squeezed(" ".join(SOME)) in squeezed(page.title())


def test_none_fires_asks_or_says_anything(page):
    provoke(page)
    assert page.noted == []
    assert live_in(page) == []
