"""The first screen: which body and year, one sentence of judgement a chapter with its figure, and what is doubtful."""

from __future__ import annotations

from markupsafe import Markup

from selfeval import words

from .budget import against_target, remainders, total_sentences
from .findings import counts
from .indicators import DEPARTMENT, counted, scored, total
from .markup import Block, block, said
from .projects import aggregates
from .report import Report, Row
from .safety import disaster_totals, hazard_facts, hazard_sectors, hazard_sentences, reporting_sectors
from .standing import MET, indicators_of, scopes, tally
from .uses import QUANTITIES
from .values import amount, computed, facts_in_words, link

_MOST, _MOST_TRADES = 5, 3
_OURS = Markup('本页由程序整理，<a href="#terms">不是该单位发布的文件</a>。')


def opening(report: Report) -> Block:
    """The first screen of `report`: its three judgements, each with its figure, and what is most doubtful; it carries the page's title."""
    return block(
        "opening",
        title=report.title,
        reading=report.reading,
        body=report.body,
        year=report.year,
        lead=_lead(report),
        cards=[_money(report), *_indicators(report), _work(report), _accounts(report)],
        doubts=[_doubt(row) for row in report.ordered_findings("differs", "flag") if row.severity == "high"][:_MOST],
        doubtful=link(f"{len(report.ordered_findings('differs', 'flag'))} 项", "accounts"),
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


def _doubt(finding: Row) -> dict[str, object]:
    """A finding in one line, with its difference where its title does not say one."""
    differs = finding.verdict == "differs" and finding.difference is not None
    return {
        "id": finding.finding_id,
        "title": words.spaced(finding.title),
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


def _indicators(report: Report) -> list[dict[str, object]]:
    """The card on indicators, where there are any: the total if it could be reckoned, else how many were reached."""
    rows = indicators_of(report, DEPARTMENT) or [row for scope in scopes(report) for row in indicators_of(report, scope)]
    if not rows:
        return []
    score = total(report)
    if score is not None and score.status == "computed":
        figure, what = scored(score, unit="分"), f"总分（模拟测算，不是自评得分）{'，' + score.grade if score.grade else ''}"
    else:
        found = tally(report, rows)
        reached = sum(found.get(key, 0) for key in MET)
        figure, what = link(f"{reached} / {len(rows)}", "indicators"), "达到年度指标值的指标"
    return [{"title": "绩效指标完成得怎样", "anchor": "indicators", "figure": figure, "what": what, "sentences": counted(report, rows)}]


def _work(report: Report) -> dict[str, object]:
    sectors, reporting = hazard_sectors(report), reporting_sectors(report)
    sentences = [*hazard_sentences(report, _MOST_TRADES), *disaster_totals(report)]
    figure, what = link(f"{len(reporting)} / {len(sectors)}", "work-hazards"), "排查隐患的领域中，列出整改结果的"
    rate = report.metric("rectification_rate", reporting[0]) if len(reporting) == len(sectors) == 1 else None
    if rate:
        figure, what = computed(rate), f"{words.sector(reporting[0])}隐患整改率"
        sentences = [*(said("{}。", listed) for listed in facts_in_words(hazard_facts(report, reporting[0]))), *disaster_totals(report)]
    if not sectors:
        figure = link(f"{len(report.facts)} 项", "appendix-tables" if report.facts else "")
        what = f"{report.says}列出的工作数量"
    return {"title": "事办得怎样", "anchor": "work", "figure": figure, "what": what, "sentences": sentences}


def _accounts(report: Report) -> dict[str, object]:
    number = counts(report)
    figure = link(f"{number['differs']} 处", "accounts")
    sentence = said(
        "自动核对 {all} 项：{parts}。", all=len(report.findings),
        parts="，".join(f"{words.VERDICTS[verdict]} {n} 项" for verdict, n in number.items() if n),
    )  # fmt: skip
    if not report.findings:
        return {"title": "账对不对", "anchor": "accounts", "figure": Markup("没有"), "what": "可以核对的数字", "sentences": []}
    return {"title": "账对不对", "anchor": "accounts", "figure": figure, "what": "数字互相不符", "sentences": [sentence]}
