"""What learning weights from reports takes, whatever they weigh: which reports, what in them is wrong, the steps towards the weights."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np

_ROOT = Path(__file__).parents[1]
KNOWLEDGE = _ROOT / "lib/selfeval/knowledge"
OWN = (_ROOT / "bench/reports", _ROOT / "tests/gate/clean")
# The size of a step of Adam (Kingma and Ba 2015), and its two rates of decay.
_STEP, _SLOW, _SLOWER, _SMALLEST = 0.05, 0.9, 0.999, 1e-8


class Error(NamedTuple):
    """A passage that is wrong, and by how much; None where no number says so."""

    passage: range
    difference: Decimal | None


class Text(NamedTuple):
    """A report as it is read, and what in it is wrong."""

    text: str
    errors: list[Error]


def arguments(told: str | None, target: Path, flags: Mapping[str, str] | None = None) -> argparse.Namespace:
    """The folders of reports to learn from, our own and more, and to be tried on, whether to write what is learned to `target`, and what
    else `flags` offer, with what they mean."""
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("folders", nargs="*", type=Path, help="more reports to learn from")
    parser.add_argument("--test", nargs="*", type=Path, default=[], help="reports only to be tried on")
    for flag, meaning in (flags or {}).items():
        parser.add_argument(flag, action="store_true", help=meaning)
    parser.add_argument("--write", action="store_true", help=f"write {target.name}")
    args = parser.parse_args()
    args.folders = [*OWN, *args.folders]
    return args


def errors_of(path: Path, text: str) -> list[Error]:
    """What a truth file beside a text (NAME.truth.json) calls wrong, with what contradicts it; nothing where there is none."""
    truth = path.with_name(f"{path.stem}.truth.json")
    planted = json.loads(truth.read_text(encoding="utf-8"), parse_float=Decimal)["planted"] if truth.exists() else []
    return [
        Error(range(start := text.find(quote), start + len(quote)), None if each["difference"] is None else Decimal(each["difference"]))
        for each in planted
        for quote in (each["quote"], each.get("quote_other"))
        if quote and quote in text
    ]


def climbed(slope: Callable[[np.ndarray], np.ndarray], number: int, rounds: int) -> np.ndarray:
    """As many weights as `number`, after so many steps up the `slope` at each place."""
    weights, mean, square = (np.zeros(number) for _ in range(3))
    for step in range(1, rounds + 1):
        steep = slope(weights)
        mean = _SLOW * mean + (1 - _SLOW) * steep
        square = _SLOWER * square + (1 - _SLOWER) * steep**2
        weights = weights + _STEP * mean / (1 - _SLOW**step) / (np.sqrt(square / (1 - _SLOWER**step)) + _SMALLEST)
    return weights
