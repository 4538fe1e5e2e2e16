"""What one view of the exploring notebook shows at a time, before any widget knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

from selfeval.telling import charts

# One row of a table: its columns are its attributes.
Row = Any


@dataclass(frozen=True)
class Screen:
    """A sentence or two, a chart (empty where there is nothing to draw), and a table with Chinese heads.

    `keys` are, row by row, the id of what the row shows, `figures` the ids of the figures it rests on.
    """

    said: Markup
    frame: pd.DataFrame
    chart: Markup = field(default=Markup(""), repr=False)
    keys: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def drawn(name: str, draw: Callable[..., object], rows: Iterable[Mapping[str, object]], description: str, **options: object) -> Markup:
    """A chart of the report for `rows`, nothing for no row."""
    frame = pd.DataFrame([*rows])
    if frame.empty:
        return Markup("")
    return Markup('<div class="selfeval-chart">{}</div>').format(
        Markup(charts.svg(draw(frame, **options), f"explore-{name}", description))  # noqa: S704  made by matplotlib
    )


def frame_of(heads: Sequence[str], rows: Iterable[Sequence[object]], optional: Iterable[str] = ()) -> pd.DataFrame:
    """A table of the screen, its values as they are: Decimal, int or text; `optional` columns only where one of them holds something."""
    rows = [*rows]
    empty = {head for at, head in enumerate(heads) if head in {*optional} and not any(row[at] not in {None, ""} for row in rows)}
    if empty:
        kept = [at for at, head in enumerate(heads) if head not in empty]
        return frame_of([heads[at] for at in kept], [[row[at] for at in kept] for row in rows])
    return pd.DataFrame({head: pd.Series([row[at] for row in rows], dtype=object) for at, head in enumerate(heads)}, columns=[*heads])
