"""Invented bodies and their tables for tests of the narrative report: none of them exists."""

from __future__ import annotations

from decimal import Decimal

from selfeval.tables import make_table

BODY, YEAR = "甲县水务局（虚构）", 2031


def number(text):
    return None if text in {"", "-", None} else Decimal(text)


def budget(*rows, source="table"):
    """budget_lines from `id level book parent item initial adjusted actual [reason]`; - is unknown."""
    made = []
    for row in rows:
        line_id, level, book, parent, item, initial, adjusted, actual, *rest = row.split()
        made.append(
            {
                "line_id": line_id,
                "level": level,
                "book": book,
                "parent_id": "" if parent == "-" else parent,
                "item": item,
                "initial": number(initial),
                "adjusted": number(adjusted),
                "actual": number(actual),
                "reason": rest[0] if rest else "",
                "source": source,
            }
        )
    return make_table("budget_lines", made)


def base(*rows):
    """base_data from `item_id|item|unit|last|budget|actual|note`."""
    made = []
    for row in rows:
        item_id, item, unit, last, planned, actual, note = row.split("|")
        amounts = {"last_actual": number(last), "budget": number(planned), "actual": number(actual)}
        made.append({"item_id": item_id, "item": item, "unit": unit, "note": note, "source": "table", **amounts})
    return make_table("base_data", made)


def indicators(*rows):
    """indicators from `level1|level2|name|nature|target|actual|unit|weight|band|score|reason`, all of the department."""
    made = []
    for index, row in enumerate(rows, start=1):
        level1, level2, name, nature, target, actual, unit, weight, band, score, reason = row.split("|")
        plain = nature in {"ge", "le", "eq", "gt", "lt"}
        made.append(
            {
                "indicator_id": f"i{index:03d}",
                "scope": "department",
                "level1": level1,
                "level2": level2,
                "name": name,
                "nature": nature,
                "target": number(target) if plain else None,
                "target_text": target,
                "actual": number(actual) if plain else None,
                "actual_text": actual,
                "unit": unit,
                "weight": number(weight),
                "applicable": "yes",
                "band": band,
                "stated_score": number(score),
                "reason": reason,
                "source": "table",
            }
        )
    return make_table("indicators", made)


def facts(*rows):
    """work_facts from `area|sector|indicator|label|value|unit|qualifier|date`."""
    made = []
    for index, row in enumerate(rows, start=1):
        area, sector, indicator, label, value, unit, qualifier, date = row.split("|")
        made.append(
            {
                "fact_id": f"v{index:03d}",
                "area": area,
                "sector": sector,
                "indicator": indicator,
                "label": label,
                "value": number(value),
                "unit": unit,
                "qualifier": qualifier or "exact",
                "date": date,
                "source": "table",
            }
        )
    return make_table("work_facts", made)


def scores(*rows):
    """scores of the department from `part|name|points`, as rule set national simulates them."""
    made = []
    for index, row in enumerate(rows, start=1):
        part, name, points = row.split("|")
        made.append(
            {
                "score_id": f"s{index:03d}",
                "ruleset": "national",
                "scope": "department",
                "part": part if part in {"total", "execution"} else "level1",
                "level1": part,
                "name": name,
                "points": number(points),
                "grade": "优" if part == "total" else "",
                "status": "computed",
            }
        )
    return make_table("scores", made)


LINES = budget(
    "t01 total all - 部门整体支出 1200 1286.5 1262.32",
    "t02 basic general_public t01 基本支出 800 812.5 811.2",
    "t03 basic_part general_public t02 人员经费 650 660.5 660.5",
    "t04 basic_part general_public t02 公用经费 120 122 120.7",
    "t05 basic_part general_public t02 对个人和家庭的补助 30 30 30",
    "t06 project_total all t01 项目支出 400 474 451.12",
    "t07 project general_public t06 农村饮水安全工程维修养护 160 160 158.9",
    "t08 project general_public t06 水库除险加固 120 150 128.4 施工图设计审查滞后，部分工程款未达到支付条件",
    "t09 project general_public t06 河湖管护经费 60 60 60",
    "t10 project government_fund t06 水土保持补偿费安排的支出 60 104 103.82 年中追加重点区域治理资金",
)
BASE = base(
    "posts|编制数|人|||46|",
    "staff|年末实际在职人数|人|45||43|",
    "three_public|三公经费合计|万元|13.2|12|10.5|",
    "vehicles|公务用车购置和维护经费|万元|9|8|7.2|",
    "vehicles_running|公务用车运行维护费|万元|9|8|7.2|",
    "abroad|因公出国（境）费|万元|0|0|0|",
    "reception|公务接待费|万元|4.2|4|3.3|",
    "projects|项目支出合计|万元|420.5|||",
    "public_funds|公用经费合计|万元|125.4|122|120.7|",
    "office|办公经费|万元|40|38|37.6|",
    "procurement|政府采购金额|万元|200|210|198.6|",
    "spent|支出合计|万元|1190||| ",
    "carry_over|年末结转结余|万元|30.6||24.18|",
    "fixed_assets|固定资产总额|万元|860||905.4|",
    "fixed_assets_used|在用固定资产|万元|850||880|",
    "work_planned|计划工作数|项|||24|",
    "work_completed|实际完成工作数|项|||23|",
    "answers_valid|有效调查人数|人|||400|",
    "answers_satisfied|回答满意的人数|人|||376|",
    "floor_area|楼堂馆所规模（预算栏填批复，决算栏填实际）|平方米||||无",
    "duties|主要职能职责|||||负责全县水资源管理、水旱灾害防御和农村供水工作。",
    "organisation|机构设置情况|||||内设办公室、水资源股、建设管理股3个股室。",
    "frugality|厉行节约保障措施|||||严格执行公务接待和公务用车管理制度，压减会议和差旅。",
    "problems|存在的问题及原因|||||部分项目前期工作准备不充分，预算编制不够精细，资金支付进度偏慢。",
    "measures|下一步改进措施|||||提前开展项目前期工作，细化预算编制，按月调度资金支付。",
    "publication|自评结果拟应用和公开情况|||||自评结果作为下年度预算安排的参考，并在县政府门户网站公开。",
)
INDICATORS = indicators(
    "goal||||保障城乡供水安全，完成水库除险加固年度任务|供水保证率稳定，除险加固完成五座|||||",
    "output|quantity|维修养护农村供水工程|ge|40|42|处|10||10|",
    "output|quantity|完成水库除险加固|ge|6|5|座|10||8.33|一座水库因施工图审查滞后延期，列入下年度实施",
    "output|quality|工程验收合格率|ge|100|100|%|15||15|",
    "output|timeliness|项目按期完工率|ge|90|91.5|%|15||15|",
    "benefit|social|农村自来水普及率|ge|88|89.2|%|15||15|",
    "benefit|sustainable|河湖管护长效机制|qualitative|健全|健全||15|reached|15|",
    "satisfaction|satisfaction|受益群众满意度|ge|90|94|%|10||10|",
)
FACTS = facts(
    "hazards|water|hazards_found|排查发现隐患|86|处||",
    "hazards|water|hazards_rectified|已整改隐患|81|处||",
    "hazards|water|hazards_under_way|正在整改隐患|5|处||",
    "enforcement|water|visits|检查家次|128|家次||",
    "enforcement|water|cases_filed|立案|7|起||",
    "enforcement|water|fines|罚款|30|万元|at_least|",
    "publicity|city|leaflets_handed_out|发放宣传资料|12000|份|at_least|",
    "drills|city|drills|应急演练|6|场||",
    "disasters|city|disaster_event|暴雨洪涝灾害||||2031-06-18",
    "disasters|city|people_evacuated|紧急避险转移人口|412|人||",
)
FULL = {"budget_lines": LINES, "base_data": BASE, "indicators": INDICATORS, "work_facts": FACTS}
NO_PROJECTS = budget(
    "t01 total all - 部门整体支出 320.5 330 329.99",
    "t02 basic general_public t01 基本支出 320.5 330 329.99",
    "t03 basic_part general_public t02 人员经费 280.5 288 288",
    "t04 basic_part general_public t02 公用经费 40 42 41.99",
)
_NAMES = "灌区渠道 水文监测 节水宣传 河道清障 堤防绿化 泵站检修 山洪预警 水质化验 库区巡查 农村改厕"
FORTY = budget(
    "t01 total all - 部门整体支出 2420.00 2420.00 2376.40",
    "t02 basic general_public t01 基本支出 800.00 800.00 796.40",
    "t03 basic_part general_public t02 人员经费 700.00 700.00 700.00",
    "t04 basic_part general_public t02 公用经费 100.00 100.00 96.40",
    "t05 project_total general_public t01 项目支出 1620.00 1620.00 1580.00",
    *(
        f"t{index + 6:02d} project general_public t05 {_NAMES.split()[index % 10]}{'甲乙丙丁'[index // 10]}片区项目"
        f" {21 + index}.00 {21 + index}.00 {20 + index}.00 {'结算审计尚未完成' if index % 3 else ''}"
        for index in range(40)
    ),
)
LONG_NAMES = budget(
    "t01 total all - 部门整体支出 150 150 141.3",
    "t02 project_total general_public t01 项目支出 150 150 141.3",
    "t03 project general_public t02 乙乡农村集中供水工程水源地保护与水质净化消毒设施设备更新改造及运行维护项目（二期） 90 90 88.8",
    "t04 project general_public t02 “智慧水利”平台、视频监控与水雨情自动测报系统建设 60 60 52.5 设备到货推迟",
)
ZERO = budget(
    "t01 total all - 部门整体支出 0 0 0",
    "t02 basic general_public t01 基本支出 0 0 0",
    "t03 basic_part general_public t02 人员经费 0 0 0",
    "t04 project_total general_public t01 项目支出 0 0 0",
    "t05 project general_public t04 河湖管护经费 0 0 0",
)
BODIES = {
    "full tables": FULL,
    "no tables at all": {},
    "no projects": {"budget_lines": NO_PROJECTS},
    "forty projects": {"budget_lines": FORTY},
    "long names": {"budget_lines": LONG_NAMES},
    "nothing but zeros": {"budget_lines": ZERO},
    "no base data": {"budget_lines": LINES, "indicators": INDICATORS, "work_facts": FACTS},
}
