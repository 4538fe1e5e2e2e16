"""What offices typed into the yearly sheets (knowledge/sheets.toml): rows of typed cells, each knowing the cell it stands in."""

from .entry import Entries, Entry

__all__ = ["Entries", "Entry"]
