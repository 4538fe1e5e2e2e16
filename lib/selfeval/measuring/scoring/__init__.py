"""Official score tables from targets and actuals, by rule sets that are data (knowledge/scoring/).

Every score is a simulation (模拟测算) with its basis and formula; what only a person may judge stays 不可计算 until a person did.
"""

from .indicator import is_met, shares_of
from .lights import Light, lights
from .mark import points_for
from .ruleset import Ruleset, parse_ruleset, read_ruleset, validate_ruleset
from .table import score, with_points
from .weights import WeightFault, weight_faults

__all__ = [
    "Light",
    "Ruleset",
    "WeightFault",
    "is_met",
    "lights",
    "parse_ruleset",
    "points_for",
    "read_ruleset",
    "score",
    "shares_of",
    "validate_ruleset",
    "weight_faults",
    "with_points",
]
