"""Learns how sure it is that figures which do not come out tell of an error (knowledge/sureness.toml) from reports whose errors are known.

    python bench/sureness.py [FOLDER ...] [--test FOLDER ...] [--new | --mean] [--write]

Every text of bench/reports, of the clean gate and of the folders is read; NAME.truth.json beside it names its errors, without it a text
has none. Each is read some times more with a few of its figures spoilt as hands do (bench/slips.py). The sentences of the tests teach as
well. Every relation that does not come out is an example: it tells of an error where its gap is that of one of its figures, and of none
elsewhere; what else lies in a wrong passage teaches little. With --new only features without a weight get one, and all others stay; with
--mean each weight goes half the way to what would be learned: to learn all anew moves what lies near a threshold. Those there are were
learned anew, once more with --mean and, for what was added since, with --new.
"""

from __future__ import annotations

import random
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from learning import KNOWLEDGE, Error, Text, arguments, climbed, errors_of
from slips import spoilt

from selfeval.judging.evidence import Evidence, evidence_of, open_claims
from selfeval.judging.relations.edges import Relation, Steps, mending, relations_of_edges, relations_of_ranking, relations_of_sums, unit_of
from selfeval.judging.sureness import known_weights, weighed
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import read_statements
from selfeval.reading.structure import edges_of, likely_edges, likely_sums

_TARGET = KNOWLEDGE / "sureness.toml"
_SENTENCES = Path(__file__).parents[1] / "tests/judging/sentences.toml"
_HEAD = """\
# How much each feature speaks for an error, by what is claimed (judging/sureness.py). Written by bench/sureness.py.
"""
# How many steps are taken, and how strongly weights are pulled to none.
_ROUNDS, _PULL, _STEEPEST, _LEAST_WEIGHT = 1000, 0.2, 30, 0.05
_CLOSE = Decimal("0.006")
# What a wrong claim does not come out of either may follow from something else that is wrong.
_BESIDE = 0.5
# How often a text is read with other figures spoilt, and how much one such reading teaches beside the text as it is.
_SPOILT, _OF_SPOILT = 12, 0.25
# How much what is quiet in a text without an error teaches.
_OF_CLEAN = 3
# A sentence of the tests stands for its kind.
_OF_SENTENCES = 20
_THRESHOLDS = (0.5, 0.65, 0.8, 0.9)


class Example(NamedTuple):
    """A relation that does not come out, with what speaks for and against it telling of an error, and whether it does."""

    family: str
    features: dict[str, float]
    wrong: bool
    weight: float


def main() -> None:
    """Learn, tell how many relations are called wrong at some thresholds and how many of them are not, and write the weights."""
    flags = {"--new": "learn only what has no weight yet", "--mean": "go half the way from the weights there are"}
    args = arguments(__doc__, _TARGET, flags)
    learnt, unseen = gathered(args.folders, _SPOILT), gathered(args.test, 0)
    written = [_HEAD]
    for family in sorted(learnt):
        names = sorted({name for example in learnt[family] for name in example.features})
        known = known_weights()[family]
        weights = learned(learnt[family], names, known if args.new else {})
        if args.mean:
            weights = np.array([(known.get(name, weight) + weight) / 2 for name, weight in zip(names, weights, strict=True)])
        for kind, examples in (("learned", [each for each in learnt[family] if each.weight >= _BESIDE]), ("unseen", unseen[family])):
            print(f"{family:8} {kind:8}", "; ".join(told(examples, names, weights, least) for least in _THRESHOLDS))
        kept = [(name, weight) for name, weight in zip(names, weights, strict=True) if abs(weight) >= _LEAST_WEIGHT]
        written += [f"\n[{family}]\n", *(f"{name} = {weight:.2f}\n" for name, weight in kept)]
    if args.write:
        _TARGET.write_text("".join(written), encoding="utf-8")


def gathered(folders: Iterable[Path], times: int) -> dict[str, list[Example]]:
    """The examples of all texts in `folders`, each also spoilt some `times`, by what is claimed."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    found: dict[str, list[Example]] = defaultdict(list)
    with Pool() as pool:
        in_reports = pool.imap(partial(examples_of, times=times), paths)
        in_sentences = pool.imap(_of_text, sentences() if times else ())
        for example in chain.from_iterable((*in_reports, *in_sentences)):
            found[example.family].append(example)
    return found


def sentences() -> Iterator[Text]:
    """The sentences of the tests: those with an error of a number, and those without any."""
    of_tests = tomllib.loads(_SENTENCES.read_text(encoding="utf-8"))
    for told in of_tests["told"].values():
        if told["right"]:
            yield Text(told["text"], [Error(range(len(told["text"])), Decimal(told["stated"]) - Decimal(told["right"]))])
    yield from (Text(text, []) for text in of_tests["quiet"].values())


def _of_text(text: Text) -> list[Example]:
    return [each._replace(weight=each.weight * _OF_SENTENCES) for each in _examples(text, read(text.text))]


def examples_of(path: Path, times: int) -> list[Example]:
    """The examples of one text, and of it spoilt some `times`."""
    draw, text = random.Random(path.name), path.read_text(encoding="utf-8")
    own = Text(text, errors_of(path, text))
    # A false difference costs more than a missed one.
    quiet = 1 if own.errors else _OF_CLEAN
    evidence = read(text)
    found = [each._replace(weight=each.weight * quiet) for each in _examples(own, evidence)]
    for _ in range(times):
        other = spoilt(text, evidence, draw)
        errors = [*other.errors, *errors_of(path, other.text)]
        found += (each._replace(weight=each.weight * _OF_SPOILT) for each in _examples(Text(other.text, errors), read(other.text)))
    return found


def read(text: str) -> Evidence:
    """What the relations of a text say."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.txt")
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
    spoken = read_statements(document, figures_of(document))
    steps = Steps(spoken.statements)
    return evidence_of(
        relations_of_edges(edges_of(spoken), spoken.statements),
        spoken.statements,
        relations_of_ranking(likely_edges(spoken), spoken.statements, steps),
        relations_of_sums(likely_sums(spoken), spoken.statements),
    )


def _examples(told: Text, evidence: Evidence) -> Iterator[Example]:
    for relation in (relation for claim in open_claims(evidence) for relation in claim):
        of_claim, of_operands = (
            [error for error in told.errors if any(is_at(each.figure.start, each.figure.end, error) for each in figures)]
            for figures in ([relation.claim], relation.operands)
        )
        wrong = any(is_told(relation, error, evidence.steps) for error in (*of_claim, *of_operands))
        # What does not come out of a wrong operand follows from it.
        if wrong or of_claim or not of_operands:
            family, features, _ = weighed(relation, evidence)
            yield Example(family, features, wrong, _BESIDE if of_claim and not wrong else 1)


def is_at(start: int, end: int, error: Error) -> bool:
    """Whether a figure and the passage of an error overlap."""
    return start < error.passage.stop and error.passage.start < end


def is_told(relation: Relation, error: Error, steps: Steps) -> bool:
    """Whether the gap of a relation, or what would mend one of its figures, is the difference of an error, in any of its units."""
    if error.difference is None:
        return False
    gaps = [(relation.gap, relation.claim), *((each.amount - wanted, each) for each, wanted, _ in mending(relation, steps))]
    # As printed, or in the base unit; what is computed may have been rounded.
    told = ((gap / unit, steps.of(each) / unit_of(each) / 2) for gap, each in gaps for unit in {1, unit_of(each)})
    close = _CLOSE * max(1, abs(error.difference))
    return any(abs(abs(gap) - abs(error.difference)) <= max(close, half) for gap, half in told)


def learned(examples: Sequence[Example], names: Sequence[str], known: Mapping[str, float]) -> np.ndarray:
    """The weights of a logistic regression, with a pull to no weight at all; those that are `known` stay as they are."""
    table, wrong, weight = table_of(examples, names), *(np.array([float(each[place]) for each in examples]) for place in (2, 3))
    kept, free = np.array([known.get(name, 0.0) for name in names]), np.array([float(name not in known) for name in names])

    def slope(weights: np.ndarray) -> np.ndarray:
        return (((wrong - sure(table, kept + weights)) * weight) @ table - _PULL * weights) * free

    return kept + climbed(slope, len(names), _ROUNDS)


def table_of(examples: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    """The features of some examples, a row each."""
    return np.array([[example.features.get(name, 0.0) for name in names] for example in examples])


def sure(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """How sure each example tells of an error."""
    return 1 / (1 + np.exp(-np.clip(table @ weights, -_STEEPEST, _STEEPEST)))


def told(examples: Sequence[Example], names: Sequence[str], weights: np.ndarray, least: float) -> str:
    """Of relations that are called wrong at a threshold, how many are, and how many are not."""
    if not examples:
        return ""
    called = sure(table_of(examples, names), weights) >= least
    wrong = np.array([example.wrong for example in examples])
    return f"{least}: right {int((called & wrong).sum())} of {int(wrong.sum())}, false {int((called & ~wrong).sum())}"


if __name__ == "__main__":
    main()
