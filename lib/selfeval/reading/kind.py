"""What kind of document this is, weighed from its title and from what stands in it; and whether anybody has filled it in yet.

The kinds: body_evaluation (部门整体支出绩效自评报告), project_evaluation (项目支出绩效自评报告), account (决算公开), budget (预算公开),
form (自评表, 基础数据表), template (a form or outline that nobody has filled in), other.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.title import Title, title_of

EVALUATIONS = ("body_evaluation", "project_evaluation")
_SEEN = 200_000
# So many places left open are no template, however little is filled in.
_ONCE_OR_TWICE = 2
_WEIGHT, _DASH = re.compile("[0-9]?[05]|100"), re.compile("[—-]+")


def kind_of(document: Document) -> str:
    """The kind of `document`, "" for one without text."""
    return document.once(_kind_of)


def _kind_of(document: Document) -> str:
    text = document.text[:_SEEN]
    if not text.strip():
        return ""
    return "template" if is_blank(text) else genre_of(text, title_of(document))


def genre_of(text: str, title: Title) -> str:
    """What `text` is, filled in or not: the kind with most weight behind it, other where there is too little."""
    weights: Counter[str] = Counter()
    for kind, weight, pattern in _signs():
        if pattern.search(text):
            weights[kind] += weight
    if title.kind:
        weights[_titled(title.text, title.kind, weights)] += load("kind")["signs"]["title"]
    kind, weight = max(weights.items(), key=lambda one: one[1], default=("other", 0))
    return kind if weight >= load("kind")["signs"]["least"] else "other"


def _titled(words: str, kind: str, weights: Counter[str]) -> str:
    """The kind a title names; of an evaluation whose, by the title or else by what the text is about."""
    if kind != "evaluation":
        return kind
    rules = load("kind")["evaluation"]
    if re.search(rules["whole"], words):
        return "body_evaluation"
    if re.search(rules["part"], words) or weights["project_evaluation"] > weights["body_evaluation"]:
        return "project_evaluation"
    return "body_evaluation"


def is_blank(text: str) -> bool:
    """Is `text` a template: more places left open, or instructions how to fill them in, than amounts that somebody put in?"""
    gap, label, told, instruction, filled, printed = _blanks()
    open_places = len(gap.findall(text)) + sum(1 for _ in label.finditer(text)) + _empty_rows(text)
    instructions = len(instruction.findall(text)) + 3 * bool(told.search(text))
    left_open = open_places + instructions
    return left_open > _ONCE_OR_TWICE and left_open > 2 * sum(not printed.fullmatch(found) for found in filled.findall(text))


def _empty_rows(text: str) -> int:
    """Rows of tables with one label and at least two blank cells, and nothing else but a printed weight."""
    rows = ([cell.strip() for cell in line.split("\t")] for line in text.split("\n") if line.count("\t") > 1)
    return sum(_is_empty(cells) for cells in rows)


def _is_empty(cells: list[str]) -> bool:
    put_in = [cell for cell in cells if cell and not _DASH.fullmatch(cell)]
    weights = sum(bool(_WEIGHT.fullmatch(cell)) for cell in put_in)
    return len(cells) - len(put_in) > 1 and weights <= 1 and len(put_in) - weights <= 1


@cache
def _signs() -> list[tuple[str, int, re.Pattern[str]]]:
    return [(entry["kind"], entry["weight"], re.compile(entry["words"])) for entry in load("kind")["sign"]]


@cache
def _blanks() -> list[re.Pattern[str]]:
    rules = load("kind")["template"]
    return [re.compile(rules[name], re.MULTILINE) for name in ("gap", "label", "told", "instruction", "filled", "printed")]
