"""One invented error a sentence, of the kinds reports hold: each is told, and what only looks like one is not."""

import pytest

from tables_at_hand import audited

HEAD = "甲县水务局2031年度部门整体支出绩效自评报告\n\n二、预算执行情况\n\n"
TOLD = {
    "a total of marks told apart": "预算10分，得9.3分；产出50分，得47.6分；效益30分，得28.8分；满意度10分，得9.5分。总分96.2分。",
    "days of a piece of work": "渠道衬砌6月5日开工，9月20日完工，工期118天。",
    "days whose dates stand in a bracket behind a word": "受改造、外借区停用62天影响（10月1日至11月30日，整两个月），外借下降。",
    "a day held against another": "推迟到2031年1月15日完工，比合同工期2030年12月10日晚了46天。",
    "a list that no word opens": "冬季除雪经费142.30万元花在这些地方：融雪剂61.20万元、机械租赁38.70万元、人工32.40万元。",
    "a list behind its whole without a colon": "立案查处76起，食品31起、药品18起、特种设备17起，罚没款另行入库。",
    "a list told of a line of a table": "项目\t全年预算（万元）\t决算（万元）\n河道清障经费\t90.00\t86.40\n山塘维修经费\t60.00\t58.10\n\n"
    "河道清障经费用于机械台班41.30万元、人工28.60万元、运输15.60万元。",
    "points between two shares": "培训支出占公用支出的37.80%，与上年的35.46%相比提高2.43个百分点。",
    "an area told once more in another unit": "新建绿地8处，面积32400平方米，即32.40公顷。",
    "the first two of a list": "其中道路养护312.60万元，桥梁维修247.30万元，路灯电费126.80万元。前两项合计595.90万元。",
    "a level that fell": "清扫作业成本每平方米5.80元，比上年的6.15元降低0.53元。",
    "what is left behind what was dealt with": "检查发现问题243个，整改236个，整改率97.1%，余下9个已下达指令。",
    "an average of people told in front of their number": "举办讲座424场，参加人次31.8万，场均570人次。",
    "a rate of a budget that stands in another part": "全年预算386.40万元。\n\n三、实施情况\n\n项目实际支出371.80万元，预算执行率92.62%。",
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
    "one thing told twice, called by what follows it": ("举办讲座42场，听讲培训2436人次。\n\n一年2463人次的培训，让村干部学到了本领。"),
    "one thing told twice in a plan": "调解成功2416件，成功率不高。\n\n下一步，在总结调解成功2146件经验的基础上再往前走。",
    "a total of a sentence and of a table": (
        "地区\t检查（家次）\t立案（起）\n东镇\t120\t98\n西镇\t140\t121\n合计\t260\t219\n\n全年立案291起。"
    ),
    "what is left of what came": "上年结转1046830.75元，本年支出982417.30元，剩余46413.45元交回财政。",
    "posts that are vacant": "核定编制9876名，年末在编9214人，空编622名。",
    "all that is left, told far from its budget": (
        "全年预算12216.80万元，支出12053.22万元，执行率98.66%。\n\n"
        + "检查企业83家、商户61家、工地27处、学校19所、医院8家、车站4座。" * 3
        + "\n\n资金结转较多，年末结转165.38万元。"
    ),
    "an amount typed in another unit": "立案查处51件，罚没款24.86元，平均每件4875元。",
    "a list that others close": "受理申请230件，其中新办140件、变更60件、其他5件。",
    "more than there was of what another sum proves": "排查隐患16条，其中一般隐患9条、重大隐患7条，已销号重大隐患9条。",
    "a rate of completion that names what was completed": "应修订预案26个，已修订24个，修订完成率100%。",
    "shares told in turn": "总投资9680.00万元，中央资金6400.00万元、省级2800.00万元、县级480.00万元，占比依次为66.12%、24.40%、4.96%。",
    "rates of change told in turn": "全年发生事故18起、死亡12人，上年20起、15人，起数和人数同比分别下降10%和25%。",
    "rates of targets told in turn": "再就业8420人，困难人员就业2635人，分别完成年度目标8000人、2500人的98.60%和105.40%。",
    "an average for each day of the year": "全年清运垃圾14.86万吨，日均4071吨。",
    "an average of people for each of other people": "专职工作者118人服务居民68412人，平均每名专职工作者服务850人。",
    "a change and its rate that point two ways": "接待来访318批506人次，较上年396批减少78批，同比增长19.70%。",
    "how much one is larger than its budget": "年初预算9215.60万元，支出决算9836.47万元，决算数大于预算数602.87万元。",
    "a list behind 中": "小区改造支出795.38万元中，管网318.46万元、外立面274.62万元、停车位126.90万元、监控57.40万元。",
    "an area told in another unit without 折": "办公区占地18.6公顷，合297亩，有办公楼7栋。",
    "a number by its price": "空气呼吸器85具，单价0.86万元，计71.30万元；防护服320套，单价0.34万元，计108.80万元。",
    "what was saved of a budget behind what was spent": "本年“三公”经费支出决算为53.26万元，年初预算61.00万元，节约8.64万元。",
    "last year's rate copied": "预报准确率87.9%，上年87.9%，提高1.7个百分点。",
    "a point moved in a list of money": "“三公”经费支出64,900.00元，其中车辆运行46,380.00元，接待1,852.00元。",
    "an average for each month": "公益岗在岗1426人，全年发放岗位补贴2053.44万元，人均每月2100元。",
    "an average of what stands a sentence before": "实施行政处罚87起，罚款268.35万元。其中事前处罚79起，平均每起罚款3.80万元。",
    "a rate a little off what ranks far ahead": "应急演练预算120.00万元，支出108.00万元，执行率92.60%。",
    "a share whose neighbours come out": (
        "收运垃圾142564吨，其他垃圾99795吨，占70.00%；厨余垃圾28513吨，占22.00%；可回收物14256吨，占10.00%。"
    ),
    "parts a little more than their whole": "判处罪犯641人，其中实刑423人、缓刑206人、单处罚金22人。",
    "many parts behind 即": "现有学校143所，即幼儿园41所、小学58所、初中19所、九年一贯制11所、高中4所、职高1所、特教1所。",
    "staff by the kinds there are": "年末在职46人，其中行政19人、参公10人、事业12人。",
    "more than came in": "矛盾纠纷受理1284件，化解1302件。",
    "more served than signed": "家庭医生签约重点人群42860人，年内履约服务43120人。",
    "a bound told with its figure": "“三公”经费合计26.84万元，控制在核定的25.60万元以内。",
    "a budget said to be kept, behind its parts": (
        "“三公”经费预算22.00万元，支出23.65万元，其中公车21.85万元、接待1.80万元，控制在预算之内。"
    ),
    "a level that went the other way": "预算执行率由2030年的96.35%下降到98.00%。",
    "a change a sentence behind, told the wrong way": "“三公”经费支出45.76万元。上年44.20万元，同比下降3.53%。",
    "points against a target": "回收问卷764份，满意721份，满意度94.4%，比目标值90%高出5.4个百分点。",
    "a change beside a rate that comes out": "全年支出7719.36万元。支出与2030年7320.50万元比，增337.81万元，增5.45%。",
    "days of standing on watch in a row": "6月19日至6月24日，全乡干部顶着强降雨连续值守八天。",
    "names in a bracket, one of many missing": "设检查站6处（南箐垭口、大黑山、白花岭、茶马坡、金竹林），巡护组38个。",
    "marks behind their weights under a heading": (
        "按县里的表打分：预算执行10分得9.83分，产出50分得48.60分，效益30分得28.40分，满意度10分得9.50分，加起来96.83分。"
    ),
    "marks in two parts": "履职效能（50分）自评48.60分，管理效率（50分）自评47.30分，总得分96.90分。",
    "100% of all that is not all": "受理许可423件，办结419件，办结率100%。",
}
QUIET = {
    "a change and those of two of its parts": "公用经费减少2.133万元；办公费减少0.8万元，下降7.14%；水电费减少0.433万元，下降2.83%。",
    "so many of each of two": "开展消防演练3次、防汛和地震演练各2次，合计7次。",
    "a net change and what it is made of": "公务车辆年末原值862.50万元，比年初830.20万元增加32.30万元，其中新购48.60万元、报废16.30万元。",
    "a total of some of the marks": "指标得分合计88.2分，加预算执行9.7分，自评总分97.9分。",
    "a list of names that goes on": "单位设办公室、财务科、监督科、法规科等7个内设机构。",
    "days in each month": "工程3月11日开工，6月18日竣工，含首尾共100天（3月21天、4月30天、5月31天、6月18天）。",
    "an average that a semicolon parts from a conversion": "发放救助126人次、283500元，人均2250元；折合28.35万元。",
    "a list whose whole is converted": "新增耕地1638亩，分别为612亩、438亩、371亩、217亩，折合109.2公顷。",
    "something else that is converted": "节约柴油1.24万吨，折合减排二氧化碳3.84万吨。",
    "kinds in a bracket": "配备车辆6台（越野车、皮卡车、工程车），全年出动。",
    "days both of which may count": "3月11日开工，6月18日完工，历时99天。",
    "a budget kept": "培训费预算3.20万元，实际支出31500元，没有突破预算。",
    "a rate of something not in the text": "接收诉求6248件，按期办结6186件，回访满意率97.3%。",
    "an average for each month that comes out": "公益岗在岗1426人，全年发放岗位补贴2053.44万元，人均每月1200元。",
    "a rate of what is left": "抽检食材1436批次，检出不合格9批次，合格率99.37%。",
    "a rate of saving": "采购预算1580.00万元，合同金额1512.36万元，节约率4.28%。",
    "kinds that overlap beside what is nearly all": "馆藏档案445766卷，其中文书档案428650卷、重点档案18236卷、照片档案1120卷。",
    "digits in another order of another thing": "配备护林员412名，巡护林区。\n\n全年发放宣传册421份，走进护林宣传站。",
    "one digit other of a part": "全市有危化企业127家。\n\n检查危化企业重点单位117家，督促整改。",
    "posts that are vacant beside their kinds": "核定编制57名，年末实有53人，其中行政16人、参公23人、事业14人，空编4名。",
    "a score with its full marks behind it": "决策18.50分（满分20分）、过程19.20分（满分20分）、产出39.10分（满分40分）。",
    "the least of several rates": (
        "五项预算合计607.00万元、支出合计598.27万元，执行率最低的为年鉴编印（97.13%），最高的为库房改造（99.43%）。"
    ),
    "rates told in turn of what came of it": "问卷游客640份、居民560份，满意分别为608份、521份，满意度分别为95.00%、93.04%。",
    "an average for each day of the year that comes out": "年供餐21.96万份，日均600份。",
    "marks of which one is told with its rate": (
        "预算执行10分，执行率97.94%，得9.79分；产出50分，得48.5分；效益30分，得28.0分；满意度10分，得9.5分；加起来95.79分。"
    ),
    "a total of which some only come out among themselves": (
        "分解为数量指标6项、质量指标3项、时效指标2项、成本指标1项、效益指标4项，共16项。"
    ),
    "a rate of another base beside": "四个标段控制价9022.80万元，中标价8657.16万元，下浮365.64万元，下浮率4.05%。",
    "grades of which the less is the better": "耕地质量等级由6.42等提升到5.87等。",
    "a number by its price that comes out": "防护服320套，单价0.34万元，计108.80万元。",
    "something else in another unit": "新增林地18.6公顷，草地297亩，全部验收。",
    "what was saved of a budget": "“三公”经费支出决算为52.36万元，年初预算61.00万元，节约8.64万元。",
    "numbers told in turn of which the first is no whole": "企业人员8期、乡镇人员5期，参加人数分别为640人、285人、315人，一共1240人次。",
    "posts and people on them by kind": "编制75名：行政34，事业41。年底在岗71人（行政33、事业38），全部参保。",
    "a list of what stands before the nearest whole": "调处189起，成功184起，成功率97.4%。其中土地73起、邻里58起、婚姻31起、其他27起。",
    "other things dealt with": "受理投诉120件，查处案件135件。",
    "a level that went the way it says": "预算执行率由2030年的96.35%上升到98.00%。",
    "a bound kept": "“三公”经费合计24.84万元，控制在核定的25.60万元以内。",
    "kinds of people in front of their number": "聘用驾驶员、水电工、炊事员58人，其中驾驶员36人、水电工8人、炊事员14人。",
    "savings told as such": "物资采购预算96.00万元，实际88.74万元，节约7.56%。",
    "marks of the year before": "自评得分96.87分，上年自评得分95.42分，提高1.45分。",
    "a second measure of each": "按33名志愿者，全年补助118.80万元，每人每月3000元。",
}


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD)
def test_an_error_is_told(text):
    assert "differs" in set(audited(HEAD + text)["verdict"])


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_only_looks_like_an_error_is_not(text):
    assert "differs" not in set(audited(HEAD + text)["verdict"])


def test_a_growth_since_the_beginning_of_the_year_is_of_what_there_was_then():
    text = "在册合作社2486家，年初为2365家，全年净增121家，增长5.21%。"
    (found,) = audited(HEAD + text).query("verdict == 'differs'").itertuples()
    assert str(found.recomputed) == "5.12"


def test_an_average_is_of_the_whole_of_a_list_whose_first_item_is_the_sum_of_the_others():
    text = "组织培训16期：企业人员8期、乡镇人员5期、村级信息员3期，参加人数分别为640人、285人、315人，一共1240人次，平均每期75.7人次。"
    (found,) = audited(HEAD + text).query("verdict == 'differs'").itertuples()
    assert str(found.recomputed) == "77.5"
