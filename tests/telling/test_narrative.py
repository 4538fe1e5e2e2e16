"""The narrative report: what the tables say in official Chinese, and open places for the rest."""

import narrated
from selfeval.telling.narrative import narrate


def told(tables):
    return narrate(tables, narrated.BODY, narrated.YEAR)


def prose(tables):
    return "\n".join(block.text for block in told(tables))


def test_the_chapters_are_those_of_the_province_in_their_order():
    heads = [block.text for block in told({}) if block.kind == "heading" and block.level == 1]
    assert heads == [
        "一、部门（单位）基本情况",
        "二、一般公共预算支出情况",
        "三、政府性基金预算支出情况",
        "四、国有资本经营预算支出情况",
        "五、社会保险基金预算支出情况",
        "六、部门整体支出绩效情况",
        "七、存在的问题及原因分析",
        "八、下一步改进措施",
        "九、部门整体支出绩效自评结果拟应用和公开情况",
        "十、其他需要说明的情况",
    ]


def test_a_rate_names_its_denominator():
    assert "全年执行数1262.32万元，预算执行率98.12%（全年执行数÷全年预算数）" in prose(narrated.FULL)


def test_a_project_that_came_out_otherwise_is_told_with_its_reason():
    assert "完成全年预算数的85.60%，比全年预算数少21.6万元，主要原因是：施工图设计审查滞后" in prose(narrated.FULL)


def test_without_tables_there_is_no_figure_but_the_year():
    text = prose({}).replace("2031年", "").replace("1.", "").replace("2.", "").replace("3.", "").replace("4.", "")
    assert not any(character.isdigit() for character in text), text


def test_a_book_without_a_row_has_no_expenditure_only_where_the_sheet_tells_books_apart():
    assert "本年度无国有资本经营预算支出。" in prose(narrated.FULL)
    assert "本年度无国有资本经营预算支出。" not in prose({})
    assert "〔待填写：国有资本经营预算支出情况，没有的写“无”〕" in prose({})


def test_a_reason_is_asked_for_where_one_is_due_and_none_is_given():
    lines = narrated.budget("t01 project general_public - 渠道清淤 80 80 50", "t02 project general_public - 管护 10 10 11")
    text = prose({"budget_lines": lines})
    assert "〔待填写：渠道清淤偏差的原因〕" in text
    assert "〔待填写：管护执行数超过全年预算数的原因〕" in text


def test_a_reason_is_not_opened_twice():
    lines = narrated.budget("t01 project general_public - 渠道清淤 80 80 50 因为汛期推迟开工。")
    assert "主要原因是：汛期推迟开工。" in prose({"budget_lines": lines})


def test_a_rate_against_a_mere_target_is_not_called_the_official_one():
    lines = narrated.budget("t01 total all - 部门整体支出 - - 90")
    lines["target"] = [narrated.number("80")]
    assert "执行率112.50%（实际支出÷绩效目标）" in prose({"budget_lines": lines})
    assert "预算执行率112.50%" not in prose({"budget_lines": lines})


def test_a_lower_bound_stays_one():
    assert "罚款至少30万元" in prose(narrated.FULL)


def test_last_year_comes_from_the_base_data():
    assert "“三公”经费减少2.7万元，下降20.45%" in prose(narrated.FULL)
    assert "部门整体支出比上年决算数1190万元增加72.32万元，增长6.08%" in prose(narrated.FULL)


def test_an_indicator_that_was_missed_is_told_with_its_reason():
    text = prose(narrated.FULL)
    assert "其中达到年度指标值的6个，未达到年度指标值的1个" in text
    assert "1.完成水库除险加固：年度指标值为≥6座，实际完成值为5座。偏差原因和改进措施：一座水库因施工图审查滞后" in text


def test_a_simulated_score_is_called_one_and_stands_only_where_it_was_computed():
    scored = narrated.FULL | {"scores": narrated.scores("output|产出指标|48.5", "total|总分|98.5")}
    text = prose(scored)
    assert "按全国通用自评规则模拟测算，总分98.5分" in text
    assert "不代替单位自评" in text
    assert "测算，总分" not in prose(narrated.FULL)


def test_words_of_the_office_are_printed_as_they_are_and_asked_for_where_they_lack():
    assert "提前开展项目前期工作，细化预算编制，按月调度资金支付。" in prose(narrated.FULL)
    assert "〔待填写：下一步改进措施〕" in prose({})
