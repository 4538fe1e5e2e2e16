"""Learns the weights by which operands and repeats are ranked (knowledge/ranking.toml) from claims that come out.

    python bench/ranking.py [FOLDER ...] [--test FOLDER ...] [--write]

Every text of bench/reports, of the clean gate and of the folders is read. A claim some of whose candidates come out at its printed
precision rests on one of them, one where none does on none; where a truth file beside the text (NAME.truth.json) says that a passage is
wrong, its claims teach nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from learning import KNOWLEDGE, arguments, climbed, errors_of

from selfeval.judging.evidence import hardly_by_chance
from selfeval.judging.relations.edges import Steps, relation
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import Statement, read_statements
from selfeval.reading.statements.pairs import CLAIMS, Pairs, is_claim
from selfeval.reading.statements.reading import unbound_statements
from selfeval.reading.statements.runs import Columns, ranked_runs, runs_of, wholes_of_parts
from selfeval.reading.structure import kind_of
from selfeval.reading.structure.edge import SUM, Edge
from selfeval.reading.structure.restated import features_of, near

_TARGET = KNOWLEDGE / "ranking.toml"
_HEAD = """\
# How much each feature speaks for operands, by the aspect of the claim (reading/statements/ranked.py). Written by bench/ranking.py.
"""
# How many steps are taken, and how strongly weights are pulled to none, per example.
_ROUNDS, _PULL = 600, 0.001
_STEEPEST, _LEAST_WEIGHT = 30, 0.05


class Example(NamedTuple):
    """A claim: a row of features, which `names` names, for each of its candidates, and which of them come out."""

    names: tuple[str, ...]
    features: np.ndarray
    holds: np.ndarray


def main() -> None:
    """Learn, tell how well the weights rank what they were learned from and what they were not, and write them."""
    args = arguments(__doc__, _TARGET)
    learnt, unseen = gathered(args.folders), gathered(args.test)
    written = [_HEAD]
    for aspect in filter(learnt.get, (*CLAIMS, "again", "sum")):
        weights = learned(learnt[aspect])
        for kind, examples in (("learned", learnt[aspect]), ("unseen", unseen[aspect])):
            print(f"{aspect:12} {kind:8} {told(examples, weights)}")
        lines = (
            f"{name} = {weight:.2f}\n"
            for name, weight in zip(learnt[aspect][0].names, weights, strict=True)
            if abs(weight) >= _LEAST_WEIGHT
        )
        written += [f"\n[{aspect}]\n", *lines]
    if args.write:
        _TARGET.write_text("".join(written), encoding="utf-8")


def gathered(folders: Iterable[Path]) -> dict[str, list[Example]]:
    """The claims of all texts in `folders`, by aspect."""
    found: dict[str, list[Example]] = defaultdict(list)
    with Pool() as pool:
        for claims in pool.imap(claims_of, [path for folder in folders for path in sorted(folder.glob("*.txt"))]):
            for aspect, example in claims:
                found[aspect].append(example)
    return found


def claims_of(path: Path) -> list[tuple[str, Example]]:
    """The claims of one text with their aspect, but for those in passages its truth file calls wrong."""
    return [*_claims(path)]


def _claims(path: Path) -> Iterator[tuple[str, Example]]:
    document = read_document(path)
    figures, wrong = figures_of(document), [error.passage for error in errors_of(path, document.text)]
    yield from (("again", example) for example in repeats(read_statements(document, figures).statements, wrong))
    statements, *_ = unbound_statements(document, figures)
    yield from (("sum", example) for example in sums(statements, wrong))
    pairs, steps = Pairs(statements, wholes_of_parts(statements, ranked_runs(statements))), Steps(statements)
    for place, statement in enumerate(statements):
        claim, first, base = pairs.possible([place] if is_claim(statement) else [])
        if not claim.size or any(statement.figure.start in passage for passage in wrong):
            continue
        table = pairs.features(claim, first, base)
        edges = (Edge(kind_of(statement), place, pair) for pair in zip(first.tolist(), base.tolist(), strict=True))
        made = (relation(edge, statement, tuple(statements[other] for other in edge.operands), steps) for edge in edges)
        holds = np.array([bool(each and each.holds and not each.turned) for each in made])
        yield statement.aspect, Example(tuple(table), np.column_stack([*table.values()]), holds)


def repeats(statements: Sequence[Statement], wrong: Sequence[range]) -> Iterator[Example]:
    """Pairs of numbers told in different sentences: equal ones tell of one thing, those only near each other of two."""
    for equal in (True, False):
        pairs = [
            pair
            for pair in near(statements, equal=equal)
            if not any(statements[place].figure.start in passage for place in pair[:2] for passage in wrong)
        ]
        for told_by in features_of(statements, pairs):
            yield Example(tuple(told_by), np.array([[*told_by.values()]]), np.array([equal]))


def sums(statements: Sequence[Statement], wrong: Sequence[range]) -> Iterator[Example]:
    """For each figure that may begin a list what may be its sum, and which of it comes out, unless that may be by chance."""
    steps, columns = Steps(statements), Columns(statements)
    for runs in runs_of(statements):
        starts = [statements[place].figure.start for run in runs for place in (run.whole, *run.parts)]
        if any(start in passage for start in starts for passage in wrong):
            continue
        table = columns.features(runs)
        edges = (Edge(SUM, run.whole, run.parts) for run in runs)
        made = [relation(edge, statements[edge.claim], tuple(statements[place] for place in edge.operands), steps) for edge in edges]
        holds = np.array([bool(each and each.holds) for each in made])
        sure = [hardly_by_chance(statements[run.whole], run.parts) for run in runs]
        if not holds.any() or (holds & sure).any():
            yield Example(tuple(table), np.column_stack([*table.values()]), holds)


def learned(examples: Sequence[Example]) -> np.ndarray:
    """The weights under which what comes out is likeliest: a softmax over candidates and none, with a pull to no weight at all."""
    features, holds = (np.concatenate([getattr(example, name) for example in examples]) for name in ("features", "holds"))
    of = np.repeat(np.arange(len(examples)), [len(example.holds) for example in examples])

    def slope(weights: np.ndarray) -> np.ndarray:
        """How the log likelihood of what comes out changes with the weights."""
        scores = scores_of(features, weights)
        right = scores * holds
        expected, wanted = 1 + np.bincount(of, scores), np.bincount(of, right)
        return (right / np.where(wanted, wanted, 1)[of] - scores / expected[of]) @ features - _PULL * len(examples) * weights

    return climbed(slope, features.shape[1], _ROUNDS)


def scores_of(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The odds of each candidate against none."""
    return np.exp(np.clip(features @ weights, -_STEEPEST, _STEEPEST))


def told(examples: Sequence[Example], weights: np.ndarray) -> str:
    """How many claims have one that comes out in the first place, and of how many that rest on nothing nothing is likely."""
    first = [example.holds[scores_of(example.features, weights).argmax()] for example in examples if example.holds.any()]
    odds = [scores_of(example.features, weights) for example in examples if not example.holds.any()]
    quiet = [each.max() <= 1 + each.sum() - each.max() for each in odds]
    return f"first {sum(map(int, first))}/{len(first)}, none {sum(map(int, quiet))}/{len(quiet)}"


if __name__ == "__main__":
    main()
