"""Every kind of page that is drawn: the published year, and invented bodies with much, with little, with nothing and with a past."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import invented_year
from bodies import county_water, lay_out, others, put_out
from pages import fact, html_of, invented, line, published
from selfeval.measuring import compare
from selfeval.paths import locate
from selfeval.running.runner.rendering import put_page
from selfeval.running.runner.shelf import write_start_page
from selfeval.running.runner.side_by_side import write_comparison
from selfeval.telling.page import Report
from sheet_pages import BASE, BUDGET, FULL, INDICATORS, LEDGER, WORK, from_sheets, sheet_tables
from sheets_in_csv import entries_from

_LONG = "关于进一步加强乡镇（街道、场）应急救援能力标准化建设和自然灾害综合监测预警体系运行维护的专项经费"
_TRADES = (
    "city", "hazchem", "fireworks", "mines", "industry", "forest", "construction", "traffic", "gas", "fire", "housing", "school",
)  # fmt: skip
_QUANTITIES = frozenset({"initial", "adjusted", "actual", "last_actual", "budget", "value", "fine", "orders"})


def crowded() -> Report:
    """A report of forty projects and a dozen trades, with long names, gaps, zeros and a refund."""
    lines = [
        line(1, "部门整体支出", "total", target=Decimal("123456789.12"), actual=Decimal("987654321.98")),
        *(
            line(n, f"{_LONG}{n}" if n % 4 == 0 else f"项目{n}", target=Decimal(n * n), actual=Decimal(n * 37 % 50 - 1))
            for n in range(2, 42)
        ),
    ]
    lines[7] = line(8, "没有列出实际支出的项目", target=Decimal(64))
    found = ((number, trade, Decimal(number * 97)) for number, trade in enumerate(_TRADES))
    facts = [fact(n, "hazards_found", "排查发现隐患", sector=t, value=value, unit="条", qualifier="over") for n, t, value in found]
    done = ((number, trade, Decimal(number * 31)) for number, trade in enumerate(_TRADES, 20))
    facts += [fact(n, "hazards_rectified", "已整改隐患", sector=t, value=value, unit="条") for n, t, value in done]
    facts += [
        fact(n, "fines", "罚款", "enforcement", t, value=Decimal(n) / 7, unit="万元", qualifier="over") for n, t in enumerate(_TRADES, 40)
    ]
    facts += [fact(60 + n, "disaster_event", f"{_LONG[:14]}灾害", "disasters", date=f"{1 + n % 12}.{1 + n:02d}") for n in range(24)]
    return invented(lines, facts)


def forty() -> Report:
    """Sheets with forty projects, each with indicators of its own, and ledgers of five hundred rows: the heaviest page there is."""
    return Report.of("jia-water", invented_year.YEAR, sheet_tables(entries_from({**invented_year.sheets(40), **_ledgers()})))


def _ledgers() -> dict[str, str]:
    trades = ("水利", "建筑施工", "危险化学品", "矿山", "工贸")
    rows = [
        f"{trades[n % 5]},虚构的管理单位{n},坝坡渗漏、排水沟淤塞，未按规定巡查登记{n},{'一般隐患' if n % 50 else '重大隐患'},"
        f"2031-{1 + n % 12:02d}-{1 + n % 27:02d},{'已整改' if n % 7 else '整改中'},"
        for n in range(500)
    ]
    disasters = ["2031-06-03,洪涝,1200,86.5", "2031-07-19,风雹,300,12.25", "2031-07-21,洪涝,90,3.5", "2031-09-11,干旱,12000,210"]
    return {
        "隐患台账": "\n".join(["行业,单位名称,隐患内容,隐患等级,发现日期,整改状态,整改完成日期", *rows]),
        "灾情": "\n".join(["发生日期,灾害种类,受灾人口,直接经济损失", *disasters]),
    }


def without_projects() -> Report:
    """A body that has basic expenditure only."""
    budget = [row for row in BUDGET if row["level"] != "project"]
    own = [row for row in INDICATORS if "scope" not in row]
    return from_sheets(budget=budget, base=BASE, indicators=own, work=WORK, enforcement=LEDGER)


def without_work() -> Report:
    """A body that states no work at all."""
    return from_sheets(budget=BUDGET, base=BASE, indicators=INDICATORS)


def all_zero() -> Report:
    """Sheets in which every quantity is nought."""
    sheets = {name: [_nought(row) for row in rows] for name, rows in FULL.items() if name != "indicators"}
    return from_sheets(**sheets, indicators=[{**row, "actual": "0"} if "unit" in row else row for row in INDICATORS])


def _nought(row: Mapping[str, object]) -> dict[str, object]:
    return {key: "0" if key in _QUANTITIES else value for key, value in row.items()}


def years(*earlier: int) -> Report:
    """甲县水务局（虚构） beside its `earlier` years, as far as there are tables of them."""
    made = county_water()
    latest = max(made)
    now, past = made.pop(latest), {year: tables for year, tables in made.items() if year in earlier}
    changes = {"budget_changes": compare.budget_changes(now, past, latest), "safety_changes": compare.safety_changes(now, past)}
    return Report.of("jia-water", latest, {**now, **changes})


REPORTS: dict[str, Callable[[], Report]] = {
    "2024": lambda: published(locate("shaodong-emergency", 2024)),
    "sheets": lambda: from_sheets(ruleset="hunan"),
    "crowded": crowded,
    "forty": forty,
    "no projects": without_projects,
    "no work": without_work,
    "zero": all_zero,
    "one year": years,
    "five years": lambda: years(*range(2027, 2031)),
    "empty": invented,
}


def bodies() -> str:
    """The page that sets several bodies side by side."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        for unit, tables in {"jia-water": county_water()[2031], **others()}.items():
            lay_out(data, unit, {2031: tables})
        return write_comparison(data, Path(name) / "outputs", 2031).read_text(encoding="utf-8")


def start() -> str:
    """The start page of several bodies and years, one of them broken."""
    with tempfile.TemporaryDirectory() as name:
        outputs = Path(name) / "outputs"
        for year, tables in county_water().items():
            put_out(outputs, "jia-water", year, tables)
        for unit, tables in others().items():
            put_out(outputs, unit, invented_year.YEAR, tables)
        (outputs / "wu-broken" / str(invented_year.YEAR)).mkdir(parents=True)
        return write_start_page(Path(name) / "data", outputs).read_text(encoding="utf-8")


# Whole pages that are no report of one body and year.
OTHERS: dict[str, Callable[[], str]] = {"bodies": bodies, "start": start}


KINDS = (*REPORTS, *OTHERS)


class Pages(dict[str, Path]):
    """The files of pages by name, each written when it is first asked for, by whichever process that shares the folder."""

    def __init__(self, folder: Path) -> None:
        """No page yet; they will lie in `folder`."""
        super().__init__()
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __missing__(self, name: str) -> Path:
        """Write the page `name`."""
        path = self.folder / f"{name.replace(' ', '-')}.html"
        if not path.exists():
            put_page(path, OTHERS[name]() if name in OTHERS else html_of(REPORTS[name]()))
        self[name] = path
        return path
