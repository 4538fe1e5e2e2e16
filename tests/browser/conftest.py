"""A headless Chromium of the system, if there is one, and pages to open in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from kinds_of_pages import Pages

sync_api = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright，跳过浏览器测试")
picture = pytest.importorskip("picture", reason="没有安装 playwright，跳过浏览器测试")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """The browser; without one on this machine the tests are skipped and say so."""
    found = picture.browser_at_hand()
    if found is None:
        pytest.skip(f"这台机器上没有浏览器（{'、'.join(picture.BROWSERS)}），跳过浏览器测试")
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> Pages:
    """Every kind of page by name, each made when a test first asks for it, once for all processes that share out the tests."""
    own = tmp_path_factory.getbasetemp()
    return Pages((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "pages")


def opened(browser, file, width: int, scheme: str) -> object:
    """A page in a context of its own; what it asked for and said to the console stands in `.asked` and `.told`."""
    shown = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    shown.asked, shown.told = [], []
    shown.on("request", lambda request: shown.asked.append(request.url))
    shown.on("console", lambda message: shown.told.append(message.text))
    shown.on("pageerror", lambda error: shown.told.append(str(error)))
    shown.goto(file.as_uri())
    return shown


@pytest.fixture
def visit(browser, pages) -> Iterator[Callable[..., object]]:
    """Opens a page by name at a width."""
    shown = []

    def open_page(name: str = "2024", width: int = 1280, scheme: str = "light") -> object:
        shown.append(opened(browser, pages[name], width, scheme))
        return shown[-1]

    yield open_page
    for page in shown:
        page.context.close()


@pytest.fixture(scope="module")
def kept(browser, pages, request) -> Iterator[object]:
    """A page by name that stays open for all tests that leave it as it is but for its width."""
    page = opened(browser, pages[request.param], 1280, "light")
    page.evaluate("document.fonts.ready")
    yield page
    page.context.close()
