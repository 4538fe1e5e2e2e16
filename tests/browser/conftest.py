"""A headless Chromium of the system, if there is one, and pages to open in it."""

from __future__ import annotations

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
    """Every kind of page by name, each made when a test first asks for it."""
    return Pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def visit(browser, pages) -> Iterator[Callable[..., object]]:
    """Opens a page by name at a width; what it asked for and said to the console stands in `.asked` and `.told`."""
    contexts = []

    def open_page(name: str = "2024", width: int = 1280, scheme: str = "light") -> object:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        shown = context.new_page()
        shown.asked, shown.told = [], []
        shown.on("request", lambda request: shown.asked.append(request.url))
        shown.on("console", lambda message: shown.told.append(message.text))
        shown.on("pageerror", lambda error: shown.told.append(str(error)))
        shown.goto(pages[name].as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()
