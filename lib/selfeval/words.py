"""How numbers, units, qualifiers, dates and names are written for a reader; the one place where a ratio becomes a percent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from selfeval.knowledge import load, names_in

# Wide enough for any sum of money to be cut to two places without an error.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_MINUS = "−"
# 万元 to the fen; what has more was divided, not counted.
_MOST_DECIMALS = 6
# Chinese characters, and the punctuation that carries its own white space.
_HAN, _FULL = "\u4e00-\u9fff", "，。；：、！？（）《》〔〕"

_SPOKEN = {"over": "至少", "at_least": "至少", "range_low": "至少", "about": "约", "at_most": "至多", "range_high": "至多"}
_SIGNS = {"over": "≥", "at_least": "≥", "range_low": "≥", "about": "≈", "at_most": "≤", "range_high": "≤"}
_FROM_NOTE = (("至少", "at_least"), ("至多", "at_most"), ("约", "about"))

_INVENTED = ("虚构", "测试")

_CHOICES = load("tables")["choice"]
BOOKS = _CHOICES["book"]
LEVELS = _CHOICES["level"]
VERDICTS = _CHOICES["verdict"]
SEVERITIES = _CHOICES["severity"]
ORIGINS = _CHOICES["source"]
ASPECTS = _CHOICES["aspect"]
PERIODS = _CHOICES["period"]
STATES = _CHOICES["state"]
EXTENTS = _CHOICES["extent"]
DOCUMENT_KINDS = _CHOICES["document_kind"]
SCOPES = {"projects": "全部项目", "department": "部门整体"}
ROLES = {"report": "自评报告", "table": "填报表", "other": "其他材料"}


def rounded(value: Decimal, places: int) -> Decimal:
    """`value` to `places` decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)


def is_invented(note: str) -> bool:
    """Whether a source card's note says that its material is invented or made for a test."""
    return any(word in note for word in _INVENTED)


def body(name: str, note: str) -> str:
    """A body as it is named wherever a reader sees it: one that is invented says so."""
    return f"{name.removesuffix('（虚构）')}（虚构，测试用）" if is_invented(note) else name


def number(value: Decimal, places: int | None = None) -> str:
    """`value` in plain digits: as printed, or cut to `places` decimals."""
    kept = value if places is None else rounded(value, places)
    shown = format(kept, "f")
    return shown.replace("-", _MINUS) if kept else shown.lstrip("-")


def percent(ratio: Decimal, places: int = 2) -> str:
    """A ratio as a percent: 0.75 is 75.00%."""
    return number(ratio.scaleb(2, context=_CONTEXT), places) + "%"


def with_unit(digits: str, unit: str) -> str:
    """Digits and their unit, a blank between them; a percent sign stands close."""
    if not unit:
        return digits
    return digits + unit if unit in {"%", "％", "‰"} else f"{digits} {unit}"


def quantity(value: Decimal | None, unit: str, qualifier: str = "exact") -> str:
    """A printed quantity in a sentence: 至少 20 万元, 15 条, 不详."""
    if value is None:
        return "不详"
    spoken = _SPOKEN.get(qualifier, "")
    return f"{spoken} {_amount(value, unit)}" if spoken else _amount(value, unit)


def short_quantity(value: Decimal | None, unit: str, qualifier: str = "exact") -> str:
    """The same where room is scarce, in a table or chart: ≥20 万元."""
    return "不详" if value is None else _SIGNS.get(qualifier, "") + _amount(value, unit)


def money(value: Decimal | None, qualifier: str = "exact") -> str:
    """万元 with the printed decimals kept: 12.50 万元, 7 万元."""
    return quantity(value, "万元", qualifier)


def signed(value: Decimal, unit: str = "") -> str:
    """A deviation with its sign: +4.20 万元, −1.5 万元, 0 万元."""
    digits = cut(value)
    return with_unit(f"+{digits}" if value > 0 else digits, unit)


def qualifier_of(note: str) -> str:
    """The qualifier a metric's note speaks of; exact when it speaks of none."""
    return next((qualifier for word, qualifier in _FROM_NOTE if word in note), "exact")


def measured(value: Decimal, unit: str, note: str = "", *, short: bool = False) -> str:
    """A computed value: a ratio (no unit) as percent, anything else to two decimals at most; the bound its note speaks of is kept.

    A value that two decimals would make zero keeps two significant digits instead.
    """
    shown = with_unit(cut(value), unit) if unit else percent(value)
    qualifier = qualifier_of(note)
    if short:
        return _SIGNS.get(qualifier, "") + shown
    spoken = _SPOKEN.get(qualifier, "")
    return f"{spoken} {shown}" if spoken else shown


def distance(difference: Decimal, unit: str) -> str:
    """How far apart two numbers are, in their unit; two rates in percentage points, the bare number where there is no unit."""
    size = abs(difference)
    if unit == "%":
        return with_unit(cut(size), "个百分点")
    return measured(size, unit) if unit else cut(size)


def not_computable(missing: str) -> str:
    """不可计算 and what is missing for it; a denominator of nought is not missing but of no use."""
    if not missing:
        return "不可计算"
    why = spaced(missing if re.search("为(0|负数)，", missing) else f"缺{missing}")
    # Brackets within brackets are hard to read.
    return f"不可计算：{why}" if "（" in why else f"不可计算（{why}）"


def spaced(text: str) -> str:
    """`text` as this page is set: a blank between Chinese and digits (第 61 行), none between Chinese and Chinese.

    What stands in quotation marks is quoted and stays as it is, and so do dates.
    """
    return "".join(part if number % 2 else _spaced(part) for number, part in enumerate(re.split("(“[^”]*”)", text)))


def _spaced(text: str) -> str:
    closed = re.sub(f"(?<=[{_HAN}{_FULL}]) (?=[{_HAN}{_FULL}])|(?<=[{_FULL}]) | (?=[{_FULL}])", "", text)
    dates = re.split(r"(\d+年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日)", closed)
    return "".join(
        part if number % 2 else re.sub(f"(?<=[{_HAN}])(?=[+−]?[0-9])|(?<=[0-9%])(?=[{_HAN}])", " ", part)
        for number, part in enumerate(dates)
    )


def place(line: int | None, page: int | None = None) -> str:
    """Where something stands in a report: 第 7 页第 142 行; what is not known is left out, the page where the file has none."""
    return (f"第 {page} 页" if page else "") + (f"第 {line} 行" if line else "")


def joined(parts: Iterable[str], mark: str = "、") -> str:
    """A list as a sentence has it: 甲、乙和丙."""
    parts = list(parts)
    return mark.join(parts[:-1]) + "和" + parts[-1] if len(parts) > 1 else "".join(parts)


def month_day(date: str) -> tuple[int, int] | None:
    """Month and day of a date as reports print it (3.09, 8月15日, a whole date); None when it is no day of a year."""
    found = re.fullmatch(r"(?:\d{4}[.\-/年])?(\d{1,2})[.\-/月](\d{1,2})日?", date.strip(" “”\"'"))
    if not found:
        return None
    month, day = int(found[1]), int(found[2])
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def date(printed: str) -> str:
    """3月9日 for 3.09; what is no date stays as it is printed."""
    found = month_day(printed)
    return f"{found[0]}月{found[1]}日" if found else printed


def sector(identifier: str) -> str:
    """A trade as readers call it (knowledge/sectors.toml)."""
    return _labels("sectors", "sector").get(identifier, "全部领域" if identifier in {"", "all"} else identifier)


def area(identifier: str) -> str:
    """A field of work as readers call it (knowledge/indicators.toml)."""
    return _labels("indicators", "area").get(identifier, identifier)


def areas() -> list[str]:
    """The fields of work in the order they are read in."""
    return list(_labels("indicators", "area"))


def basis(identifier: str) -> str:
    """The budget column a rate is held against (knowledge/budget_metrics.toml)."""
    return load("budget_metrics")["bases"].get(identifier, identifier)


def column(name: str) -> str:
    """The column of a table as readers call it (knowledge/tables.toml); a name nobody put there stays as it is."""
    return load("tables")["column"].get(name, {}).get("name", name)


def table(name: str) -> str:
    """A table as readers call it (knowledge/tables.toml)."""
    return load("tables")["table"][name]["title"]


def table_row(name: str) -> str:
    """What one row of a table is."""
    return load("tables")["table"][name]["row"]


def table_choice(column: str, word: str) -> str:
    """What a word in a column that takes one of a few stands for."""
    return _CHOICES[column][word]


def spoken(column: str, word: str) -> str:
    """What stands in a cell of `column`, in Chinese where it is one of the codes of the tables; anything else as it is."""
    return _spoken_in(column).get(word, word)


@cache
def _spoken_in(column: str) -> dict[str, str]:
    """The words of a column and what they stand for, by its name."""
    named = {
        "area": lambda: _labels("indicators", "area"),
        "sector": lambda: _labels("sectors", "sector"),
        "scope": lambda: _labels("sectors", "sector") | {"all": "全部领域"} | SCOPES,
        "basis": lambda: load("budget_metrics")["bases"] | {"sum": "合计"},
        "family": lambda: load("checks")["families"] | load("form_checks")["families"] | {load("reconcile")["family"]: "报告与填报表"},
        "role": lambda: ROLES,
        "ruleset": _rulesets,
        "scoring": _rulesets,
        "unit": lambda: {"date": "日期"},
    }
    return named[column]() if column in named else dict(_CHOICES.get(column, {}))


def _rulesets() -> dict[str, str]:
    return {name: load(f"scoring/{name}")["title"] for name in names_in("scoring")}


def column_meaning(name: str, column: str) -> str:
    """What a column of the table `name` means."""
    known = load("tables")
    return known["table"][name].get("column", {}).get(column) or known["column"][column]["meaning"]


@cache
def choice(sheet: str, column: str, identifier: str) -> str:
    """What a choice of a sheet is called where it is filled in (knowledge/sheets.toml): 产出指标 for output."""
    columns = load("sheets")["sheet"][sheet]["column"]
    return next(entry["choices"] for entry in columns if entry["key"] == column).get(identifier, identifier)


@cache
def _labels(name: str, kind: str) -> dict[str, str]:
    return {entry["id"]: entry["label"] for entry in load(name)[kind]}


def _amount(value: Decimal, unit: str) -> str:
    """Large round counts in 万, as one says them: 300000 份 is 30 万份; of a division a cell held, as many decimals as money has."""
    value = rounded(value, _MOST_DECIMALS) if -value.as_tuple().exponent > _MOST_DECIMALS else value
    if unit and "万" not in unit and "%" not in unit and abs(value) >= 100000 and _is_whole(value / 10000):
        return with_unit(number(value / 10000, 0), f"万{unit}")
    return with_unit(number(value), unit)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def cut(value: Decimal) -> str:
    """At most two decimals, none added; more only where two would leave nothing of a small value."""
    own = max(-value.as_tuple().exponent, 0)
    enough = 2 if not value or abs(value) >= Decimal("0.005") else 1 - value.adjusted()
    return number(value, min(own, enough))


# Cells of a table typed as text stand this far apart; two of them may be a heading and its remark.
_CELLS_APART, _LEAST_CELLS = re.compile(r"\t|[|｜]|[ \u3000]{2,}"), 3
_BARE_NUMBER, _LEAST_NUMBERS = re.compile(r"[−+-]?\d[\d,.]*%?"), 2


def is_row(line: str) -> bool:
    """Whether a line is a row of a table and no prose: cells parted by tabs, bars or wide blanks, or bare numbers one after the other."""
    text = line.strip()
    if "\t" in text or text.startswith("|"):
        return True
    cells = sum(bool(cell.strip()) for cell in _CELLS_APART.split(text))
    numbers = sum(bool(_BARE_NUMBER.fullmatch(word)) for word in text.split())
    return (cells >= _LEAST_CELLS or numbers >= _LEAST_NUMBERS) and not text.endswith(("。", "；", "！", "？"))
