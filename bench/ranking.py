"""Learns the weights by which operands are ranked (knowledge/ranking.toml) from claims that come out.

    python bench/ranking.py FOLDER ... [--write]

Every text of the folders is read. A claim some of whose candidates come out at its printed precision rests on one of them, one where none
does on none; where a truth file beside the text (NAME.truth.json) says that a passage is wrong, its claims teach nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from selfeval.judging.relations.edges import Steps, relation
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import read_statements
from selfeval.reading.structure.edge import Edge
from selfeval.reading.structure.ranked import KINDS, RANKED, features, is_claim, possible

_TARGET = Path(__file__).parents[1] / "lib/selfeval/knowledge/ranking.toml"
_ROUNDS, _PULL, _STEP = 600, 0.01, 0.5
_HEAD = (
    "# How much each feature speaks for operands, by the aspect of the claim (reading/structure/ranked.py). Written by bench/ranking.py.\n"
)


def claims(path: Path) -> list[tuple[str, np.ndarray, np.ndarray, list[str]]]:
    """Of one text the aspect of each claim, the features of its candidates, and which of them come out."""
    document = read_document(path)
    statements = read_statements(document, figures_of(document)).statements
    truth = path.with_name(f"{path.stem}.truth.json")
    wrong = []
    if truth.exists():
        known = json.loads(truth.read_text(encoding="utf-8"))
        for each in known["planted"]:
            for quote in filter(None, (each["quote"], each.get("quote_other"))):
                start = document.text.find(quote)
                wrong.append((start, start + len(quote)))
    steps, found = Steps(statements), []
    for place, statement in enumerate(statements):
        at = statement.figure.start
        if not is_claim(statement) or any(start <= at < end for start, end in wrong):
            continue
        pairs = [*possible(statements, place)]
        if not pairs:
            continue
        rows = [features(statements, place, *pair) for pair in pairs]
        made = [
            relation(Edge(KINDS[statement.aspect], place, pair, RANKED), statement, tuple(statements[other] for other in pair), steps)
            for pair in pairs
        ]
        holds = np.array([bool(each and each.holds and not each.turned) for each in made])
        found.append((statement.aspect, np.array([[*row.values()] for row in rows]), holds, [*rows[0]]))
    return found


def learned(examples: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Weights under which what comes out is likeliest, kept near none."""
    weights = np.zeros(examples[0][0].shape[1])
    moment = np.zeros_like(weights)
    spread = np.zeros_like(weights)
    for number in range(1, _ROUNDS + 1):
        slope = -_PULL * len(examples) * weights / 10
        for rows, holds in examples:
            scores = np.exp(np.clip(rows @ weights, -30, 30))
            all_of = scores / (1 + scores.sum())
            slope -= all_of @ rows
            if holds.any():
                right = scores * holds
                slope += (right / right.sum()) @ rows
        moment = 0.9 * moment + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        weights = weights + 0.05 * (moment / (1 - 0.9**number)) / (np.sqrt(spread / (1 - 0.999**number)) + 1e-8)
    return weights


def main() -> None:
    """Learn, tell how well the weights rank what they were learned from, and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--test", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()

    def gather(folders: list[Path]) -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
        found = defaultdict(list)
        for folder in folders:
            for path in sorted(folder.glob("*.txt")):
                for aspect, rows, holds, columns in claims(path):
                    found[aspect].append((rows, holds))
                    names[:] = columns
        return found

    names: list[str] = []
    train, test = gather(args.folders), gather(args.test)
    written = [_HEAD]
    for aspect in KINDS:
        if not train.get(aspect):
            continue
        weights = learned(train[aspect])
        for kind, examples in (("learned", train[aspect]), ("unseen", test.get(aspect, []))):
            right = first = none = quiet = 0
            for rows, holds in examples:
                scores = np.exp(np.clip(rows @ weights, -30, 30))
                best = int(scores.argmax())
                likely = scores[best] / (1 + scores.sum())
                if holds.any():
                    first += 1
                    right += bool(holds[best])
                else:
                    none += 1
                    quiet += likely < 0.5
            print(f"{aspect:12} {kind:8} first {right}/{first}, none {quiet}/{none}")
        written += [
            f"\n[{aspect}]\n",
            *(f"{name} = {weight:.2f}\n" for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.05),
        ]
    if args.write:
        _TARGET.write_text("".join(written), encoding="utf-8")


if __name__ == "__main__":
    main()
