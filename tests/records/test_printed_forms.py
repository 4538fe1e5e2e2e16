"""Forms that a report prints: each indicator a row of the table indicators, with the figures and the place it was read from."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from selfeval.judging.assessment import assess
from selfeval.reading.document import Document, read_document
from selfeval.reading.figures import figures_of
from selfeval.records.printed_forms import printed_indicators
from selfeval.records.reconcile import reconcile
from selfeval.tables import check_table, make_table

D = Decimal
TITLE = "岚川县图书馆2031年度部门整体支出绩效自评报告\n\n附表1 部门整体支出绩效自评表\n"
HEADS = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
FORM = f"""{TITLE}{HEADS}产出指标（50分）\t数量指标\t新增藏书\t≥1200册\t1260册\t20\t20\t
\t\t流动服务点\t≥8个\t6个\t30\t22.5\t两处选址未定
效益指标（30分）\t社会效益\t借阅秩序\t有序\t基本有序\t30\t28\t无
满意度指标\t服务对象满意度\t读者满意度\t≥90%\t93.5%\t10\t10\t
总分\t\t\t\t\t90\t80.5\t
"""


def indicators(text: str) -> pd.DataFrame:
    document = Document(text, "report.txt", "txt", "utf-8")
    frame = printed_indicators(document, figures_of(document))
    check_table("indicators", frame, "indicators")
    return frame


def row(text: str, name: str) -> pd.Series:
    frame = indicators(text)
    return frame[frame["name"] == name].iloc[0]


def test_a_printed_form_gives_its_indicators_with_levels_numbers_and_marks():
    found = row(FORM, "流动服务点")
    assert found[["scope", "level1", "level2", "nature", "unit", "source"]].tolist() == [
        "department",
        "output",
        "quantity",
        "ge",
        "个",
        "text",
    ]
    assert found[["target", "actual", "weight", "stated_score"]].tolist() == [D(8), D(6), D(30), D("22.5")]
    assert (found["target_text"], found["reason"]) == ("≥8个", "两处选址未定")


def test_a_row_points_to_its_figures_and_to_where_it_is_printed():
    document = Document(FORM, "report.txt", "txt", "utf-8")
    figures, found = figures_of(document), row(FORM, "新增藏书")
    printed = [figures[int(found[f"{column}_figure"][1:]) - 1].text for column in ("target", "actual", "weight", "stated")]
    assert [text.lstrip("≥") for text in printed] == ["1200册", "1260册", "20", "20"]
    assert found[["table", "row"]].tolist() == [1, 2]
    assert "新增藏书" in found["sentence"]


def test_a_target_in_words_is_qualitative_and_no_reason_is_none():
    found = row(FORM, "借阅秩序")
    assert found[["level1", "level2", "nature", "target_text", "actual_text"]].tolist() == [
        "benefit",
        "social",
        "qualitative",
        "有序",
        "基本有序",
    ]
    assert (found["target"], found["reason"]) == (None, "")


def test_the_row_of_all_marks_is_a_total():
    last = indicators(FORM).iloc[-1]
    assert last[["level1", "weight", "stated_score", "target_text"]].tolist() == ["total", D(90), D("80.5"), ""]


def test_a_rate_of_execution_with_marks_is_one_row_of_the_form():
    money = "资金\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t300.00\t320.00\t304.00\t10\t95.00%\t9.5\n"
    (found,) = indicators(f"{TITLE}{money}基本支出\t200.00\t210.00\t204.00\t\t97.14%\t\n").itertuples()
    assert (found.level1, found.target, found.actual, found.unit, found.stated_score) == ("execution", None, D("95.00"), "%", D("9.5"))


def test_a_result_in_a_larger_unit_is_told_in_the_unit_of_both():
    found = row(FORM.replace("1260册", "0.13万册"), "新增藏书")
    assert (found["target"], found["actual"], found["unit"]) == (D(1200), D(1300), "册")


def test_a_sign_with_a_cell_of_its_own_belongs_to_the_target():
    text = f"{TITLE}三级指标\t符号\t年度指标值\t实际完成值\t分值\t得分\n新增藏书\t≥\t1200\t1260\t20\t20\n开馆天数\t≤\t360\t350\t10\t10\n"
    assert indicators(text)[["nature", "target"]].to_numpy().tolist() == [["ge", D(1200)], ["le", D(360)]]


def test_a_form_printed_twice_is_listed_once():
    assert len(indicators(FORM + "\n附表2 部门整体支出绩效自评表（公开）\n" + FORM.removeprefix(TITLE))) == len(indicators(FORM))


def test_rows_of_a_page_whose_levels_are_merged_are_told_with_their_own_words(tmp_path):
    heads = "".join(f"<td>{head}</td>" for head in ("一级指标", "三级指标", "指标值", "完成值", "分值", "得分"))
    rows = ("<td rowspan=2>产出指标</td><td>新增藏书</td><td>1200册</td><td>1260册</td><td>20</td><td>20</td>",)
    rows += ("<td>开馆天数</td><td>330天</td><td>336天</td><td>10</td><td>10</td>",)
    path = tmp_path / "form.html"
    path.write_text(f"<p>绩效自评表</p><table><tr>{heads}</tr><tr>{'</tr><tr>'.join(rows)}</tr></table>", encoding="utf-8")
    document = read_document(path)
    first, second = printed_indicators(document, figures_of(document)).itertuples()
    assert (first.row, second.row, second.level1) == (2, 3, "output")
    assert ("开馆天数" in second.sentence, "新增藏书" in second.sentence) == (True, False)


def test_forms_of_several_projects_one_below_the_other_are_told_by_project():
    form = "项目名称\t{name}\n三级指标\t年度指标值\t实际完成值\t分值\t得分\n完成处数\t≥4处\t4处\t60\t60\n受益满意度\t≥90%\t92%\t30\t30\n"
    found = indicators(f"岚川县水务局2031年度项目支出绩效自评表\n{form.format(name='古树名木保护')}\n{form.format(name='水源地维护')}")
    assert found[["scope", "name"]].to_numpy().tolist() == [
        *(["古树名木保护", name] for name in ("完成处数", "受益满意度")),
        *(["水源地维护", name] for name in ("完成处数", "受益满意度")),
    ]


def test_a_table_of_money_without_marks_has_no_indicators():
    assert indicators(f"{TITLE}项目\t年初预算数\t全年执行数\n修缮\t30.00\t28.00\n购书\t20.00\t19.50\n").empty


@pytest.mark.parametrize(("name", "kept"), [("新增藏书", 4), ("别的指标", 5)])
def test_what_was_filled_in_wins_over_the_same_indicator_printed(name, kept):
    typed = [{"indicator_id": "i001", "scope": "department", "level1": "output", "name": name, "source": "table", "applicable": "yes"}]
    empty = {table: make_table(table, []) for table in ("figures", "budget_lines", "work_facts", "base_data")}
    merged = reconcile(empty | {"indicators": indicators(FORM)}, empty | {"indicators": make_table("indicators", typed)}).indicators
    assert merged["source"].tolist() == ["table", *["text"] * kept]
    assert merged["indicator_id"].tolist() == [f"i{number:03d}" for number in range(1, kept + 2)]


def test_printed_indicators_are_data_and_get_no_simulated_scores():
    tables = assess(Document(FORM, "report.txt", "txt", "utf-8"))
    assert tables["indicators"]["name"].tolist()[:2] == ["新增藏书", "流动服务点"]
    assert not set(tables["scores"]["part"]) & {"indicator", "level1"}
    assert "i001" in " ".join(tables["figures"]["used_by"])
