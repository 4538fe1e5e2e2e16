"""One report as its rules look at it, and what they find: quantities with the words around them, tables, budget lines, facts, findings."""

from .facts import Fact, read_facts, sector_name
from .finding import Finding, finding, fingerprint
from .material import Material, once
from .mention import Mention

__all__ = [
    "Fact",
    "Finding",
    "Material",
    "Mention",
    "finding",
    "fingerprint",
    "once",
    "read_facts",
    "sector_name",
]
