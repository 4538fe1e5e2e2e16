"""Budget sentences made by a generator are read back exactly, and no text whatever breaks the reader."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selfeval.reading.document import Document
from selfeval.reading.figures import amount_of, extract_figures
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.tables import check_table

ROLES = ("target", "initial", "adjusted", "actual")
WORDINGS = {
    "target": ["绩效目标", "绩效目标为", "预算绩效目标"],
    "initial": [
        "年初预算",
        "年初预算数为",
        "年初安排",
        "年初批复预算",
        "年初预算安排",
        "预算安排",
        "批复预算",
        "预算数",
        "年初",
        "部门预算",
    ],
    "adjusted": [
        "全年预算",
        "全年预算数为",
        "全年预算（调整后）",
        "调整后",
        "调整后预算",
        "调整预算数",
        "调整为",
        "最终预算",
        "全年预算合计",
    ],
    "actual": [
        "实际支出",
        "支出决算",
        "决算",
        "决算数为",
        "全年执行数",
        "执行数",
        "执行",
        "实际支付",
        "累计支出",
        "完成支出",
        "全年支出",
    ],
}
THINGS = ["水库", "校舍", "苗圃", "河道", "村道", "站房", "湿地", "档案", "机井", "路灯", "古桥", "渔港"]
WORKS = ["养护", "改造", "普查", "巡护", "清淤", "监测", "修缮", "建设经费", "维护专项", "治理项目", "和保护"]
UNITS = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}

names = st.lists(
    st.builds(str.__add__, st.sampled_from(THINGS), st.sampled_from(WORKS)), min_size=1, max_size=6, unique_by=lambda name: name[:2]
)
sums = st.builds(lambda number, places: Decimal(number).scaleb(-places), st.integers(0, 10**9), st.integers(0, 4))
# A whole number of many digits in a table may be a code; with decimals it is a sum.
cell_sums = st.builds(lambda number, places: Decimal(number).scaleb(-places), st.integers(0, 10**9), st.integers(1, 4))


@st.composite
def budgets(draw, sums=sums):
    """Projects, each with some roles in the order a report gives them, their sums and the unit they are printed in."""
    projects = {}
    for name in draw(names):
        roles = [role for role in ROLES if draw(st.booleans())] or ["actual"]
        roles = [role for role in roles if role != "initial" or "target" not in roles]
        unit = draw(st.sampled_from(list(UNITS)))
        projects[name] = {role: (draw(st.sampled_from(WORDINGS[role])), draw(sums), unit) for role in roles}
    return projects


def sentence(name: str, stated: dict[str, tuple[str, Decimal, str]], colon: str, comma: str) -> str:
    return name + colon + comma.join(f"{words}{number:f}{unit}" for words, number, unit in stated.values())


def lines_in(text: str):
    document, figures = Document(text, "report.txt", "txt", "utf-8"), extract_figures(text)
    return budget_lines(document, figures, read_statements(document, figures))


@given(budgets(), st.sampled_from(["", "："]), st.sampled_from(["，", "；", "、"]), st.sampled_from(["。", "。\n", "；\n"]))
def test_generated_project_sentences_are_read_back_exactly(projects, colon, comma, stop):
    text = "二、一般公共预算支出情况\n（二）项目支出情况\n"
    text += "".join(sentence(name, stated, colon, comma) + stop for name, stated in projects.items())
    read = {line["item"]: line for line in lines_in(text).to_dict("records")}
    assert list(read) == list(projects)
    for name, stated in projects.items():
        wanted = {role: number * UNITS[unit] for role, (_, number, unit) in stated.items()}
        assert {role: read[name][role] for role in ROLES if read[name][role] is not None} == wanted


@given(budgets(sums=cell_sums))
def test_generated_tables_are_read_back_exactly(projects):
    rows = ["项目名称\t绩效目标\t年初预算数\t全年预算数\t全年执行数\t执行率"]
    for name, stated in projects.items():
        cells = [f"{stated[role][1]:f}" if role in stated else "" for role in ROLES]
        rows.append("\t".join([name, *cells, "98%"]))
    read = {line["item"]: line for line in lines_in("项目支出情况表（单位：万元）\n" + "\n".join(rows) + "\n").to_dict("records")}
    assert list(read) == list(projects)
    for name, stated in projects.items():
        assert {role: read[name][role] for role in ROLES if read[name][role] is not None} == {
            role: number for role, (_, number, _) in stated.items()
        }


PIECES = [
    *(
        "预算",
        "年初",
        "全年",
        "调整",
        "后",
        "决算",
        "执行数",
        "目标",
        "其中",
        "分别为",
        "均为",
        "中",
        "的",
        "和",
        "未作",
        "因",
        "上年",
        "收入",
        "罚款",
    ),
    *("、", "，", "；", "。", "：", "（", "）", "“", "”", "\n", "\t", "|", "  ", "一、", "（二）", "A"),
    *("1", "2.5万元", "30元", "0.1亿元", "50%", "3项", "2031年", "单位：万元", "项目名称"),
    *("基本支出", "项目支出", "合计", "三公经费", "人员经费", "政府性基金", "固定资产", "湿地"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_no_text_breaks_the_reader_and_every_amount_is_a_printed_figure(text):
    figures, lines = extract_figures(text), lines_in(text)
    check_table("budget_lines", lines, "budget_lines")
    ids = set(lines["line_id"])
    for line in lines.to_dict("records"):
        assert line["parent_id"] in ids - {line["line_id"]} | {""}
        assert line["sentence"] in text
        assert line["reason"] in text
        for role in ROLES:
            used = [figures[int(name[1:]) - 1] for name in line[f"{role}_figure"].split()]
            assert bool(used) == (line[role] is not None)
            assert not used or amount_of(used[0]) == (line[role], "万元")
