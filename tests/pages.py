"""Reports to draw and to render: invented ones row by row, and the published one through every room but the notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import nbformat
import pandas as pd
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from selfeval.judging.audit import audit
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.safety import safety_metrics
from selfeval.paths import Place
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of as read_figures
from selfeval.reading.figures import figures_table
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.records.entries import Entries
from selfeval.records.ledger import mark_used
from selfeval.records.passages import passages_of
from selfeval.records.sources import read_source, source_table
from selfeval.records.work_facts import work_facts
from selfeval.running.runner.rendering import render
from selfeval.tables import SCHEMAS, make_table
from selfeval.telling import page
from selfeval.telling.page import Report
from selfeval.telling.page.markup import Block

Rows = Iterable[Mapping[str, object]]
VERSIONS = {"python": "3.x", "selfeval": "0"}


def line(number: int, item: str, level: str = "project", **columns: object) -> dict[str, object]:
    """A budget line as the report printed it, each amount with a figure of its own."""
    book = "all" if level == "total" else "general_public"
    figures = {f"{name}_figure": f"f{number:02d}{place:02d}" for place, name in enumerate(("target", "initial", "adjusted", "actual"))}
    given = {name: figure for name, figure in figures.items() if columns.get(name.removesuffix("_figure")) is not None}
    return {"line_id": f"b{number:02d}", "book": book, "level": level, "item": item, "source": "text", **given, **columns}


def fact(number: int, indicator: str, label: str, area: str = "hazards", sector: str = "city", **columns: object) -> dict[str, object]:
    """A work fact with a figure of its own."""
    named = {"fact_id": f"w{number:03d}", "figure_id": f"f{9000 + number}", "area": area, "sector": sector, "indicator": indicator}
    return {**named, "label": label, "qualifier": "exact", "source": "text", "sentence": f"{label}。", **columns}


def figures_of(lines: Rows, facts: Rows) -> list[dict[str, object]]:
    """A printed figure for every id that lines and facts name."""
    named = [
        (row[key], row[key.removesuffix("_figure")], row["item"]) for row in lines for key in row if key.endswith("_figure") and row[key]
    ]
    named += [(row["figure_id"], row.get("value"), row["label"]) for row in facts]
    return [
        {
            "figure_id": identifier, "line": number, "section": "正文", "text": str(value), "value": value, "amount": value, "unit": "",
            "qualifier": "exact", "kind": "count", "measure": measure, "sentence": f"{measure}{value}。",
        }
        for number, (identifier, value, measure) in enumerate(named, start=1)
    ]  # fmt: skip


def in_a_text(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Printed figures with the places they have in a text that is made of their sentences, and that text line by line."""
    sentences = {line: sentence for line, sentence in zip(figures["line"], figures["sentence"], strict=True) if line}
    passages, starts, start = [], {}, 0
    for line in range(1, max(sentences, default=0) + 1):
        text, starts[line] = sentences.get(line, ""), start
        passages.append({"passage_id": f"L{line}", "kind": "line", "line": line, "start": start, "text": text})
        start += len(text) + 1
    at = [starts[row.line] + row.sentence.index(row.text) for row in figures.itertuples()]
    ends = [start + len(text) for start, text in zip(at, figures["text"], strict=True)]
    placed = figures.assign(start=pd.Series(at, dtype=object), end=pd.Series(ends, dtype=object))
    return placed, make_table("passages", passages)


def tables(
    lines: Rows = (), facts: Rows = (), findings: Rows = (), figures: Rows | None = None, issuer: str = "云岭县应急局"
) -> dict[str, pd.DataFrame]:
    """The tables of an invented report, metrics computed from its lines and facts."""
    lines, facts = list(lines), list(facts)
    made = {name: make_table(name, []) for name in SCHEMAS}
    card = {"name": "report.txt", "role": "report", "kind": "txt", "encoding": "utf-8", "sha256": "ab" * 32, "bytes": 7, "issuer": issuer}
    made["sources"] = make_table("sources", [card])
    made["budget_lines"], made["work_facts"] = make_table("budget_lines", lines), make_table("work_facts", facts)
    made["findings"] = make_table("findings", findings)
    printed = make_table("figures", figures_of(lines, facts) if figures is None else figures)
    printed, made["passages"] = in_a_text(printed)
    made["figures"] = mark_used(printed, made["budget_lines"], made["work_facts"], made["findings"])
    made["budget_metrics"] = budget_metrics(made["budget_lines"], made["work_facts"])
    made["safety_metrics"] = safety_metrics(made["work_facts"])
    return made


def invented(lines: Rows = (), facts: Rows = (), **more: object) -> Report:
    """The report of an invented body."""
    return Report.of("yunling-emergency", 2031, tables(lines, facts, **more))


def published(place: Place) -> Report:
    """The report of real raw material, made without notebooks."""
    source = read_source(place)
    document = read_document(source.report)
    figures = read_figures(document)
    made = {"sources": source_table(source, document.kind, document.encoding), "passages": passages_of(document, Entries())}
    spoken = read_statements(document, figures)
    made["budget_lines"] = budget_lines(document, figures, spoken)
    made["work_facts"] = work_facts(document, figures, spoken, made["budget_lines"])
    made["findings"] = audit(document, figures, spoken, made["budget_lines"], made["work_facts"], source.remarks)
    made["figures"] = mark_used(figures_table(document, figures), made["budget_lines"], made["work_facts"], made["findings"])
    made["budget_metrics"] = budget_metrics(made["budget_lines"], made["work_facts"])
    made["safety_metrics"] = safety_metrics(made["work_facts"])
    return Report.of(place.unit, place.year, made)


def blocks(report: Report) -> list[Block]:
    """Every block of the page, in order."""
    chapters = (
        page.opening,
        page.budget_chapter,
        page.indicators_chapter,
        page.safety_chapter,
        page.years_chapter,
        page.findings_chapter,
        page.gaps_chapter,
        page.appendix,
        page.annex,
    )
    return [*(chapter(report) for chapter in chapters), page.provenance(report, VERSIONS)]


def without_cards(html: object) -> BeautifulSoup:
    """A block or a page without its cards: each value leads to what its card is of."""
    found = BeautifulSoup(str(getattr(html, "html", html)), "html.parser")
    for card in found.select(".sheets, .back-to"):
        card.decompose()
    for link in found.select("a[href*='--']"):
        link["href"] = "#" + link["href"].rpartition("--")[2]
    return found


def executed(shown: Iterable[Block]) -> nbformat.NotebookNode:
    """A notebook whose cells have shown `shown`."""
    cells = []
    for number, block in enumerate(shown):
        html, metadata = block._repr_html_()
        data = {"text/html": html, "text/plain": repr(block)}
        output = new_output("execute_result", data=data, metadata={"text/html": metadata}, execution_count=number)
        cells.append(new_code_cell("secret_code()", outputs=[output], id=f"cell-{number}"))
    return new_notebook(cells=cells)


def body_of(report: Report) -> str:
    """The blocks of `report` one after another: the page without its template and its font."""
    return "".join(block.html for block in blocks(report))


def html_of(report: Report) -> str:
    """The whole page of `report`, as the runner renders it."""
    return render(executed(blocks(report)), "没有标题")
