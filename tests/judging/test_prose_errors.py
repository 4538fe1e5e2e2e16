"""One invented error a sentence, of the kinds reports hold: each is told, and what only looks like one is not."""

import pytest

from tables_at_hand import audited

HEAD = "甲县水务局2031年度部门整体支出绩效自评报告\n\n二、预算执行情况\n\n"
TOLD = {
    "a share of a list told a sentence before": "立案432件，其中食品187件、广告245件。食品类案件占全部立案的43.92%。",
    "a rate whose operands stand two clauses before": "平台接收诉求6248件，全部按期交办，期内办结6186件，办结率98.01%。",
    "a rate of change taken of this year's value": "新登记8214户，上年新登记7468户，同比增长9.08%。",
    "an area converted": "改善灌溉面积4.5万亩（折合300公顷）。",
    "a weight converted without a bracket": "收购粮食3.2万吨，折合3.2亿斤。",
    "an amount converted in a bracket": "支出612,700.00元（合6.13万元），招标节约27,300.00元。",
    "days between what began and what ended": "主体工程3月11日开工，6月18日完工，历时120天。",
    "days in a row": "7月10日至7月16日，我县连续八天出现强降雨。",
    "hours": "9月3日18时启动响应，9月5日18时终止，持续72小时。",
    "years of a contract": "合同期自2021年7月1日起至2024年6月30日止，共4年。",
    "names up to a comma": "交付学校5所，分别是甲小学、乙小学、丙小学和丁小学，提供学位一批。",
    "names in a bracket that are called alike": "设检查站6处（东溪站、马头站、石桥站、柳渡站、黄塘站），全年值守。",
    "titles in a row": "印发了三个方案，即《甲方案》《乙方案》《丙方案》《丁方案》。",
    "more spent than the budget it is said to keep within": "“三公”经费预算18.60万元，实际支出19.26万元，严格控制在预算以内。",
    "an average right behind its figures": "危桥改造15座，当年支出1368.40万元，平均每座93.12万元。",
    "a rate beside its change, a sentence behind": (
        "全年支出26068.90万元，执行率95.76%。与2030年支出23874.15万元比较，多支2194.75万元，增长10.27%。"
    ),
    "marks listed apart from their weights": (
        "按照预算执行10分、产出50分、效益30分、满意度10分的权重，预算执行得9.92分，产出得47.80分，效益得28.20分，满意度得9.60分，总分96.38分。"
    ),
    "full marks that the weights exceed": "设四个一级指标，预算执行10分、产出50分、效益30分、满意度15分，满分100分。",
    "a total behind a list with parts of parts": "核定政法编制74名、事业编制13名（公证处6名、援助中心7名），编制总数89名。",
    "more closed than there were": "办理案件52件，涉农药14件、兽药9件、种子21件、屠宰8件，已结案57件。",
    "one thing told twice, people counted in other words": "年底对3972名专任教师开展考核。\n\n现有专任教师3927人。",
    "100% of all that is not all": "受理许可423件，办结419件，办结率100%。",
}
QUIET = {
    "an average that a semicolon parts from a conversion": "发放救助126人次、283500元，人均2250元；折合28.35万元。",
    "a list whose whole is converted": "新增耕地1638亩，分别为612亩、438亩、371亩、217亩，折合109.2公顷。",
    "something else that is converted": "节约柴油1.24万吨，折合减排二氧化碳3.84万吨。",
    "kinds in a bracket": "配备车辆6台（越野车、皮卡车、工程车），全年出动。",
    "days both of which may count": "3月11日开工，6月18日完工，历时99天。",
    "a budget kept": "培训费预算3.20万元，实际支出31500元，没有突破预算。",
    "a rate of something not in the text": "接收诉求6248件，按期办结6186件，回访满意率97.3%。",
    "a second measure of each": "按33名志愿者，全年补助118.80万元，每人每月3000元。",
}


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD)
def test_an_error_is_told(text):
    assert "differs" in set(audited(HEAD + text)["verdict"])


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_only_looks_like_an_error_is_not(text):
    assert "differs" not in set(audited(HEAD + text)["verdict"])
