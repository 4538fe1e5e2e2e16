"""The report as blocks of HTML made from the tables: prose generated from them, every value a link to where it comes from.

A notebook reads the tables once (`read_report`) and shows one block a cell; template/selfeval_report puts the blocks into one page.
"""

from .annex import annex
from .appendix import appendix, provenance
from .brief import Brief, brief, kept_brief
from .budget import budget_chapter
from .comparison import comparison_page
from .findings import findings_chapter
from .gaps import gaps_chapter
from .indicators import indicators_chapter
from .markup import get_ready
from .notebook import notebook_look
from .opening import opening
from .report import Report, read_report
from .safety import safety_chapter
from .start import FILES, Published, Waiting, start_page
from .years import years_chapter

__all__ = [
    "FILES",
    "Brief",
    "Published",
    "Report",
    "Waiting",
    "annex",
    "appendix",
    "brief",
    "budget_chapter",
    "comparison_page",
    "findings_chapter",
    "gaps_chapter",
    "get_ready",
    "indicators_chapter",
    "kept_brief",
    "notebook_look",
    "opening",
    "provenance",
    "read_report",
    "safety_chapter",
    "start_page",
    "years_chapter",
]
