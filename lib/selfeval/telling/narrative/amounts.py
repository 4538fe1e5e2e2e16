"""Sums of money as the report says them: budgets, what was spent, the rate with its denominator named, why it came out so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from selfeval import words
from selfeval.blocks import to_fill
from selfeval.knowledge import load
from selfeval.quantity import quotient
from selfeval.records.deviation import is_called_reason

from .year import COLUMNS, Row, text

# What an expenditure is held against, the official denominator first.
_BASES = ("adjusted", "target", "initial")
_OFFICIAL = ("initial", "adjusted", "actual")
_MARGIN = Decimal(load("checks")["thresholds"]["margin"])


def money(value: Decimal) -> str:
    """A sum in 万元 as official prose prints it, to the second decimal at most: 12.50万元."""
    shown = words.number(value, 2) if -value.as_tuple().exponent > 2 else words.number(value)
    return text("amounts", "money", number=shown)


def quantity(value: Decimal | None, unit: str, qualifier: str = "exact") -> str:
    """A quantity as official prose prints it, a bound said in words: 至少30万元."""
    return words.quantity(value, unit, qualifier).replace(" ", "")


def percent(numerator: Decimal, denominator: Decimal) -> str:
    """One number in per cent of another, which is not zero."""
    return words.percent(quotient(numerator, denominator))


def column_name(line: Row, column: str) -> str:
    """What a column is called beside this line: what was spent without a known budget is no 全年执行数."""
    if column == "actual" and line.initial is None and line.adjusted is None:
        return text("columns", "actual_of_target")
    return text("columns", column)


def basis_of(line: Row) -> str:
    """The column this line's spending is held against, '' when it has none."""
    return next((basis for basis in _BASES if getattr(line, basis) is not None), "")


def amounts(line: Row) -> str:
    """The sums of a line that are known, each with the name of its column; of mere expenditure the sum is enough."""
    if not basis_of(line) and line.actual is not None and line.item.endswith("支出"):
        return money(line.actual)
    return "，".join(
        text("amounts", "of_column", column=column_name(line, column), money=money(value))
        for column in COLUMNS
        if (value := getattr(line, column)) is not None
    )


def unknown(line: Row, name: str, said: str = "unknown") -> str:
    """A sentence that asks for the official sums of a whole that are not known; '' where all are."""
    missing = "、".join(text("columns", column) for column in _OFFICIAL if getattr(line, column) is None)
    asked = to_fill(text("open", "columns_of", name=name, columns=missing))
    return text("amounts", said, name=name, columns=missing, open=asked) if missing else ""


def unlisted(line: Row, name: str) -> str:
    """The same as a sentence that stands by itself."""
    return unknown(line, name, "unlisted")


def spent(parts: Iterable[Row]) -> str:
    """What was spent on each part, as a list that follows the whole: 其中人员经费650万元、公用经费120万元; '' where one is not known."""
    parts = list(parts)
    if not parts or any(part.actual is None for part in parts):
        return ""
    return text("amounts", "parts", parts="、".join(f"{part.item}{money(part.actual)}" for part in parts))


def rate(line: Row) -> str:
    """预算执行率 with its denominator named, only 执行率 against another one than the official; '' where it cannot be told."""
    basis = basis_of(line)
    if not basis or line.actual is None:
        return ""
    name, denominator = text("columns", basis), getattr(line, basis)
    if not denominator:
        return text("amounts", "zero_basis", basis=name)
    kind = "rate" if basis == _BASES[0] else "other_rate"
    return text("amounts", kind, rate=percent(line.actual, denominator), actual=column_name(line, "actual"), basis=name)


def rate_of_project(line: Row) -> str:
    """完成全年预算数的95.00%, '' where it cannot be told."""
    basis = basis_of(line)
    if not basis or line.actual is None:
        return ""
    name, denominator = text("columns", basis), getattr(line, basis)
    if not denominator:
        return text("amounts", "zero_basis", basis=name)
    return text("amounts", "rate_of_project", rate=percent(line.actual, denominator), basis=name)


def difference(line: Row) -> str:
    """比全年预算数少3.5万元, '' where nothing was left over or overspent, or it cannot be told."""
    gap = deviation(line)
    if not gap:
        return ""
    return text("amounts", "less" if gap < 0 else "more", basis=text("columns", basis_of(line)), money=money(abs(gap)))


def deviation(line: Row) -> Decimal | None:
    """By how much more than its budget was spent; None where it cannot be told."""
    basis = basis_of(line)
    return line.actual - getattr(line, basis) if basis and line.actual is not None else None


def deviates(line: Row) -> bool:
    """Whether what was spent is further from its budget than has to be explained: over ten per cent, or more than the budget."""
    basis = basis_of(line)
    if not basis or line.actual is None:
        return False
    planned = getattr(line, basis)
    return line.actual > planned or abs(line.actual - planned) > planned * _MARGIN


def because(line: Row) -> str:
    """The reason the tables give, called one only where a sheet gives it as such or a report says so; '' where they give none."""
    if not line.reason.strip():
        return ""
    causal = line.source == "table" or is_called_reason(line.reason)
    return text("amounts", "because" if causal else "noted", reason=reason_of(line.reason))


def unexplained(line: Row) -> str:
    """A place for the reason where one is due and the tables give none; else ''."""
    if line.reason.strip() or not deviates(line):
        return ""
    basis = basis_of(line)
    kind = "over" if line.actual > getattr(line, basis) else "reason"
    return to_fill(text("open", kind, item=line.item, basis=text("columns", basis)))


def reason_of(words_of_others: str) -> str:
    """A reason without the words that open it, which ours already say."""
    return re.sub(load("narrative")["amounts"]["reason_opens"], "", ended(words_of_others))


def ended(words_of_others: str) -> str:
    """What somebody wrote, on one line and without the mark at its end, to stand before ours."""
    return "".join(words_of_others.split("\n")).strip().rstrip("。；;，,.")


def compared(now: Decimal, earlier: Decimal, unit: str = "万元") -> str:
    """比上年决算数12万元减少1.5万元，下降12.50%."""
    return text("amounts", "last_year", earlier=quantity(earlier, unit), change=change(now, earlier, unit))


def change(now: Decimal, earlier: Decimal, unit: str) -> str:
    """减少1.5万元，下降12.50%; 持平; without a rate where there was nothing to compare with."""
    gap = now - earlier
    if not gap:
        return text("amounts", "same")
    shown = quantity(abs(gap), unit)
    if not earlier:
        return text("amounts", "rise_only", difference=shown)
    return text("amounts", "risen" if gap > 0 else "fallen", difference=shown, rate=percent(abs(gap), abs(earlier)))


def sentence(*parts: str) -> str:
    """The parts that say anything, as one sentence."""
    said = [part for part in parts if part]
    return "，".join(said) + "。" if said else ""
