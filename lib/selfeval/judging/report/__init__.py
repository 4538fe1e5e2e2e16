"""One report as its rules look at it, and what they find: quantities with the words around them, tables, budget lines, facts, findings."""

from .facts import Fact, sector_name
from .finding import NO_NUMBERS, Finding, Numbers, amount, blanks_of, finding, fingerprint, listed
from .material import Material, once
from .mention import Mention
from .precision import compared, points_for

__all__ = [
    "NO_NUMBERS",
    "Fact",
    "Finding",
    "Material",
    "Mention",
    "Numbers",
    "amount",
    "blanks_of",
    "compared",
    "finding",
    "fingerprint",
    "listed",
    "once",
    "points_for",
    "sector_name",
]
