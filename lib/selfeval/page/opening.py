"""The first screen: which body and year, one sentence of judgement a chapter with its figure, and what is doubtful."""

from __future__ import annotations

from markupsafe import Markup

from .. import words
from .budget import against_target, remainders, total_sentences
from .findings import counts
from .markup import Block, block, said
from .projects import aggregates
from .report import Report, Row
from .safety import disaster_totals, hazard_sectors, hazard_sentences, reporting_sectors
from .values import amount, computed, link

_QUANTITIES = frozenset({"money", "count", "percent"})
_MOST = 5


def opening(report: Report) -> Block:
    """The head of the page with its three judgements; it also carries the title of the page."""
    return block(
        "opening",
        title=report.title,
        body=report.body,
        year=report.year,
        source=report.source,
        quantities=sum(figure.kind in _QUANTITIES for figure in report.figures),
        cards=[_money(report), _work(report), _accounts(report)],
        doubts=[_doubt(row) for row in report.ordered_findings("differs", "flag") if row.severity == "high"][:_MOST],
    )


def _doubt(finding: Row) -> dict[str, object]:
    """A finding in one line, with its difference where its title does not say one."""
    differs = finding.verdict == "differs" and finding.difference is not None
    return {
        "id": finding.finding_id,
        "title": finding.title,
        "difference": link(words.measured(abs(finding.difference), finding.unit or "项"), "") if differs else "",
    }


def _money(report: Report) -> dict[str, object]:
    total = report.total()
    figure = amount(total, "actual") if total else Markup("未列")
    sentences = [against_target(report, total)] if total else total_sentences(report)
    left = remainders(report)
    if left and left[-1].value > 0:
        share = report.metric(f"{left[-1].metric}_share", left[-1].scope)
        sentences.append(said("实际支出里有 {left}（{share}）没有任何一节说明去向。", left=computed(left[-1]), share=computed(share)))
    elif aggregates(report):
        sentences.append(said("各项目净执行率 {rate}。", rate=aggregates(report)[0]["value"]))
    return {"title": "钱怎么花的", "anchor": "money", "figure": figure, "what": "实际支出", "sentences": sentences}


def _work(report: Report) -> dict[str, object]:
    sectors, reporting = hazard_sectors(report), reporting_sectors(report)
    sentences = [*hazard_sentences(report), *disaster_totals(report)]
    figure = said('<span class="n">{done} / {all}</span>', done=len(reporting), all=len(sectors))
    if not sectors:
        figure = said('<span class="n">{count} 项</span>', count=len(report.facts))
    what = "排查隐患的领域中，列出整改结果的" if sectors else f"{report.says}列出的工作数量"
    return {"title": "事办得怎样", "anchor": "work", "figure": figure, "what": what, "sentences": sentences}


def _accounts(report: Report) -> dict[str, object]:
    number = counts(report)
    figure = link(f"{number['differs']} 处", "accounts")
    sentence = said(
        "自动核对 {all} 项：{parts}。", all=len(report.findings),
        parts="，".join(f"{words.VERDICTS[verdict]} {n} 项" for verdict, n in number.items() if n),
    )  # fmt: skip
    if not report.findings:
        sentence = Markup("没有可以核对的数字。")
    return {"title": "账对不对", "anchor": "accounts", "figure": figure, "what": "数字互相不符", "sentences": [sentence]}
