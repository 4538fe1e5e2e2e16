"""The first screen: which body and year, one sentence of judgement, the gravest doubts; then what the work came to."""

from __future__ import annotations

from markupsafe import Markup

from .cards import chapter
from .judgement import doubts, figures_with_change, verdict
from .markup import Block, said
from .outcomes import outcomes
from .report import Report
from .uses import QUANTITIES
from .values import link

_OURS = Markup('本页由程序整理，<a href="#terms">不是该单位发布的文件</a>。')


def opening(report: Report) -> Block:
    """The first screen of `report`, which carries the page's title: verdict and doubts, outcomes of the work, what was read."""
    return chapter(
        report,
        "opening",
        title=report.title,
        reading=report.reading,
        body=report.body,
        year=report.year,
        verdict=verdict(report),
        doubts=doubts(report),
        others=max(len(report.ordered_findings("differs", "flag")) - len(doubts(report)), 0),
        figures=figures_with_change(report),
        outcomes=outcomes(report),
        lead=_lead(report),
    )


def _lead(report: Report) -> Markup:
    """What the page was made from, and what was done with it."""
    sheets = len({figure.section for figure in report.figures if figure.cell})
    count = sum(figure.kind in QUANTITIES for figure in report.figures)
    if not count:
        return said("收到的材料里没有读到数量，本页只列还缺什么。{}", _OURS)
    number = link(f"{count} 个", "appendix-figures")
    named = f"《{report.source.title}》" if report.source and report.source.title else ""
    evaluated = report.document.endswith("自评报告")
    document, says = ("自评报告", "报告里") if evaluated else (report.document, "其中")
    filled = said("填报的 {}工作表", link(f"{sheets} 张", "source"))
    if not sheets:
        made = said("的{document}{named}整理：{says}的 {number}数量", document=document, named=named, says=says, number=number)
    elif report.has_text:
        made = said("的{document}{named}和{filled}整理：其中的 {number}数量", document=document, named=named, filled=filled, number=number)
    else:
        made = said("{filled}整理：表里的 {number}数量", filled=filled, number=number)
    where = "哪句话" if not sheets else "哪个单元格" if not report.has_text else "哪句话、哪个单元格"
    return said(
        "根据该单位{made}逐一取出、重算、相互核对。带下划线的数字都可以点开，看它出自{where}、怎么算出来。{own}",
        made=made,
        where=where,
        own=_OURS,
    )
