"""Do the columns of the forms add up: wholes and parts, both ways of splitting the total, the same amount in two forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load

from .finding import column_name, compared, finding, spoken, tolerance_of
from .material import Material
from .stated import BASE_COLUMNS, COLUMNS, Row, Stated

_WAN = "万元"
Found = Iterator[dict[str, Any]]


def budget_sums(forms: Material) -> Found:
    """Every stated whole of the budget against its parts, in each column."""
    for column in COLUMNS:
        for name, whole, parts in _wholes(forms):
            yield from _summed(name, whole, [part.stated(column) for part in parts], column)


def _wholes(forms: Material) -> Iterator[tuple[str, Row, list[Row]]]:
    """The wholes of the budget, each with its kind and its parts."""
    budget = forms.budget
    total = budget.total()
    by_nature = [*budget.at("basic"), *budget.at("project_total")]
    if total:
        yield "by_nature", total, by_nature
        yield "by_book", total, forms.books()
    for row in by_nature:
        yield "parts", row, [part for part in budget.children(row) if part["level"] in {"basic_part", "project"}]
    for project in budget.projects():
        yield "sources", project, budget.sources(project)
    for book in forms.books():
        leaves = list(budget.leaves())
        if all(leaf["book"] != "all" for leaf in leaves):
            yield "book", book, [leaf for leaf in leaves if leaf["book"] == book["book"]]


def _summed(kind: str, whole: Row, parts: Sequence[Stated], column: str) -> Found:
    """One whole against its parts; nothing is said where the whole is a sum of ours, or where there is no part."""
    stated = whole.stated(column, _name(kind, whole))
    known = [part for part in parts if part.value is not None]
    if not known or not stated.printed or not stated.tabled or not any(part.tabled for part in known):
        return
    summed = sum((part.value for part in known), Decimal(0))
    if kind == "sources" and not stated.value and summed:
        return  # told by the rule on total rows left at zero
    tolerance = tolerance_of(stated.value, [part.value for part in known])
    verdict = compared(stated.value, summed, tolerance)
    silent = [part.name for part in parts if part.value is None]
    if verdict == "differs" and silent and summed < stated.value:
        verdict = "not_checkable"
    yield finding(
        "sum",
        verdict,
        (kind, whole["book"], whole["item"], column),
        [stated, *known],
        stated=stated.value,
        recomputed=summed,
        tolerance=tolerance,
        unit=_WAN,
        whole=stated.name,
        column=column_name(column),
        number=len(known),
        parts=spoken(known, _WAN),
        silent=words.joined(silent),
    )


def _name(kind: str, whole: Row) -> str:
    said = load("form_checks")["words"]
    return said["of_kind"].get(kind, "{item}").format(item=whole["item"] or words.BOOKS[whole["book"]], book=words.BOOKS[whole["book"]])


def splits(forms: Material) -> Found:
    """Where no total is stated, the split by book against the split by nature, in each column."""
    total, budget = forms.budget.total(), forms.budget
    for column in COLUMNS:
        by_book = [row.stated(column, words.BOOKS[row["book"]]) for row in forms.books()]
        by_nature = [
            budget.amount(budget.basic(), budget.at("basic_part"), column),
            budget.amount(budget.project_total(), budget.projects(), column),
        ]
        cells = [*by_book, *by_nature]
        if (total and total.stated(column).printed) or not by_book or any(cell.value is None or not cell.tabled for cell in cells):
            continue
        left, right = (sum((cell.value for cell in side), Decimal(0)) for side in (by_book, by_nature))
        tolerance = tolerance_of(left, [cell.value for cell in cells])
        yield finding(
            "split",
            compared(left, right, tolerance),
            (column,),
            cells,
            stated=left,
            recomputed=right,
            tolerance=tolerance,
            unit=_WAN,
            column=column_name(column),
            books=spoken(by_book, _WAN),
            natures=spoken(by_nature, _WAN),
        )


def base_sums(forms: Material) -> Found:
    """The wholes of the base data (三公经费, 公务用车, 项目支出) against their parts, in each of the three columns."""
    for whole in forms.base.rows:
        parts = forms.base.parts(whole)
        for column in BASE_COLUMNS:
            yield from _summed_base(whole, parts, column)


def _summed_base(whole: Row, parts: Sequence[Row], column: str) -> Found:
    stated = whole.stated(column)
    cells = [part.stated(column, _bare(part["item"])) for part in parts]
    known = [cell for cell in cells if cell.value is not None]
    if stated.value is None or not known:
        return
    summed = sum((cell.value for cell in known), Decimal(0))
    tolerance = tolerance_of(stated.value, [cell.value for cell in known])
    verdict = compared(stated.value, summed, tolerance)
    silent = [cell.name for cell in cells if cell.value is None]
    if verdict == "differs" and silent and summed < stated.value:
        verdict = "not_checkable"
    yield finding(
        "sum",
        verdict,
        ("base", whole["item_id"], column),
        [stated, *known],
        stated=stated.value,
        recomputed=summed,
        tolerance=tolerance,
        unit=_WAN,
        whole=whole["item"],
        column=column_name(column, "base"),
        number=len(known),
        parts=spoken(known, _WAN),
        silent=words.joined(silent),
    )


def base_parts(forms: Material) -> Found:
    """Rows of the base data that are no larger than another one: what is used of what there is, what is done of what was planned."""
    for entry in load("form_checks")["at_most"]:
        whole, parts = forms.base.item(entry["whole"]), [row for name in entry["parts"] if (row := forms.base.item(name))]
        for column in BASE_COLUMNS if whole else ():
            known = [part.stated(column, _bare(part["item"])) for part in parts if part.value(column) is not None]
            if known and whole.value(column) is not None:
                yield _at_most(entry["rule"], whole.stated(column, whole["item"]), known, column, whole["unit"])


def _at_most(rule: str, whole: Stated, parts: Sequence[Stated], column: str, unit: str) -> dict[str, Any]:
    summed = sum((part.value for part in parts), Decimal(0))
    exceeded = load("form_checks")["rule"][rule]["exceeded"]
    return finding(
        rule,
        exceeded if summed > whole.value else "agrees",
        (whole.name, *(part.name for part in parts), column),
        [*parts, whole],
        stated=summed,
        recomputed=whole.value,
        unit=unit,
        whole=whole.name,
        column=column_name(column, "base"),
        parts=spoken(parts, unit),
        share=words.percent(summed / whole.value) if whole.value else "",
    )


def across_forms(forms: Material) -> Found:
    """The same amount in the sheet of base data and in the sheet of the budget."""
    budget, base = forms.budget, forms.base
    projects = budget.amount(budget.project_total(), budget.projects(), "actual")
    yield from _in_both(base.item("projects"), projects, ("projects",))
    for row in base.projects():
        line = forms.project(row["item"])
        if line:
            yield from _in_both(row, line.stated("actual"), ("project", row["item"]))
    public = [part for part in budget.at("basic_part") if load("form_checks")["words"]["public_funds"] in part["item"]]
    if len(public) == 1:
        yield from _in_both(base.item("public_funds"), public[0].stated("actual"), ("public_funds",))


def _in_both(row: Row | None, other: Stated, names: tuple[str, ...]) -> Found:
    if row is None or row.value("actual") is None or other.value is None or not other.tabled:
        return
    own = row.stated("actual")
    tolerance = tolerance_of(own.value, [other.value])
    yield finding(
        "across",
        compared(own.value, other.value, tolerance),
        names,
        [own, other],
        stated=own.value,
        recomputed=other.value,
        tolerance=tolerance,
        unit=_WAN,
        item=row["item"],
    )


def _bare(item: str) -> str:
    return item.removeprefix(load("form_checks")["words"]["of_which"])
