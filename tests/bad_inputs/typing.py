"""Edits of type that a person does not see, or reads the same: the tables must not see them either."""

from __future__ import annotations

from bad_inputs.case import Case, Same, edited, report
from bad_inputs.good import REPORT

_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_BIG = (
    REPORT.replace("30.00万元", "1030.00万元")
    .replace("154.50万元", "1154.50万元")
    .replace("29.60万元", "1029.60万元")
    .replace("147.10万元", "1147.10万元")
)


def _in_amounts(sign: str, what: str) -> list[Case]:
    return [
        Case(f"{what} before every 万元", report(REPORT.replace("万元", f"{sign}万元")), Same()),
        Case(f"{what} inside every 万元", report(REPORT.replace("万元", f"万{sign}元")), Same()),
        Case(
            f"{what} before every number of the projects",
            report(REPORT.replace("支出", f"支出{sign}").replace("目标", f"目标{sign}")),
            Same(),
        ),
    ]


CASES = [
    Case("full-width digits, points and percent signs", report(REPORT.translate(_WIDE)), Same()),
    Case("full-width points", report(REPORT.replace(".", "．")), Same()),
    Case("half-width commas", report(REPORT.replace("，", ",")), Same(besides=("断句和标点",))),
    Case("half-width semicolons", report(REPORT.replace("；", ";")), Same(besides=("断句和标点",))),
    Case("half-width colons", report(REPORT.replace("：", ":")), Same(besides=("断句和标点",))),
    Case(
        "thousands parted by commas",
        report(
            _BIG.replace("1030.00", "1,030.00").replace("1154.50", "1,154.50").replace("1029.60", "1,029.60").replace("1147.10", "1,147.10")
        ),
        Same(_BIG),
    ),
    Case(
        "thousands parted by full-width commas",
        report(
            _BIG.replace("1030.00", "1，030.00")
            .replace("1154.50", "1，154.50")
            .replace("1029.60", "1，029.60")
            .replace("1147.10", "1，147.10")
        ),
        Same(_BIG),
    ),
    Case("traditional 萬", report(REPORT.replace("万元", "萬元")), Same()),
    Case("圆 for 元", report(REPORT.replace("万元", "万圆")), Same()),
    Case("人民币 before an amount", edited("绩效目标30.00万元", "绩效目标人民币30.00万元"), Same()),
    Case("a sign of money before an amount", edited("绩效目标30.00万元", "绩效目标￥30.00万元"), Same()),
    Case("万元人民币", edited("绩效目标30.00万元", "绩效目标30.00万元人民币"), Same()),
    Case(
        "radicals for hanzi, as PDF writers print them",
        report(REPORT.replace("水库", "⽔库").replace("工程", "⼯程").replace("一、", "⼀、")),
        Same(),
    ),
    *_in_amounts(" ", "a blank"),
    *_in_amounts("\u00a0", "a blank that does not break"),
    *_in_amounts("\u3000", "an ideographic blank"),
    *_in_amounts("\u200b", "a blank of no width"),
    Case("soft hyphens between all hanzi of a name", edited("水库巡查绩效目标", "水\u00ad库\u00ad巡\u00ad查绩效目标"), Same()),
    Case(
        "marks of direction around numbers",
        report(REPORT.replace("29.60", "\u202d29.60\u202c").replace("30.00", "\u200e30.00\u200e")),
        Same(),
    ),
    Case("a byte-order mark in the middle", edited("二、一般", "\ufeff二、一般"), Same()),
    Case("line ends of Windows", report(REPORT.replace("\n", "\r\n")), Same()),
    Case("line ends of old Macintosh", report(REPORT.replace("\n", "\r")), Same()),
    Case("line ends of Unicode", report(REPORT.replace("\n", "\u2028")), Same()),
    Case("breaks of page and column", report(REPORT.replace("\n\n", "\n\x0c\n")), Same()),
    Case("no empty lines", report(REPORT.replace("\n\n", "\n")), Same()),
    Case("many empty lines", report(REPORT.replace("\n", "\n\n\n")), Same()),
    Case("indents of two ideographic blanks", report("\n".join(f"\u3000\u3000{line}" for line in REPORT.split("\n"))), Same()),
    Case("blanks at the ends of lines", report(REPORT.replace("\n", " \t \n")), Same()),
    Case("two blanks after every mark", report(REPORT.replace("，", "，  ").replace("；", "；  ")), Same()),
    Case("a Ctrl-Z at the end, as DOS wrote it", report(REPORT + "\x1a"), Same()),
    Case("Windows' private blanks", report(REPORT.replace("\n\n", "\n\u2007\n")), Same()),
    Case("numbers of three digits after the point", report(REPORT.replace("29.60", "29.600").replace("30.00", "30.000")), Same()),
]
