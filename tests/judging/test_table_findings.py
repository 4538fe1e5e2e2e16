"""How what tables owe themselves is told, and what else is asked of them: rows that stand twice, notes that do not fit."""

import pytest

from tables_at_hand import audited

HEAD = "甲县林业局2031年部门预算\n2031年项目支出预算表\n单位：万元\n项目名称\t年初预算数\t全年执行数\n"


def test_a_difference_names_table_row_column_relation_and_slip():
    text = HEAD + "护林员补助\t24.00\t24.00\n林区道路养护\t53.00\t35.20\n合计\t59.00\t59.20\n"
    (found,) = audited(text).query("verdict == 'differs'").itertuples()
    assert found.message.startswith("《2031年项目支出预算表》“")
    assert "合计 = 护林员补助 + 林区道路养护" in found.message


@pytest.mark.parametrize(
    ("again", "told"), [("护林员补助\t24.00\t24.00", 1), ("护林员补助\t24.00\t23.00", 0), ("护林员培训\t24.00\t24.00", 0)]
)
def test_a_row_that_stands_twice_with_all_its_numbers_is_asked_about(again, told):
    text = HEAD + f"护林员补助\t24.00\t24.00\n林区道路养护\t36.00\t35.20\n{again}\n"
    assert list(audited(text)["title"]).count("《2031年项目支出预算表》中“护林员补助”一行重复") == told


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("注：本部门2031年无项目支出，故本表为空表。\n", 1),
        ("注：本表不含上年结转。\n", 0),
        ("2031年政府性基金预算表\n注：本部门没有政府性基金预算，故本表为空表。\n", 0),
    ],
)
def test_a_note_that_a_table_is_empty_stands_under_an_empty_table(below, told):
    text = HEAD + "护林员补助\t24.00\t24.00\n林区道路养护\t36.00\t35.20\n" + below
    assert list(audited(text)["title"]).count("《2031年项目支出预算表》注明为空表，表中却有数字") == told


def test_one_structure_that_does_not_hold_is_no_difference():
    text = (
        "甲县林业局2031年部门预算\n单位：万元\n项目\t年初预算数\t全年执行数\n造林\t24.00\t21.00\n抚育\t36.00\t33.20\n合计\t95.00\t71.40\n"
    )
    assert audited(text).query("family == 'table' and verdict == 'differs'").empty
