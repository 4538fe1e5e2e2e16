"""Names of work numbers to begin with, by the field a body works in (knowledge/starters.toml)."""

from __future__ import annotations

from typing import Any

from selfeval.exceptions import WrongUsage
from selfeval.knowledge import load

from .blank import Row

Field = dict[str, Any]


def field_of(body: str, asked: str = "") -> Field | None:
    """The field called `asked`, else the one whose words the name of the body contains; None where none is.

    Raises WrongUsage, naming all there are, when `asked` is none of them.
    """
    fields = load("starters")["field"]
    if asked:
        found = next((field for field in fields if asked in {field["id"], field["label"]}), None)
        if found is None:
            raise WrongUsage(f"--field 应为 {'、'.join(labels())} 之一，现为“{asked}”")
        return found
    return next((field for field in fields if any(word in body for word in field["words"])), None)


def labels() -> list[str]:
    """What the fields are called."""
    return [field["label"] for field in load("starters")["field"]]


def starter_rows(field: Field | None) -> list[Row]:
    """The rows of a field as they are printed in 工作数据."""
    return [{"area": area, "indicator": name, "unit": unit} for area, name, unit in (field["rows"] if field else ())]
