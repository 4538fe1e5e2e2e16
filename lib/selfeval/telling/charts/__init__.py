"""Tables of a report as matplotlib figures in one house style; the only room that knows matplotlib.

Every function checks its columns and returns a `matplotlib.figure.Figure`, `narrow=True` one that is legible on a telephone.
Nothing is reckoned here: what a label says stands in the rows given.

A module is imported when the first of its names is asked for: matplotlib takes half a second, and much that can draw draws nothing.
"""

from __future__ import annotations

from importlib import import_module

_MODULES = {
    "budget": ("composition", "projects"),
    "comparison": ("bodies", "series"),
    "one_page": ("Sheet", "one_page"),
    "safety": ("disasters", "enforcement", "hazards", "permits"),
    "saving": ("address_of",),
    "scores": ("points", "points_words"),
    "style": ("svg",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [*sorted(_MODULE_OF)]  # noqa: PLE0604  all of them are texts


def __getattr__(name: str) -> object:
    """Import the module of `name`, and put all of its names here: that of a function may be that of its module."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_MODULE_OF[name]}")
    globals().update({each: getattr(module, each) for each in _MODULES[_MODULE_OF[name]]})
    return globals()[name]
