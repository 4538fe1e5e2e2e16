"""The column 核对: one formula a row that says in words what is off, and nothing where all is well.

Only what every spreadsheet program has had for long: no TEXTJOIN, no LET, no dynamic arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.telling.office import quoted

from .plan import FIRST_ROW, Column, Plan
from .totals import LOOKUP_AMOUNTS, LOOKUP_BOOK, LOOKUP_COUNT, LOOKUP_LEVEL

# Amounts printed to two decimals may differ from the sum of n such by (n + 1) half units of the last place.
_HALF_UNIT = "0.005"
_FULL_WEIGHT = 100
_WEIGHTS_OFF = "分值合计应为 100，现为 "
# An actual value so many times its target asks for a reason.
_OVER = "1.3"


@dataclass(frozen=True, slots=True)
class Remark:
    """What the sheet says of a row when `condition` (a formula) holds; `extra` is a formula for what comes behind the words."""

    condition: str
    words: str
    extra: str = ""

    def formula(self) -> str:
        """The remark as a part of the row's formula."""
        tail = f"&{self.extra}" if self.extra else ""
        return f'IF({self.condition},{quoted(self.words)}{tail}&"；","")'


def check_formula(plan: Plan, row: int, year: int) -> str:
    """The formula of one row of a list: general remarks from the kinds of its columns, then those of its sheet."""
    return _joined(plan, row, [*_general(plan, row), *_OF_SHEET.get(plan.key, _nothing)(plan, row, year)])


def said_of(plan: Plan, rows: Sequence[Mapping[str, str | Decimal]]) -> list[str]:
    """What the formulas say of rows as they are printed, in words: only that something is missing, or that weights carried over are off."""
    return [
        "".join(f"{words}；" for words in [*_missing_in(plan, row), *_weights_in(plan, rows, number)]) for number, row in enumerate(rows)
    ]


def _missing_in(plan: Plan, row: Mapping[str, str | Decimal]) -> list[str]:
    wanted = [
        column
        for column in plan.columns
        if column.required or any(row.get(other) in choices for other, choices in column.required_when.items())
    ]
    return [f"缺{column.head}" for column in wanted if column.key not in row]


def _weights_in(plan: Plan, rows: Sequence[Mapping[str, str | Decimal]], number: int) -> list[str]:
    scope = rows[number].get("scope")
    mine = [row for row in rows if plan.key == "indicators" and row.get("scope") == scope]
    weights = {id(row): Decimal(row.get("weight", 0)) for row in mine if row["level1"] not in {"goal", "total"}}
    begun = any(weights[id(row)] for row in mine if id(row) in weights and row["level1"] != "execution")
    whole = sum(weights.values())
    first = mine and mine[0] is rows[number]
    return [f"{_WEIGHTS_OFF}{whole.normalize():f}"] if first and begun and whole != _FULL_WEIGHT else []


def base_formula(plan: Plan, row: int, remarks: list[Remark]) -> str:
    """The formula of a printed row of 基础数据."""
    return _joined(plan, row, [*_texts_for_numbers(plan, row), *remarks])


def sum_remark(whole: str, parts: list[str], words: str, *, at_most: bool = False) -> Remark:
    """Says that `whole` is not the sum of `parts` (or, `at_most`, less than it); silent until the whole and one part are filled."""
    summed = f"SUM({','.join(parts)})"
    difference = f"{summed}-{whole}" if at_most else f"ABS({whole}-{summed})"
    count = f"COUNT({','.join(parts)})"
    off = f"ROUND({difference},4)>{_HALF_UNIT}*({count}+1)"
    return Remark(f"IF(AND(ISNUMBER({whole}),{count}>0),{off},FALSE)", words, _amount(difference))


def unwanted_remark(cells: list[str]) -> Remark:
    """Says that a grey cell was filled in."""
    return Remark(f"COUNTA({','.join(cells)})>0", "灰色格不用填")


def _joined(plan: Plan, row: int, remarks: list[Remark]) -> str:
    said = "&".join(remark.formula() for remark in remarks) or '""'
    # COUNTA would count cells that hold a blank: those are filled as well, and said to be.
    return f'IF(COUNTA({plan.span(row)})=0,"",IFERROR({said},"本行有出错的单元格，无法核对"))'


def _general(plan: Plan, row: int) -> list[Remark]:
    return [*_missing(plan, row), *_texts_for_numbers(plan, row), *_dates(plan, row), *_twice(plan, row)]


def _missing(plan: Plan, row: int) -> list[Remark]:
    conditions = {column.head: _missing_condition(plan, column, row) for column in plan.columns}
    return [Remark(condition, f"缺{head}") for head, condition in conditions.items() if condition]


def _missing_condition(plan: Plan, column: Column, row: int) -> str:
    empty = f'{plan.cell(column.key, row)}=""'
    if column.required:
        return empty
    cases = [
        f"{plan.cell(other, row)}={quoted(plan.label(other, choice))}"
        for other, choices in column.required_when.items()
        for choice in choices
    ]
    return f"AND({empty},OR({','.join(cases)}))" if cases else ""


def _texts_for_numbers(plan: Plan, row: int) -> list[Remark]:
    numbers = [column for column in plan.columns if column.is_quantity]
    return [Remark(f"ISTEXT({plan.cell(column.key, row)})", f"{column.head}应为数字") for column in numbers]


def _dates(plan: Plan, row: int) -> list[Remark]:
    remarks = []
    for column in plan.columns:
        cell = plan.cell(column.key, row)
        if column.kind == "date":
            remarks.append(Remark(f"ISTEXT({cell})", f"{column.head}应为日期，写成 年-月-日"))
        if column.not_before:
            earlier = plan.cell(column.not_before, row)
            words = f"{column.head}早于{plan.column(column.not_before).head}"
            remarks.append(Remark(f"AND(ISNUMBER({cell}),ISNUMBER({earlier}),{cell}<{earlier})", words))
    return remarks


def _twice(plan: Plan, row: int) -> list[Remark]:
    keys = load("sheets")["sheet"][plan.key]["key"]
    same = "*".join(f"({plan.block(key)}={plan.cell(key, row)})" for key in keys)
    return [Remark(f"SUMPRODUCT({same})>1", "与另一行重复")] if keys else []


def _nothing(plan: Plan, row: int, year: int) -> list[Remark]:
    del plan, row, year
    return []


def _budget(plan: Plan, row: int, year: int) -> list[Remark]:
    del year
    initial, adjusted, actual, reason = (plan.cell(key, row) for key in ("initial", "adjusted", "actual", "reason"))
    margin = load("checks")["thresholds"]["margin"]
    unexplained = f'ISNUMBER({actual}),ISNUMBER({adjusted}),{reason}=""'
    off = f"ABS({actual}-{adjusted})>{margin}*{adjusted}"
    return [
        Remark(f'AND({actual}<>"",{adjusted}="")', "缺全年预算数"),
        Remark(f"AND({unexplained},{actual}>{adjusted})", "执行数大于全年预算数，须写偏差原因"),
        Remark(f"AND({unexplained},{actual}<={adjusted},{off})", f"执行数与全年预算数相差超过 {_percent(margin)}，须写偏差原因"),
        Remark(
            f'AND(ISNUMBER({initial}),{initial}=0,N({adjusted})>0,{reason}="")', "年初预算数为 0 而全年预算数大于 0：请核对，属实的写明原因"
        ),
        *_stated_totals(plan, row),
        *_fund_sources(plan, row),
    ]


def _stated_totals(plan: Plan, row: int) -> list[Remark]:
    """A total that was typed in is held against the sum of the rows, as the sheet of sums has it."""
    book, level = plan.cell("book", row), plan.cell("level", row)
    totals = ",".join(f"{level}={quoted(plan.label('level', choice))}" for choice in ("basic", "project_total", "total"))
    keys = f"{LOOKUP_BOOK},{book},{LOOKUP_LEVEL},{level}"
    remarks = []
    for key, block in LOOKUP_AMOUNTS.items():
        stated, summed = plan.cell(key, row), f"SUMIFS({block},{keys})"
        count = f"SUMIFS({LOOKUP_COUNT},{keys})"
        off = f"AND({count}>0,ROUND(ABS({stated}-{summed}),4)>{_HALF_UNIT}*({count}+1))"
        condition = f"IF(AND(OR({totals}),ISNUMBER({stated})),{off},FALSE)"
        remarks.append(Remark(condition, f"{plan.column(key).head}与各行之和相差 ", _amount(f"ABS({stated}-{summed})")))
    return remarks


def _fund_sources(plan: Plan, row: int) -> list[Remark]:
    """The whole of a project is the sum of its sources, where these are given."""
    whole = quoted(plan.label("fund_source", "whole"))
    source = plan.cell("fund_source", row)
    mine = "*".join(f"({plan.block(key)}={plan.cell(key, row)})" for key in ("book", "level", "item"))
    others = f'{mine}*({plan.block("fund_source")}<>"")*({plan.block("fund_source")}<>{whole})'
    remarks = []
    for key in LOOKUP_AMOUNTS:
        stated, block = plan.cell(key, row), plan.block(key)
        summed, count = f"SUMPRODUCT({others},{block})", f"SUMPRODUCT({others},--ISNUMBER({block}))"
        off = f"AND({count}>0,ROUND(ABS({stated}-{summed}),4)>{_HALF_UNIT}*({count}+1))"
        condition = f'IF(AND(OR({source}={whole},{source}=""),ISNUMBER({stated}),{plan.cell("item", row)}<>""),{off},FALSE)'
        remarks.append(Remark(condition, f"{plan.column(key).head}与各资金来源之和相差 ", _amount(f"ABS({stated}-{summed})")))
    return remarks


def _indicators(plan: Plan, row: int, year: int) -> list[Remark]:
    del year
    nature, target, actual, reason, weight, score, band, level = (
        plan.cell(key, row) for key in ("nature", "target", "actual", "reason", "weight", "stated_score", "band", "level1")
    )
    word = {choice: quoted(plan.label("nature", choice)) for choice in ("ge", "gt", "le", "lt", "qualitative")}
    numeric = f'AND({nature}<>"",{nature}<>{word["qualitative"]})'
    wanted, reached = (f'VALUE(SUBSTITUTE({cell},"%",""))' for cell in (target, actual))
    known = f'{numeric},{target}<>"",{actual}<>"",{reason}=""'
    upward, downward = (f"OR({nature}={word[first]},{nature}={word[second]})" for first, second in (("ge", "gt"), ("le", "lt")))
    missed = f"OR(AND({upward},{reached}<{wanted}),AND({downward},{reached}>{wanted}))"
    return [
        Remark(f'AND({numeric},{target}<>"",ISERROR({wanted}))', "定量指标的年度指标值应为数字"),
        Remark(f'AND({numeric},{actual}<>"",ISERROR({reached}))', "定量指标的实际完成值应为数字"),
        Remark(f'AND({band}<>"",{nature}<>{word["qualitative"]})', "定性档次只有定性指标填"),
        Remark(f"AND(ISNUMBER({score}),ISNUMBER({weight}),{score}>{weight})", "自评得分大于分值"),
        Remark(f"IF(AND({known}),IFERROR({missed},FALSE),FALSE)", "没有达到指标值，须写偏差原因"),
        Remark(
            f"IF(AND({known},{upward}),IFERROR(AND({wanted}>0,{reached}>={_OVER}*{wanted}),FALSE),FALSE)",
            f"超过指标值 {_percent(str(Decimal(_OVER) - 1))} 以上，须说明原因",
        ),
        _weights(plan, row),
        Remark(f"AND({level}={quoted(plan.label('level1', 'total'))},ISNUMBER({weight}),{weight}<>{_FULL_WEIGHT})", "总分的分值应为 100"),
    ]


def _weights(plan: Plan, row: int) -> Remark:
    """The weights of the body, and of each project, make 100; said once, in the first row of each, and not before there are any."""
    scope, level = plan.cell("scope", row), plan.block("level1")
    letters = plan.cell("scope", row).rstrip("0123456789")
    so_far = f"{letters}${FIRST_ROW}:{scope}"
    levels_so_far = so_far.replace(letters, plan.cell("level1", row).rstrip("0123456789"))
    first = f'SUMPRODUCT(({so_far}={scope})*({levels_so_far}<>""))=1'
    goal, total, execution = (quoted(plan.label("level1", choice)) for choice in ("goal", "total", "execution"))
    mine = f"({plan.block('scope')}={scope})*({level}<>{goal})*({level}<>{total})"
    summed = f"SUMPRODUCT({mine},{plan.block('weight')})"
    begun = f"SUMPRODUCT({mine}*({level}<>{execution}),{plan.block('weight')})>0"
    condition = f"IF({first},AND({begun},ROUND({summed}-{_FULL_WEIGHT},4)<>0),FALSE)"
    return Remark(condition, _WEIGHTS_OFF, f"ROUND({summed},4)")


def _hazards(plan: Plan, row: int, year: int) -> list[Remark]:
    found, state, done = (plan.cell(key, row) for key in ("found", "state", "done"))
    return [
        Remark(f"IF(ISNUMBER({found}),YEAR({found})>{year},FALSE)", f"发现日期晚于 {year} 年"),
        Remark(
            f'AND({done}<>"",{state}<>"",{state}<>{quoted(plan.label("state", "rectified"))})', "写了整改完成日期，整改状态却不是已整改"
        ),
    ]


def _enforcement(plan: Plan, row: int, year: int) -> list[Remark]:
    fine, case = plan.cell("fine", row), plan.cell("case", row)
    return [
        _in_year(plan, "date", row, year),
        Remark(f"AND(N({fine})>0,{case}={quoted(plan.label('case', 'no'))})", "有罚款却没有立案"),
    ]


def _disasters(plan: Plan, row: int, year: int) -> list[Remark]:
    return [_in_year(plan, "date", row, year)]


def _in_year(plan: Plan, key: str, row: int, year: int) -> Remark:
    cell = plan.cell(key, row)
    return Remark(f"IF(ISNUMBER({cell}),YEAR({cell})<>{year},FALSE)", f"{plan.column(key).head}不在 {year} 年")


def _amount(formula: str) -> str:
    return f'TEXT({formula},"0.00")'


def _percent(ratio: str) -> str:
    return f"{Decimal(ratio) * 100:.0f}%"


_OF_SHEET = {
    "budget": _budget,
    "indicators": _indicators,
    "hazards": _hazards,
    "enforcement": _enforcement,
    "disasters": _disasters,
}
