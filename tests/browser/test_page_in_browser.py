"""The page as a browser shows it: on a desk, on a telephone, on paper, without a network and without fonts of its own."""

import pytest

from kinds_of_pages import KINDS as PAGES
from paper import texts_of
from walks import CHAPTERS, KINDS, spread

TELEPHONE, DESK = 390, 1280
slow = pytest.mark.slow


def of_each(name: str, others: tuple[str, ...] = PAGES) -> pytest.MarkDecorator:
    """The argument `name` is every kind of page, the first in the quick half."""
    return pytest.mark.parametrize(name, [others[0], *(pytest.param(other, marks=slow) for other in others[1:])])


def unfold(page) -> object:
    """`page` with everything opened that is opened on demand."""
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
    return page


each_kept = pytest.mark.parametrize("kept", PAGES, indirect=True)


def at_width(page, width: int) -> object:
    page.set_viewport_size({"width": width, "height": 900})
    return page


@each_kept
@pytest.mark.parametrize("width", [TELEPHONE, pytest.param(768, marks=slow), DESK, pytest.param(1920, marks=slow)])
def test_nothing_sticks_out_sideways(kept, width):
    assert at_width(kept, width).evaluate("document.documentElement.scrollWidth") == width


@each_kept
def test_the_page_asks_for_itself_alone_and_says_nothing(kept):
    assert [url for url in kept.asked if not url.startswith("data:font/woff2")] == [kept.url]
    assert kept.told == []


@of_each("name")
@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_every_letter_comes_from_the_embedded_font(visit, name, width):
    page = visit(name, width)
    page.evaluate("document.fonts.ready")
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    # One of each kind of element tells as much as all of them.
    page.evaluate(MARK_KINDS)
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-kind]"})["nodeIds"]
    fonts = {
        (font["familyName"], font["isCustomFont"])
        for node in nodes
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    }
    assert len(nodes) > 15
    assert {custom for _, custom in fonts} == {True}, fonts


MARK_KINDS = """() => {
  const seen = {};
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const kind = element.tagName + '.' + (element.getAttribute('class') || '');
    if (own && (seen[kind] = (seen[kind] || 0) + 1) <= 12) element.setAttribute('data-kind', kind);
  }
}"""


@pytest.mark.parametrize(("width", "shown", "hidden"), [(TELEPHONE, "narrow", "wide"), (DESK, "wide", "narrow")])
def test_of_every_chart_the_fitting_picture_is_shown(visit, width, shown, hidden):
    page = unfold(visit(width=width))
    assert page.locator(f".chart .{shown} svg").count() == 2
    assert all(picture.is_visible() for picture in page.locator(f".chart .{shown} svg").all())
    assert not any(picture.is_visible() for picture in page.locator(f".chart .{hidden} svg").all())


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_a_chart_is_saved_as_a_picture_of_its_own(visit, width):
    page = visit(width=width)
    link = page.locator(".chart a.save").first
    assert link.bounding_box()["height"] >= 24
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == "支出构成图.svg"
    picture = page.context.new_page()
    picture.set_content(waiting.value.path().read_text(encoding="utf-8"))
    assert picture.locator("svg text", has_text="部门整体支出").first.is_visible()


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_letters_of_a_chart_are_no_smaller_than_those_of_a_footnote(visit, width):
    page = visit(width=width)
    heights = page.evaluate(
        "[...document.querySelectorAll('.chart svg')].filter(svg => svg.getClientRects().length).flatMap(svg => "
        "[...svg.querySelectorAll('text')].map(text => "
        "parseFloat(text.style.fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"
    )
    assert min(heights) >= 11


@each_kept
def test_no_word_of_a_chart_is_cut_off(kept):
    for width in (TELEPHONE, DESK):
        cut = at_width(kept, width).evaluate(
            "[...document.querySelectorAll('.chart svg')].filter(svg => svg.getClientRects().length).flatMap(svg => {"
            "const box = svg.getBoundingClientRect();"
            "return [...svg.querySelectorAll('text')].filter(text => { const own = text.getBoundingClientRect();"
            "return own.left < box.left - 2 || own.right > box.right + 2 || own.top < box.top - 2 || own.bottom > box.bottom + 2 })"
            ".map(text => text.textContent) })"
        )
        assert cut == []


@pytest.mark.parametrize("kept", ["2024", "sheets", "crowded"], indirect=True)
def test_words_of_a_chart_do_not_lie_on_each_other(kept):
    for width in (TELEPHONE, DESK):
        assert at_width(kept, width).evaluate(OVERLAPS) == []


OVERLAPS = """() => [...document.querySelectorAll('.chart svg')].filter(svg => svg.getClientRects().length).flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([words, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 0.45 * Math.min(a.height, b.height)) found.push(words + ' / ' + other);
  }));
  return found;
})"""


FIND_MARK = """() => {
  const place = document.querySelector(':target');
  if (place.tagName === 'MARK') return '';
  const links = [...place.querySelectorAll('a[href^="#"]')].map(link => link.getAttribute('href'));
  const known = links.filter(href => !/--back$/.test(href) && href !== '#' + place.id);
  const rank = href => /^#f\\d/.test(href) ? 0 : /^#[btwi]\\d/.test(href) ? 1 : 2;
  return known.sort((one, other) => rank(one) - rank(other))[0];
}"""


def follow_to_the_annex(page) -> object:
    """From where a click has led, on by the links of each row until a marked figure is reached."""
    passed = []
    for _ in range(6):
        href = page.evaluate(FIND_MARK)
        if not href:
            return page.locator("mark:target")
        assert href not in passed, passed
        passed.append(href)
        page.locator(f":target a[href='{href}']").first.click()
    pytest.fail(f"no figure reached by {passed}")


@slow
@pytest.mark.parametrize("name", ["2024", "sheets"])
def test_twenty_figures_are_followed_to_their_place_and_back_by_clicking(visit, name):
    page = visit(name)
    unfold(page)
    followed = 0
    for selector, wanted in KINDS.values():
        links = [link for link in page.locator(selector).all() if link.get_attribute("href")[1:] not in CHAPTERS and link.is_visible()]
        for link in spread(links, wanted):
            link.click()
            mark = follow_to_the_annex(page)
            assert mark.is_visible()
            assert mark.locator("xpath=ancestor::section[contains(@class, 'annex')]").count() == 1
            use = page.locator("mark:target + .uses a").first
            assert use.is_visible()
            href = use.get_attribute("href")
            use.click()
            assert page.url.endswith(href)
            assert page.locator(":target").is_visible()
            followed += 1
    assert followed >= 18


def test_what_rests_on_a_figure_is_shown_only_where_something_leads(visit):
    page = unfold(visit())
    assert not any(uses.is_visible() for uses in page.locator(".uses").all()[:20])
    figure = page.locator(".annex mark[id] a").first
    figure.click()
    assert page.locator("mark:target + .uses").is_visible()


def test_a_typed_value_leads_to_its_cell_and_a_score_to_its_formula(visit):
    page = unfold(visit("sheets"))
    page.locator("tr#i003 a.n").first.click()
    page.locator(".sheet:target .trace a").last.click()
    mark = page.locator("mark:target")
    assert mark.is_visible()
    assert "工作表“绩效指标”" in mark.locator("xpath=ancestor::table[1]/caption").inner_text()
    page.locator("tr#i003 a.n[href^='#indicators--s']").first.click()
    assert "计满分" in page.locator(".sheet:target").inner_text()


def test_what_a_cell_of_a_card_holds_stands_beside_its_label(visit):
    target = unfold(visit("sheets", 390)).locator("tr#i003 td[data-label=年度指标值]")
    assert target.bounding_box()["height"] < 40


def test_a_metric_leads_to_its_formula(visit):
    page = visit()
    page.locator("a.n[href*='--m-execution_rate']").first.click()
    page.locator(".sheet:target .trace a").last.click()
    assert "÷" in page.locator("tr:target").inner_text()


def test_the_keyboard_finds_the_way_past_the_contents(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_their_ground(visit, scheme):
    page = visit(scheme=scheme)
    ratios = page.evaluate(CONTRAST)
    assert len(ratios) == 14
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


CONTRAST = """() => {
  const style = getComputedStyle(document.documentElement);
  const light = name => { const v = style.getPropertyValue(name).trim().slice(1).match(/../g).map(x => parseInt(x, 16) / 255)
    .map(x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const pairs = {};
  for (const ink of ['--ink', '--muted', '--accent', '--warn', '--chart-ink', '--chart-muted', '--chart-warn'])
    for (const ground of ['--paper', '--tint']) pairs[ink + ' on ' + ground] = ratio(ink, ground);
  return pairs;
}"""


def test_dark_mode_is_dark_also_in_the_charts(visit):
    page = visit(scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 29)"
    fill = "getComputedStyle(document.querySelector('.chart svg text')).fill"
    assert page.evaluate(fill) != visit(scheme="light").evaluate(fill)


def test_on_paper_what_is_closed_is_left_out_but_for_the_line_of_a_finding(visit):
    page = visit()
    page.emulate_media(media="print")
    assert not page.locator("nav.toc").is_visible()
    assert not page.locator("details.list, details.more").first.is_visible()
    assert page.locator("details.finding.high summary").first.is_visible()
    assert not page.locator("details.finding.high blockquote").first.is_visible()
    assert page.locator(".summary .on-paper").is_visible()
    assert not page.locator(".appendix").is_visible()
    assert not page.locator(".annex").is_visible()


def test_on_paper_what_a_reader_has_opened_is_printed(visit):
    page = visit()
    page.evaluate("document.querySelector('.appendix details.list').open = true")
    page.emulate_media(media="print")
    assert page.locator(".appendix details.list").first.locator(".scroll, .figures").first.is_visible()


def test_on_paper_links_are_text(visit):
    page = visit()
    page.emulate_media(media="print")
    lines = page.evaluate("[...document.querySelectorAll('.chapter a.n')].map(link => getComputedStyle(link).textDecorationLine)")
    assert set(lines) == {"none"}


def test_a_printed_page_bears_the_name_of_the_body_and_its_number(visit, tmp_path):
    visit("sheets").pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    pages = texts_of(tmp_path / "page.pdf")
    assert len(pages) > 2
    assert all("甲县水务局（虚构，测试用） 2031 年度" in page for page in pages)
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_small_enough_to_be_sent(pages, name):
    assert pages[name].stat().st_size < 1_500_000


def test_a_wide_table_scrolls_in_its_own_box(visit):
    page = visit("crowded", 390)
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(box => box.getBoundingClientRect().right <= 390)")


def test_the_lines_of_the_text_bear_the_numbers_they_have_in_the_file(visit):
    page = unfold(visit("2024"))
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    shown = [node["name"]["value"].strip() for node in nodes if node.get("role", {}).get("value") == "ListMarker"]
    numbers = page.evaluate("[...document.querySelectorAll('.lines > li')].map(line => line.id.slice(1))")
    assert len(numbers) > 50
    assert [number for number in shown if number.isdigit()][-len(numbers) :] == numbers


def test_a_folded_project_that_is_led_to_is_shown(visit):
    page = visit("forty")
    page.evaluate("document.querySelectorAll('details.more').forEach(found => found.open = true)")
    page.click("a[href='#project-17'] >> nth=0")
    assert page.is_visible("#project-17 table >> nth=0")


def test_room_is_kept_only_where_contents_fill_it(visit):
    page = visit("2024")
    room = "parseFloat(getComputedStyle(document.body).paddingLeft)"
    assert page.evaluate(room) > 0
    page.evaluate("document.querySelector('.toc').remove()")
    assert page.evaluate(room) == 0
