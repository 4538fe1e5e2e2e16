"""The page's look for its blocks where a notebook shows them, without changing anything else JupyterLab shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .markup import block
from .report import Report


@dataclass(frozen=True)
class Look:
    """What a notebook shows once, above the blocks; the page leaves it out."""

    html: Markup
    title: str

    def __repr__(self) -> str:
        return self.title

    def _repr_html_(self) -> tuple[str, dict[str, Any]]:
        return str(self.html), {"selfeval": {"notebook_only": True}}


def notebook_look(report: Report) -> Look:
    """The title of `report` and, for JupyterLab, the page's own style sheet confined to outputs, in the colours of the user's theme."""
    return Look(block("notebook", heading=report.title).html, report.title)
