"""Formula objects of Word as a line of text: what stands above a bar is divided by what stands below it, and 10⁴ is not 104.

Source: ECMA-376 part 1, 22.1 (Office Math). Digits stay digits wherever they stand, so that every number of a formula is still one.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from .characters import superscript
from .package import attribute, local_name

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SIMPLE = re.compile(r"[\w.,%％]+")


def formula_text(element: Element) -> str:
    """The formula, or the part of one, in a line."""
    kind = local_name(element)
    if kind == "t":
        return element.text or ""
    if kind.endswith("Pr") or kind in {"del", "moveFrom"}:
        return ""
    if kind == "f":
        return f"{_bracketed(_part(element, 'num'))}/{_bracketed(_part(element, 'den'))}"
    if kind in {"sSup", "sSub", "sSubSup", "nary", "sPre"}:
        sign = _property(element, "chr", "∫") if kind == "nary" else ""
        below, above = _lowered(_part(element, "sub")), _raised(_part(element, "sup"))
        base = _part(element, "e")
        return sign + below + above + base if kind in {"nary", "sPre"} else base + below + above
    if kind == "rad":
        return f"{_raised(_part(element, 'deg'))}√{_bracketed(_part(element, 'e'))}"
    if kind == "d":
        inside = _property(element, "sepChr", "|").join(formula_text(child) for child in element if local_name(child) == "e")
        return _property(element, "begChr", "(") + inside + _property(element, "endChr", ")")
    if kind in {"m", "eqArr"}:
        return "；".join(formula_text(child) for child in element if local_name(child) in {"mr", "e"})
    return ("，" if kind == "mr" else "").join(formula_text(child) for child in element)


def _part(element: Element, kind: str) -> str:
    return "".join(formula_text(child) for child in element if local_name(child) == kind)


def _property(element: Element, kind: str, default: str) -> str:
    """A sign that the formula names among its properties; named without a value, it is not printed."""
    found = next(
        (child for properties in element if local_name(properties).endswith("Pr") for child in properties if local_name(child) == kind),
        None,
    )
    return default if found is None else attribute(found, "val") or ""


def _bracketed(text: str) -> str:
    return text if _SIMPLE.fullmatch(text.strip()) else f"({text})"


def _raised(text: str) -> str:
    return superscript(text) if text.isdecimal() or not text else f"^{_bracketed(text)}"


def _lowered(text: str) -> str:
    return text.translate(_LOWERED) if text.isdecimal() or not text else f"_{_bracketed(text)}"
