"""What kind of document it is, told from texts of every kind and of several provinces' wording. All of them are invented."""

import pytest

from documents_of_all_kinds import SAMPLES
from selfeval.reading.document import Document
from selfeval.reading.kind import kind_of


def kind(text):
    return kind_of(Document(text, "文件.txt", "txt", "utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.name}")
def test_the_kind_is_told(sample):
    assert kind(sample.text) == sample.kind


def test_there_is_no_kind_without_text():
    assert kind(" \n\n") == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于做好2024年度部门决算公开工作的通知", "other"),
        ("关于印发《云岭市项目支出绩效评价\n管理办法》的通知", "other"),
        ("云岭市审计局2023年度部门决算", "account"),
        ("云岭市自然资源和规划局2025年部门预算", "budget"),
        ("云岭市财政局2023年度预算绩效自评报告", "body_evaluation"),
        ("2024年度部门整体支出及项目支出绩效自评报告", "body_evaluation"),
        ("2024年部门预算项目支出绩效目标表", "form"),
    ],
)
def test_the_last_word_of_a_title_names_what_it_is(title, expected):
    assert kind(f"{title}\n一、有关事项\n本年安排经费320.00万元，涉及单位36个。") == expected


def test_a_report_with_a_few_places_left_open_is_a_report_all_the_same():
    text = "云岭市水利局2023年度部门整体支出绩效自评报告\n一、概况\n编制〔待填写〕人，联系人：\n二、支出情况\n"
    text += "年初预算320.50万元，支出318.40万元，其中人员经费212.30万元，公用经费XX万元。\n三、绩效\n整治河道36公里，得分95分。"
    assert kind(text) == "body_evaluation"


def test_a_list_of_small_round_sums_is_filled_in():
    rows = "\n".join(f"{n}\t{name}\t{n * 10}\t{n * 10}\t\t" for n, name in enumerate(("河道清淤", "泵站检修", "堤防加固"), 1))
    assert kind(f"云岭市水利局2023年度项目支出绩效自评表\n序号\t项目\t预算数\t执行数\t原因\t备注\n{rows}\n") == "form"


def test_tables_of_noughts_are_filled_in():
    rows = "\n".join(f"{name}\t0.00\t0.00\t0.00" for name in ("一、外交支出", "二、国防支出", "三、教育支出"))
    assert kind(f"云岭市水利局2023年度部门决算\n政府性基金预算财政拨款收入支出决算表\n{rows}\n本部门无此项支出。") == "account"
