"""The looks of the forms: all black on white with thin lines, as they are printed and signed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selfeval.telling import office

TITLE = replace(office.TITLE, size=18)
CORNER = replace(office.SUBTITLE, font="黑体")
LINE = office.SUBTITLE
RIGHT = replace(office.SUBTITLE, across="right")
NOTE = replace(office.NOTE, color="#000000")
HEAD = replace(office.HEAD, fill="")
LABEL = office.LABEL
ITEM = office.TEXT
STRONG = replace(office.TEXT, font="黑体")
TEXT = office.TEXT
TALL = replace(office.TEXT, down="top")
CENTRED = office.CENTRED
# Two decimals at least, and as many more as a yuan has.
MONEY = replace(office.MONEY, form="0.00####", across="center")
COUNT = replace(office.COUNT, form="General", across="center")
PERCENT = office.PERCENT
SCORE = replace(office.SCORE, form="General")


def valued(value: Decimal, sign: str, unit: str) -> office.Style:
    """The look of a number that shows its sign and unit and stays a number: ≥95% is 95."""
    places = max(-value.as_tuple().exponent, 0)
    digits = "0." + "0" * places if places else "0"
    return replace(office.CENTRED, form=_literal(sign) + digits + _literal(unit))


def _literal(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""
