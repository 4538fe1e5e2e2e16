"""A picture of the page as a file of its own: what the page lends it, colours and letters, is written into it."""

from __future__ import annotations

import re

# Without the page's font a reader's own has to do; these have the characters.
_FONTS = "Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
_VARIABLE = re.compile(r"var\(--chart-\w+, (#[0-9a-f]{6})\)")
# What would end an address, be taken for something else in it, or take more room in a page as it is.
_CODED = {ord(mark): f"%{ord(mark):02X}" for mark in "%#<>&\"'\n"}


def standalone(picture: str) -> str:
    """An <svg> of the page as the text of a file: light colours on white, letters of whoever opens it."""
    text = _VARIABLE.sub(r"\1", picture)
    return text.replace("<svg ", f'<svg style="background: #ffffff; font-family: {_FONTS}" ', 1)


def address_of(picture: str) -> str:
    """The same file as an address that holds it whole: a link to it needs no script and asks for nothing."""
    return "data:image/svg+xml;charset=utf-8," + standalone(picture).translate(_CODED)
