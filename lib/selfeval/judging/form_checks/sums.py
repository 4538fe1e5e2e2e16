"""Do the columns of the forms add up: wholes and parts, both ways of splitting the total, the same amount in two forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.findings import Numbers
from selfeval.records.stated import BASE_COLUMNS, COLUMNS, Forms, Row, Stated

from .finding import WAN, Found, column_name, finding, held, known_of, spoken, summed, tolerance_of, total_of


def budget_sums(forms: Forms) -> Found:
    """Every whole of the budget that is printed, and no sum of ours, against its parts, in each column."""
    for column in COLUMNS:
        for kind, whole, rows in _wholes(forms):
            stated, parts = whole.stated(column, _name(kind, whole)), [row.stated(column) for row in rows]
            # A total row left at zero is told by the rule on those.
            left_at_zero = kind == "sources" and not stated.value and total_of(known_of(parts))
            if stated.printed and stated.tabled and any(part.tabled for part in known_of(parts)) and not left_at_zero:
                yield from summed((kind, whole["book"], whole["item"], column), stated, parts, column_name(column))


def _wholes(forms: Forms) -> Iterator[tuple[str, Row, list[Row]]]:
    """The wholes of the budget, each with its kind and its parts."""
    budget, total = forms.budget, forms.budget.total()
    by_nature = [*budget.at("basic"), *budget.at("project_total")]
    if total:
        yield "by_nature", total, by_nature
        yield "by_book", total, forms.books()
    for row in by_nature:
        yield "parts", row, [part for part in budget.children(row) if part["level"] in {"basic_part", "project"}]
    for project in budget.projects():
        yield "sources", project, budget.sources(project)
    leaves = list(budget.leaves())
    for book in forms.books() if all(leaf["book"] != "all" for leaf in leaves) else ():
        yield "book", book, [leaf for leaf in leaves if leaf["book"] == book["book"]]


def _name(kind: str, whole: Row) -> str:
    said = load("form_checks")["words"]
    return said["of_kind"].get(kind, "{item}").format(item=whole["item"] or words.BOOKS[whole["book"]], book=words.BOOKS[whole["book"]])


def splits(forms: Forms) -> Found:
    """Where no total is stated, the split by book against the split by nature, in each column."""
    total, budget = forms.budget.total(), forms.budget
    for column in COLUMNS:
        by_book = [row.stated(column, words.BOOKS[row["book"]]) for row in forms.books()]
        by_nature = [
            budget.amount(budget.basic(), budget.at("basic_part"), column),
            budget.amount(budget.project_total(), budget.projects(), column),
        ]
        cells = [*by_book, *by_nature]
        open_to_both = by_book and not (total and total.stated(column).printed)
        if open_to_both and all(cell.value is not None and cell.tabled for cell in cells):
            left, right = total_of(by_book), total_of(by_nature)
            numbers = Numbers.of(left, right, WAN, tolerance_of(left, [cell.value for cell in cells]))
            said = {"column": column_name(column), "books": spoken(by_book, WAN), "natures": spoken(by_nature, WAN)}
            yield finding("split", numbers.verdict, (column,), cells, numbers, **said)


def base_sums(forms: Forms) -> Found:
    """The wholes of the base data (三公经费, 公务用车, 项目支出) against their parts, in each of the three columns."""
    for whole in forms.base.rows:
        parts = forms.base.parts(whole)
        for column in BASE_COLUMNS:
            cells, names = _cells(parts, column), ("base", whole["item_id"], column)
            yield from summed(names, whole.stated(column, whole["item"]), cells, column_name(column, "base"))


def base_parts(forms: Forms) -> Found:
    """Rows of the base data that are no larger than another one: what is used of what there is, what is done of what was planned."""
    for entry in load("form_checks")["at_most"]:
        whole, parts = forms.base.item(entry["whole"]), [row for name in entry["parts"] if (row := forms.base.item(name))]
        for column in BASE_COLUMNS if whole else ():
            known = known_of(_cells(parts, column))
            if known and whole.value(column) is not None:
                yield _at_most(entry["rule"], whole.stated(column, whole["item"]), known, column, whole["unit"])


def _at_most(rule: str, whole: Stated, parts: Sequence[Stated], column: str, unit: str) -> dict[str, object]:
    value = total_of(parts)
    verdict = load("form_checks")["rule"][rule]["exceeded"] if value > whole.value else "agrees"
    said = {"whole": whole.name, "column": column_name(column, "base"), "parts": spoken(parts, unit)}
    said["share"] = words.percent(value / whole.value) if whole.value else ""
    names = (whole.name, *(part.name for part in parts), column)
    return finding(rule, verdict, names, [*parts, whole], Numbers.of(value, whole.value, unit, None), **said)


def across_forms(forms: Forms) -> Found:
    """The same amount in the sheet of base data and in the sheet of the budget."""
    budget, base = forms.budget, forms.base
    pairs = [(base.item("projects"), budget.amount(budget.project_total(), budget.projects(), "actual"), ("projects",))]
    lines = [(row, forms.project(row["item"])) for row in base.projects()]
    pairs += [(row, line.stated("actual"), ("project", row["item"])) for row, line in lines if line]
    public = [part for part in budget.at("basic_part") if load("form_checks")["words"]["public_funds"] in part["item"]]
    if len(public) == 1:
        pairs.append((base.item("public_funds"), public[0].stated("actual"), ("public_funds",)))
    for row, other, names in pairs:
        if row is not None and row.value("actual") is not None and other.value is not None and other.tabled:
            own = row.stated("actual")
            yield held("across", names, [own, other], other.value, tolerance_of(own.value, [other.value]), WAN, item=row["item"])


def _cells(parts: Sequence[Row], column: str) -> list[Stated]:
    """What rows of the base data state in a column, called without 其中 in front."""
    return [part.stated(column, part["item"].removeprefix(load("form_checks")["words"]["of_which"])) for part in parts]
