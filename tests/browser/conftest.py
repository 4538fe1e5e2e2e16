"""A headless Chromium of the system, if there is one, and pages to open in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pages import fact, html_of, invented, line, published
from sheet_pages import from_sheets

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
def pages(tmp_path_factory, place_2024) -> dict[str, Path]:
    """The published report of 2024, one made of sheets, one with very much in it, and one with nothing."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"2024": published(place_2024), "sheets": from_sheets(ruleset="hunan"), "crowded": _crowded(), "empty": invented()}
    for name, report in made.items():
        (folder / f"{name}.html").write_text(html_of(report), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


def _crowded() -> object:
    """Forty projects and a dozen trades, with long names, gaps, zeros and a refund."""
    name = "关于进一步加强乡镇（街道、场）应急救援能力标准化建设和自然灾害综合监测预警体系运行维护的专项经费"
    total = line(1, "部门整体支出", "total", target=Decimal("123456789.12"), actual=Decimal("987654321.98"))
    lines = [
        total,
        *(
            line(n, f"{name}{n}" if n % 4 == 0 else f"项目{n}", target=Decimal(n * n), actual=Decimal(n * 37 % 50 - 1))
            for n in range(2, 42)
        ),
    ]
    lines[7] = line(8, "没有列出实际支出的项目", target=Decimal(64))
    trades = ("city", "hazchem", "fireworks", "mines", "industry", "forest", "construction", "traffic", "gas", "fire", "housing", "school")
    facts = [
        fact(n, "hazards_found", "排查发现隐患", sector=t, value=Decimal(n * 97), unit="条", qualifier="over") for n, t in enumerate(trades)
    ]
    facts += [fact(n, "hazards_rectified", "已整改隐患", sector=t, value=Decimal(n * 31), unit="条") for n, t in enumerate(trades, 20)]
    facts += [
        fact(n, "fines", "罚款", "enforcement", t, value=Decimal(n) / 7, unit="万元", qualifier="over") for n, t in enumerate(trades, 40)
    ]
    facts += [fact(60 + n, "disaster_event", f"{name[:14]}灾害", "disasters", date=f"{1 + n % 12}.{1 + n:02d}") for n in range(24)]
    return invented(lines, facts)


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
