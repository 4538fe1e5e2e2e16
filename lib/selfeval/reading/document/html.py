"""Saved web pages (.html, .mht): what a reader sees of the article; a block is a line, tables keep rows and columns.

lxml takes the page apart as browsers do. Here it is walked once, following what is open only as far as it decides lines, cells and
visibility.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes

from lxml import etree

from selfeval.exceptions import InputRefused
from selfeval.knowledge import load

from .characters import superscript
from .content import Content, TextBuilder
from .grid import Block, Grid, write_blocks
from .guard import faults_refused
from .numbering import written_number
from .plain import decode

_MOST_TAGS = 500_000
# lxml leaves out what lies deeper than 2048 elements.
_DEEPEST = 2_000
# It compares every attribute of an element with all before it.
_MOST_ATTRIBUTES = 10_000
_LONG_TAG = re.compile(rb"<[a-zA-Z][^>]{%d,}+" % _MOST_ATTRIBUTES)
_DEEPEST_TABLE = 40
_WIDEST, _TALLEST = 1_000, 65_534
_MOST_PLACES = 500_000
# What looks like a menu or a footer and yet holds this share of all text is the article after all.
_ASIDE_SHARE = 0.3

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# A line break in the source beside a hanzi is no blank: Chinese text is wrapped anywhere.
_WRAP = re.compile("(?<=[\u2e80-\uffef])[ \t\r\f]*\n\\s*|[ \t\r\f]*\n\\s*(?=[\u2e80-\uffef])")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w -]+)", re.IGNORECASE)

_WORDS = load("web_pages")
_ROLES = dict.fromkeys(_WORDS["hidden"], "hidden") | {"table": "table", "pre": "pre", "sup": "sup", "ol": "list", "ul": "list"}
_TABLE_PARTS = {"tr": "row", "td": "cell", "th": "cell"}
_BLOCKS, _ASIDES, _ASIDE_WORDS = (frozenset(_WORDS[name]) for name in ("blocks", "asides", "aside_words"))
_NEVER_ASIDE = frozenset({"html", "body"})
_LIST_FORMS = _WORDS["lists"]
# The article of a WeChat page and its title: the one kind of page whose body is named alike everywhere.
_ARTICLE, _ARTICLE_TITLE = "js_content", "activity-name"


def read_html(data: bytes, name: str) -> Content:
    """Read a saved page into one text, whatever encoding it declares; menus, footers, scripts and hidden parts are left out.

    Raises InputRefused when it cannot be decoded, is beyond bearing, or shows no text.
    """
    with faults_refused(name, "正文"):
        page_bytes = _page_of(data)
        tags = page_bytes.count(b"<")
        if tags > _MOST_TAGS:
            raise InputRefused(f"{name} 有 {tags} 个标记，超过 {_MOST_TAGS} 的上限：请只保存报告正文部分再试")
        if any(max(len(tag.split()), tag.count(b"=")) > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(page_bytes)):
            raise InputRefused(f"{name} 里有一个标记带着上万个属性，网页已损坏：请只保存报告正文部分再试")
        markup, encoding = _decoded(page_bytes, name)
        page = _Page(name)
        page.read(_tree(markup))
        builder = TextBuilder()
        write_blocks(page.blocks(), builder, name)
    content = builder.content("html", encoding)
    if not content.text.strip():
        raise InputRefused(f"{name} 里没有文字（正文可能由脚本在打开时才载入）：请在浏览器里打印成 PDF，或复制正文到文本文件后再试")
    return content


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """By content first, since pages often declare the wrong charset; what they declare only where nothing usual fits."""
    try:
        return decode(data, name)
    except InputRefused:
        declared = _CHARSET.search(data[:4096])
        if not declared or not declared[1].lower().startswith(b"big5"):
            raise
        return data.decode("big5hkscs"), "big5"


def _tree(markup: str) -> etree._Element | None:
    """The elements of a page; None where there are none."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False, huge_tree=True)
    return etree.fromstring(markup.encode(), parser)


def _page_of(data: bytes) -> bytes:
    """The page inside a web archive (.mht); anything else as it is."""
    parts = () if data.lstrip()[:1] == b"<" else message_from_bytes(data.lstrip()).walk()
    return next((part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"), data)


@dataclass(slots=True)
class _Aside:
    """A part that looks like menu, footer or sidebar, set apart until it is known how much of the text it holds."""

    parts: list[_Part] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table being read: its cells by position and which positions merged cells already take."""

    name: str
    cells: list[tuple[tuple[int, int], tuple[int, int], list[_Part]]] = field(default_factory=list)
    row: int = -1
    column: int = 0
    taken_to: dict[int, int] = field(default_factory=dict)
    places: int = 0

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0

    def next_cell(self, area: tuple[int, int]) -> list[_Part]:
        """Begin a cell of `area` (rows, columns) at the next free position and return where its parts go."""
        self.row = max(self.row, 0)
        while self.taken_to.get(self.column, -1) >= self.row:
            self._count(1)
        self._count(0)
        parts: list[_Part] = []
        self.cells.append(((self.row, self.column), area, parts))
        for column in range(self.column, self.column + area[1]):
            self.taken_to[column] = self.row + area[0] - 1
        self._count(area[1])
        return parts

    def _count(self, columns: int) -> None:
        self.column += columns
        self.places += columns
        if self.places > _MOST_PLACES:
            raise InputRefused(f"{self.name} 里有超过 {_MOST_PLACES} 格的表格：请只保存报告正文部分再试")

    def grid(self, article_size: int) -> Grid:
        """The finished table."""
        grid = Grid()
        for position, area, parts in self.cells:
            grid.put(*position, _blocks(parts, article_size), area)
        return grid


_Part = str | _Aside | _Table


class _Page:
    """Turns elements and text into parts: lines, tables, asides."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._targets: list[list[_Part]] = [[]]
        self._pieces: list[str] = []
        self._label = ""
        self._open: list[str] = []
        self._roles: Counter[str] = Counter()
        self._tables: list[_Table] = []
        self._lists: list[tuple[str, int]] = []
        self._article: dict[str, list[_Part]] = {}

    def read(self, root: etree._Element | None) -> None:
        """Take up everything under `root`, in order."""
        walk = etree.iterwalk(root, events=("start", "end")) if root is not None else ()
        for event, element in walk:
            if event == "start":
                self._enter(element)
                if self._open[-1] == "hidden":
                    walk.skip_subtree()
                else:
                    self._text(element.text)
            else:
                self._leave(element)
                self._text(element.tail)

    def blocks(self) -> list[Block]:
        """What was read, the article alone where the page names it."""
        self._end_line()
        article = self._article.get(_ARTICLE)
        parts = [*self._article.get(_ARTICLE_TITLE, ()), *article] if article else self._targets[0]
        return _blocks(parts, _size(parts))

    def _text(self, text: str | None) -> None:
        if text:
            self._pieces.append(superscript(text) if self._roles["sup"] else text)

    def _enter(self, element: etree._Element) -> None:
        if len(self._open) >= _DEEPEST:
            raise InputRefused(f"{self._name} 的标记套了超过 {_DEEPEST} 层，读不全：请只保存报告正文部分再试")
        if element.tag in _BLOCKS:
            self._end_line()
        role = self._role_of(element)
        if role == "table":
            self._tables.append(_Table(self._name))
        elif role == "row":
            self._tables[-1].next_row()
        elif role == "cell":
            area = _number(element, "rowspan", _TALLEST), _number(element, "colspan", _WIDEST)
            self._targets.append(self._tables[-1].next_cell(area))
        elif role == "list":
            self._lists.append((_list_form(element), _number(element, "start", 9999)))
        elif role in {"aside", _ARTICLE, _ARTICLE_TITLE}:
            self._targets.append(self._set_apart(role))
        if element.tag == "li":
            self._label_item()
        self._open.append(role)
        self._roles[role] += 1

    def _role_of(self, element: etree._Element) -> str:
        """What an element means for the reading; '' for most."""
        name = element.tag
        if name in _NEVER_ASIDE:
            return ""
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            return "hidden"
        if name in _ROLES:
            if name == "table" and len(self._tables) >= _DEEPEST_TABLE:
                raise InputRefused(f"{self._name} 的表格套了超过 {_DEEPEST_TABLE} 层：请只保存报告正文部分再试")
            return _ROLES[name]
        if name in _TABLE_PARTS:
            return _TABLE_PARTS[name] if self._tables else ""
        identity = element.get("id", "")
        if identity in {_ARTICLE, _ARTICLE_TITLE} and identity not in self._article:
            return identity
        return "aside" if not self._roles["aside"] and _is_aside(element) else ""

    def _set_apart(self, role: str) -> list[_Part]:
        if role == "aside":
            aside = _Aside()
            self._targets[-1].append(aside)
            return aside.parts
        return self._article.setdefault(role, [])

    def _leave(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._end_line()
        role = self._open.pop()
        self._roles[role] -= 1
        if role == "table":
            self._targets[-1].append(self._tables.pop())
        elif role in {"cell", "aside", _ARTICLE, _ARTICLE_TITLE}:
            self._end_line()
            self._targets.pop()
        elif role == "list":
            self._lists.pop()

    def _label_item(self) -> None:
        if self._lists:
            form, number = self._lists[-1]
            self._lists[-1] = (form, number + 1)
            written = written_number(number, form)
            self._label = written and (f"{written}、" if form == "chineseCounting" else f"{written}. ")

    def _end_line(self) -> None:
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        if not self._roles["pre"]:
            text = _BLANKS.sub(" ", _WRAP.sub("", text) if "\n" in text else text)
        if text.strip():
            self._targets[-1].append(self._label + text.strip())
            self._label = ""


def _number(element: etree._Element, name: str, largest: int) -> int:
    """A whole number given as attribute, 1 where there is none."""
    value = element.get(name, "").strip()
    return min(int(value[:9]), largest) or 1 if value.isascii() and value.isdecimal() else 1


def _is_aside(element: etree._Element) -> bool:
    if element.tag in _ASIDES or element.tag not in _BLOCKS:
        return element.tag in _ASIDES
    names = f"{element.get('id', '')} {element.get('class', '')}".lower()
    return bool(_ASIDE_WORDS & set(re.split(r"[\s_-]+", names)))


def _list_form(element: etree._Element) -> str:
    """How the items of a list are numbered."""
    style = _LIST_STYLE.search(element.get("style", ""))
    words = style[1].lower().split() if style else []
    form = next((_LIST_FORMS[word] for word in words if word in _LIST_FORMS), "")
    default = "bullet" if element.tag == "ul" else _LIST_FORMS.get(element.get("type", ""), "decimal")
    return form or default


def _size(parts: list[_Part]) -> int:
    """The number of characters in `parts`."""
    size = 0
    waiting = [parts]
    while waiting:
        for part in waiting.pop():
            if isinstance(part, str):
                size += len(part)
            elif isinstance(part, _Aside):
                waiting.append(part.parts)
            else:
                waiting += [inner for _, _, inner in part.cells]
    return size


def _blocks(parts: list[_Part], whole: int) -> list[Block]:
    """Lines and tables, asides left out unless they hold much of the `whole`."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            blocks.append(part)
        elif isinstance(part, _Table):
            grid = part.grid(whole)
            blocks += [grid] if grid.cells else []
        elif _size(part.parts) >= _ASIDE_SHARE * whole:
            blocks += _blocks(part.parts, whole)
    return blocks
