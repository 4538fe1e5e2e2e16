"""Broken sheets: each fault is refused or flagged in words that name the file, the sheet and the cell."""

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from document_samples import OldWorkbook, compound_file, sheet_file
from filled_sheets import FILE, filled, heads, project, read, row
from selfeval.exceptions import InputRefused
from selfeval.records.entries import Entries, Entry, read_entries
from selfeval.records.entries.layout import layouts


def problems(folder: Path, *books: openpyxl.Workbook) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        read(folder, *books)
    return refused.value.problems


def outcome(reading: Callable[[], Entries]) -> tuple[list[str], tuple[Entry, ...]]:
    """What was refused, or the rows that were read."""
    try:
        return [], reading().rows
    except InputRefused as refusal:
        return refusal.problems, ()


def only(said: list[str]) -> str:
    (sentence,) = said
    return sentence


AT = f"{FILE} 工作表“预算执行” "


@pytest.mark.parametrize("typed", ["5.6B", "约5", "五", "1,23", "1.2.3", "5-6", "1e5", "5,", "(5)", "无"])
def test_text_in_a_number_cell_is_named(tmp_path, typed):
    assert only(problems(tmp_path, filled("budget", [project(actual=typed)]))).startswith(f"{AT}G2：应为数字，现为“{typed}”")


@pytest.mark.parametrize("typed", ["123元", "0.5亿元", "12 千元", "5%", "3人"])
def test_another_unit_behind_a_number_is_refused_not_converted(tmp_path, typed):
    assert only(problems(tmp_path, filled("budget", [project(actual=typed)]))).startswith(f"{AT}G2：单位应为万元，现为“{typed}”")


def test_a_percent_format_in_a_column_of_money_is_refused(tmp_path):
    book = filled("budget", [project(actual=0.5)])
    book.active["G2"].number_format = "0%"
    assert only(problems(tmp_path, book)).startswith(f"{AT}G2：单位应为万元，现为百分比“50%”")


def test_a_date_in_a_column_of_money_is_refused(tmp_path):
    book = filled("budget", [project(actual=5)])
    book.active["G2"].number_format = "yyyy-mm-dd"
    assert only(problems(tmp_path, book)).startswith(f"{AT}G2：应为数字，现为日期或时间“1900-01-05”")


@pytest.mark.parametrize("typed", [-5, "-5", "－5", "−5万元"])
def test_a_negative_amount_is_refused(tmp_path, typed):
    assert f"{AT}G2：不应为负数" in only(problems(tmp_path, filled("budget", [project(actual=typed)])))


def test_a_number_of_no_sensible_size_is_refused(tmp_path):
    assert only(problems(tmp_path, filled("budget", [project(actual=10**16)]))).startswith(f"{AT}G2：数字太大")


@pytest.mark.parametrize(("head", "unit"), [("全年执行数（元）", "元"), ("全年执行数（单位：亿元）", "亿元"), ("执行数/千元", "千元")])
def test_a_head_in_another_unit_is_refused_by_its_cell(tmp_path, head, unit):
    book = filled("budget", [project(actual=56800)])
    book.active["G1"] = head
    said = only(problems(tmp_path, book))
    assert said.startswith(f"{AT}G1：表头“")
    assert f"的单位为{unit}，应为万元" in said


@pytest.mark.parametrize("note", ["单位：元", "（金额单位：元）", "货币单位: 元"])
def test_a_note_above_the_head_in_another_unit_is_refused_by_its_cell(tmp_path, note):
    book = filled("budget", [project(actual=56800)])
    book.active.insert_rows(1)
    book.active["H1"] = note
    assert only(problems(tmp_path, book)).startswith(f"{AT}H1：表头单位为元，应为万元")


def test_a_head_of_printed_rows_in_another_unit_of_money_is_refused(tmp_path):
    book = filled("base", [row("base", section="三公经费", item="公务接待费", actual=1)])
    book.active["F1"] = "本年决算数（元）"
    assert "F1：表头“本年决算数”的单位为元，应为万元" in only(problems(tmp_path, book))


def test_a_choice_that_is_not_listed_is_refused_with_the_list_and_the_nearest(tmp_path):
    said = only(problems(tmp_path, filled("budget", [project(book="一般公共收入")])))
    assert said.startswith(f"{AT}A2：应为 全部预算、一般公共预算、")
    assert said.endswith("之一，现为“一般公共收入”；是不是“一般公共预算”？")


def test_a_word_that_is_neither_yes_nor_no_is_refused(tmp_path):
    book = filled("enforcement", [row("enforcement", sector="矿山", site="甲矿（虚构）", case="立了")])
    assert "E2：应为 是、否 之一，现为“立了”" in only(problems(tmp_path, book))


@pytest.mark.parametrize("missing", ["book", "level", "item"])
def test_a_cell_that_must_be_filled_is_named(tmp_path, missing):
    cell = {"book": "A2", "level": "B2", "item": "C2"}[missing]
    assert only(problems(tmp_path, filled("budget", [project(**{missing: None})]))).startswith(f"{AT}{cell}：“")


def test_a_dash_does_not_fill_a_cell_that_must_be_filled(tmp_path):
    book = filled("work", [row("work", area="灾情", indicator="受灾人口", value="—", unit="人")])
    assert "D2：“数值”没有填" in only(problems(tmp_path, book))


def test_a_total_needs_no_name(tmp_path):
    assert len(read(tmp_path, filled("budget", [row("budget", book="全部预算", level="合计", actual=5)])).rows) == 1


def test_a_renamed_column_is_refused_with_the_heads_expected_and_found(tmp_path):
    book = filled("budget", [project()])
    book.active["B1"] = "分类"
    said = only(problems(tmp_path, book))
    assert said.startswith(f"{AT}A1：表头缺少“支出性质”列；应有：预算类别、支出性质、项目名称、资金来源、年初预算数（万元）、")
    assert "第 1 行现为：预算类别、分类、项目名称、" in said


def test_a_sheet_of_names_without_a_single_amount_column_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "预算执行"
    book.active.append(["预算类别", "支出性质", "项目名称", "执行金额"])
    book.active.append(["一般公共预算", "项目支出", "水库巡查", 5])
    assert "表头缺少“年初预算数”“全年预算数”“全年执行数”列" in only(problems(tmp_path, book))


def test_a_sheet_without_a_head_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "预算执行"
    book.active.append(["一般公共预算", "项目支出", "水库巡查", 5])
    assert only(problems(tmp_path, book)).startswith(f"{AT}A1：找不到表头；应有：预算类别、")


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    book = filled("budget", [[*project(), 6]])
    book.active["I1"] = "全年执行数（万元）"
    assert only(problems(tmp_path, book)).startswith(f"{AT}I1：有 2 列都是“全年执行数”（G1、I1）")


@pytest.mark.parametrize("area", ["A2:A3", "C2:D2", "E2:G3"])
def test_merged_cells_among_the_entries_are_refused(tmp_path, area):
    book = filled("budget", [project("水库巡查"), project("渠道清淤")])
    book.active.merge_cells(area)
    assert f"{AT}{area[:2]}：{area} 是合并单元格" in "\n".join(problems(tmp_path, book))


def test_a_merged_note_below_the_table_is_no_entry(tmp_path):
    book = filled("budget", [project(), ["注：金额以决算为准。"]])
    book.active.merge_cells("A3:H3")
    entries = read(tmp_path, book)
    assert (len(entries.rows), entries.remarks) == (1, (f"{AT}A3：“注：金额以决算为准。”是表下的注释或签名，没有读入",))


def test_a_line_for_signatures_is_no_entry(tmp_path):
    book = filled("budget", [project(), [], ["填表人：甲（虚构）", None, "审核：乙（虚构）"]])
    assert len(read(tmp_path, book).rows) == 1


def test_formulas_that_were_never_calculated_are_named(tmp_path):
    book = filled("budget", [project(actual="=F2"), row("budget", actual="=SUM(G2:G2)")])
    said = problems(tmp_path, book)
    assert f"{AT}G2：公式没有算出结果：请用 Excel 或 WPS 打开并保存一次，或直接填数字" in said
    assert any(sentence.startswith(f"{AT}G3：公式没有算出结果") for sentence in said)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
@pytest.mark.parametrize("column", ["item", "actual", "book"])
def test_an_error_value_is_named_in_any_column(tmp_path, error, column):
    book = filled("budget", [project(**{column: error})])
    cell = {"item": "C2", "actual": "G2", "book": "A2"}[column]
    assert only(problems(tmp_path, book)).startswith(f"{AT}{cell}：显示错误值“{error}”")


@pytest.mark.parametrize("typed", ["2031-02-30", "7月5日", "2031年7月", "去年", "2031-13-01", 48000])
def test_what_is_no_date_is_refused(tmp_path, typed):
    book = filled("disasters", [row("disasters", date=typed, type="暴雨")])
    assert f"{FILE} 工作表“灾情” A2：应为日期（年-月-日），现为“{typed}”" in only(problems(tmp_path, book))


@pytest.mark.parametrize("typed", ["1031-07-05", "3021-07-05"])
def test_a_year_nobody_means_is_refused(tmp_path, typed):
    assert "A2：日期不合理" in only(problems(tmp_path, filled("disasters", [row("disasters", date=typed, type="暴雨")])))


def test_what_is_done_before_it_is_found_is_refused(tmp_path):
    rows = [row("hazards", sector="矿山", grade="一般隐患", state="已整改", found="2031-07-05", done="2031-07-04")]
    assert "G2：整改完成日期 2031-07-04 早于发现日期 2031-07-05（E2）" in only(problems(tmp_path, filled("hazards", rows)))


def test_a_project_that_is_there_twice_is_refused_with_both_cells(tmp_path):
    said = only(problems(tmp_path, filled("budget", [project(), project("渠道清淤"), project(" 水库 巡查", fund_source="年度资金总额")])))
    assert said.startswith(f"{AT}C4：与 C2 重复（预算类别“一般公共预算”、支出性质“项目支出”、项目名称“水库 巡查”、资金来源“年度资金总额”）")


def test_a_project_may_have_several_sources_and_stand_in_several_books(tmp_path):
    rows = [project(), project(fund_source="上年结转资金"), project(book="政府性基金预算")]
    assert len(read(tmp_path, filled("budget", rows)).rows) == 3


def test_a_printed_row_that_is_there_twice_under_two_names_is_refused(tmp_path):
    rows = [row("base", section="三公经费", item=name, actual=1) for name in ("公务接待费", "公务接待")]
    assert "B3：与 B2 重复" in only(problems(tmp_path, filled("base", rows)))


def test_a_row_that_is_not_printed_is_refused_with_the_nearest(tmp_path):
    said = only(problems(tmp_path, filled("base", [row("base", section="三公经费", item="公务招待费", actual=1)])))
    assert said.endswith("B2：类别“三公经费”里没有项目“公务招待费”；是不是“公务接待费”？")


def test_projects_of_the_base_sheet_may_be_called_anything(tmp_path):
    (entry,) = read(tmp_path, filled("base", [row("base", section="项目支出", item="水库巡查", last_actual=3)])).rows
    assert (entry.text("item"), entry.text("unit")) == ("水库巡查", "万元")


def test_a_grey_cell_that_was_filled_is_refused(tmp_path):
    said = only(problems(tmp_path, filled("base", [row("base", section="人员", item="编制数", budget=9, actual=9)])))
    assert "E2：“编制数”这一格不用填，现为“9”：请填在“本年决算数”栏" in said


@pytest.mark.parametrize(("item", "section"), [("公务接待费", "三公经费"), ("水库巡查", "项目支出")])
def test_a_unit_that_is_not_the_rows_is_refused(tmp_path, item, section):
    said = only(problems(tmp_path, filled("base", [row("base", section=section, item=item, unit="元", actual=56800)])))
    assert "C2：" in said
    assert "单位应为万元，现为“元”" in said


def test_a_sign_that_contradicts_its_column_is_refused(tmp_path):
    rows = [row("indicators", level1="产出指标", name="巡查率", nature="≤", target="≥95%")]
    assert "F2：“≥95%”与指标性质“≤”（E2）不一致" in only(problems(tmp_path, filled("indicators", rows)))


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    book = filled("budget", [project(book="甲", actual="乙"), project("渠道清淤", actual=-1)])
    other = filled("disasters", [row("disasters", date="丙", type="暴雨")])
    said = problems(tmp_path, book, other)
    assert [sentence.partition("：")[0] for sentence in said] == [f"{AT}A2", f"{AT}G2", f"{AT}G3", "乙表.xlsx 工作表“灾情” A2"]


def test_of_a_thousand_like_faults_the_first_are_named_and_the_others_counted(tmp_path):
    said = problems(tmp_path, filled("budget", [project(f"项目{number}", actual="甲") for number in range(1000)]))
    assert len(said) == 21
    assert said[-1] == f"{AT.strip()}：同样的问题另有 980 处"


def test_a_sheet_filled_in_two_files_is_refused(tmp_path):
    said = only(problems(tmp_path, filled("budget", [project()]), filled("budget", [project("渠道清淤")])))
    assert said.startswith(f"{FILE}、乙表.xlsx：“预算执行”填了两处")


def test_a_sheet_filled_twice_in_one_file_is_refused(tmp_path):
    book = filled("budget", [project()])
    again = book.copy_worksheet(book.active)
    again.title = "预算执行（2）"
    assert "“预算执行”填了两处" in only(problems(tmp_path, book))


def test_an_empty_copy_of_a_sheet_is_no_second_one(tmp_path):
    assert len(read(tmp_path, filled("budget", [project()]), filled("budget", [])).rows) == 1


def test_a_workbook_with_none_of_the_sheets_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["甲", 1])
    assert only(problems(tmp_path, book)).startswith(f"{FILE}：里面没有要填报的表，现有 “Sheet”；应有 预算执行、基础数据、绩效指标、")


def test_an_empty_workbook_is_refused(tmp_path):
    assert "里面没有要填报的表" in only(problems(tmp_path, openpyxl.Workbook()))


def test_a_text_file_of_another_name_is_refused(tmp_path):
    path = tmp_path / "支出.csv"
    path.write_text(",".join(heads("budget")), encoding="utf-8")
    with pytest.raises(InputRefused, match=r"支出.csv：里面没有要填报的表，现有 “支出”"):
        read_entries([path])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("预算执行.xlsx", b"", "是空文件"),
        ("预算执行.csv", b"", "是空文件"),
        ("预算执行.xlsx", b"PK\x03\x04" + bytes(40), "预算执行.xlsx"),
        ("预算执行.csv", "预算类别,支出性质\n".encode("big5", "replace") * 20, "文字编码无法识别"),
        ("预算执行.csv", b"\x81\xff\xfe,\x80\x81\n" * 9, "预算执行.csv"),
        ("预算执行.xls", "<html><table><tr><td>预算</td></tr></table></html>".encode(), "不是表格"),
        ("预算执行.xls", compound_file({"EncryptedPackage": b"1"}), "加了密码"),
        ("预算执行.docx", b"%PDF-1.7", "不是表格"),
        ("~$预算执行.xlsx", b"1", "临时文件"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputRefused, match=words):
        read_entries([tmp_path / name])


def test_a_missing_file_is_refused_beside_the_faults_of_the_others(tmp_path):
    book = filled("budget", [project(actual="甲")])
    book.save(tmp_path / FILE)
    with pytest.raises(InputRefused) as refused:
        read_entries([tmp_path / "没有.xlsx", tmp_path / FILE])
    assert ["没有.xlsx" in refused.value.problems[0], "G2" in refused.value.problems[1]] == [True, True]


def long_sheet(rows: int) -> bytes:
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>5</v></c></row>' for n in range(1, rows + 1))
    data = sheet_file(body)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            text = source.read(part).decode()
            archive.writestr(part, text.replace("表1", "隐患台账") if part == "xl/workbook.xml" else text)
    return target.getvalue()


@pytest.mark.parametrize(("rows", "words"), [(20_001, "超过 20000 行的上限：请删去多余的行"), (200_000, "行列太多")])
def test_a_sheet_of_far_too_many_rows_is_refused_by_its_title(tmp_path, rows, words):
    (tmp_path / FILE).write_bytes(long_sheet(rows))
    with pytest.raises(InputRefused, match=f"工作表“隐患台账”{words}"):
        read_entries([tmp_path / FILE])


@pytest.mark.parametrize(("lines", "words"), [(20_001, "工作表“隐患台账”超过 20000 行的上限"), (200_000, "超过 200000 行")])
def test_a_text_file_of_far_too_many_lines_is_refused(tmp_path, lines, words):
    path = tmp_path / "隐患台账.csv"
    path.write_text(",".join(heads("hazards")) + "\n" + "矿山,,,一般隐患,,整改中,,\n" * lines, encoding="utf-8")
    with pytest.raises(InputRefused, match=words):
        read_entries([path])


def test_a_comma_too_many_in_a_text_file_is_refused(tmp_path):
    path = tmp_path / "预算执行.csv"
    lines = [",".join(heads("budget")), "一般公共预算,项目支出,水库巡查,,14,14.5,1,234.5,年中调整"]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputRefused, match=r"预算执行.csv 工作表“预算执行” I2：这一行比表头多出“年中调整”，各格可能错位"):
        read_entries([path])


def test_an_error_of_an_old_workbook_is_named(tmp_path):
    book = OldWorkbook()
    for column, head in enumerate(heads("budget")):
        book.text(0, column, head)
    for column, text in enumerate(("一般公共预算", "项目支出", "水库巡查")):
        book.text(1, column, text)
    book.error(1, 6, 0x17)
    (tmp_path / "旧表.xls").write_bytes(book.bytes("预算执行"))
    with pytest.raises(InputRefused, match=r"^旧表.xls 工作表“预算执行” G2：显示错误值“#REF!”"):
        read_entries([tmp_path / "旧表.xls"])


odd_cells = st.one_of(
    st.none(),
    st.text(max_size=12).map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)),
    st.sampled_from(
        [
            "一般公共预算",
            "项目支出",
            "人员",
            "编制数",
            "≥95%",
            "-",
            "5元",
            "=A1",
            "#REF!",
            "万元",
            "%",
            "注：",
            "核对",
            "2031-02-30",
            "１２％",
        ]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(datetime.date(1900, 3, 1)),
)
odd_formats = st.sampled_from(["General", "0%", "yyyy-mm-dd", "h:mm", "@", "0.0", "[h]:mm", '"x"', ";;;", "[>5]0;[<0]-0"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=settings().max_examples * 3 // 2)
@given(
    st.sampled_from(sorted(layouts())),
    st.booleans(),
    st.lists(st.lists(st.tuples(odd_cells, odd_formats), max_size=12), max_size=6),
    st.lists(st.tuples(*[st.integers(1, 9)] * 4), max_size=2),
)
def test_nothing_typed_raises_anything_but_a_refusal(tmp_path, sheet, with_head, rows, merged):
    book = filled(sheet, []) if with_head else openpyxl.Workbook()
    book.active.title = layouts()[sheet].title
    for cells in rows:
        book.active.append([value for value, _ in cells])
        for cell, (_, form) in zip(book.active[book.active.max_row], cells, strict=False):
            cell.number_format = form
    for top, left, height, width in merged:
        book.active.merge_cells(start_row=top, start_column=left, end_row=top + height, end_column=left + width)
    said, entries = outcome(lambda: read(tmp_path, book))
    assert all(FILE in problem for problem in said)
    assert all(entry.values and entry.cells.keys() == entry.shown.keys() <= entry.values.keys() for entry in entries)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=settings().max_examples * 3 // 2)
@given(st.sampled_from(sorted(layouts())), st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_text_file_raises_anything_but_a_refusal(tmp_path, sheet, tail):
    path = tmp_path / f"{layouts()[sheet].title}.csv"
    path.write_bytes((",".join(heads(sheet)) + "\n").encode() + tail)
    said, entries = outcome(lambda: read_entries([path]))
    assert all(path.name in problem for problem in said)
    assert all(entry.file == path.name for entry in entries)
