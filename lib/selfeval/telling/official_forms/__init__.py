"""The three official forms of a yearly self-evaluation, as sheets that the room office writes into one workbook.

附件1 基础数据表, 附件2 部门整体支出绩效自评表, 附件3 项目支出绩效自评表 (one a project), laid out as the province prints them
(knowledge/official_forms.toml). Sums, rates and simple scores are formulas whose results are ours; what is not known is blank.
"""

from __future__ import annotations

import pandas as pd

from selfeval.telling.office import Sheet

from .base_sheet import base_sheet
from .body_sheet import body_sheet
from .project_sheet import project_sheet
from .subject import Subject

__all__ = ["forms"]


def forms(
    lines: pd.DataFrame,
    indicators: pd.DataFrame | None = None,
    base_data: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    *,
    body: str,
    year: int,
) -> list[Sheet]:
    """Return the sheets of the three forms of `body` in `year`.

    `lines`, `indicators`, `base_data` and `scores` are the tables of those names (lines: budget_lines); only `lines` has to be there, and
    may be empty. Money is in 万元, rates are ratios shown in per cent. A target is no budget and never stands in a column of one.
    """
    subject = Subject.of(lines, indicators, base_data, scores, body, year)
    projects = subject.material.budget.named_projects
    return [
        base_sheet(subject),
        body_sheet(subject),
        *(project_sheet(subject, project, number) for number, project in enumerate(projects, start=1)),
    ]
