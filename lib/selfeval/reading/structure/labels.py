"""What a report counts for everything together and again under the label of each field: 检查, 立案 and 罚款 over 矿山, 工贸, 危化品."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from selfeval.reading.statements import Statement

from .edge import SUM, Edge

_FEWEST_LABELS = 3
_MOST_WHOLES = 400
_ADDS = frozenset({"actual", "planned"})


def over_labels(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The sums over labels: a figure of a line without a label, and what each labelled line of a section first says of the same."""
    labelled: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(dict)
    wholes: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if statement.sentence < 0 or statement.aspect not in _ADDS or statement.figure.kind == "percent" or statement.period != "year":
            continue
        if statement.lead:
            labelled[_section(statement)].setdefault(statement.lead, []).append(place)
        elif len(wholes[statement.section]) < _MOST_WHOLES:
            wholes[statement.section].append(place)
    for section, by_label in labelled.items():
        for whole in wholes[section] if len(by_label) >= _FEWEST_LABELS else ():
            parts = _parts(statements, statements[whole], by_label)
            if len(parts) >= _FEWEST_LABELS and max(statements[part].amount for part in parts) <= statements[whole].amount:
                yield Edge(SUM, whole, tuple(parts), "labels")


def _section(statement: Statement) -> tuple[str, ...]:
    """The section a labelled line stands in: the outline may take the label for a heading."""
    return statement.section[:-1] if statement.section and statement.lead in statement.section[-1] else statement.section


def _parts(statements: Sequence[Statement], whole: Statement, by_label: dict[str, list[int]]) -> list[int]:
    """Under each label the first figure of the same thing, a part of no other of its line."""
    found = []
    for places in by_label.values():
        part = next((place for place in places if _is_same(whole, statements[place])), None)
        if part is not None:
            found.append(part)
    return found


def _is_same(whole: Statement, part: Statement) -> bool:
    same = whole.unit == part.unit and whole.aspect == part.aspect and whole.state == part.state
    return same and bool(whole.measure) and (whole.measure.endswith(part.measure[-2:]) or part.measure.endswith(whole.measure[-2:]))
