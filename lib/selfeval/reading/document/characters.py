"""Characters no reader sees, and characters that only look like others: dropped or replaced before text is kept."""

from __future__ import annotations

import re
import unicodedata

# Control characters but tab and line feed, zero-width and direction marks, soft hyphens, halves of surrogate pairs, non-characters.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOOKALIKES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
# Radicals which PDF writers print for the hanzi, and for which Unicode names no simplified one.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺎⺏⺐⺒⺓⺕⺞⺟⺠⺢⺩⺪⺫⺬⺭⺮⺰⺲⺳⺶⺷⺸⺹⺺⺻⺼⺽⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻑⻓⻔⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻰⻳⼾⾭",
        "厂几小兀尣尢巳幺彐歺母民氺王疋罒示礻竹纟罓罒羊羊羊耂肀聿肉臼虎衤覀西见角覀讠贝足车辶長长门青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾斉齐齿龙龟户青",
        strict=True,
    )
)


def visible(text: str) -> str:
    """Return `text` with `\\n` line ends, ordinary blanks, and without characters that print nothing."""
    return _BLANKS.sub(" ", _LINE_ENDS.sub("\n", _UNSEEN.sub("", text)))


def ordinary_hanzi(text: str) -> str:
    """Return `text` with radicals, compatibility forms and ligatures replaced by what they are printed for (⼀ → 一, ⻓ → 长, ﬁ → fi)."""
    return _LOOKALIKES.sub(lambda match: _RADICALS.get(match[0]) or unicodedata.normalize("NFKC", match[0]), text)


def superscript(text: str) -> str:
    """Return `text` with its digits raised, so that the 1 of a note after 821.31 does not become part of the figure."""
    return text.translate(_RAISED)
