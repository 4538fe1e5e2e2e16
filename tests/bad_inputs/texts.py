"""Reports as plain text: nothing in them, another encoding, damage, an end that is missing, amounts that cannot be."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

from bad_inputs.case import Build, Case, Same, beside, edited, file, good, refused, report, said
from bad_inputs.good import REPORT, YEAR

_CUT = REPORT.encode()
_AMONG = REPORT.index("水质监测绩效目标")
_ODD = REPORT.replace("水库巡查", "水库巡查𠮷段")


def _last_year() -> Build:
    """The same report in the folder of the year before."""

    def build(folder: Path) -> None:
        (folder.parent / str(YEAR - 1)).mkdir()
        (folder.parent / str(YEAR - 1) / "去年报告.txt").write_bytes(REPORT.encode())

    return build


NOTHING = [
    Case("an empty folder", beside(), refused("data/raw/jia-water/2031", "没有找到自评报告文件", "请把报告放进这个文件夹")),
    Case("a file of no bytes", report(b""), refused("report.txt", "空文件", "请放入")),
    Case("a file of blanks", report("  \n\t\r\n  "), refused("report.txt", "空", "请放入")),
    Case("a file of ideographic blanks", report("\u3000\u3000\n\u3000\n"), refused("report.txt", "空", "请放入")),
    Case("a file of characters nobody sees", report("\u200b\u200b\ufeff\n\u200d"), refused("report.txt", "空", "请放入")),
    Case("a byte-order mark and nothing else", report("\ufeff"), refused("report.txt", "空", "请放入")),
    Case("a title and nothing else", report(REPORT.split("\n", 1)[0]), refused("report.txt", "没有找到预算收支内容", "请确认")),
    Case(
        "the headings and nothing else",
        report("\n".join(line for line in REPORT.split("\n") if line[:1] in "一二三四五（")),
        refused("report.txt", "没有找到预算收支内容", "请确认"),
    ),
    Case(
        "a summary of the year's work",
        report(REPORT.replace("绩效目标", "共").replace("支出", "工作").replace("万元", "公里")),
        refused("report.txt", "没有找到预算收支内容", "请确认"),
    ),
    Case(
        "the text of a notice",
        report(
            "甲县财政局（虚构）关于开展2031年度绩效自评的通知\n请各单位于3月20日前报送自评报告，联系电话12345678。\n甲县水务局（虚构）：请照办。\n"
        ),
        refused("report.txt", "没有找到预算收支内容", "请确认"),
    ),
    Case("numbers without a word", report("1 2 3\n4 5 6\n2031\n"), refused("report.txt", "没有找到预算收支内容")),
    Case("an ending in capitals", report(REPORT, "report.TXT"), Same()),
    Case("no ending at all", beside(report(REPORT, "报告")), said("没有来源卡 source.toml", "请补写")),
]

ENCODINGS = [
    *(
        Case(f"text in {encoding}", report(REPORT.encode(encoding)), Same())
        for encoding in ("gbk", "gb18030", "utf-16", "utf-8-sig", "utf-32")
    ),
    *(Case(f"text in {encoding} without a mark", report(REPORT.encode(encoding)), Same()) for encoding in ("utf-16-le", "utf-16-be")),
    Case("a rare character in GB18030", report(_ODD.encode("gb18030")), Same(_ODD)),
    Case("text in Big5", report(REPORT.encode("big5", "replace")), refused("report.txt", "乱码", "保存为 UTF-8")),
    Case(
        "Korean text in EUC-KR",
        report("수자원국 자체평가 보고서 예산 집행 결과".encode("euc-kr") * 40),
        refused("report.txt", "没有找到预算收支内容", "请确认"),
    ),
    Case(
        "text in Shift-JIS",
        report("水務局の自己評価に関する報告書、予算の執行について".encode("shift-jis") * 40),
        refused("report.txt", "编码", "UTF-8"),
    ),
    Case(
        "text in HZ, as mail once carried it",
        report(REPORT.encode("hz", "ignore")),
        refused("report.txt", "没有找到预算收支内容", "请确认"),
    ),
    Case("text in UTF-7", report(REPORT.encode("utf-7")), refused("report.txt", "没有找到预算收支内容", "请确认")),
    Case("text in base64", report(base64.encodebytes(REPORT.encode())), refused("report.txt", "没有找到预算收支内容", "请确认")),
    Case("text in quoted-printable", report(quopri.encodestring(REPORT.encode())), refused("report.txt", "没有找到预算收支内容", "请确认")),
]

DAMAGE = [
    Case(
        "UTF-8 once opened as GBK and saved",
        report(REPORT.encode().decode("gb18030", "replace").replace("\ufffd", "?")),
        refused("report.txt", "乱码", "请找回原始文件"),
    ),
    Case(
        "GBK once opened as Latin-1 and saved",
        report(REPORT.encode("gbk").decode("latin-1")),
        refused("report.txt", "乱码", "请找回原始文件"),
    ),
    Case(
        "UTF-8 once opened as Latin-1 and saved", report(REPORT.encode().decode("latin-1")), refused("report.txt", "乱码", "请找回原始文件")
    ),
    Case("one sentence that was pasted as mojibake", edited("举办培训4期", "涓惧姙鍩硅4鏈"), said("乱码", "第")),
    Case(
        "a replacement sign for a hanzi",
        edited("水库巡查绩效目标", "水库巡\ufffd绩效目标"),
        refused("report.txt 第 15 行", "替换符", "请找回原始文件"),
    ),
    Case("hanzi that a conversion turned into question marks", edited("水库巡查绩效目标", "????绩效目标"), said("问号", "15")),
    Case("a NUL among the digits", edited("29.60万元", "29\x00.60万元"), refused("report.txt 第 15 行", "空字符", "请找回原始文件")),
    Case("锟斤拷", edited("水库巡查绩效目标", "锟斤拷绩效目标"), refused("report.txt 第 15 行", "锟斤拷", "请找回原始文件")),
    Case("烫烫烫", edited("水库巡查绩效目标", "烫烫烫烫绩效目标"), refused("report.txt 第 15 行", "烫烫", "请找回原始文件")),
    Case("a hanzi of a private font", edited("水库巡查绩效目标", "水库巡\ue5e5绩效目标"), said("无法显示", "15")),
    Case(
        "a byte that flipped in UTF-8",
        report(_CUT[:900] + bytes([_CUT[900] ^ 0x80]) + _CUT[901:]),
        refused("report.txt", "文字编码无法识别", "UTF-8"),
    ),
    Case("a byte that became another hanzi", report(_CUT[:900] + bytes([_CUT[900] ^ 0x40]) + _CUT[901:]), said("金额的写法存疑")),
    Case(
        "a byte that flipped in GBK",
        report((data := REPORT.encode("gbk"))[:610] + bytes([0xFF]) + data[611:]),
        refused("report.txt", "文字编码无法识别"),
    ),
    Case(
        "one half in GBK, one half in UTF-8",
        report(REPORT[:400].encode("gbk") + REPORT[400:].encode()),
        refused("report.txt", "编码", "UTF-8"),
    ),
    Case("half a UTF-16 character at the end", report(REPORT.encode("utf-16-le")[:-1]), refused("report.txt", "文字编码无法识别")),
    Case(
        "a file of which the middle became zeros",
        report(_CUT[:600] + bytes(300) + _CUT[900:]),
        refused("report.txt 第 15 行", "空字节", "请找回原始文件"),
    ),
]

TRUNCATED = [
    Case("cut among the projects", report(REPORT[:_AMONG]), said("项目", "不符")),
    Case("cut in the middle of a number", report(REPORT[: REPORT.index("41.20") + 3]), said("项目", "不符")),
    Case("cut in the middle of a character", report(_CUT[:1001]), refused("report.txt", "文字编码无法识别")),
    Case("cut after the first chapter with money", report(REPORT[: REPORT.index("（二）项目")]), said("缺少")),
    Case("a project that fell out", edited("水质监测绩效目标18.00万元，实际支出17.80万元；", ""), said("不符", "项目")),
    Case("a sentence that ends in the middle", report(REPORT[: REPORT.index("；水质监测") + 5]), said("不符", "项目")),
]

AMOUNTS = [
    Case("an amount in 元", edited("30.00万元", "300000.00元"), Same()),
    Case("an amount in 千元", edited("30.00万元", "300.00千元"), Same()),
    Case("亿元 where 万元 was meant", edited("绩效目标30.00万元", "绩效目标30.00亿元"), said("不符")),
    Case("元 where 万元 was meant", edited("绩效目标30.00万元", "绩效目标30.00元"), said("不符")),
    Case("an amount without a unit", edited("绩效目标30.00万元", "绩效目标30.00"), Same()),
    Case("a whole number without a unit", edited("绩效目标30.00万元", "绩效目标30"), said("不符", "项目")),
    Case("万 without 元", edited("绩效目标30.00万元", "绩效目标30.00万"), said("不符")),
    Case("foreign money", edited("绩效目标30.00万元", "绩效目标30.00万美元"), said("不符")),
    Case("a negative amount", edited("实际支出29.60万元", "实际支出-29.60万元"), said("不符")),
    Case("a target of nothing", edited("绩效目标30.00万元", "绩效目标0万元"), said("不符")),
    Case("more spent than planned by far", edited("实际支出29.60万元", "实际支出296.00万元"), said("不符")),
    Case("a digit too many", edited("实际支出29.60万元", "实际支出29.660万元"), said("不符")),
    Case("two digits the other way round", edited("实际支出41.20万元", "实际支出14.20万元"), said("不符")),
    Case("a rate that is not what comes out", edited("执行率99.91%", "执行率91.99%"), said("不符", "执行率")),
    Case(
        "a rate beyond all bounds",
        edited("执行率99.91%", "执行率9991%"),
        said("不符", "执行率"),
    ),
    Case(
        "hazards that do not add up",
        edited("已整改50处", "已整改90处"),
        said("不闭合", "隐患"),
    ),
    Case("a letter O for a nought", edited("绩效目标30.00万元", "绩效目标3O.OO万元"), said("不符")),
    Case("a letter l for a one", edited("实际支出41.20万元", "实际支出4l.20万元"), said("不符")),
    Case("a comma for the point", edited("实际支出41.20万元", "实际支出41,20万元"), said("不符")),
    Case("a full stop for the point", edited("实际支出41.20万元", "实际支出41。20万元"), said("金额的写法存疑")),
    Case("two points in a number", edited("实际支出41.20万元", "实际支出41..20万元"), said("不符")),
    Case("a number with two points apart", edited("实际支出41.20万元", "实际支出4.1.20万元"), said("不符")),
    Case("a blank that parts the total", edited("总计绩效目标154.50", "总计绩效目标15 4.50"), said("金额的写法存疑")),
    Case("a line break that parts the total", edited("总计绩效目标154.50", "总计绩效目标15\n4.50"), said("金额的写法存疑")),
    Case("a blank that parts a number", edited("实际支出41.20万元", "实际支出4 1.20万元"), said("不符")),
    Case("a line break that parts a number", edited("实际支出41.20万元", "实际支出41.\n20万元"), Same()),
]

TWICE = [
    Case(
        "a project that stands there twice",
        edited("渠道清淤绩效目标24.50万元，实际支出24.50万元；", "渠道清淤绩效目标24.50万元，实际支出24.50万元；" * 2),
        Same(),
    ),
    Case(
        "a project twice with two amounts",
        edited(
            "渠道清淤绩效目标24.50万元，实际支出24.50万元；",
            "渠道清淤绩效目标24.50万元，实际支出24.50万元；渠道清淤绩效目标20.00万元，实际支出20.00万元；",
        ),
        said("渠道清淤"),
    ),
    Case(
        "a paragraph that was pasted twice",
        report(REPORT.replace("\n\n五、", "\n\n" + REPORT.split("\n\n")[-3] + "\n\n五、")),
        said("段文字与前文整段重复"),
    ),
    Case("the whole report twice in one file", report(REPORT * 2), said("段文字与前文整段重复")),
    Case(
        "a copy of the report beside it",
        beside(good(), file("report - 副本.txt", REPORT)),
        said("report.txt 与 report - 副本.txt 内容完全相同", "请只留一个"),
    ),
    Case(
        "a copy of the report, and no card",
        beside(file("报告.txt", REPORT), file("报告 - 副本.txt", REPORT)),
        refused("报告.txt", "副本", "分不清", "请在 source.toml"),
    ),
    Case(
        "another version of the report beside it",
        beside(good(), file("报告（终稿）.txt", REPORT.replace("29.60", "29.50"))),
        said("报告（终稿）.txt 没有登记在来源卡上"),
    ),
    Case(
        "two versions of the report, and no card",
        beside(file("初稿.txt", REPORT), file("终稿.txt", REPORT.replace("29.60", "29.50"))),
        refused("终稿.txt", "初稿.txt", "分不清", "role"),
    ),
    Case("the very file that lies in the folder of last year", beside(good(), _last_year()), said("2030", "内容完全相同", "请")),
    Case("the report of last year", report(REPORT.replace("2031", "2030")), said("正文中却没有出现“2031”", "请核对年度")),
    Case(
        "last year's text under this year's title",
        report(REPORT.replace("2031年基", "2030年基").replace("2031年共", "2030年共")),
        said("2030"),
    ),
    Case("the report of another body", report(REPORT.replace("甲县水务局", "乙县林业局")), said("甲县水务局（虚构）", "没有出现")),
]

CASES = [*NOTHING, *ENCODINGS, *DAMAGE, *TRUNCATED, *AMOUNTS, *TWICE]
