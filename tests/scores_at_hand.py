"""Small tables for the official rates and the scores: base data and indicators written in a line each."""

from __future__ import annotations

import pandas as pd

from selfeval.knowledge import load
from selfeval.measuring.scoring import Ruleset, parse_ruleset
from selfeval.tables import make_table
from tables_at_hand import amount

_NUMBERS = ("target", "actual", "weight", "stated_score")


def base_of(*rows: str) -> pd.DataFrame:
    """base_data from rows such as `staff last_actual=40 actual=42` or `floor_area note=无`; what is not named is unknown."""
    made = []
    for row in rows:
        item_id, *cells = row.split()
        given = dict(cell.split("=", 1) for cell in cells)
        numbers = {name: amount(given[name]) for name in ("last_actual", "budget", "actual") if name in given}
        texts = {name: given[name] for name in ("unit", "note") if name in given}
        made.append({"item_id": item_id, "item": item_id, "source": "table"} | numbers | texts)
    return make_table("base_data", made)


def indicators_of(*rows: str) -> pd.DataFrame:
    """indicators from rows such as `output/quantity 检查家次 nature=ge target=100 actual=90 weight=10`; `scope=` names a project."""
    made = []
    for number, row in enumerate(rows, start=1):
        levels, name, *cells = row.split()
        level1, _, level2 = levels.partition("/")
        given = dict(cell.split("=", 1) for cell in cells)
        numbers = {column: amount(given.pop(column)) for column in _NUMBERS if column in given}
        made.append(
            {"indicator_id": f"i{number:02d}", "level1": level1, "level2": level2, "name": "" if name == "-" else name}
            | {"applicable": "yes", "source": "table"}
            | given
            | numbers
        )
    return make_table("indicators", made)


def rules_of(**changes: object) -> Ruleset:
    """The national rule set with other contents: `rules_of(quantitative={"at_most": "linear"})`."""
    return parse_ruleset({**load("scoring/national"), **changes}, "invented")


def one_row(scores: pd.DataFrame, part: str, scope: str = "department", name: str | None = None):
    """The one score of a part and scope (and name)."""
    chosen = scores[(scores["part"] == part) & (scores["scope"] == scope)]
    if name is not None:
        chosen = chosen[chosen["name"] == name]
    assert len(chosen) == 1, scores[["part", "scope", "name"]].to_string()
    return chosen.iloc[0]
