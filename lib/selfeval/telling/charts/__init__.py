"""Tables of a report as matplotlib figures in one house style; the only room that knows matplotlib.

Every function checks its columns and returns a `matplotlib.figure.Figure`, `narrow=True` one that is legible on a telephone.
Nothing is reckoned here: what a label says stands in the rows given.
"""

from .budget import composition, projects
from .comparison import bodies, series
from .one_page import Sheet, one_page
from .safety import disasters, enforcement, hazards, permits
from .saving import address_of
from .scores import points, points_words
from .style import svg

__all__ = [
    "Sheet",
    "address_of",
    "bodies",
    "composition",
    "disasters",
    "enforcement",
    "hazards",
    "one_page",
    "permits",
    "points",
    "points_words",
    "projects",
    "series",
    "svg",
]
