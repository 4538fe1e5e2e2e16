"""Cards: where a value comes from, shown where it was tapped. Value = formula = inputs, the sentence, page and line, the way back.

No script: a value is a link to its card, which shows itself while it is led to and lies fixed on the screen, so that nothing is scrolled.
The way back leads to a point fixed as well, behind the first place of the value: the page stays where it was, and the keyboard goes on
from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from selfeval import words

from .markup import Block, block, said
from .operands import operands
from .origin import place_of
from .report import Report, Row
from .values import uncomputed

# Values and marks of the audit; other links lead to chapters.
_VALUE = re.compile(r'(<a class="(?:n|gap|gap word|mark|mark soft|doubt)") href="#([^"]+)"((?:(?!</a>).)*</a>)', re.DOTALL)
_MOST_SENTENCES, _AROUND = 3, 60
_MOST_OPERANDS = 12
# A page of hundreds of values would outgrow what can be sent; the values after these lead straight to annex and appendix.
_MOST_CARDS, _FEW_CARDS, _MANY_ROWS = 150, 20, 600


def chapter(report: Report, template: str, **context: object) -> Block:
    """The block `template`, with a card for every value of it whose origin is known."""
    made, cards = block(template, **context), _Cards(report, template)
    html = _VALUE.sub(cards.led_to, str(made.html))
    return Block(Markup(html) + cards.html(), made.title)  # noqa: S704  rendered with autoescape, only links have changed


@dataclass(frozen=True)
class Card:
    """What one card says; what is empty is not shown."""

    title: str
    value: str = ""
    message: str = ""
    formula: str = ""
    inputs: Markup | str = ""
    sentences: Sequence[Sentence] = ()
    corrected: str = ""
    note: str = ""
    is_finding: bool = False


@dataclass(frozen=True)
class Sentence:
    """What a report says around a figure, and where."""

    text: Markup | str
    place: Markup | str


class _Cards:
    """The cards of one block, each made when its first value is met."""

    def __init__(self, report: Report, name: str) -> None:
        self.report, self.name = report, name
        self.most = _MOST_CARDS if len(report.row_by_id) < _MANY_ROWS else _FEW_CARDS
        self.made: dict[str, Card] = {}

    def led_to(self, found: re.Match[str]) -> str:
        """The link of a value, leading to its card; the first one with the point to come back to behind it."""
        start, anchor, rest = found.groups()
        if anchor not in self.made and len(self.made) < self.most:
            told = _told(self.report, anchor)
            if told is None:
                return found[0]
            self.made[anchor] = told
            rest += f'<i class="back-to" id="{self.name}--{anchor}--back"></i>'
        return f'{start} href="#{self._known(anchor)}"{rest}'

    def html(self) -> Markup:
        """All cards; values in them that have a card of this block lead to it."""
        if not self.made:
            return Markup("")
        html = str(block("cards", name=self.name, cards=self.made).html)
        known = _VALUE.sub(lambda found: f'{found[1]} href="#{self._known(found[2])}"{found[3]}', html)
        return Markup(known)  # noqa: S704  rendered with autoescape, only links have changed

    def _known(self, anchor: str) -> str:
        return f"{self.name}--{anchor}" if anchor in self.made else anchor


# ---- what a card says -------------------------------------------------------------------------------------------------------------------


def _told(report: Report, anchor: str) -> Card | None:
    """What the card of a figure, a metric, a score, a row or a finding says; None where there is nothing to say of `anchor`."""
    if anchor in report.figure_by_id:
        return _of_figure(report, report.figure_by_id[anchor])
    if anchor in report.metric_by_anchor:
        return _of_metric(report, report.metric_by_anchor[anchor])
    if anchor in report.finding_by_id:
        return _of_finding(report, report.finding_by_id[anchor])
    table, row = report.row_by_id.get(anchor, ("", None))
    if table == "scores":
        return _of_score(report, row)
    return _of_row(report, row, table) if table in {"lines", "facts"} else None


def _of_figure(report: Report, figure: Row) -> Card:
    return Card(
        title=figure.measure or figure.text,
        value=figure.text,
        sentences=[_sentence(report, figure)],
        corrected=figure.correction,
    )


def _of_metric(report: Report, row: Row) -> Card:
    scope = report.scope(row)
    computed = row.status == "computed"
    return Card(
        title=row.label if scope in row.label or not scope else f"{row.label}（{scope}）",
        value=words.measured(row.value, row.unit, row.note) if computed else uncomputed(row),
        formula=row.formula,
        inputs=_inputs(report, row),
        sentences=_sentences(report, row.inputs),
        note=row.note if computed else "",
    )


def _of_score(report: Report, row: Row) -> Card:
    return Card(
        title=f"{row.name or '得分'}（模拟测算）",
        value=uncomputed(row) if row.points is None else words.quantity(row.points, "分"),
        formula=row.formula,
        inputs=_inputs(report, row),
        sentences=_sentences(report, row.inputs),
        note=row.note if row.status == "computed" else "",
    )


def _inputs(report: Report, row: Row) -> Markup:
    """What went in; of very many the first."""
    names = row.inputs.split()
    rest = said("等 {} 个数", len(names)) if len(names) > _MOST_OPERANDS else Markup("")
    return operands(report, " ".join(names[:_MOST_OPERANDS]), of=row.scope) + rest if names else Markup("")


def _of_row(report: Report, row: Row, table: str) -> Card:
    """A budget line or a fact that no single figure states."""
    columns = [name for name in row._fields if name.endswith(("_figure", "figure_id")) and getattr(row, name)]
    figures = [each for name in columns for each in getattr(row, name).split()]
    value = words.measured(row.actual, "万元") if table == "lines" and row.actual is not None else ""
    return Card(
        title=row.item if table == "lines" else row.label,
        value=value or (words.quantity(row.value, row.unit, row.qualifier) if table == "facts" else ""),
        formula="" if figures else row.sentence,
        sentences=_of_figures(report, figures),
    )


def _of_finding(report: Report, row: Row) -> Card:
    figures = [report.figure_by_id[each] for each in row.figures.split() if each in report.figure_by_id]
    quoted = [figure for figure in figures if figure.sentence == row.quote] or figures
    place = words.place(row.line, row.page)
    told = [_sentence(report, quoted[0])] if quoted else [Sentence(row.quote, place)] if row.quote else []
    return Card(words.spaced(row.title), message=words.spaced(row.message), sentences=told, is_finding=True)


# ---- sentences --------------------------------------------------------------------------------------------------------------------------


def _sentences(report: Report, inputs: str) -> list[Sentence]:
    """The sentences in which the operands of a metric were printed, each once."""
    figures: list[str] = []
    for operand in inputs.split():
        identifier, _, column = operand.partition(".")
        table, row = report.row_by_id.get(identifier, ("", None))
        if row is not None and table not in {"budget", "safety", "scores"}:
            names = [f"{column}_figure"] if hasattr(row, f"{column}_figure") else ["figure_id"] if hasattr(row, "figure_id") else []
            figures += [each for name in names for each in getattr(row, name).split()]
    return _of_figures(report, figures)


def _of_figures(report: Report, identifiers: Iterable[str]) -> list[Sentence]:
    found: dict[tuple[str, int | None], Row] = {}
    for identifier in identifiers:
        figure = report.figure_by_id.get(identifier)
        if figure is not None:
            found.setdefault((figure.sentence, figure.line), figure)
    return [_sentence(report, figure) for figure in [*found.values()][:_MOST_SENTENCES]]


def _sentence(report: Report, figure: Row) -> Sentence:
    """A sentence around its figure, which is marked, with its place."""
    place, at = place_of(report, figure), figure.sentence.find(figure.text)
    if at < 0:
        return Sentence(figure.sentence[: 2 * _AROUND], place)
    end = at + len(figure.text)
    before, after = figure.sentence[:at], figure.sentence[end:].rstrip()
    before = before if len(before) <= _AROUND else "……" + before[-_AROUND:]
    after = after if len(after) <= _AROUND else after[:_AROUND] + "……"
    return Sentence(said("{}<b>{}</b>{}", before, figure.text, after), place)
