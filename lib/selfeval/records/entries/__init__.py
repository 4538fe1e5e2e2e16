"""What offices typed into the yearly sheets (knowledge/sheets.toml): rows of typed cells, each knowing the cell it stands in."""

from .entry import Entries, Entry
from .layout import Column, Item, Layout, choices_of, item_of, layout_of, layouts
from .reading import read_entries

__all__ = ["Column", "Entries", "Entry", "Item", "Layout", "choices_of", "item_of", "layout_of", "layouts", "read_entries"]
