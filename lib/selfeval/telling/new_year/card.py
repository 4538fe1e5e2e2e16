"""The card of a new year (source.toml): title and issuer as last year has them, and a word on everything that is to be filled in."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass

from selfeval.paths import Place
from selfeval.records.sources import CARD
from selfeval.telling.office import clean

_USUAL_RULES = "national"


@dataclass(frozen=True, slots=True)
class Card:
    """Title and issuer of the material, and the rule set it is scored by."""

    title: str = ""
    issuer: str = ""
    scoring: str = _USUAL_RULES


def card_for(year: int, last: Place) -> Card:
    """The card of `year` after that of the year `last`: its year in the title moved on; empty where there is none or it cannot be read."""
    try:
        given = tomllib.loads((last.raw / CARD).read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        # Whoever runs the last year is told what is wrong with its card; a new year can do without it.
        return Card()
    title, issuer, scoring = (value if isinstance(value := given.get(name), str) else "" for name in ("title", "issuer", "scoring"))
    return Card(title.replace(str(last.year), str(year)) if str(last.year) in title else "", issuer, scoring or _USUAL_RULES)


def card_text(card: Card, files: list[str]) -> str:
    """The card as a file, with its explanations."""
    lines = [
        "# 来源卡：这份原始材料是什么、从哪里来。不详的留空字符串，不要猜。",
        f"title = {_toml(card.title)}  # 自评报告标题，写全称，例如“XXXX年度某单位部门整体支出绩效自评报告”",
        f"issuer = {_toml(card.issuer)}  # 填报单位全称",
        'published = ""  # 公布日期，年-月-日；还没有公布的留空',
        'obtained = ""  # 收齐填报表的日期，年-月-日',
        'note = ""  # 其他需要说明的',
        f"scoring = {_toml(card.scoring)}  # 评分办法：national 全国通用办法；hunan 湖南省办法",
        "",
        '# 填报表。填好后按原文件名放在本文件夹里。另有自评报告正文（Word、PDF 等）的，也放进来，加一段 [[file]]，写 role = "report"。',
    ]
    for name in files:
        lines += ["", "[[file]]", f"name = {_toml(name)}", 'role = "table"']
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A basic string of TOML, which is written as JSON writes one."""
    return json.dumps(clean(text), ensure_ascii=False)
