"""Filled-in sheets: what people do to a workbook or a csv file before they hand it in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

import invented_year
from bad_inputs.case import Build, Case, Said, Same, beside, file, good, refused, said
from document_samples import OldWorkbook, compound_file
from filled_sheets import filled, heads, project, row

_FILE = "1-预算与基础数据.xlsx"
_AT = f"{_FILE} 工作表“预算执行” "
_PROJECTS = (
    project("水库巡查", adjusted=30, actual=29.6),
    project("渠道清淤", adjusted=24.5, actual=24.5),
    project("堤防维护", adjusted=45, actual=41.2, reason="因汛期推迟开工，部分工程款次年支付"),
    project("水质监测", adjusted=18, actual=17.8),
    project("饮水安全宣传", adjusted=37, actual=34),
)
_YEAR = invented_year.sheets()
_CSV = _YEAR["预算执行"]


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _handed(change: Callable[[Worksheet], object] = lambda sheet: sheet, name: str = _FILE) -> Build:
    """The good report and a workbook of its projects, with `change` made to the sheet."""

    def build(folder: Path) -> None:
        book = filled("budget", [list(cells) for cells in _PROJECTS])
        change(book.active)
        beside(good(), file(name, _saved(book)))(folder)

    return build


_GOOD = _handed()
_LIKE_GOOD = Same(_GOOD)


def _cell(place: str, value: object, code: str = "General") -> Build:
    """The same with another value in one cell, perhaps shown by another format."""

    def change(sheet: Worksheet) -> None:
        sheet[place] = value
        sheet[place].number_format = code

    return _handed(change)


def _filled(sheet: str, name: str, *rows: list[object]) -> Build:
    return beside(good(), lambda folder: (folder / name).write_bytes(_saved(filled(sheet, rows))))


def _csv(text: str | bytes, title: str = "预算执行") -> Build:
    return file(f"{title}.csv", text)


_GOOD_CSV = _csv(_CSV)
_LIKE_CSV = Same(_GOOD_CSV)


def _each_row(change: Callable[[list[object]], list[object]]) -> Build:
    def build(folder: Path) -> None:
        book = filled("budget", [])
        for cells in _PROJECTS:
            book.active.append(change(list(cells)))
        beside(good(), file(_FILE, _saved(book)))(folder)

    return build


def _titled(sheet: Worksheet) -> None:
    """Two rows of title and note above the head."""
    sheet.insert_rows(1, 2)
    sheet["A1"] = "甲县水务局（虚构）预算执行情况表"
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "填报日期：2032年3月"


def _on_second_sheet(sheet: Worksheet) -> None:
    first = sheet.parent.create_sheet("封面", 0)
    first["A1"] = "甲县水务局（虚构）"


def _turned_round(sheet: Worksheet) -> None:
    sheet.delete_rows(2, len(_PROJECTS))
    for cells in reversed(_PROJECTS):
        sheet.append(list(cells))


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["H"].hidden = True


def _hide_sheet(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("说明")
    sheet.sheet_state = "hidden"


def _replaced(head: str, new: str | None) -> Build:
    return _handed(lambda sheet: sheet.__setitem__(next(cell.coordinate for cell in sheet[1] if str(cell.value).startswith(head)), new))


def _appended(*cells: list[object]) -> Build:
    return _handed(lambda sheet: [sheet.append(list(row_cells)) for row_cells in cells])


def _old(fault: Callable[[OldWorkbook], object]) -> Build:
    book = OldWorkbook()
    for column, head in enumerate(heads("budget")):
        book.text(0, column, head)
    for column, text in enumerate(("一般公共预算", "项目支出", "水库巡查")):
        book.text(1, column, text)
    fault(book)
    return beside(good(), file("1-预算与基础数据.xls", book.bytes("预算执行")))


_TOTAL = row("budget", book="一般公共预算", level="项目支出合计", adjusted=154.5, actual=147.1)

READ_THE_SAME = [
    Case("a title and a note above the head", _handed(_titled), _LIKE_GOOD),
    Case("the sheet behind a cover", _handed(_on_second_sheet), Said(("工作表“封面”", "没有读入"))),
    Case("heads with blanks and line breaks", _replaced("全年执行数", " 全年 执行数\n（万元） "), _LIKE_GOOD),
    Case("a head without its unit", _replaced("全年执行数", "全年执行数"), _LIKE_GOOD),
    Case("a head in half-width brackets", _replaced("全年执行数", "全年执行数(万元)"), _LIKE_GOOD),
    Case("a head people use as well", _replaced("全年执行数", "实际支出（万元）"), _LIKE_GOOD),
    Case("empty rows among the rows", _handed(lambda sheet: sheet.insert_rows(4, 3)), _LIKE_GOOD),
    Case("rows in another order", _handed(_turned_round), _LIKE_GOOD),
    Case(
        "amounts typed as text",
        _each_row(lambda cells: [str(cell) if isinstance(cell, float | int) else cell for cell in cells]),
        _LIKE_GOOD,
    ),
    Case(
        "amounts with their unit",
        _each_row(lambda cells: [f"{cell}万元" if isinstance(cell, float | int) else cell for cell in cells]),
        _LIKE_GOOD,
    ),
    Case("amounts in full-width digits", _cell("G2", "２９．６０"), _LIKE_GOOD),
    Case("amounts with blanks", _cell("G2", " 29.60\u00a0"), _LIKE_GOOD),
    Case("a cell formatted as money", _cell("G2", 29.6, '"￥"#,##0.00'), _LIKE_GOOD),
    Case("a cell that shows fewer decimals than it holds", _cell("G2", 29.6, "0"), _LIKE_GOOD),
    Case("names with blanks between their hanzi", _cell("C2", "水 库 巡 查"), _LIKE_GOOD),
    Case("a row of totals that agrees", _appended(_TOTAL), said("没有登记在来源卡上")),
    Case(
        "the head once more in the middle",
        _handed(lambda sheet: (sheet.insert_rows(4), [sheet.cell(4, n, head) for n, head in enumerate(heads("budget"), 1)])),
        _LIKE_GOOD,
    ),
    Case("notes and signatures below", _appended([], ["注：金额以决算为准。"], ["填表人：某人（虚构）"]), said("注释或签名", "A8")),
    *(Case(f"a csv file in {encoding}", _csv(_CSV.encode(encoding)), _LIKE_CSV) for encoding in ("gbk", "utf-8-sig", "utf-16")),
    Case("a csv file parted by tabs", _csv(_CSV.replace(",", "\t")), _LIKE_CSV),
    Case("a csv file parted by semicolons", _csv(_CSV.replace(",", ";")), _LIKE_CSV),
    Case(
        "a csv file with every cell in quotation marks",
        _csv("\r\n".join(",".join(f'"{cell}"' for cell in line.replace('"', "").split(",")) for line in _CSV.split("\n"))),
        _LIKE_CSV,
    ),
    Case("a csv file in capitals", file("预算执行.CSV", _CSV), _LIKE_CSV),
    Case("a csv file called xlsx", file("预算执行.xlsx", _CSV), _LIKE_CSV),
]

REFUSED = [
    Case("a formula nobody calculated", _cell("G2", "=F2-0.4"), refused(f"{_AT}G2", "公式没有算出结果", "请用 Excel 或 WPS 打开")),
    Case("an error value", _cell("G2", "#REF!"), refused(f"{_AT}G2", "错误值“#REF!”", "请改正公式")),
    Case("an error value for a name", _cell("C2", "#N/A"), refused(f"{_AT}C2", "错误值“#N/A”", "请")),
    Case("words for an amount", _cell("G2", "约三十"), refused(f"{_AT}G2", "应为数字", "约三十", "请只填数字")),
    Case("a letter among the digits", _cell("G2", "29.6O"), refused(f"{_AT}G2", "应为数字", "29.6O", "请只填数字")),
    Case("a full-width comma for the point", _cell("G2", "29，60"), refused(f"{_AT}G2", "应为数字", "29，60", "请只填数字")),
    Case("an amount in another unit", _cell("G2", "296000元"), refused(f"{_AT}G2", "单位应为万元", "请换算成万元")),
    Case("a percent for an amount", _cell("G2", 0.2, "0%"), refused(f"{_AT}G2", "单位应为万元", "百分比")),
    Case("a negative amount", _cell("G2", -29.6), refused(f"{_AT}G2", "不应为负数", "请核对后改正")),
    Case("an amount in brackets", _cell("G2", "(29.6)"), refused(f"{_AT}G2", "应为数字", "请只填数字")),
    Case(
        "an amount that Excel made a day",
        _cell("G2", 45657, "yyyy-mm-dd"),
        refused(f"{_AT}G2", "应为数字", "日期", "请把单元格格式改为常规"),
    ),
    Case("an amount of thirty digits", _cell("G2", "9" * 30), refused(f"{_AT}G2", "数字太大", "请核对后改正")),
    Case("a long code that Excel made a power", _cell("G2", 4.30502e17), refused(f"{_AT}G2", "数字太大", "请核对后改正")),
    Case("a choice there is not", _cell("A2", "一般公共收入"), refused(f"{_AT}A2", "一般公共收入", "是不是“一般公共预算”")),
    Case("no name for a project", _cell("C2", None), refused(f"{_AT}C2", "“项目名称”没有填", "请")),
    Case("a column that was renamed", _replaced("支出性质", "分类"), refused(_AT, "表头缺少“支出性质”列", "应有：")),
    Case("a column that was deleted", _handed(lambda sheet: sheet.delete_cols(1)), refused(_AT, "表头缺少“预算类别”列", "应有：")),
    Case(
        "a column that stands there twice",
        _handed(lambda sheet: sheet.__setitem__("I1", "全年执行数（万元）")),
        refused(f"{_AT}I1", "2 列都是“全年执行数”", "请只留一列"),
    ),
    Case("a head in another unit", _replaced("全年执行数", "全年执行数（元）"), refused(f"{_AT}G1", "单位为元", "应为万元", "请")),
    Case(
        "a note above the head in another unit",
        _handed(lambda sheet: (sheet.insert_rows(1), sheet.__setitem__("H1", "单位：元"))),
        refused(f"{_AT}H1", "表头单位为元", "应为万元"),
    ),
    Case("a sheet without a head", _handed(lambda sheet: sheet.delete_rows(1)), refused(f"{_AT}A1", "找不到表头", "应有：")),
    Case(
        "merged cells among the entries", _handed(lambda sheet: sheet.merge_cells("A2:A4")), refused(f"{_AT}A2", "合并单元格", "请取消合并")
    ),
    Case("a project that is there twice", _appended(list(_PROJECTS[0])), refused(f"{_AT}C7", "与 C2 重复", "请合并或删去一行")),
    Case(
        "a sheet that is filled in twice",
        beside(_GOOD, file("预算执行.csv", _CSV)),
        refused(_FILE, "预算执行.csv", "填了两处", "请只留一处"),
    ),
    Case(
        "a copy of the workbook",
        beside(_GOOD, lambda folder: (folder / "1-预算与基础数据 - 副本.xlsx").write_bytes((folder / _FILE).read_bytes())),
        said("副本", "内容完全相同", "请只留一个"),
    ),
    Case(
        "a workbook with none of the sheets",
        _handed(lambda sheet: setattr(sheet, "title", "Sheet1")),
        refused(_FILE, "里面没有要填报的表", "“Sheet1”", "请检查工作表名称"),
    ),
    Case(
        "an empty workbook",
        beside(good(), file(_FILE, _saved(openpyxl.Workbook()))),
        refused(_FILE, "里面没有要填报的表", "请检查工作表名称"),
    ),
    Case("an empty file", beside(good(), file(_FILE, b"")), refused(_FILE, "空文件", "请放入完整的文件")),
    Case(
        "a workbook that was not copied to its end",
        beside(good(), file(_FILE, _saved(filled("budget", _PROJECTS))[:3000])),
        refused(_FILE, "不完整", "请重新下载或复制"),
    ),
    Case(
        "a workbook with a password",
        beside(good(), file(_FILE, compound_file({"EncryptedPackage": b"1"}))),
        refused(_FILE, "加了密码", "请打开后去掉密码"),
    ),
    Case(
        "a Word file in place of the workbook",
        beside(good(), file(_FILE, b"%PDF-1.7")),
        refused(_FILE, "不是表格", "请另存为 .xlsx 或 .csv"),
    ),
    Case(
        "an error value in an old workbook",
        _old(lambda book: book.error(1, 6, 0x17)),
        refused("1-预算与基础数据.xls 工作表“预算执行” G2", "#REF!", "请改正公式"),
    ),
    Case(
        "a day that is none",
        _filled("disasters", "灾情.xlsx", row("disasters", date="2031-02-30", type="暴雨")),
        refused("灾情.xlsx 工作表“灾情” A2", "应为日期", "2031-02-30", "请填完整的年月日"),
    ),
    Case(
        "a hazard mended before it was found",
        _filled(
            "hazards",
            "隐患台账.xlsx",
            row("hazards", sector="矿山", grade="一般隐患", state="已整改", found="2031-07-05", done="2031-07-04"),
        ),
        refused("隐患台账.xlsx 工作表“隐患台账” G2", "早于", "请核对"),
    ),
    Case(
        "a row nobody has printed",
        _filled("base", "基础数据.xlsx", row("base", section="三公经费", item="公务招待费", actual=1)),
        refused("基础数据.xlsx 工作表“基础数据” B2", "公务招待费", "是不是“公务接待费”"),
    ),
    Case(
        "a grey cell that was filled",
        _filled("base", "基础数据.xlsx", row("base", section="人员", item="编制数", budget=9, actual=9)),
        refused("基础数据.xlsx 工作表“基础数据” E2", "不用填", "请填在"),
    ),
    Case(
        "a comma too many",
        _csv(_CSV + "\n一般公共预算,项目支出,水库巡查,,14,14.5,1,234.5,年中调整"),
        refused("预算执行.csv 工作表“预算执行” I", "多出", "请检查数字里的逗号"),
    ),
    Case("a csv file in Big5", _csv(_CSV.encode("big5", "replace")), refused("预算执行.csv", "请")),
    Case(
        "a csv file with a replacement sign",
        _csv(_CSV.replace("人员经费", "人员\ufffd费")),
        refused("预算执行.csv 第 2 行", "替换符", "请找回原始文件"),
    ),
    Case(
        "a csv file of another name",
        beside(
            good(),
            file("支出.csv", _CSV),
            file("source.toml", '[[file]]\nname = "report.txt"\nrole = "report"\n[[file]]\nname = "支出.csv"\nrole = "table"\n'),
        ),
        refused("支出.csv", "里面没有要填报的表", "请检查工作表名称"),
    ),
    Case(
        "twenty thousand rows",
        _csv(_CSV.split("\n")[0] + "\n" + "一般公共预算,项目支出,水库,,1,1,1,\n" * 20_001),
        refused("预算执行.csv", "20000 行的上限", "请删去多余的行"),
    ),
]

TOLD = [
    Case(
        "a row of totals that does not agree",
        _appended(row("budget", book="一般公共预算", level="项目支出合计", adjusted=254.5, actual=247.1)),
        said("项目支出", "不符"),
    ),
    Case("a hidden row", _handed(_hide_row), said("工作表“预算执行”：第 4 行是隐藏的", "也已读入")),
    Case("a hidden column", _handed(_hide_column), said("工作表“预算执行”：第 H 列（偏差原因）是隐藏的", "也已读入")),
    Case("a hidden sheet", _handed(_hide_sheet), said("工作表“预算执行”：是隐藏的工作表", "也已读入")),
    Case(
        "amounts typed in 元",
        _each_row(lambda cells: [round(cell * 10000) if isinstance(cell, float | int) else cell for cell in cells]),
        said("疑为按元填的", "请核对"),
    ),
    Case("one amount typed in 元", _cell("G2", 296000), said("G2", "疑为按元填的", "请核对")),
    Case("an amount that is not the report's", _cell("G2", 26.9), said("“水库巡查”全年执行数：报告与填报表不一致")),
    Case("a project that is not in the report", _appended(project("抗旱应急", actual=3)), said("“项目支出”全年执行数：报告与填报表不一致")),
    Case("a project that is not in the sheet", _handed(lambda sheet: sheet.delete_rows(5)), said("水质监测", "填报表里没有")),
    Case("a project under a name slightly other", _cell("C2", "水库巡察"), said("“水库巡查”在报告中列为项目，填报表里没有")),
    Case(
        "a column nobody knows",
        _handed(lambda sheet: (sheet.__setitem__("I1", "备用"), sheet.__setitem__("I2", 77))),
        said("I2", "表头“备用”不认识", "没有读入"),
    ),
    Case("numbers under no head", _handed(lambda sheet: sheet.__setitem__("K3", 77)), said("K3", "上面没有表头", "没有读入")),
    Case("a row with a name and nothing else", _appended(project("抗旱应急", actual=None)), said("第 7 行只有名称", "没有读入")),
    Case("a dash for a nought", _cell("G2", "—"), said("G2", "按没有填处理", "是 0 的请填 0")),
    Case("a text that looks like a formula", _cell("H2", "'=HYPERLINK(1)".lstrip("'")), refused(f"{_AT}H2", "公式没有算出结果", "请")),
    Case("a csv text that looks like a formula", _csv(_CSV.replace("按规定压减会议费", "=HYPERLINK(1)")), said("H3", "像公式", "不会执行")),
    Case(
        "a ratio where a percent belongs",
        _filled(
            "indicators",
            "绩效指标.xlsx",
            row("indicators", level1="产出指标", level2="质量指标", name="合格率", nature="≥", target=95, actual=0.98, unit="%"),
        ),
        said("绩效指标.xlsx 工作表“绩效指标” G2", "请填 98"),
    ),
    Case(
        "a sheet that is not ours",
        _handed(lambda sheet: sheet.parent.create_sheet("草稿").append(["支出", 99])),
        said("工作表“草稿”", "没有读入"),
    ),
    Case("an empty sheet beside the report", _filled("budget", "预算执行.xlsx"), said("预算执行.xlsx")),
]

CASES = [*READ_THE_SAME, *REFUSED, *TOLD]
