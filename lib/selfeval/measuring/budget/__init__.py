"""Budget metrics: execution, deviation and composition, exact and each on its stated basis; and the official rates of a department."""

from .base import BaseData
from .metrics import budget_metrics

__all__ = ["BaseData", "budget_metrics"]
