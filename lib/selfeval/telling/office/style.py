"""How a cell looks: the house style of official tables (宋体, thin borders, centred heads), and what may be varied of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

SONG, HEI, FANG = "宋体", "黑体", "仿宋"


@dataclass(frozen=True, slots=True)
class Style:
    """One look of a cell. Make another with dataclasses.replace: replace(MONEY, fill="#FFF2CC").

    `font` is a Chinese face; a computer without it takes another face with the Chinese character set that goes with it. `across` and `down`
    place the text: left, center, right; top, center. `form` is a number format of spreadsheets, "@" keeps what is typed as text.
    """

    font: str = SONG
    size: float = 10.5
    bold: bool = False
    color: str = "#000000"
    fill: str = ""
    border: bool = True
    across: str = "left"
    down: str = "center"
    wrap: bool = True
    form: str = ""
    indent: int = 0
    underline: bool = False


# 方正小标宋 is what the rules ask for and few computers have; 黑体 stands in for it in tables.
TITLE = Style(font=HEI, size=16, border=False, across="center")
SUBTITLE = Style(border=False, across="left")
NOTE = Style(size=9, border=False, down="top", color="#595959")
HEAD = Style(font=HEI, fill="#DDEBF7", across="center")
SECTION = Style(font=HEI, fill="#F2F2F2")
LABEL = Style(across="center")
CENTRED = Style(across="center")
TEXT = Style()
GREY = Style(fill="#D9D9D9", across="center")
# Two decimals at least, as official tables print money, and two more where they are known.
MONEY = Style(across="right", form="0.00##", wrap=False)
SCORE = Style(across="center", wrap=False)
COUNT = Style(across="right", wrap=False)
# A ratio: 0.9538 is shown as 95.38%.
PERCENT = Style(across="center", form="0.00%", wrap=False)
WARNING = replace(TEXT, color="#9C0006", fill="#FFC7CE", bold=True)
