"""Learns how sure it is that a claim is wrong (knowledge/sureness.toml) from reports whose errors are known.

    python bench/sureness.py FOLDER ... [--test FOLDER ...] [--write]

Every text of the folders is read; NAME.truth.json beside it names its errors, without it a text has none. Of each claim that comes out of
none of its likely operands, each candidate is an example: it tells of an error where its gap is that of one in the passage, and of none
elsewhere; what else lies in a wrong passage teaches little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
from learning import KNOWLEDGE, Error, arguments, climbed, errors_of

from selfeval.judging.relations.edges import Relation, Steps, mending, relations_of_edges, relations_of_ranking, relations_of_sums, unit_of
from selfeval.judging.sureness import MOST_CANDIDATES, features, slips_of
from selfeval.judging.verdicts import known_of, open_claims, with_sums
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import read_statements
from selfeval.reading.structure import edges_of, likely_edges, likely_sums

_TARGET = KNOWLEDGE / "sureness.toml"
_HEAD = """\
# How much each feature speaks for a claim being wrong (judging/sureness.py). Written by bench/sureness.py.
[weights]
"""
# How many steps are taken, and how strongly weights are pulled to none.
_ROUNDS, _PULL, _STEEPEST = 800, 0.3, 30
_CLOSE = Decimal("0.006")
# What is near an error and is not it may follow from it.
_BESIDE = 0.3


class Example(NamedTuple):
    """A candidate of a claim, with what speaks for and against it telling of an error, and whether it does."""

    features: dict[str, float]
    wrong: bool
    weight: float


def main() -> None:
    """Learn, tell how many errors are told at some thresholds and how many are none, and write the weights."""
    args = arguments(__doc__, _TARGET)
    learnt, unseen = gathered(args.folders), gathered(args.test)
    names = sorted({name for claim in learnt for example in claim for name in example.features})
    weights = learned([example for claim in learnt for example in claim], names)
    for kind, claims in (("learned", learnt), ("unseen", unseen)):
        for least in (0.5, 0.6, 0.7, 0.8, 0.9):
            print(kind, least, told(claims, names, weights, least))
    if args.write:
        lines = (f"{name} = {weight:.2f}\n" for name, weight in zip(names, weights, strict=True))
        _TARGET.write_text(_HEAD + "".join(lines), encoding="utf-8")


def gathered(folders: Iterable[Path]) -> list[list[Example]]:
    """The claims of all texts in `folders` that come out of none of their likely operands, each by its candidates."""
    return [claim for folder in folders for path in sorted(folder.glob("*.txt")) for claim in claims_of(path)]


def claims_of(path: Path) -> Iterator[list[Example]]:
    """The claims of one text."""
    document = read_document(path)
    spoken = read_statements(document, figures_of(document))
    steps, errors = Steps(spoken.statements), errors_of(path, document.text)
    relations = [*relations_of_edges(edges_of(spoken), spoken.statements)]
    sums = relations_of_sums(likely_sums(spoken), spoken.statements)
    ranking = [*relations_of_ranking(likely_edges(spoken), spoken.statements, steps)]
    known = known_of((relation for some in with_sums(relations, sums) for relation in some), spoken.statements)
    for candidates in open_claims(ranking):
        examples = []
        for place, (_, relation) in enumerate(candidates[:MOST_CANDIDATES]):
            near = [error for error in errors if any(each.figure.start in error.passage for each in (relation.claim, *relation.operands))]
            wrong = any(is_told(relation, error, steps) for error in near)
            examples.append(
                Example(features(candidates, place, known, slips_of(relation, known, steps)), wrong, _BESIDE if near and not wrong else 1)
            )
        if examples:
            yield examples


def is_told(relation: Relation, error: Error, steps: Steps) -> bool:
    """Whether the gap of a relation, or what would mend one of its figures, is the difference of an error, in any of its units."""
    if error.difference is None:
        return False
    mended = [(each.amount - wanted, unit_of(each)) for each, wanted, _ in mending(relation, steps)]
    gaps = [relation.gap, *(gap for gap, _ in mended), *(gap / unit for gap, unit in mended)]
    return any(abs(abs(gap) - abs(error.difference)) <= _CLOSE * max(1, abs(error.difference)) for gap in gaps)


def learned(examples: list[Example], names: list[str]) -> np.ndarray:
    """The weights of a logistic regression, with a pull to no weight at all."""
    table, wrong, weight = table_of(examples, names), *(np.array([each[place] for each in examples]) for place in (1, 2))
    return climbed(lambda weights: ((wrong - sure(table, weights)) * weight) @ table - _PULL * weights, len(names), _ROUNDS)


def table_of(examples: list[Example], names: list[str]) -> np.ndarray:
    """The features of some examples, a row each."""
    return np.array([[example.features.get(name, 0.0) for name in names] for example in examples])


def sure(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """How sure each example tells of an error."""
    return 1 / (1 + np.exp(-np.clip(table @ weights, -_STEEPEST, _STEEPEST)))


def told(claims: list[list[Example]], names: list[str], weights: np.ndarray, least: float) -> str:
    """Of claims that are called wrong at a threshold, how many are, and how many are not."""
    best = [(chances := sure(table_of(claim, names), weights)).max() >= least and claim[chances.argmax()].wrong + 1 for claim in claims]
    return f"right {best.count(2)} of {sum(any(example.wrong for example in claim) for claim in claims)}, false {best.count(1)}"


if __name__ == "__main__":
    main()
