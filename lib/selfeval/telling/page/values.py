"""Values as they stand in the page: written by words, each a link to what it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from selfeval import words

from .markup import joined, said
from .report import Report, Row, metric_anchor

_MOST = 12
_ONE_LINE, _ONE_WORD = 22, 6
# Columns whose figure is called otherwise (schemas base_data and indicators).
_FIGURE_OF = {"last_actual": "last", "stated_score": "stated"}
# Facts of the body as a whole rather than of one trade.
WHOLE = frozenset({"city", "all", ""})
ABSENT = Markup('<span class="absent">未列</span>')


def link(text: str, anchor: str) -> Markup:
    """A value that leads to `anchor`. It stays on one line with its unit, unless it is longer than any value should be."""
    kind = "n" if len(text) <= _ONE_LINE else "gap"
    if not anchor:
        return said('<span class="{}">{}</span>', kind, text)
    return said('<a class="{}" href="#{}">{}</a>', kind, anchor, text)


def leading(anchor: str, name: str) -> Markup:
    """Words that lead to `anchor`; where there is none, the words alone."""
    return said('<a href="#{}">{}</a>', anchor, name) if anchor else said("{}", name)


def amount(line: Row, column: str, *, unit: bool = True) -> Markup:
    """A budget line's money to two decimals at most, leading to the sentence it was printed in; 未列 where the report is silent."""
    value = getattr(line, column)
    if value is None:
        return ABSENT
    figures = getattr(line, f"{column}_figure").split()
    return link(words.measured(value, "万元") if unit else words.cut(value), figures[0] if figures else line.line_id)


def typed(row: Row, column: str, *, unit: str = "") -> Markup:
    """A quantity of an indicator or of the sheet 基础数据, leading to its cell; 未列 where it is empty."""
    value = getattr(row, column)
    if value is None:
        return ABSENT
    figures = getattr(row, f"{_FIGURE_OF.get(column, column)}_figure").split()
    return link(words.with_unit(words.number(value), unit), figures[0] if figures else "")


def fact_anchor(fact: Row) -> str:
    """What a fact leads to: the figure it was taken from, or its own row where it is counted, or a sum of several."""
    return fact.figure_id if len(fact.figure_id.split()) == 1 else fact.fact_id


def stated(fact: Row, *, short: bool = False) -> Markup:
    """A work fact's quantity, leading to its sentence; a stated none is 无, an event its date."""
    anchor = fact_anchor(fact)
    if fact.value is None:
        return link(words.date(fact.date) if fact.date else "不详", anchor)
    if is_none(fact):
        return link("无", anchor)
    write = words.short_quantity if short else words.quantity
    return link(write(fact.value, fact.unit, fact.qualifier), anchor)


def is_none(fact: Row) -> bool:
    """Whether the report states that there was none of it: 无人员伤亡, 零投诉."""
    return fact.value is not None and not fact.value and not fact.unit


def phrase(fact: Row) -> Markup:
    """A fact in three words: 参训企业 20 家, 无人员伤亡."""
    if is_none(fact):
        return link(f"无{fact.label}", fact_anchor(fact))
    # 检查家次 2865 家次: the unit ends the label already.
    return said("{label} {value}", label=fact.label.removesuffix(fact.unit) or fact.label, value=stated(fact))


def computed(metric: Row | None, *, short: bool = False, sign: bool = False) -> Markup:
    """A metric's value, leading to its formula and operands; what could not be computed says what is missing."""
    if metric is None:
        return ABSENT
    if metric.status == "not_computable":
        return gap(metric_anchor(metric), uncomputed(metric))
    if sign:
        return link(words.signed(metric.value, "" if short else metric.unit), metric_anchor(metric))
    return link(words.measured(metric.value, metric.unit, metric.note, short=short), metric_anchor(metric))


def gap(anchor: str, text: str) -> Markup:
    """Why there is no value, leading to what it would rest on; a single word stays on one line."""
    return said('<a class="{}" href="#{}">{}</a>', "gap word" if len(text) <= _ONE_WORD else "gap", anchor, text)


def uncomputed(metric: Row) -> str:
    """Why a metric or a score has no value: what is missing, or that it does not apply."""
    return words.not_computable(metric.missing) if metric.missing or not metric.note else metric.note


def size(metric: Row) -> Markup:
    """A deviation without its sign, for sentences that say more or less in words."""
    return link(words.measured(abs(metric.value), metric.unit, metric.note), metric_anchor(metric))


def marks(report: Report, figure_ids: str) -> Markup:
    """What the audit holds against a figure, as links to the findings; empty when it holds nothing."""
    found = report.doubts(figure_ids)
    return joined([finding_mark(report, finding) for finding in found], " ")


def finding_mark(report: Report, finding: Row, kind: str = "mark") -> Markup:
    """A finding's verdict, leading to it; its number, which the style sheet adds, tells it from others also on paper."""
    return said(
        '<a class="{kind}" href="#{id}" title="{title}" data-number="{number}">{verdict}</a>',
        kind=kind, id=finding.finding_id, title=words.spaced(finding.title), number=report.finding_number[finding.finding_id],
        verdict=words.VERDICTS[finding.verdict],
    )  # fmt: skip


def facts_in_words(facts: Iterable[Row], whole: str = "") -> list[Markup]:
    """Facts as short phrases, trade by trade: 工贸：参训企业 20 家、参训人数 45 人. What concerns no single trade is led in by `whole`."""
    by_sector: dict[str, list[Row]] = {}
    for fact in facts:
        by_sector.setdefault(fact.sector, []).append(fact)
    leads = {sector: whole if sector in WHOLE else f"{words.sector(sector)}：" for sector in by_sector}
    return [_listed(leads[sector], _phrases(rows)) for sector, rows in by_sector.items()]


def _listed(lead: str, phrases: list[Markup]) -> Markup:
    """The phrases of one trade; a long list is cut short, for the appendix holds it whole."""
    rest = len(phrases) - _MOST
    tail = said('等，另有 {} 项见<a href="#appendix-tables">附录</a>', rest) if rest > 0 else ""
    return joined([lead, joined(phrases[:_MOST]), tail], "")


def _phrases(facts: list[Row]) -> list[Markup]:
    """One phrase a fact, the two ends of a range together: 3 至 5 名."""
    phrases = []
    for fact, following in zip(facts, [*facts[1:], None], strict=True):
        opens = fact.qualifier == "range_low" and following is not None and following.qualifier == "range_high"
        if opens and following.indicator == fact.indicator:
            low = link(words.number(fact.value), fact_anchor(fact))
            high = link(words.quantity(following.value, following.unit), fact_anchor(following))
            phrases.append(said("{label} {low} 至 {high}", label=fact.label, low=low, high=high))
        elif fact.qualifier != "range_high" or not phrases:
            phrases.append(phrase(fact))
    return phrases
