"""Who wrote a report, and for which year. All bodies are invented."""

import pytest

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
