"""Formula objects of Word as a line of text: what stands above a bar is divided by what stands below it, and 10⁴ is not 104.

Source: ECMA-376 part 1, 22.1 (Office Math). Digits stay digits wherever they stand, so that every number of a formula is still one.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from .characters import superscript
from .package import local_name

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SIMPLE = re.compile(r"[\w.,%％]+")
# What is printed before a part of a formula, and what behind it.
_BEFORE, _BEHIND = {"den": "/", "rad": "√", "d": "("}, {"d": ")", "mr": "；"}


def formula_text(element: Element) -> str:
    """The formula, or the part of one, in a line."""
    kind = local_name(element)
    if kind.endswith("Pr") or kind in {"del", "moveFrom"}:
        return ""
    text = element.text or "" if kind == "t" else "".join(map(formula_text, element))
    if kind in {"num", "den"}:
        text = text if _SIMPLE.fullmatch(text.strip()) else f"({text})"
    elif kind in {"sup", "sub"} and text:
        raised = superscript(text) if kind == "sup" else text.translate(_LOWERED)
        text = raised if text.isdecimal() else f"{'^' if kind == 'sup' else '_'}({text})"
    return _BEFORE.get(kind, "") + text + _BEHIND.get(kind, "")
