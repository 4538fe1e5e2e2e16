"""What a chief sees first on a telephone, how long the page is, and the card that a tap on a value opens and closes."""

import pytest

from paper import texts_of

TELEPHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
slow = pytest.mark.slow
LONG = ["2024", pytest.param("sheets", marks=slow), pytest.param("five years", marks=slow), pytest.param("crowded", marks=slow)]


def on(page, screen) -> object:
    page.set_viewport_size(screen)
    page.evaluate("document.fonts.ready")
    return page


def bottom(page, selector: str) -> float:
    return page.locator(selector).last.evaluate("found => found.getBoundingClientRect().bottom + scrollY")


@pytest.mark.parametrize("screen", [TELEPHONE, DESK])
def test_the_first_screen_holds_body_verdict_and_the_three_gravest_doubts(visit, screen):
    page = on(visit(), screen)
    assert page.locator(".doubts li").count() == 3
    assert bottom(page, ".doubts li") < screen["height"]
    assert page.locator("h1").inner_text() == "邵东市应急管理局 2024 年度"
    assert [size.inner_text() for size in page.locator(".doubts .size").all()] == ["1324.92 万元", "39.88 万元", "53 条"]


@pytest.mark.parametrize("name", LONG)
def test_the_chiefs_part_takes_six_screens_of_a_telephone_at_most(visit, name):
    page = on(visit(name), TELEPHONE)
    top = page.locator("#accounts").evaluate("found => found.getBoundingClientRect().top + scrollY")
    assert top / TELEPHONE["height"] <= 6


@pytest.mark.parametrize("name", LONG)
def test_the_page_prints_on_twelve_sheets_at_most(visit, name, tmp_path):
    visit(name).pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert len(texts_of(tmp_path / "page.pdf")) <= 12


def test_a_tap_opens_a_card_where_one_is_and_back_closes_it(visit):
    page = on(visit(), TELEPHONE)
    value = page.locator("section[aria-labelledby=money] > p a.n", has_text="289.95%").first
    value.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    value.click()
    card = page.locator(".sheet:target")
    told = card.inner_text()
    for words in (
        "289.95%",
        "实际支出 ÷ 绩效目标",
        "2381.37 万元",
        "821.31 万元",
        "2024年度财政预算拨款收入和支出绩效目标",
        "第 53 行",
        "返回",
    ):
        assert words in told
    box = card.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= TELEPHONE["height"] + 1
    assert page.evaluate("scrollY") == before
    card.locator(".ways a").click()
    assert page.locator(".sheet:target").count() == 0
    assert page.evaluate("scrollY") == before


def test_a_card_is_opened_left_and_gone_on_from_by_keyboard(visit):
    page = on(visit(), TELEPHONE)
    links = page.locator("section[aria-labelledby=money] > p a.n")
    links.first.focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    assert page.locator(".sheet:target").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "返回"
    page.keyboard.press("Enter")
    assert page.locator(".sheet:target").count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == links.nth(1).get_attribute("href")
    assert page.evaluate("scrollY") == before


def test_cards_stay_out_of_print(visit):
    page = visit()
    page.locator(".verdict a.n").last.click()
    assert page.locator(".sheet:target").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".sheet:target").is_visible()


def test_a_doubt_opens_its_finding_in_a_card(visit):
    page = on(visit(), TELEPHONE)
    page.locator("a.doubt").first.click()
    told = page.locator(".sheet:target").inner_text()
    assert "合计比各部分之和多 1324.92 万元" in told
    assert "第 53 行" in told


@pytest.mark.parametrize("screen", [TELEPHONE, DESK])
def test_the_contents_show_the_chapter_one_is_in(visit, screen):
    page = on(visit(), screen)
    for chapter in ("money", "work", "accounts"):
        page.evaluate("name => document.getElementById(name).scrollIntoView()", chapter)
        page.wait_for_timeout(200)
        marked = page.evaluate(
            "[...document.querySelectorAll('.toc .level-2 a')].filter(link => getComputedStyle(link).boxShadow !== 'none')"
            ".map(link => link.getAttribute('href'))"
        )
        assert marked == [f"#{chapter}"]


def test_what_is_tapped_is_high_enough_for_a_finger(visit):
    page = on(visit(), TELEPHONE)
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
    low = page.evaluate(
        "[...document.querySelectorAll('a, summary')].filter(each => each.getClientRects().length && !each.closest('.annex, .sheets'))"
        ".filter(each => each.className !== 'skip' && Math.min(...[...each.getClientRects()].map(box => box.height)) < 24)"
        ".map(each => each.outerHTML.slice(0, 90))"
    )
    assert low == []
