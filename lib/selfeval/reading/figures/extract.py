"""Text to figures: one pass over the numerals, each judged by its own form and its nearest neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from selfeval.reading.document import Document

from . import grammar
from .bare import resolve_bare
from .cells import Cells
from .figure import QUANTITIES, Figure
from .han import han_is_figure
from .measure import Surroundings
from .numerals import arabic_value, chinese_value, in_last_scale

_PERCENT_BASE = {"百": "%", "千": "‰", "万": "‱"}
_SPACE = re.compile(r"\s+")
_USUAL = str.maketrans("萬億圆％", "万亿元%")
_NO_VALUE = frozenset({"year", "code"})
_HOURS = frozenset({"个小时", "个半小时"})
_AND_A_HALF = "个半"
# 两亿三千万: the 亿 within is counted in the scale at the end.
_SCALED_TWICE = re.compile("[万亿]")
_HALF = Decimal("0.5")
_TIME_UNITS = frozenset("年天月周") | {"个月", "小时", "个小时"}
_PROSE_LINE = 8
_NEAR = 60
# 调增24万元至134万元: by how much, and to what.
_CHANGED_BY, _NEAR_CHANGE = re.compile("[调追核压][增加减缩](?:了|预算|资金|指标|经费)?$"), 6
_SENTENCE_MARK = re.compile("[，。；、]")


# 一轮642家、二轮718家: which of the rounds, and no number of them.
_ORDINAL = re.compile(r"[：:、，；（]?[一二三四五六七八九十][轮期批片组]\d")


def extract_figures(text: str) -> list[Figure]:
    """Return every figure of a text that is all there is; its tables are those typed into it. See `figures_of`."""
    return figures_of(Document(text, "", "", ""))


def figures_of(document: Document) -> list[Figure]:
    """Return every figure of `document` in reading order; spans never overlap. What stands in a table is read by its heads.

    Never raises, whatever the text; time and memory grow linearly with it. Numerals that are no figures (三公, 一是, 第一时间) are left
    out.
    """
    text, cells = document.text, Cells(document)
    surroundings = Surroundings(text, cells)
    figures: list[Figure] = []
    bare: list[int] = []
    for match in grammar.tokens(text):
        kind = match.lastgroup
        if kind == "quantity":
            figure = _quantity(match, text, surroundings)
            if not figure.unit and figure.kind == "other":
                bare.append(len(figures))
            elif figures:
                _join_range(figures, bare, figure, text)
        else:
            figure = _READERS[kind](match, surroundings)
            if figure is None:
                continue
            if figures and figure.kind in ("year", "date", "count", "percent"):
                _join_range(figures, bare, figure, text)
        figures.append(_as_high_end(figures, figure))
    if bare:
        figures = resolve_bare(figures, bare, cells)
    surroundings.figures = figures
    return figures


def _quantity(match: re.Match[str], text: str, surroundings: Surroundings) -> Figure:
    start, end = match.span()
    number, more, scale, more_too, gap, unit = match.group("number", "more", "scale", "more_too", "gap", "unit")
    if gap and not (unit and _gap_is_harmless(text, match, gap, unit)):
        unit = scale = None
    rest = match["rest"]
    if rest and scale:
        value, scale = in_last_scale(number + scale + rest)
    else:
        value = Decimal(number) if number.isascii() and number.isdigit() else arabic_value(number)
    if not unit and not scale:
        end = match.end("rest" if rest else "number")
        return Figure(start, end, text[start:end], value, "", "exact", "other", "none", surroundings)
    if unit and unit.startswith(_AND_A_HALF):
        value += _HALF
    unit = _plain_unit((scale or "") + (unit or ""))
    kind = _kind_of(unit, number, text, start, end)
    qualifier = _qualifier(text, start, end, unit, bool(more or more_too)) if kind in QUANTITIES else "exact"
    return Figure(start, end, text[start:end], value if kind not in _NO_VALUE else None, unit, qualifier, kind, "text", surroundings)


@lru_cache(maxsize=1024)
def _plain_unit(printed: str) -> str:
    """The unit without blanks in its usual characters (萬圆 is 万元); 个小时 is 小时, and 月 behind 个多 is 个月."""
    unit = _SPACE.sub("", printed).translate(_USUAL)
    if unit.endswith("月"):
        return "个月"
    return "小时" if unit in _HOURS else unit


def _gap_is_harmless(text: str, match: re.Match[str], gap: str, unit: str) -> bool:
    """A blank or line break between number and unit is layout, unless a new cell or line begins there."""
    if "\t" in gap or gap.count("\n") > 1:
        return False
    after = text[match.end() : match.end() + 1]
    ends_word = not after or not ("\u4e00" <= after <= "\u9fff")
    if "\n" in gap:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        torn = len(line) >= _PROSE_LINE and (ends_word or bool(_SENTENCE_MARK.search(line)))
        return any("\u4e00" <= character <= "\u9fff" for character in line) and (torn or unit.endswith(("元", "%", "％")))
    return unit.endswith(("元", "%", "％")) or ends_word or _in_sentence(text, match.start(), match.end())


def _in_sentence(text: str, start: int, end: int) -> bool:
    """Whether a comma or full stop near by shows that this is a sentence and no row of cells."""
    line_end = text.find("\n", end, end + _NEAR)
    line_start = text.rfind("\n", max(0, start - _NEAR), start) + 1 or max(0, start - _NEAR)
    return bool(_SENTENCE_MARK.search(text, line_start, line_end if line_end >= 0 else end + _NEAR))


def _kind_of(unit: str, number: str, text: str, start: int, end: int) -> str:
    if unit in grammar.MONEY_FACTORS:
        return "money"
    if unit in grammar.PERCENT_UNITS:
        return "percent"
    if unit in _BARE_SCALES:
        return "money" if _MONEY_BEFORE.search(text, max(0, start - 24), start) else "count"
    if unit == "度" and _COORDINATE.search(text, max(0, start - 3), start):
        return "other"
    if unit in grammar.NAME_UNITS:
        return _kind_of_name(unit, number, text, start, end)
    if unit in _SUBJECT_UNITS and _SUBJECT.match(text, max(0, start - 1), end + 1):
        return "code"
    return "money" if _CURRENCY_RATE.match(unit) else "count"


_BARE_SCALES = frozenset({"万", "亿", "千", "百", "万亿", "百万", "千万", "十万", "十亿", "百亿", "千亿"})
_MONEY_BEFORE = re.compile(
    "[资资金款费投入税][^，。；]{0,16}$|(?:资金|收入|支出|预算|决算|经费|投资|产值|金额|损失|拨款|补助)[^，。；]{0,12}$"
)
_COORDINATE = re.compile("[纬经]$")
# （204类）, （06款）: a subject of the budget by its number.
_SUBJECT_UNITS = frozenset("类款项")
_SUBJECT = re.compile("[（(](?:[0-9]{3}类|[0-9]{2}[款项])[）)]")
_CURRENCY_RATE = re.compile("[十百千万亿]*[元]/")


def _kind_of_name(unit: str, number: str, text: str, start: int, end: int) -> str:
    """级 counts when it is a magnitude or a wind force; otherwise such a number tells which one, not how many."""
    if unit != "级":
        return "other"
    measured = "." in number or "．" in number or _FORCE_AFTER.match(text, end) or _FORCE_BEFORE.search(text, max(0, start - 6), start)
    return "count" if measured else "other"


_FORCE_AFTER = re.compile(f"左右|(?:以上|以下|及以上)?(?:的)?(?:{'|'.join(grammar.FORCES)})")
_FORCE_BEFORE = re.compile(f"(?:{'|'.join(grammar.FORCES)})(?:达|为|约)?$")


def _qualifier(text: str, start: int, end: int, unit: str, more: bool) -> str:
    following = text[end : end + 1]
    if following in grammar.AFTER_FIRST and following:
        after = grammar.AFTER.match(text, end)
        # In 2875人多289人 多 compares two numbers.
        if after and not text[after.end() : after.end() + 1].isdigit():
            return grammar.AFTER_QUALIFIER[after[1]]
    elif _AND_ABOVE.match(text, end):
        return "at_least"
    if more:
        return "over"
    if start and text[start - 1] in grammar.BEFORE_LAST:
        before = grammar.BEFORE.search(text, max(0, start - 8), start)
        if before and not (before[1] in grammar.NOT_BEFORE_TIME and unit in _TIME_UNITS) and not _is_part_of_word(text, before):
            return grammar.BEFORE_QUALIFIER[before[1]]
    return "exact"


_AND_ABOVE = re.compile("[（(]?(?:含[）)]|及)以上")
_WORD_ENDS = {
    "上": "以及同年岸网线月在晚早以",
    "近": "附临邻最亲接靠",
    "超": "赶每商",
    "超过": "每",
    "约": "节制条公预签合邀大",
    "低于": "",
    "少于": "",
}


def _is_part_of_word(text: str, before: re.Match[str]) -> bool:
    """近 in 最近 or 上 in 以上 is no qualifier of the number behind it."""
    previous = text[before.start() - 1 : before.start()]
    return bool(previous) and previous in _WORD_ENDS.get(before[1], "")


def _join_range(figures: list[Figure], bare: list[int], high: Figure, text: str) -> None:
    """Give the low end of a range its qualifier, and the unit it shares with the high end."""
    low = figures[-1]
    if (low.value is None and low.kind != "year") or high.start - low.end > 4 or high.start == low.end:
        return
    if not grammar.RANGE_MARK.fullmatch(text, low.end, high.start):
        return
    if low.kind == "money" and low.unit and _CHANGED_BY.search(text, max(0, low.start - _NEAR_CHANGE), low.start):
        return
    is_bare = bare and bare[-1] == len(figures) - 1
    if high.kind in ("year", "date"):
        if is_bare:
            bare.pop()
            figures[-1] = low._replace(kind=high.kind, value=None, unit=high.unit)
    elif (
        high.value is not None
        and low.value is not None
        and low.value <= high.value
        and (is_bare or low.kind == high.kind or low.unit in _BARE_SCALES)
    ):
        if is_bare:
            bare.pop()
            figures[-1] = low._replace(unit=high.unit, kind=high.kind, qualifier="range_low", unit_from="text")
        else:
            figures[-1] = low._replace(qualifier="range_low", **_shared_unit(low, high))


def _shared_unit(low: Figure, high: Figure) -> dict[str, str]:
    """5万—6万亩: a low end printed with its scale alone takes the whole unit of the high end."""
    return {"unit": high.unit, "kind": high.kind} if low.unit in _BARE_SCALES and high.unit.startswith(low.unit) else {}


def _as_high_end(figures: list[Figure], figure: Figure) -> Figure:
    if figures and figures[-1].qualifier == "range_low" and figure.start - figures[-1].end <= 4 and figure.kind in QUANTITIES:
        return figure._replace(qualifier="range_high")
    return figure


def _hundredth(match: re.Match[str], surroundings: Surroundings) -> Figure | None:
    start, end = match.span()
    share = match["share"]
    try:
        value = arabic_value(share) if share[0].isdigit() and share[0] not in grammar.HAN_NUMERALS else chinese_value(share)
    except (ValueError, ArithmeticError):
        return None
    unit = _PERCENT_BASE[match["base"]]
    qualifier = _qualifier(surroundings.text, start, end, unit, bool(match["share_more"]))
    return Figure(start, end, match[0], value, unit, qualifier, "percent", "text", surroundings)


def _han_quantity(match: re.Match[str], surroundings: Surroundings) -> Figure | None:
    text = surroundings.text
    if not han_is_figure(match, text) or _ORDINAL.match(text, max(0, match.start() - 1), match.end() + 1):
        return None
    printed, scale, unit = match["han"], match["han_scale"] or "", match["han_unit"]
    # 万 and 亿 stay in the unit, as they do after digits.
    while len(printed) > 1 and printed[-1] in "万亿":
        printed, scale = printed[:-1], printed[-1] + scale
    try:
        value = in_last_scale(printed + scale)[0] if scale and _SCALED_TWICE.search(printed) else chinese_value(printed)
    except (ValueError, ArithmeticError):
        return None
    start, end = match.span()
    if unit.startswith(_AND_A_HALF):
        value += _HALF
    unit = _plain_unit(scale + unit)
    kind = _kind_of(unit, printed, text, start, end)
    qualifier = _qualifier(text, start, end, unit, bool(match["han_more"] or match["han_more_too"])) if kind in QUANTITIES else "exact"
    return Figure(start, end, match[0], value, unit, qualifier, kind, "text", surroundings)


def _stated_zero(match: re.Match[str], surroundings: Surroundings) -> Figure:
    kind = "count" if match.lastgroup == "zero" else "other"
    return Figure(*match.span(), match[0], Decimal(0), "", "exact", kind, "none", surroundings)


def _named(kind: str, unit: str = "") -> Callable[[re.Match[str], Surroundings], Figure]:
    """A reader for numerals that are no quantity: they keep their text, and no number is meant."""

    def read(match: re.Match[str], surroundings: Surroundings) -> Figure:
        return Figure(*match.span(), match[0], None, unit, "exact", kind, "none", surroundings)

    return read


_READERS = {
    "doc_number": _named("doc_number"),
    "ordinal": _named("ordinal"),
    "hundredth": _hundredth,
    "zero": _stated_zero,
    "none": _stated_zero,
    "han_quantity": _han_quantity,
    "phone": _named("phone"),
    "code": _named("code"),
    "date": _named("date", "date"),
    "year": _named("year", "年"),
    "fraction": _named("other"),
    "formula": _named("other"),
    "members": _named("other"),
}
