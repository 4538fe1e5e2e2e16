"""A whole year of an invented body, as an office would fill its sheets in: 甲县水务局（虚构）, any number of projects."""

from __future__ import annotations

from decimal import Decimal

BODY = "甲县水务局（虚构）"
YEAR = 2031

_BUDGET = "预算类别,支出性质,项目名称,资金来源,年初预算数,全年预算数,全年执行数,偏差原因"
_BASE = "类别,项目,单位,上年决算数,本年预算数,本年决算数,说明"
_MARKS = "项目,一级指标,二级指标,三级指标,指标性质,年度指标值,实际完成值,度量单位,分值,定性档次,自评得分,偏差原因分析及改进措施"
_LONG = "农村饮水安全巩固提升工程水源地保护、净水设施改造与管网延伸（第{number}期）含勘察设计监理和第三方检测费用"


def sheets(projects: int = 3) -> dict[str, str]:
    """The sheets by title, as CSV text; amounts follow from the number of a project, so that sums are easy to form."""
    names = [name_of(number) for number in range(1, projects + 1)]
    return {"预算执行": _budget(names), "基础数据": _base(names), "绩效指标": _indicators(names)}


def name_of(number: int) -> str:
    """The name of a project; every third is far too long for a sheet title."""
    return _LONG.format(number=number) if number % 3 == 0 else f"项目{number:02d}：堤防/涵闸维护[{number}]"


def planned(number: int) -> Decimal:
    """全年预算数 of a project."""
    return Decimal(20 + number) + Decimal("0.37")


def spent(number: int) -> Decimal:
    """全年执行数 of a project."""
    return planned(number) - Decimal("1.115")


def _budget(names: list[str]) -> str:
    rows = [
        "一般公共预算,基本支出,人员经费,,310.5,322.18,322.18,",
        "一般公共预算,基本支出,公用经费,,41.2,41.2,39.867,按规定压减会议费",
    ]
    for number, name in enumerate(names, start=1):
        book = "政府性基金预算" if number % 4 == 0 else "一般公共预算"
        if number % 2:
            rows.append(f'{book},项目支出,"{name}",当年财政拨款,{planned(number) - 5},{planned(number) - 4},{spent(number) - 4},')
            rows.append(f'{book},项目支出,"{name}",上年结转资金,4,4,4,')
        else:
            rows.append(f'{book},项目支出,"{name}",,{planned(number)},{planned(number)},{spent(number)},招标节约')
    return "\n".join([_BUDGET, *rows])


def _base(names: list[str]) -> str:
    rows = [
        "人员,编制数,人,,,46,",
        "人员,年末实际在职人数,人,44,,43,",
        "三公经费,三公经费合计,万元,12.6,11.9,9.31,",
        "三公经费,公务用车购置和维护经费,万元,9.6,9.4,7.81,",
        "三公经费,其中：公务用车购置费,万元,0,0,0,",
        "三公经费,其中：公务用车运行维护费,万元,9.6,9.4,7.81,",
        "三公经费,因公出国（境）费,万元,0,0,0,",
        "三公经费,公务接待费,万元,3,2.5,1.5,",
        "公用经费,公用经费合计,万元,42,41.2,39.867,",
        "公用经费,其中：办公经费,万元,11.2,11,10.4,",
        "公用经费,其中：水费、电费、差旅费,万元,15.3,15,14.867,",
        "政府采购,政府采购金额,万元,80,95,92.7,",
        "支出与预算调整,部门基本支出预算调整,万元,,,11.68,",
        "楼堂馆所,楼堂馆所规模（预算栏填批复，决算栏填实际）,平方米,,1200,1185.5,",
        "楼堂馆所,楼堂馆所投资（预算栏填预算，决算栏填实际）,万元,,360,352.4,",
        "文字说明,填报人、联系电话,,,,,张某（虚构）",
        "文字说明,厉行节约保障措施,,,,,严格执行公务接待和公务用车管理办法；会议、培训实行计划管理；办公用品集中采购，按季度公布各股室开支。",
    ]
    rows += [f'项目支出,"{name}",万元,{18 + number},,,' for number, name in enumerate(names, start=1)]
    return "\n".join([_BASE, *rows])


def _indicators(names: list[str]) -> str:
    rows = [
        ',年度总体目标,,,,"保障全县饮水安全，完成水毁工程修复，汛期不垮坝、不决堤；强化取水许可和水土保持监管，年内完成重点河段整治。","全部完成，未发生垮坝、决堤；重点河段整治完成率100%。",,,,,',
        ",预算执行率,,,,,,,10,,9.8,",
        ",产出指标,数量指标,完成水毁工程修复处数,≥,36,41,处,15,,15,",
        ",产出指标,数量指标,巡河次数,≥,2400,2218,次,10,,9.24,汛期道路中断，已列入下年度补巡计划",
        ",产出指标,质量指标,工程验收合格率,=,100,100,%,15,,15,",
        ",产出指标,时效指标,汛前完成比例,≥,95,93.5,%,10,,9.84,两处工程受征地影响推迟，已于五月底完工",
        ",效益指标,社会效益指标,因供水不足引发的投诉,≤,12,15,起,10,,8,夏季高温用水紧张，已新增应急水源",
        ",效益指标,生态效益指标,水源地水质,定性,达到Ⅱ类,达到Ⅱ类,,10,达成年度指标,9,",
        ",效益指标,可持续影响指标,长效管护机制,定性,基本建立,基本建立,,10,,,",
        ",满意度指标,服务对象满意度指标,群众满意度,≥,90,94.25,%,10,,10,",
    ]
    for number, name in enumerate(names, start=1):
        rows += [
            f'"{name}",年度总体目标,,,,完成当年建设任务并通过验收,已完成并通过验收,,,,,',
            f'"{name}",产出指标,数量指标,完成处数,≥,{number + 3},{number + 3},处,50,,50,',
            f'"{name}",效益指标,社会效益指标,受益人口,≥,{number}.5,{number}.2,万人,30,,,个别村组推迟通水',
            f'"{name}",满意度指标,服务对象满意度指标,受益群众满意度,≥,90,92,%,10,,10,',
        ]
    return "\n".join([_MARKS, *rows])
