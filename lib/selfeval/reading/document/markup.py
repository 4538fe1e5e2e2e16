"""Text and tags of an HTML page, in order, in time linear in its length however broken it is: no step looks back or ahead twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s<>/]*+)((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""")
# Attributes may hold signs of tags, rarely; looked for within bounds, since a quotation mark may never be closed.
_SIGNS_IN_QUOTES = re.compile(r"""</?[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_LONGEST_ODD_TAG = 1_000
_LOOSE_TAG = re.compile(r"<[/!?]?[a-zA-Z!?\[-]")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "noscript", "iframe", "noembed", "noframes", "xmp")
}
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: `closes` for an end tag, `empty` where nothing can stand in it."""

    name: str
    closes: bool
    empty: bool
    attributes: dict[str, str]

    def number(self, name: str, largest: int) -> int:
        """A whole number given as attribute, 1 where there is none."""
        value = self.attributes.get(name, "").strip()
        return min(int(value[:9]), largest) or 1 if value.isascii() and value.isdecimal() else 1

    def words(self, *names: str) -> set[str]:
        """The words of these attributes, lower case, joined words taken apart."""
        return set(re.split(r"[\s_-]+", " ".join(self.attributes.get(name, "") for name in names).lower()))


def events(markup: str) -> Iterator[tuple[str, Tag | None]]:
    """Yield text and the tag that follows it; comments, declarations and the content of scripts are passed over."""
    at = 0
    while at < len(markup):
        opening = markup.find("<", at)
        if opening < 0:
            yield unescape(markup[at:]), None
            return
        text = unescape(markup[at:opening])
        match = _TAG.match(markup, opening)
        if match:
            tag = _tag_of(match)
            at = _after_raw(markup, match.end(), tag)
            yield text, tag
        elif _LOOSE_TAG.match(markup, opening):
            at = _after(markup, opening)
            yield text, None
        else:
            at = opening + 1
            yield text + "<", None


def _tag_of(match: re.Match[str]) -> Tag:
    closes, name, rest = match.groups()
    name = name.lower()
    attributes = {} if closes or not rest else {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(rest)}
    return Tag(name, bool(closes), name in _VOID or rest.endswith("/"), attributes)


def _after_raw(markup: str, at: int, tag: Tag) -> int:
    """Where to go on after a tag: behind the content of a script or the like, which is no markup."""
    if tag.name not in _RAW or tag.closes or tag.empty:
        return at
    end = _RAW[tag.name].search(markup, at)
    return end.start() if end else len(markup)


def _after(markup: str, opening: int) -> int:
    """Where a comment, a declaration or a broken tag ends; one that never ends takes the rest of the page, as in a browser."""
    odd = _SIGNS_IN_QUOTES.match(markup, opening, opening + _LONGEST_ODD_TAG)
    if odd:
        return odd.end()
    sign = "-->" if markup.startswith("<!--", opening) else "]]>" if markup.startswith("<![CDATA[", opening) else ">"
    end = markup.find(sign, opening)
    return end + len(sign) if end >= 0 else len(markup)
