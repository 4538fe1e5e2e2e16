"""Pieces of HTML: tables, charts at two widths, and the blocks a notebook shows.

Everything is escaped by Jinja2 or markupsafe, so that nothing of the data can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any

import pandas as pd
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from selfeval.telling import charts

_HEADING = re.compile(r'<h([23]) id="([^"]+)"(?: class="[^"]*")?(?: data-short="([^"]*)")?>(.*?)</h\1>')
_MOST_CARDS = 60
_WIDTHS = ("wide", "narrow")
# The description of a chart says first what it is called; a file is called so too.
_NAME_ENDS = re.compile(r"[。，：；/\\]")
# Blanks on either side of a value, which become noncharacters until the value is known; then those that touch Chinese go.
_CHINESE = "[\u4e00-\u9fff，。；：、！？（）《》“”]"
_BEFORE_VALUE = re.compile(r"(?<=[\u4e00-\u9fff}]) (\{\w*\})")
_AFTER_VALUE = re.compile(rf"(\{{\w*\}}) (?={_CHINESE})")
_NEEDLESS = re.compile(f"\ufdd0(?=(?:<[^>]*>)*{_CHINESE})|({_CHINESE}(?:</[^>]*>)*)\ufdd1")


@dataclass(frozen=True)
class Block:
    """One part of the page as a notebook shows it; the page's template takes title and headings from the metadata beside it."""

    html: Markup
    title: str = ""

    @property
    def headings(self) -> list[tuple[int, str, str]]:
        """Level, id and words (as HTML) of its chapters and sections, the short name where a title says what was found."""
        return [(int(level), anchor, short or words) for level, anchor, short, words in _HEADING.findall(self.html)]

    def __repr__(self) -> str:
        return f"网页片段：{'、'.join(words for _, _, words in self.headings) or self.title or '没有内容'}"

    def _repr_html_(self) -> tuple[str, dict[str, Any]]:
        return str(self.html), {"selfeval": {"title": self.title, "headings": [list(heading) for heading in self.headings]}}


@dataclass(frozen=True)
class TableRow:
    """One row: its cells, the first of which names it, and its own anchor if something leads here."""

    cells: Sequence[object]
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table for readers.

    `numeric`: columns set flush right; `prose`: columns that hold sentences and need room. `stack`: on a telephone each row becomes a card,
    unless there are so many that nobody would scroll past them.
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[TableRow]
    numeric: frozenset[int] = field(default_factory=frozenset)
    stack: bool = True
    prose: frozenset[int] = field(default_factory=frozenset)

    @property
    def stacked(self) -> bool:
        """Whether its rows become cards on a telephone; a longer table is scrolled sideways in its box."""
        return self.stack and len(self.rows) <= _MOST_CARDS

    def without_blanks(self) -> Table:
        """The same table without columns that hold nothing but dashes."""
        kept = [0, *(index for index in range(1, len(self.heads)) if any(row.cells[index] != "—" for row in self.rows))]
        rows = [TableRow([row.cells[index] for index in kept], row.anchor) for row in self.rows]
        numeric, prose = (frozenset(place for place, index in enumerate(kept) if index in marked) for marked in (self.numeric, self.prose))
        return Table(self.caption, [self.heads[index] for index in kept], rows, numeric, self.stack, prose)


def said(sentence: str, /, *values: object, **named: object) -> Markup:
    """A sentence with values in it; whatever is no markup yet is escaped.

    A blank beside a value is for digits (执行率 75%): where the value begins or ends in Chinese (至少 20 万元, 不可计算), it is left out.
    """
    text = _filled(sentence, values, named)
    if "\ufdd0" in text or "\ufdd1" in text:
        text = _NEEDLESS.sub(r"\1", text).replace("\ufdd0", " ").replace("\ufdd1", " ")
    return Markup(text)  # noqa: S704  the sentence stands in our code, the values are escaped


def _filled(sentence: str, values: Sequence[object], named: Mapping[str, object]) -> str:
    """A sentence with its values escaped and in their places, as Markup.format fills it, in a third of the time."""
    told, waiting = [], iter(values)
    for words, place in _pieces(sentence):
        told.append(words)
        if place is not None:
            told.append(escape(named[place] if place else next(waiting)))
    return "".join(told)


@cache
def _pieces(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """The words of a sentence, each with the name of the place behind it ('' for one without a name, None for none)."""
    prepared = _AFTER_VALUE.sub("\\1\ufdd1", _BEFORE_VALUE.sub("\ufdd0\\1", sentence))
    return tuple((words, place) for words, place, _, _ in Formatter().parse(prepared))


def joined(parts: Sequence[object], mark: str = "、") -> Markup:
    """Values one after another."""
    return Markup(mark).join(parts)  # noqa: S704  a mark stands in our code, the parts are escaped


def block(template: str, title: str = "", **context: object) -> Block:
    """Render template/page/<template>.html.j2 as a block."""
    html = _templates().get_template(f"{template}.html.j2").render(**context)
    return Block(Markup(html), title)  # noqa: S704  rendered with autoescape


def chart(
    name: str,
    draw: Callable[..., Any],
    rows: pd.DataFrame,
    description: str,
    caption: object,
    source: object = "",
    data: Table | None = None,
    *,
    once: bool = False,
) -> Markup:
    """A figure drawn for a desk and for a telephone, of which the style sheet shows the one that fits; `once`: for the telephone alone.

    `source` says under it where its figures stand; `data` holds them as links, where no table of the chapter does. The first picture can
    be saved as a file. The hiding stands in the element itself, so that a notebook without the style sheet shows one picture as well.
    """
    drawn = {width: charts.svg(draw(rows, narrow=width == "narrow"), f"{name}-{width}", description) for width in _WIDTHS[once:]}
    return said(
        '<figure class="chart">{}<figcaption>{}{}{}</figcaption></figure>{}',
        Markup("").join(_picture(picture, width, once=once) for width, picture in drawn.items()),
        _saved(next(iter(drawn.values())), description),
        caption,
        said('<span class="from">{}</span>', source) if source else "",
        said('<details class="list chart-data"><summary>图里的数</summary>{}</details>', _table(data)) if data else "",
    )


def _saved(picture: str, description: str) -> Markup:
    """A link by which a picture is saved, called by what its description says first."""
    title = _NAME_ENDS.split(description, maxsplit=1)[0]
    link = '<a class="save" download="{title}.svg" aria-label="存为图片：{title}" href="{file}">存为图片</a>'
    return said(link, title=title, file=charts.address_of(picture))


def _picture(picture: str, width: str, *, once: bool) -> Markup:
    drawn = Markup(picture)  # noqa: S704  made by matplotlib
    if once:
        return said('<div class="once">{}</div>', drawn)
    return said('<div class="{}"{}>{}</div>', width, Markup(' style="display:none"') if width == "narrow" else "", drawn)


def get_ready() -> None:
    """Do ahead what the first page of a process takes longer for than any other: draw one chart for nobody, parse the templates."""
    charts.svg(charts.bodies(pd.DataFrame({"name": ["甲"], "value": [Decimal(1)], "words": ["1"]})), "ready", "")
    for name in _own_templates().list_templates():
        _templates().get_template(name)


def _table(table: Table) -> Markup:
    """A table as the templates draw it."""
    return _templates().get_template("_parts.html.j2").module.table(table)


def _own_templates() -> PackageLoader:
    return PackageLoader("selfeval.telling", "template/page")


@cache
def _templates() -> Environment:
    # The style sheet of the whole page lies with its own template; a notebook borrows it.
    folders = ChoiceLoader([_own_templates(), PackageLoader("selfeval.telling", "template/selfeval_report")])
    return Environment(loader=folders, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
