"""Who wrote a report, and for which year. All bodies are invented."""

import pytest

from documents_of_all_kinds import SAMPLES
from selfeval.reading.document import Document
from selfeval.reading.identity import identify


def of(text):
    found = identify(Document(text, "报告.txt", "txt", "utf-8"))
    return found.body, found.year


@pytest.mark.parametrize(
    ("text", "body", "year"),
    [
        ("2021年度云岭市水利局整体支出绩效自评报告\n正文", "云岭市水利局", 2021),
        ("云岭市水利局2021年度部门整体支出绩效评价报告", "云岭市水利局", 2021),
        ("云岭市水利局\n2021年度部门整体支出绩效自评报告", "云岭市水利局", 2021),
        ("部门整体支出绩效自评报告\n（2021年度）\n单位名称（盖章）：云岭县教育局\n2021年", "云岭县教育局", 2021),
        ("预算部门名称\t云岭县第三中学\n2022年初", "云岭县第三中学", 2022),
        ("关于自评的说明\n2019年完成，2019年验收，2020年移交。", "", 2019),
        ("没有年份的文字", "", None),
    ],
)
def test_body_and_year_are_read_from_title_or_label(text, body, year):
    assert of(text) == (body, year)


def test_the_label_names_the_body_even_where_the_title_does_not():
    text = "2021年度整体支出绩效自评报告\n\n填报单位：云岭市林业局\n\n一、概况"
    assert of(text) == ("云岭市林业局", 2021)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.name}")
def test_every_kind_of_document_names_body_and_year_in_its_own_way(sample):
    body, year = of(sample.text)
    assert body == sample.body
    assert sample.year is None or year == sample.year


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("预算主管部门：云岭市林业局", "云岭市林业局"),
        ("预算部门单位（公章）：云岭市林业局", "云岭市林业局"),
        ("部门\t云岭市林业局（盖章）", "云岭市林业局"),
        ("主管部门及代码\t017-云岭市林业局\t项目单位\t云岭市种苗站", "云岭市林业局"),
        ("主管部门\t云岭市林业局\t实施单位\t云岭市种苗站", "云岭市林业局"),
        ("单位名称：云岭市种苗站\n主管部门：云岭市林业局", "云岭市种苗站"),
        ("实施单位：云岭市种苗站", "云岭市种苗站"),
        ("金额单位：万元", ""),
        ("填报部门：各有关单位", ""),
    ],
)
def test_labels_name_the_body(line, body):
    assert of(f"绩效自评材料\n{line}\n2023年度")[0] == body


def test_the_full_name_of_a_body_stands_in_for_its_short_one():
    assert of("林业局2023年度部门决算\n编制单位：云岭市林业局")[0] == "云岭市林业局"


def test_a_body_is_the_one_that_the_text_keeps_speaking_of():
    assert of("云岭市林业局承担造林任务。\n2023年，云岭市林业局支出30万元，经云岭市财政局批准。")[0] == "云岭市林业局"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026年部门预算\n2026年预算300万元，比2025年增加20万元，2025年执行中，2025年追加。", 2026),
        ("自评表\n评价年度：2022\n填报日期：2023年4月25日", 2022),
        ("自评表\n填报日期：2025年3月", None),
        ("支出300万元，比2023年减少5%，较2023年同期下降。2024年新开工2处。", 2024),
        ("二〇二三年度部门决算\n二〇二四年九月", 2023),
        ("2 0 2 4 年度部门决算", 2024),
        ("2024年完成绿化3公顷。\n2025年3月12日", 2024),
    ],
)
def test_the_year_is_neither_that_of_filling_in_nor_that_of_a_comparison(text, year):
    assert of(text)[1] == year


def test_the_year_of_a_title_is_declared_and_one_only_spoken_of_is_not():
    assert identify(Document("云岭市林业局2023年度部门决算", "a", "txt", "utf-8")).declared == 2023
    assert identify(Document("云岭市林业局2023年支出3万元。", "a", "txt", "utf-8")).declared is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("云岭市图书馆免费开放经费2023年度绩效自评报告\n一、概况", "云岭市图书馆"),
        ("关于云岭市林业局2023年部门预算编制情况的说明", "云岭市林业局"),
        ("2023年度造林项目支出绩效自评报告\n云岭市国有林场管理中心\n一、概况", "云岭市国有林场管理中心"),
        ("整体支出绩效目标表\n部门（单位）名称\t云岭市林业局\n2023年度", "云岭市林业局"),
        ("2023年度造林项目支出绩效自评报告\n一、概况\n造林3公顷。\n云岭市林业局\n2024年5月6日", "云岭市林业局"),
        ("2023年度新建图书馆项目支出绩效自评报告", ""),
    ],
)
def test_a_body_is_found_in_a_title_alone_on_a_line_and_in_the_signature(text, body):
    assert of(text)[0] == body
