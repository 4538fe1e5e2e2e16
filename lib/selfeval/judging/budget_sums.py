"""Lines of the budget against their parts, stage by stage: that these are all of its parts another stage of the same lines proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from selfeval.reading.figures import figure_id
from selfeval.reading.statements import Statement, says
from selfeval.reading.structure.edge import COLUMN, SUM, Edge
from selfeval.records.line_tree import COLUMNS, Line, LineTree

from .relations.edges import Relation, Steps, mending, relation, unit_of, would_hold
from .slip import LEFT_OUT
from .verdicts import DIFFERS, Judged

# Of two lines the sum may come out by chance; and so many stages prove a line that no slip explains.
_FEWEST_PARTS, _SURE = 3, 2


def wrong_sums(tree: LineTree, statements: Sequence[Statement], known: Mapping[str, Decimal]) -> Iterator[Judged]:
    """Each stage at which a line is not the sum of its parts, though at another it is, where a slip or a part left out explains it or two
    others come out; without those that hold once figures are put right that are `known` to be wrong: by their ids, as printed."""
    places, steps = {figure_id(each.index): place for place, each in enumerate(statements)}, Steps(statements)
    # 另有一项8万元 is a part told elsewhere.
    others = {each.amount for each in statements if each.figure.kind == "money" and says("another", each.words)}
    for line in tree:
        parts = tree.children(line)
        summed = (_sum_of([line, *parts], column, places, statements, steps) for column in COLUMNS if len(parts) >= _FEWEST_PARTS)
        sums = [*filter(None, summed)]
        # What is told once of two stages proves it once.
        proofs = {each.claim.index for each in sums if each.holds}
        for each in sums if proofs else ():
            if not (each.holds or each.claim.index in proofs or each.gap in others or _is_explained(each, known, steps)):
                yield from _explained(each, steps, sure=len(proofs) >= _SURE)


def _sum_of(
    lines: Sequence[Line], column: str, places: Mapping[str, int], statements: Sequence[Statement], steps: Steps
) -> Relation | None:
    """The amount of the first of some lines at a stage as the sum of those of the others, None where one of them is not stated."""
    stated = [places.get(next(iter(line.figures[column]), "")) for line in lines]
    if any(place is None for place in stated):
        return None
    whole, *parts = stated
    return relation(Edge(SUM, whole, tuple(parts), COLUMN), statements[whole], tuple(statements[part] for part in parts), steps)


def _is_explained(summed: Relation, known: Mapping[str, Decimal], steps: Steps) -> bool:
    """Whether a sum comes out once one of its figures is what it is known to have to be, or its total is known to be wrong."""
    if figure_id(summed.claim.index) in known:
        return True
    wrong = ((part, known[figure_id(part.index)] * unit_of(part)) for part in summed.operands if figure_id(part.index) in known)
    return any(would_hold(summed, part, wanted, steps) for part, wanted in wrong)


def _explained(summed: Relation, steps: Steps, *, sure: bool) -> Iterator[Judged]:
    """A sum that does not come out as the likeliest of what explains it; as it stands only where it is `sure` that it should."""
    as_it_stands = (summed.claim, summed.expected)
    left_out = [(*as_it_stands, LEFT_OUT)] if -summed.gap in [part.amount for part in summed.operands] else []
    explained = next(chain(left_out, mending(summed, steps), [(*as_it_stands, "")] if sure else []), None)
    if explained:
        yield Judged(summed, DIFFERS, *explained)
