"""What each figure says: single sentences by hand, and nineteen reports of other bodies labelled figure by figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selfeval.reading.document import Document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import ASPECTS, EXTENTS, PERIODS, STATES, read_statements

LABELLED = Path(__file__).parents[1] / "data" / "statements"
REPORT = "甲县水务局2031年度部门整体支出绩效自评报告\n\n二、工作情况\n\n"


def read(words, title=REPORT):
    document = Document(title + words, "r.txt", "txt", "utf-8")
    return [each for each in read_statements(document, figures_of(document)).statements if each.figure.start >= len(title)]


def said(words, name):
    return [getattr(statement, name) for statement in read(words)]


def parts(words):
    """For each figure the place of its whole among the figures."""
    statements = read(words)
    places = {statement.index: place for place, statement in enumerate(statements)}
    return [places.get(statement.part_of) for statement in statements]


@pytest.mark.parametrize(
    ("words", "aspects"),
    [
        ("年初预算30.00万元，调整后预算36.00万元，决算支出35.10万元，执行率97.50%。", ["initial", "adjusted", "actual", "rate"]),
        ("巡查堤防86公里，比上年多6公里，增长7.5%。", ["actual", "change", "change_rate"]),
        ("维修泵站12座，支出96.00万元，每座8.00万元。", ["actual", "actual", "average"]),
        ("小型水库40座，占全县水库总数的80%。", ["actual", "share"]),
        ("罚款52,000元（折合5.20万元）。", ["actual", "converted"]),
        ("产出指标得38.50分（满分40分）。", ["score", "weight"]),
        ("群众满意度93%，比90%的目标值高3个百分点。", ["rate", "planned", "change"]),
        ("上级下达资金20.00万元，年末结转1.50万元。", ["arrived", "carried_over"]),
        ("公务接待费2.10万元，控制在3.00万元的限额以内。", ["actual", "limit"]),
    ],
)
def test_the_words_before_and_behind_a_figure_tell_which_number_of_a_thing_it_is(words, aspects):
    assert said(words, "aspect") == aspects


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("检查企业35家，上年28家。", ["year", "prior"]),
        ("发生事故3起、死亡1人，上年为4起、死亡2人。", ["year", "year", "prior", "prior"]),
        ("办理时限由9个工作日压缩到5个工作日。", ["prior", "year"]),
        ("汛前检查水库12座、山塘31口，全年巡查堤防60公里。", ["part", "part", "year"]),
        ("三年来累计改造管网41公里。", ["span"]),
        ("2032年拟新建泵站3座，更新水表500只。", ["next", "next"]),
    ],
)
def test_a_period_reaches_as_far_as_the_words_let_it(words, periods):
    assert said(words, "period") == periods


def test_what_is_planned_for_later_years_is_planned():
    assert said("2032年新建泵站3座，供水保证率达到95%。", "aspect") == ["planned", "planned"]


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("排查隐患52处，已整改49处，正在整改2处，尚未整改1处。", ["found", "rectified", "under_way", "open"]),
        ("检测水样120份，合格117份，不合格3份。", ["", "passed", "failed"]),
        ("立案8起，结案7起。", ["filed", "closed"]),
        ("发现问题30个，其中质量类18个、安全类12个。", ["found", "found", "found"]),
    ],
)
def test_a_state_is_that_of_the_predicate_and_parts_take_that_of_their_whole(words, states):
    assert said(words, "state") == states


@pytest.mark.parametrize(
    ("words", "wholes"),
    [
        ("水库50座，按规模分为大型1座、中型9座、小型40座。", [None, 0, 0, 0]),
        ("城区30处、乡镇25处，共55处。", [2, 2, None]),
        ("排查隐患52处，其中一般50处、重大2处；已整改49处，正在整改3处。", [None, 0, 0, 0, 0]),
        ("公租房房源200套，入住190套，入住率95%。", [None, 0, None]),
        ("下发提示函41份、督办函17份。", [None, None]),
        ("实有队员38人，其中干部8人、消防员24人，另有退休干部19人。", [None, 0, 0, None]),
        ("“三公”经费预算12.00万元。其中：接待费2.00万元；公务用车费13.00万元。", [None, 0, 0]),
    ],
)
def test_a_list_binds_its_parts_to_their_whole(words, wholes):
    assert parts(words) == wholes


def test_where_the_halves_of_the_budget_make_it_up_nothing_else_is_a_part_of_it():
    assert parts("部门支出90万元，其中基本支出60万元、项目支出30万元。\n生育保险收不抵支7万元。") == [None, 0, 0, None]


def test_a_word_that_no_list_knows_stays_in_what_the_figure_is_about():
    specialists, all_of_them = read("专家检查118家次，检查412家次。")
    assert specialists.measure != all_of_them.measure


def test_a_line_of_the_budget_is_named_once_for_all_its_amounts():
    statements = read("（二）项目支出。泵站维修预算40.00万元，支出39.20万元，执行率98.00%；水质监测预算12.00万元，支出12.00万元。")
    assert [statement.subject[-1] for statement in statements] == ["泵站维修"] * 3 + ["水质监测"] * 2


@pytest.mark.parametrize("goes_on", ["全年支出85.00万元", "年中追加3.00万元"])
def test_what_goes_on_behind_two_parts_of_a_whole_is_of_the_whole(goes_on):
    statements = read(f"财政批复预算90.00万元，其中基本支出安排50.00万元、项目支出安排40.00万元；{goes_on}。")
    assert statements[-1].subject == statements[0].subject


def test_a_rate_names_its_operands_where_it_agrees_with_them():
    statements = read("检测水样120份，合格117份，合格率97.5%。")
    assert statements[2].of == (statements[1].index, statements[0].index)


def test_a_statement_tells_which_words_decided():
    assert read("年初预算30.00万元。")[0].because["aspect"] == "年初"


def test_a_contents_page_and_a_glossary_state_nothing():
    assert read("目录\n一、概况………3\n二、支出………5\n", title="甲县水务局2031年度部门决算\n\n") == []


def test_a_rate_named_after_what_was_done_is_of_what_it_was_done_to():
    statements = read("床位345张，入住173张，入住率50.14%。")
    assert statements[2].subject == ("床位",)


def test_an_average_behind_a_list_is_over_the_whole_of_it():
    statements = read("改造水渠60公里，其中干渠41公里、支渠19公里，每公里造价20万元。")
    assert statements[3].scope == ()


def test_what_an_accident_did_is_of_the_accident():
    assert said("全县发生事故19起、死亡8人。", "subject")[1] == ("事故",)


def test_how_often_people_did_something_is_of_the_people():
    assert said("水库管护员38人，轮训2次。", "subject")[1] == ("水库管护员",)


def test_what_a_share_comes_out_with_is_a_part_of_what_was_counted_before():
    assert parts("公交车110辆，新能源车88辆，占80%。") == [None, 0, None]


def test_a_clause_in_front_of_a_number_picks_some_of_what_was_counted_before():
    statements = read("水泵640台，使用超过八年的205台。")
    assert (statements[1].part_of, statements[1].measure) == (statements[0].index, "水泵")


def test_a_list_goes_on_behind_the_parts_of_its_parts():
    statements = read("（二）项目支出435.2万元。文物修复126.7万元，其中铜器71.2万元、书画55.5万元；布展308.5万元。")
    assert statements[-1].subject[-2:] == ("项目支出", "布展")


def test_a_part_that_begins_with_another_number_is_none_of_the_whole():
    assert parts("专项支出213万元。专项支出里，防汛经费到位118万元，使用116万元。") == [None, None, None]


def test_what_is_left_to_do_is_open():
    assert said("修缮堤坝174座，完成132座，剩下42座。", "state")[-1] == "open"


def test_a_festival_narrows_what_is_told_of_it():
    statements = read("春节走访1420人，送慰问金71万元。")
    assert [(each.period, each.scope) for each in statements] == [("part", ("春节",))] * 2


def test_what_a_list_ends_with_and_so_on_is_of_the_date_of_none_of_it():
    assert said("遭受“6.24”暴雨、“8.26”洪涝等五次灾害，受灾315人。", "period") == ["year", "year"]


def test_a_rule_is_of_its_own_period():
    assert said("按每座水库汛期巡查40次安排，186座水库共巡查7440次。", "period")[1:] == ["year", "year"]


def test_what_is_to_be_reached_is_planned_and_no_threshold():
    assert said("2032年播种面积稳定在286万亩以上。", "aspect") == ["planned"]


def test_a_numbered_line_that_states_a_figure_names_what_it_is_of():
    assert read("（二）项目支出855.2万元。水渠修复420.0万元，泵站改造435.2万元。")[1].subject == ("项目支出", "水渠修复")


def test_money_is_paid_for_what_the_name_ends_with():
    assert said("项目支出中，公务接待4.2万元，泵站改造18.0万元。", "subject")[0][-1] == "公务接待"


def test_a_weight_in_brackets_is_that_of_the_score_in_front_and_scores_make_up_their_total():
    statements = read("决策14分（权重15分），过程18.5分（权重20分），产出33.2分（权重35分），效益27.8分（权重30分），总得分93.5分。")
    assert statements[1].subject == ("决策",)
    assert [each.part_of for each in statements[:8:2]] == [statements[-1].index] * 4


def test_the_gap_between_two_prices_is_what_was_saved():
    assert said("水泵改造预算180万元，中标价163.8万元，省下16.2万元。", "measure")[-1] == "节约"


def test_under_a_heading_of_targets_a_bare_number_is_one():
    assert said("（一）年度绩效目标\n\n补充耕地3000亩，群众满意度≥90%。", "aspect") == ["planned", "planned"]


def test_a_share_without_a_name_is_of_what_the_share_before_is_of():
    statements = read("上半年支出仅占全年的31.7%，第四季度占42.5%。")
    assert [(each.measure, each.period) for each in statements] == [("支出", "part")] * 2


def test_a_line_that_leads_up_to_a_colon_is_the_whole_of_what_follows():
    words = "全年支出60万元，其中项目支出40万元。项目支出主要投向两个方面：环卫保洁28万元；市政维护12万元。"
    assert parts(words) == [None, 0, 1, 1]


def test_one_place_told_as_an_example_is_of_what_was_told_before():
    statements = read("检查砂场76家，查出隐患231条。如河湾砂场一家就查出19条。")
    assert (statements[2].scope, statements[2].measure) == (("河湾砂场",), "隐患")


def test_the_total_behind_a_list_is_no_part_of_it():
    assert said("养老保险缴费86.42万元、医疗保险缴费41.05万元，合计127.47万元。", "subject")[-1] == ("工作",)


def test_money_that_was_given_for_something_owns_what_is_paid_and_left_of_it():
    statements = read("渠道建设资金27.5万元，其中市级补助10万元、县级配套17.5万元。已支付26.4万元，支付率96%，结转1.1万元。")
    assert [each.subject[-1] for each in statements[3:]] == ["渠道建设资金"] * 3


def test_a_sum_without_words_right_behind_a_count_goes_by_the_name_of_the_count():
    statements = read("发放资助金120万元，其中：小学300人次、50万元，初中350人次、70万元。")
    assert [each.subject for each in statements[2::2]] == [("小学",), ("初中",)]


def test_what_leads_a_line_is_what_was_done_with():
    assert said("农机登记：办理1830件。", "measure") == ["办理农机登记"]


def test_a_part_in_a_state_is_measured_as_its_whole_is():
    statements = read("列入改造泵站8座，完工6座，在建2座。")
    assert [(each.measure, each.state) for each in statements[1:]] == [("泵站", "closed"), ("泵站", "under_way")]


def test_of_what_was_taken_in_the_part_that_is_done_says_so():
    assert said("水务窗口受理申请264件，办结260件。", "measure")[1].startswith("办结")


def test_how_long_people_worked_is_of_the_people():
    assert said("巡河志愿者136名，服务时长2400小时，人均17.6小时。", "subject")[1:] == [("巡河志愿者",)] * 2


@pytest.mark.parametrize(("words", "measure"), [("局机关和所属11个管理站共核定编制23名。", "管理站"), ("年初排了6座泵站的改造。", "泵站")])
def test_words_that_lead_up_to_the_noun_behind_a_number_are_not_what_is_counted(words, measure):
    assert said(words, "measure")[0] == measure


def test_how_an_average_was_reckoned_is_not_what_it_is_of():
    assert said("维修渠道60公里，按支出和计划长度折算每公里1515元。", "measure") == ["维修渠道"] * 2


def test_a_share_that_names_nothing_is_of_the_line_it_is_a_share_in():
    assert [(each.subject, each.measure) for each in read("大半集中在第四季度支付，占项目支出的四成。")] == [(("项目支出",), "支出")]


def test_the_word_that_picks_some_of_a_number_is_no_word_of_what_was_picked():
    assert said("水泵640台中使用超过八年的205台。", "scope")[1] == ("使用八年",)


@pytest.mark.parametrize(
    ("words", "operands"),
    [
        ("罚款52,000元（折合5.20万元）。", [(), (0,)]),
        ("到馆31.5万人次，同比增长8.2%。", [(), (0,)]),
        ("满意度93%，比90%的目标值高3个百分点。", [(), (), (0, 1)]),
        ("自来水普及率由88.2%提高到90.1%，提高1.9个百分点。", [(), (), (1, 0)]),
        ("节水灌溉面积占到62.5%，上年为60%，升了2.5个百分点。", [(), (), (0, 1)]),
        ("读者满意度97.2%，职工满意度91%，后者较上年提高1.4个百分点。", [(), (), (1,)]),
        ("清运垃圾7.3万吨，日均200吨。", [(), (0,)]),
    ],
)
def test_what_nothing_else_tells_the_operands_of_is_drawn_from_what_its_sentence_stated_before(words, operands):
    statements = read(words)
    places = {statement.index: place for place, statement in enumerate(statements)}
    assert [tuple(places[index] for index in statement.of) for statement in statements] == operands


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("沿江洼地被淹1.2万亩。", "沿江洼地被淹面积"),
        ("救护车到场压缩到11分钟。", "救护车到场时间"),
        ("种植水稻面积4.6万亩。", "种植水稻面积"),
        ("新修渠道18公里。", "新修渠道"),
    ],
)
def test_a_measure_that_ends_in_a_verb_has_the_word_for_what_its_unit_measures(words, measure):
    assert said(words, "measure") == [measure]


def test_what_an_aspect_particle_ends_is_a_verb():
    assert said("全局管着乡镇水利站14个。", "measure") == ["乡镇水利站"]
    assert said("敬老院床位120张，只住了46张。", "measure") == ["敬老院床位", "住敬老院床位"]


def test_a_clause_ahead_of_what_is_in_use_names_it():
    assert said("水质监测仪器老旧，在用64台。", "measure") == ["水质监测仪器老旧"]


def test_who_set_a_standard_is_not_what_it_is_of():
    assert said("人均藏书1.4册，省里的评估标准是不少于1.5册。", "measure") == ["藏书", "藏书"]


def test_a_day_in_quotation_marks_narrows_what_is_told_of_it():
    assert said("宣传活动120场，“世界水日”当天就有16场。", "scope") == [(), ("“世界水日”",)]


def test_where_something_was_done_so_often_is_not_what_was_done():
    assert said("节水宣讲：进社区24场、进工厂11场，合计35场。", "measure") == ["节水宣讲"] * 3
    assert said("节水宣讲：进社区24场、进工厂11场，合计35场。", "scope") == [("进社区",), ("进工厂",), ()]


def test_what_people_are_brought_to_do_stands_behind_their_number():
    assert said("开放水情教育基地，吸引1.3万人次参加。", "measure") == ["参加"]


def test_an_average_is_of_those_named_before_it_and_of_what_is_named_behind():
    assert [(each.subject, each.measure) for each in read("护渠员人均巡查9.5公里。")] == [(("护渠员",), "巡查里程")]


def test_money_for_each_is_called_by_the_noun_behind_it():
    assert said("改造水表420只，按每只180元补助，支出7.56万元。", "measure")[1] == "补助"


def test_a_share_that_is_to_be_reached_is_called_by_its_whole_name():
    assert said("2032年再生水利用占比提到26%。", "measure") == ["再生水利用占比"]


def test_a_length_of_time_in_front_of_a_number_picks_some_of_what_was_counted():
    assert [(each.measure, each.scope) for each in read("水泵检修工62名，干满六个月的55名。")] == [
        ("水泵检修工", ()),
        ("水泵检修工", ("干满六个月",)),
    ]


def test_what_is_more_than_was_asked_for_is_a_change():
    assert said("更换水表1,120只，任务1,000只，超额120只。", "aspect") == ["actual", "planned", "change"]


def labels():
    return [(path, json.loads(line)) for path in sorted(LABELLED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def test_labels_stand_where_they_say():
    for path, label in labels():
        assert path.with_suffix(".txt").read_text("utf-8")[label["start"] : label["end"]] == label["text"]


@pytest.fixture(scope="module")
def accuracy():
    """Of every field the share of figures read as labelled, over all labels that are sure."""
    right: dict[str, list[bool]] = {}
    for path in sorted(LABELLED.glob("*.txt")):
        text = path.read_text("utf-8")
        document = Document(text, path.name, "txt", "utf-8")
        figures = figures_of(document)
        statements = read_statements(document, figures).statements
        for label in (label for other, label in labels() if other == path.with_suffix(".jsonl") and label["sure"]):
            found = next((each for each in statements if each.figure.start < label["end"] and label["start"] < each.figure.end), None)
            right.setdefault("found", []).append(found is not None)
            for name, agrees in judged(label, found, figures).items() if found else ():
                right.setdefault(name, []).append(agrees)
    return {name: sum(values) / len(values) for name, values in right.items()}


def judged(label, statement, figures):
    kept = "".join((*statement.subject, *statement.scope, statement.measure))
    part_of = figures[statement.part_of].start if statement.part_of is not None else None
    return {
        "subject": all(near(part, kept) for part in label["subject"]),
        "measure": near(label["measure"], statement.measure),
        "scope": near(label["scope"], kept) if label["scope"] else not statement.scope or near("".join(statement.scope), label["measure"]),
        "part_of": label["part_of"] == part_of,
        **({"of": set(label["of"]) <= {figures[operand].start for operand in statement.of}} if label["of"] else {}),
        **{name: label[name] == getattr(statement, name) for name in ("aspect", "period", "state", "extent")},
    }


def near(first, second):
    """Most of the shorter stands in the longer, character by character."""
    short, long = sorted(("".join(filter(str.isalnum, first)), "".join(filter(str.isalnum, second))), key=len)
    return sum(min(short.count(letter), long.count(letter)) for letter in set(short)) >= 0.7 * len(short) if short else not long


FLOORS = {
    "found": 0.99,
    "subject": 0.955,
    "measure": 0.95,
    "aspect": 0.98,
    "period": 0.98,
    "scope": 0.94,
    "state": 0.98,
    "extent": 0.95,
    "part_of": 0.96,
    "of": 0.9,
}


@pytest.mark.parametrize("name", FLOORS)
def test_reports_of_other_bodies_are_read_as_they_were_labelled(accuracy, name):
    assert accuracy[name] >= FLOORS[name]


def test_every_closed_field_keeps_to_its_values():
    for path in LABELLED.glob("*.txt"):
        document = Document(path.read_text("utf-8"), path.name, "txt", "utf-8")
        for statement in read_statements(document, figures_of(document)).statements:
            assert statement.aspect in ASPECTS
            assert statement.period in PERIODS
            assert statement.state in STATES
            assert statement.extent in EXTENTS


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("维修费和养护费分别为12万元和3万元。", ["维修费", "养护费"]),
        ("商品和服务支出、印刷费分别支出12万元、3万元。", ["商品和服务支出", "印刷费"]),
        ("资金48万元，用于甲渠清淤和乙坝加固，分别支出20万元、28万元。", ["甲渠清淤", "乙坝加固"]),
    ],
)
def test_money_told_in_turn_is_that_of_the_name_in_its_place(words, names):
    assert [subject[-1] for subject in said(f"（一）基本支出\n\n{words}", "subject")[-2:]] == names


def test_rates_and_counts_told_in_turn_have_the_names_in_their_places():
    assert said("合格率和满意率分别为95%和97%。", "measure") == ["合格率", "满意率"]
    assert said("巡查人员和护林人员分别为20人和30人。", "measure") == ["巡查人员", "护林人员"]
    assert parts("巡查人员和护林人员分别为30人和20人。") == [None, None]


def test_a_semicolon_ends_what_a_reason_opened():
    words = "项目支出60万元。情况是：甲渠预算30万元、支出28万元，差额主要是两座闸未完工；乙坝预算20万元、支出19万元。"
    assert parts(words)[4] in (None, 0)


def test_a_school_is_no_whole_of_what_its_name_goes_on_with():
    assert said("普通高中扩容预算20万元。", "subject")[0][-1] == "普通高中扩容"


def test_the_label_of_a_line_stands_below_its_heading():
    assert said("（二）项目支出\n\n苗圃改造。年初10万元，支出9万元。", "subject") == [("项目支出", "苗圃改造")] * 2


def test_what_was_contracted_for_is_of_what_was_bought():
    contracted = read("全年政府采购预算30万元，合同金额28万元，执行率93.3%。")[1]
    assert (contracted.subject[-1], contracted.measure, contracted.aspect) == ("政府采购", "采购", "actual")


def test_a_note_of_what_is_taken_in_is_no_word_of_its_own():
    assert said("年初预算30万元，全年预算（含追加）36万元，支出（含上年结转）35万元。", "aspect") == ["initial", "adjusted", "actual"]


def test_a_list_is_of_that_amount_of_its_line_which_it_makes_up():
    words = "其中基本支出48万元，项目支出20万元。基本支出全年预算52万元。基本支出按经济分类：工资福利支出40万元、公用经费8万元。"
    assert parts(words)[-2:] == [0, 0]


def test_what_is_told_within_the_expenditure_of_a_line_is_of_what_was_spent():
    words = "航道养护工程全年预算28万元，支出27万元，执行率96.4%。航道养护工程支出中，疏浚12万元、航标维护9万元。"
    assert parts(words)[-2:] == [1, 1]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("及时报告40起。", "及时报告"),
        ("诺如病毒感染13起。", "诺如病毒感染"),
        ("储备点由上年的14个增加到19个。", "储备点"),
        ("资助残疾人子女20人。", "资助残疾人子女"),
        ("参训人数62人。", "参训人数"),
    ],
)
def test_no_name_is_cut_at_a_character_that_means_something_alone(words, name):
    assert read(words)[0].measure.startswith(name)


def test_levels_told_together_and_of_a_community_stay_whole():
    assert said("一二级重度残疾人20人。", "scope") == [("一二级",)]
    assert said("专职委员20人，其中街道级9人、社区级11人。", "scope")[2] == ("社区级",)


@pytest.mark.parametrize("named", ["1.基层社改造提升，", "无障碍改造：", "农资淡季储备贴息，"])
def test_a_clause_that_is_a_name_is_kept_whole_whatever_was_done_in_it(named):
    subject = said(f"（二）项目支出\n\n{named}预算20万元，支出19万元。", "subject")[0]
    assert subject[-1] == named.strip("1.，：")


def test_the_end_of_a_quarter_is_no_owner():
    words = "（二）项目支出\n\n审计股按季编制进度表，一季度末累计支出20万元，二季度末累计45万元。"
    assert said(words, "subject") == [("项目支出",)] * 2


def test_what_was_completed_of_a_budget_is_no_rest():
    assert said("全年采购预算30万元，实际完成28万元。", "measure")[1] == "支出"


def test_what_was_not_spent_is_left():
    words = "（一）总体情况\n\n全年预算30万元，支出28万元，未执行2万元。"
    assert [(each.measure, each.aspect) for each in read(words)][-1] == ("结余", "carried_over")


def test_a_bracket_that_a_name_closes_is_of_the_name():
    assert said("“三公”经费支出20万元，因公出国（境）8万元、公务接待12万元。", "subject")[1][-1] == "因公出国（境）"


def test_a_plan_that_was_completed_is_a_plan_and_the_rate_of_it_none():
    assert said("监督检查单位32家，完成计划30家的106.7%。", "aspect") == ["actual", "planned", "rate"]
    assert said("监督检查单位32家，完成计划的106.7%。", "aspect") == ["actual", "rate"]


def test_money_behind_a_semicolon_is_not_that_of_what_was_counted_before_it():
    words = "四、存在问题\n\n文员空缺4人；支出前松后紧，上半年支出20万元。"
    assert "空缺" not in "".join(said(words, "subject")[1])


@pytest.mark.parametrize("words", ["年初预算30万元，年中净调增2万元，全年预算32万元。", "支出30万元，同比降低3%。"])
def test_words_of_a_change_leave_nothing_of_themselves_in_a_name(words):
    assert all(not subject or subject[-1] not in ("净", "支出") for subject in said(words, "subject"))


def test_what_leads_to_a_change_behind_a_number_is_no_name():
    assert said("诊疗占比58.9%，与2030年的57.3%相比提高1.6个百分点。", "measure")[2] != "相比"


@pytest.mark.parametrize(("heading", "period"), [("六、偏差原因及改进措施", "year"), ("六、改进措施", "next")])
def test_a_section_that_looks_back_as_well_as_ahead_tells_of_this_year(heading, period):
    assert [statement.period for statement in read(f"{heading}\n一是危房改造执行率仅83.41%。\n")] == [period]


def test_a_project_called_after_raising_something_has_a_rate():
    assert said("基本陈列提升项目执行率仅80.30%。", "aspect") == ["rate"]


def test_a_number_without_words_of_its_own_is_of_the_heading_its_line_begins_with():
    lines = "（一）培训。培训120人，共花3万元。\n（二）设备布设。上年末47台，本年新装9台。\n（三）人员。较年初的20人减少2人。\n"
    measures = [(statement.figure.text, statement.measure) for statement in read(lines)]
    assert dict(measures)["47台"] == "设备布设"
    assert dict(measures)["20人"] != "人员"


@pytest.mark.parametrize(("below", "aspect"), [("4.00", "planned"), ("1.00", "change"), ("5.00", "change")])
def test_what_was_spent_is_below_its_budget_or_below_it_by_so_much(below, aspect):
    statements = read(f"接待费年初预算8.00万元，支出3.00万元，低于预算{below}万元。")
    assert statements[-1].aspect == aspect
