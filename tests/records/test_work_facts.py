"""Statements become facts, and get the names of the catalogue. The sentences are invented."""

from decimal import Decimal

import pytest

from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.records.work_facts import work_facts
from selfeval.tables import make_table

NO_LINES = make_table("budget_lines", [])


def facts_of(text, lines=NO_LINES):
    document = Document(text, "示例.txt", "txt", "utf-8")
    figures = extract_figures(text)
    return work_facts(document, figures, read_statements(document, figures), lines)


def named(text):
    return [(row.indicator, row.sector, row.value, row.unit) for row in facts_of(text).itertuples()]


@pytest.mark.parametrize(
    ("text", "indicator", "sector"),
    [
        ("全年检查加油站120家次。", "visits", "hazchem"),
        ("非煤矿山领域共排查隐患88条。", "hazards_found", "mines"),
        ("已整改到位80条隐患。", "hazards_rectified", "city"),
        ("整改率98.5%。", "rectification_rate", "city"),
        ("挂牌督办重大火灾隐患6处。", "hazards_major_listed", "fire"),
        ("出动执法检查人员至少320人。", "inspectors_sent", "city"),
        ("对工贸企业立案19起，", "cases_filed", "industry"),
        ("共处罚款23.6万元。", "fines", "city"),
        ("责令停产整顿4家。", "units_suspended", "city"),
        ("下达整改指令书60份。", "orders_issued", "city"),
        ("组织应急演练12场。", "drills", "city"),
        ("举办安全培训班3期，", "training_sessions", "city"),
        ("启动防汛应急响应2次。", "flood_responses", "city"),
        ("全县受灾人口2.3万人。", "people_affected", "city"),
        ("直接经济损失0.8亿元。", "direct_loss", "city"),
        ("紧急转移安置350人。", "people_evacuated", "city"),
        ("倒塌房屋12间。", "houses_collapsed", "city"),
        ("冬春救助1800户。", "winter_relief_households", "city"),
        ("发放宣传手册3万份。", "leaflets_handed_out", "city"),
        ("受理举报热线投诉45件。", "hotline_calls", "city"),
        ("建成应急避难场所9处。", "shelters", "city"),
        ("组建综合救援队伍5支。", "rescue_teams", "city"),
        ("办理烟花爆竹零售许可90件。", "permit_type", "fireworks"),
        ("核定编制40名。", "posts", "city"),
        ("年末在职38人。", "staff", "city"),
        ("群众满意度96%。", "satisfaction_rate", "city"),
        ("发生生产安全事故2起，", "accidents", "city"),
        ("扑救火灾31起。", "fires", "city"),
        ("全年无人员伤亡。", "casualties", "city"),
    ],
)
def test_the_words_around_a_figure_name_it(text, indicator, sector):
    assert named(text)[0][:2] == (indicator, sector)


def test_parts_named_by_trade_alone_take_the_indicator_of_their_whole():
    whole, *parts = named("共立案53起，其中危化领域12起、矿山3起。")
    assert whole == ("cases_filed", "city", Decimal(53), "起")
    assert parts == [("cases_filed", "hazchem", Decimal(12), "起"), ("cases_filed", "mines", Decimal(3), "起")]


def test_a_trade_named_in_a_heading_holds_for_the_passage_below():
    text = "（一）烟花爆竹监管工作\n全年严格执法，落实零售经营单位安全管理责任，取得明显成效。\n取缔非法窝点7处。"
    assert named(text) == [("dens_closed", "fireworks", Decimal(7), "处")]


def test_each_dated_disaster_is_a_row_with_its_type():
    facts = facts_of("共发生“1.15”低温冰冻灾害、“6.20”、“7.02”洪涝灾害三次自然灾害。")
    events = facts[facts["indicator"] == "disaster_event"]
    assert list(zip(events["date"], events["label"], strict=True)) == [("1.15", "低温冰冻灾害"), ("6.20", "洪涝灾害"), ("7.02", "洪涝灾害")]


def test_a_figure_no_indicator_knows_is_kept_with_its_own_words():
    row = facts_of("疏浚河道36公里。").iloc[0]
    assert (row["indicator"], row["label"], row["value"], row["unit"]) == ("", "疏浚河道", 36, "公里")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全年新增停车位860个，更换燃气软管315根。", [("新增停车位", 860), ("更换燃气软管", 315)]),
        ("选修课24门，其中艺术类9门、科技类15门。", [("选修课", 24), ("艺术类选修课", 9), ("科技类选修课", 15)]),
        ("疏浚河道36公里，比上年增加4公里。", [("疏浚河道", 36), ("疏浚河道增加", 4)]),
        ("罚款12万元，上年罚款10万元。", [("罚款", 12), ("上年罚款", 10)]),
        ("群众满意度目标90%，实际96%。", [("群众满意度目标", 90), ("满意度", 96)]),
        ("项目支出30万元，占全部支出25%。", [("项目支出", 30), ("项目支出占全部支出", 25)]),
    ],
)
def test_what_has_no_indicator_is_called_by_all_that_is_said_of_it(text, told):
    assert [(row.label, row.value) for row in facts_of(text).itertuples()] == told


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("检查企业30家次，上年28家次。", ["visits", ""]),
        ("年度目标为检查企业40家次，实际检查企业44家次。", ["", "visits"]),
        ("罚款20万元，平均每起2万元。", ["fines", ""]),
        ("罚款200000元（折合20万元）。", ["fines", ""]),
    ],
)
def test_an_indicator_names_what_was_done_this_year(text, indicators):
    assert [indicator for indicator, *_ in named(text)] == indicators


def test_thresholds_and_plans_for_later_are_no_facts():
    assert named("检查覆盖率不低于95%。") == []
    assert named("下一步，计划明年新建泵站3座。") == []


def test_outcomes_are_named_by_their_state():
    text = "发现险情隐患214处，汛前处置198处，余下16处正在整改。"
    assert [indicator for indicator, *_ in named(text)] == ["hazards_found", "hazards_rectified", "hazards_under_way"]


def test_what_is_left_and_put_right_later_is_not_open():
    text = "排查隐患40处，汛前整改35处，剩余5处采取临时措施后于9月底前整改到位。"
    assert [indicator for indicator, *_ in named(text)] == ["hazards_found", "hazards_rectified", "hazards_rectified_later"]


@pytest.mark.parametrize(
    ("rest", "indicator"),
    [
        ("剩余5条限年底前整改到位", "hazards_open"),
        ("剩余5条计划次年整改到位", "hazards_open"),
        ("其余5条在整改期内", "hazards_under_way"),
        ("尚在整改5条", "hazards_under_way"),
        ("尚未完成整改的5条均明确了责任人", "hazards_open"),
    ],
)
def test_what_is_left_is_what_its_words_say(rest, indicator):
    assert [named(f"排查隐患40条，当场或限期整改35条，{rest}。")[place][0] for place in (1, 2)] == ["hazards_rectified", indicator]


def test_a_total_behind_grave_hazards_is_not_of_grave_ones():
    text = "排查一般隐患90处、重大隐患10处，合计100处。辖区隐患整改完成95处，正在整改的5处。"
    wanted = ["hazards_general", "hazards_major", "", "hazards_rectified", "hazards_under_way"]
    assert [indicator for indicator, *_ in named(text)] == wanted


def test_a_rate_behind_grave_hazards_is_theirs():
    assert named("其中重大隐患9处，整改8处，整改率88.9%。")[-1][0] == "rectification_rate_major"


def test_parts_divided_by_kinds_are_no_numbers_of_the_whole():
    text = "检查企业60家次；按检查方式分，计划内检查40家次、专项检查20家次。"
    assert [indicator for indicator, *_ in named(text)] == ["visits", "", ""]


def test_several_trades_in_one_clause_are_none_of_them():
    assert named("检查出租屋、工贸企业90家次。")[0][1] == "city"
    assert named("检查矿山和危险化学品企业90家次。")[0][1] == "city"
    assert named("检查危险化学品生产、经营单位90家次。")[0][1] == "hazchem"


def test_kinds_of_permits_are_called_by_their_own_words():
    text = "受理消防设计审查、验收和备案60件，分别为设计审查20件、备案40件。"
    assert facts_of(text)["label"].tolist()[1:] == ["设计审查", "备案"]


def test_other_parts_than_those_of_trades_are_only_some_of_their_whole():
    text = "工贸行业查出隐患50条，其中高温熔融金属20条、其他30条。"
    assert [indicator for indicator, *_ in named(text)] == ["hazards_found", "", ""]


def test_a_total_of_unlike_things_has_the_name_of_neither():
    text = "重建住房20户，维修住房80户，合计100户。"
    assert [indicator for indicator, *_ in named(text)] == ["houses_rebuilt", "houses_repaired", ""]


def test_a_figure_of_a_budget_line_is_no_work_fact():
    lines = make_table("budget_lines", [{"line_id": "b01", "actual_figure": "f0001"}])
    assert facts_of("罚款支出3万元，罚款5万元。", lines)["figure_id"].tolist() == ["f0002"]


def test_a_lower_bound_stays_one():
    assert facts_of("收缴非法制品2000余件。").iloc[0]["qualifier"] == "over"


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("倒塌房屋21户50间。", ["houses_collapsed", "houses_collapsed"]),
        ("举办安全培训8期、640人次。", ["training_sessions", "trained_persons"]),
    ],
)
def test_a_second_unit_beside_the_first_has_the_words_of_the_first(text, indicators):
    assert [indicator for indicator, *_ in named(text)] == indicators


def test_the_words_that_open_a_list_hold_for_its_later_items():
    assert [indicator for indicator, *_ in named("出动消防车14辆次、指战员90人次。")] == ["vehicles_sent", "rescuers_sent"]


def test_words_behind_a_figure_are_not_taken_for_those_of_the_next():
    assert [indicator for indicator, *_ in named("事故造成2人死亡、7人受伤。")] == ["accident_deaths", "accident_injured"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("排查隐患75处，整改70处。", ["hazards_found", "hazards_rectified"]),
        ("立案查处水事违法案件4起。", ["cases_filed"]),
        ("完成灾后重建11户。", ["houses_rebuilt"]),
        ("救助受灾群众260人次。", ["relief_people"]),
        ("出动执法人员350人次。", ["inspectors_sent"]),
        ("约谈企业负责人9人次。", ["persons_interviewed"]),
        ("发现问题33个。", [""]),
        ("发现安全问题33个，其中隐患12个。", ["hazards_found", ""]),
        ("内部审计发现问题9个，已整改8个，1个正在整改。", ["", "", ""]),
        ("在册地质灾害隐患点45处，其中滑坡30处。", ["", ""]),
        ("排查重大隐患，对6个乡镇、4个行业领域开展检查。", ["", ""]),
        ("汛前检查水库19座。", [""]),
        ("对23个在建工程开展质量检查。", [""]),
        ("走访企业41家。", [""]),
        ("设置临时检查卡点12个。", [""]),
        ("森林覆盖率61.2%。", [""]),
        ("物业服务覆盖率88%。", [""]),
        ("执法检查覆盖率97%。", ["coverage_rate"]),
        ("下发督办函6份。", ["documents_issued"]),
        ("打掉犯罪团伙3个，抓获犯罪嫌疑人21人。", ["", ""]),
        ("受雨季停工影响，2个标段延期。", [""]),
        ("全年立案50件，其中食品类20件、药品类30件。", ["cases_filed", "", ""]),
        ("案件移送公安机关3件、适用简易程序8件。", ["cases_transferred", ""]),
        ("网格事件上报900件，办结880件，办结率97.8%。", ["", "", ""]),
        ("窗口受理行政许可90件，办结90件，办结率100%。", ["permits_accepted", "permits_completed", "permits_completion_rate"]),
        ("办理婚姻登记320件。", [""]),
        ("救助困难群众80户，人均救助600元，户均1500元。", ["", "relief_per_person", "relief_per_household"]),
        ("建成移民安置点应急通道3处。", [""]),
        ("事故直接经济损失80万元。", [""]),
        ("发生道路交通事故18起。", [""]),
        ("收缴火种火源700件。", [""]),
        ("消防队全年出动50次，火灾30次、抢险20次。", ["dispatches", "", ""]),
        ("购置课桌500套。", [""]),
        ("资助家庭困难学生312人，发放助学金46.8万元。", ["", ""]),
        ("救助受灾群众90户，下拨资金8.1万元。", ["", "relief_funds"]),
        ("吊销证照3个。", [""]),
        ("举报办结率99%。", [""]),
        ("农产品抽检合格率98%。", [""]),
    ],
)
def test_near_misses_of_an_indicator_are_told_apart(text, indicators):
    assert [indicator for indicator, *_ in named(text)] == indicators


# ---- of whom a number is ----------------------------------------------------------------------------------------------------------------


def sectors(text):
    return {(str(value), sector) for indicator, sector, value, _ in named(text) if indicator}


def test_a_sum_over_several_trades_is_the_number_of_none_of_them():
    text = "工贸检查30家次，发现隐患60条。\n渔业检查20家次，发现隐患40条。\n以上两个行业检查50家次，发现隐患100条。\n"
    assert not {value for value, _ in sectors(text)} & {"50", "100"}


def test_what_follows_a_list_is_not_of_the_last_part_of_it():
    text = "卫生监督检查单位90户次，其中公共场所60户次、学校30户次；立案5起，罚款2.00万元。"
    assert {("5", "city"), ("2.00", "city")} <= sectors(text)


def test_a_trade_joined_with_other_places_is_none():
    assert sectors("检查校园食堂和周边商户30家次。") == {("30", "city")}


def test_trades_parted_by_semicolons_have_their_own_numbers():
    text = "矿山检查10矿次，查隐患30条；加油站检查20家次，查隐患40条；工贸企业检查15家次，查隐患25条。"
    assert {("30", "mines"), ("40", "hazchem"), ("25", "industry")} <= sectors(text)


def test_rows_of_towns_and_of_quarters_are_no_numbers_of_the_whole():
    towns = "各乡镇检查情况\n乡镇\t发现隐患（条）\n青石镇\t60\n柳湾乡\t20\n合计\t80\n"
    assert {value for value, _ in sectors(towns)} == {"80"}
    quarters = "检查情况\n季度\t发现隐患（条）\n一季度\t60\n二季度\t20\n全年\t80\n"
    assert {value for value, _ in sectors(quarters)} == {"80"}


@pytest.mark.parametrize(
    "text",
    [
        "临时救助60人次，人均1500元。",
        "农村危房改造30户，其中修缮20户、重建10户。",
        "三、安全生产情况\n全年发生事故2起。\n直接经济损失86.00万元。",
        "全年新增低保12户、退出18户。",
        "罚没收入入库36.00万元。",
        "表6 事故指标\n\n| 指标 | 2031年 | 2030年 |\n|---|---|---|\n| 受伤人数（人） | 3 | 5 |\n| 直接经济损失（万元） | 86.4 | 92.7 |\n",
    ],
)
def test_help_repairs_and_losses_that_are_not_of_disasters_have_other_names(text):
    disasters = {"relief_people", "relief_per_person", "houses_rebuilt", "houses_repaired", "direct_loss", "units_closed", "fines"}
    assert not {indicator for indicator, *_ in named(text)} & disasters


def test_a_heading_that_joins_a_trade_with_something_else_names_no_trade():
    assert sectors("二、药品和特种设备没出事\n检查单位30家次。") == {("30", "city")}
    assert sectors("二、特种设备安全监管\n检查单位30家次。") == {("30", "special_equipment")}


def test_what_is_done_each_quarter_is_no_number_of_the_year():
    assert not sectors("每季度开展1次联合检查。")
    assert not sectors("保障出车60次，其中应急和执法20次、一般公务40次。")


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("举办招聘活动60场。", "publicity_events"),
        ("服务热线接听来电8000个，日均22个。", "hotline_calls"),
        ("公布重大欠薪违法行为5起。", "violations_punished"),
        ("有效采矿权30个，其中停产6个。", "units_suspended"),
        ("接受财政监督检查一次。", "inspections"),
        ("全年评出红旗村20个次。", "visits"),
        ("检查用人单位900户。", "units_inspected"),
        ("罚没款48.00万元。", "fines"),
        ("现有执勤执法用车80辆。", "vehicles_emergency"),
        ("新开工绿色建筑占比：目标90%，实际85%。", "coverage_rate"),
    ],
)
def test_the_words_of_emergency_work_are_not_put_into_the_mouth_of_another_trade(text, indicator):
    assert indicator not in {found for found, *_ in named(text)}


def test_safety_at_work_beside_one_trade_names_none():
    assert sectors("四、安全生产和消防\n检查企业30家次。") == {("30", "city")}
    assert sectors("三、森林防火\n排查火灾隐患30处。") == {("30", "forest")}


@pytest.mark.parametrize("done", ["改掉20处", "改好20处", "改完20处"])
def test_what_was_put_right_has_many_words(done):
    assert [name for name, *_ in named(f"查出隐患25处，{done}，没改的5处挂牌。")] == ["hazards_found", "hazards_rectified", "hazards_open"]


def test_what_was_done_to_something_is_no_rate_of_the_sentence_before():
    found = facts_of("查出隐患20处，整改19处，整改率95.0%。分类小区41个，总共52个，覆盖78.8%。")
    assert [row.value for row in found.itertuples() if row.indicator == "rectification_rate"] == [Decimal("95.0")]


def test_what_is_only_entered_in_a_list_of_what_is_to_be_done_is_not_done():
    found = {indicator for indicator, *_ in named("排查隐患274处，整改261处，余下13处列入销号清单，整改率95.3%。")}
    assert "hazards_rectified_later" not in found


def test_firms_that_were_closed_are_counted_by_the_head_of_their_column():
    rows = "表1 执法情况\n领域\t检查家次\t停产停业（家）\n矿山\t70\t3\n工贸\t120\t7\n"
    assert [row.value for row in facts_of(rows).itertuples() if row.indicator == "units_suspended"] == [3, 7]


def test_a_second_unit_in_a_bracket_is_a_part_of_the_unit():
    facts = facts_of("在用设备58台（套），其中电梯30台。巡查船舶和码头214家（艘）次。检查企业12家（详见附表）。")
    assert list(facts["unit"]) == ["台（套）", "台", "家（艘）次", "家"]


def test_what_assets_are_worth_is_told_beside_the_lines_of_the_budget():
    text = "二、预算执行情况\n公用经费支出20.00万元。年末固定资产原值330.00万元。"
    document, figures = Document(text, "示例.txt", "txt", "utf-8"), extract_figures(text)
    lines = budget_lines(document, figures, read_statements(document, figures))
    assert [str(value) for value in facts_of(text, lines)["value"]] == ["330.00"]
