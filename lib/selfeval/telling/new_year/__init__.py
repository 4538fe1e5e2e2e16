"""A new year's folder under data/raw: the card and the workbooks for the offices, with what last year gives already filled in.

The one place that writes into data/raw, and only where nothing is yet.
"""

from .making import make_new_year

__all__ = ["make_new_year"]
