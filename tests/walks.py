"""Twenty figures of a page to set out from: some of its prose, some of its tables, some of the data of its charts."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

# Where a reader meets figures, and how many of each kind to follow.
KINDS = {
    "prose": ("section.summary dd a.n, section.chapter:not(.appendix):not(.annex) > p a.n", 8),
    "tables": ("section.chapter:not(.appendix):not(.annex) details.more > .scroll td a.n", 8),
    "charts": ("details.chart-data td a.n", 4),
}
# Numbers of rows lead to the chapter that lists them.
CHAPTERS = {"accounts", "appendix-figures", "appendix-tables", "source", "work-hazards", "indicators", "accounts-wrong"}


def spread(found: list, wanted: int) -> list:
    """So many of them, from the first to the last."""
    return [found[len(found) * number // wanted] for number in range(wanted)] if len(found) > wanted else found


def starts(page: BeautifulSoup) -> list[Tag]:
    """The links to follow."""
    chosen = []
    for selector, wanted in KINDS.values():
        chosen += spread([link for link in page.select(selector) if link["href"][1:] not in CHAPTERS], wanted)
    return chosen


def places_of(page: BeautifulSoup) -> dict[str, Tag]:
    """Everything on the page a link can lead to, by its name: a page is long, and a walk asks for hundreds of places."""
    return {place["id"]: place for place in page.find_all(id=True)}


def marks_reached(places: dict[str, Tag], anchor: str, steps: int = 6) -> set[str]:
    """The marked figures of the annex that a row, or a figure itself, leads to by way of the rows it links to."""
    seen, edge, found = {anchor}, [anchor], set()
    for _ in range(steps):
        following = []
        for each in edge:
            assert each in places, f"nothing is called {each}"
            place = places[each]
            if place.name == "mark":
                found.add(each)
                continue
            following += [link["href"][1:] for link in place.find_all("a")]
        edge = [each for each in dict.fromkeys(following) if each not in seen]
        seen |= {*edge}
        if found:
            break
    return found


def uses_of(places: dict[str, Tag], mark: str) -> list[str]:
    """What a marked figure leads back to."""
    assert places[mark].name == "mark"
    return [link["href"][1:] for link in places[mark].find_next_sibling(class_="uses").find_all("a")]
