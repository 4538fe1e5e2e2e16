"""What is right: the report, card, decisions and sheets of an invented body, which every bad input is made of."""

from __future__ import annotations

import hashlib

CARD, ACKNOWLEDGED, CORRECTIONS = "source.toml", "acknowledged.toml", "corrections.toml"
UNIT, YEAR = "jia-water", 2031
BODY = "甲县水务局（虚构）"

REPORT = """甲县水务局（虚构）2031年度部门整体支出绩效自评报告

一、部门基本情况

甲县水务局（虚构）内设5个股室，编制46名，年末实有在职人员43人。

二、一般公共预算支出情况

（一）基本支出情况

2031年基本支出绩效目标362.36万元，实际支出362.05万元，执行率99.91%，其中人员经费支出322.18万元，公用经费支出39.87万元。

（二）项目支出情况

2031年共有5个项目，总计绩效目标154.50万元，实际支出147.10万元，具体如下：水库巡查绩效目标30.00万元，实际支出29.60万元；渠道清淤绩效目标24.50万元，实际支出24.50万元；堤防维护绩效目标45.00万元，实际支出41.20万元，因汛期推迟开工，部分工程款次年支付；水质监测绩效目标18.00万元，实际支出17.80万元；饮水安全宣传绩效目标37.00万元，实际支出34.00万元。

三、政府性基金预算支出情况

本年度未安排政府性基金预算。

四、部门整体支出绩效情况

全年巡查水库36座次，开展河道执法检查218次，排查水利工程隐患57处，已整改50处，正在整改7处。举办培训4期，参训312人次。群众满意度94.25%。

五、存在的问题和改进措施

部分工程开工偏晚，资金支付集中在第四季度。下一步提前组织招标，按月通报支付进度。
"""


def card(report: bytes = REPORT.encode(), name: str = "report.txt", **fields: str) -> str:
    """A source.toml as it should be, with these fields in place of the usual ones."""
    usual = {"title": f"{BODY}{YEAR}年度部门整体支出绩效自评报告", "issuer": BODY, "published": "2032-03-20", "obtained": "2032-04-01"}
    lines = [f'{key} = "{value}"' for key, value in {**usual, **fields}.items()]
    return "\n".join([*lines, "[[file]]", f'name = "{name}"', 'role = "report"', f'sha256 = "{hashlib.sha256(report).hexdigest()}"', ""])
