"""The one regular expression that finds numerals, put together from the unit lexicon.

Every alternative starts at a character that only numerals start with, so the scan stays fast and linear; no alternative can backtrack over
more than a bounded number of characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from selfeval.knowledge import load

from .numerals import FORMAL_NUMERALS, HAN_DIGITS, HAN_NUMERALS

_UNITS = load("units")
MONEY_FACTORS: dict[str, str] = _UNITS["money"]
PERCENT_UNITS = frozenset(_UNITS["percent"]["units"]) | {"成"}
STRONG_UNITS = frozenset(_UNITS["count"]["strong"])
NAME_UNITS = frozenset(_UNITS["words"]["names"])
FORCES: list[str] = _UNITS["words"]["forces"]
# 两个多月, 三个半小时: units whose first half stands before 多 and 半.
SPLIT_UNITS = frozenset({"月", "个半月", "个半小时"})

_CURRENCIES = sorted({unit.lstrip("十百千万亿") for unit in MONEY_FACTORS})
SCALES = "|".join(sorted(_UNITS["words"]["scales"], key=len, reverse=True))
_OCCASION = "次"
_BLANK = "[ \\t\u00a0\u2009\u3000]"
D = "[0-9０-９]"
_HAN = f"[{HAN_NUMERALS}]"
_HAN_DIGIT = f"[{HAN_DIGITS}]"
_FORMAL = f"[{FORMAL_NUMERALS}零万亿]{{2,24}}"


_RUN = re.compile(f"{_HAN}{{1,24}}|[A-Za-zＡ-Ｚａ-ｚ]+")


def _letters() -> str:
    return "".join(chr(base + index) for base in map(ord, "AaＡａ") for index in range(26))


def _guarded(unit: str) -> str:
    """The unit, unless what follows makes it the beginning of another word."""
    pattern = re.escape(unit)
    if unit[-1].isascii() and unit[-1].isalnum():
        return pattern + "(?![A-Za-z0-9])"
    others = _UNITS["not_followed_by"].get(_OCCASION if unit.endswith(_OCCASION) else unit)
    return f"{pattern}(?!{others})" if others else pattern


def _one_of(units: list[str]) -> str:
    """An alternation that tries longer units first and looks at each first character once."""
    by_first = defaultdict(list)
    for unit in sorted(set(units), key=lambda unit: (-len(unit), unit)):
        by_first[unit[0]].append(unit)
    return "|".join("|".join(_guarded(unit) for unit in group) for group in by_first.values())


_NO_THINGS = frozenset("次天年周秒岁分度倍人")
_PLAIN_UNITS = [unit for group in ("strong", "weak", "signs") for unit in _UNITS["count"][group]]
# 检修路灯9640盏次: what is counted by things may be counted anew each time.
_OCCASIONS = {f"{unit}{_OCCASION}" for unit in _PLAIN_UNITS if len(unit) == 1 and unit not in _NO_THINGS} - {*_PLAIN_UNITS}
COUNT_UNITS = [*_PLAIN_UNITS, *sorted(_OCCASIONS)]
_PERCENT = [unit for unit in PERCENT_UNITS if unit != "成"]
_UNIT = _one_of([*_CURRENCIES, *_PERCENT, *COUNT_UNITS, *NAME_UNITS])
_PER = _one_of([*_CURRENCIES, *COUNT_UNITS, *_UNITS["count"]["per"]])
# 50万元/45万元 and 58名/54人 are two amounts, no unit; what something is told of is 1, 10, 100 and so on.
_NO_AMOUNT = f"(?!{D}[0-9０-９.,]*(?:{SCALES})?元)"
_COMPOUND = (
    f"(?:{_BLANK}?[/／]{_BLANK}?{_NO_AMOUNT}(?:10{{0,5}})?(?:{SCALES})?(?:{_PER})(?:[/·・](?:{_PER}))?"
    f"|每(?:{'|'.join(_UNITS['count']['each'])}))?"
)
# 12.3/10万: so many in a hundred thousand.
_PER_MANY = f"[/／]{D}{{1,4}}[万亿]"
_CHENG = "成(?![立为果都效员功长本人交熟绩就型品分形套片组批双风堆对规了百千]|群(?!众))"

# A minus only where no figure or word ends before it, so that 3-5 stays a range; blanks as thousands separators only before a unit.
_MINUS = "(?:(?:(?<=温度)|(?<![0-9０-９A-Za-z年月日时点号元人个次条件家户万亿度级类层处起名米吨岁天周期℃%％）)\\]】〕-]))[-−－﹣])?"
_GROUPED = f"{D}{{1,3}}(?:[,，]{D}{{3}})+(?![0-9０-９])"
_SPACED_UNIT = _one_of([*_CURRENCIES, *STRONG_UNITS, *_UNITS["count"]["signs"]])
_SPACED = f"{D}{{1,3}}(?:[ \u00a0\u2009]{D}{{3}}){{1,4}}(?=(?:[.．]{D}{{1,8}})?[余多]?(?:{SCALES})?[余多]?(?:{_SPACED_UNIT}))"
_FRACTION = f"(?:[.．]{D}{{1,30}})?"
_NUMBER = f"{_MINUS}(?:{_GROUPED}|{_SPACED}|{D}{{1,30}}){_FRACTION}"
# 1062. 85万元: a decimal point torn from its digits by a line break or blank, only where a currency or percent follows.
_TORN = f"{D}{{1,12}}[.．]\\s{{1,3}}{D}{{1,8}}(?={_BLANK}*(?:{SCALES}|元|%|％))"

_YEAR = f"(?:19|20|１９|２０){D}{{2}}"
_CLOCK = (
    f"(?:{D}{{1,2}}|零)(?:[:：]{D}{{2}}(?:[:：]{D}{{2}})?(?!{D})"
    f"|[时点](?![候间段效限代期])(?:{D}{{1,2}}分(?![钟别])(?:{D}{{1,2}}(?:[.．]{D}+)?秒)?)?)"
)
_THEN_CLOCK = f"(?:{_BLANK}?(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|夜间)?{_CLOCK})?"
_MONTH_DAY = "(?:1[0-2]|0?[1-9])[{points}](?:3[01]|[12][0-9]|0?[1-9])"
_DISASTER = "(?:特大|重大|较大|强)?(?:洪|暴雨|地震|雨雪|低温|风雹|火灾|事故|泥石流|山洪|降雨|冰雹|干旱|台风|灾害)"
_DATE = (
    f"(?={D}{{1,4}}{_BLANK}?[-年月日时点:：./．－·•])(?:"
    + "|".join(
        (
            f"{_YEAR}{_BLANK}?年\\s?{D}{{1,2}}{_BLANK}?月(?:\\s?{D}{{1,2}}{_BLANK}?[日号])?{_THEN_CLOCK}",
            f"{_YEAR}(?P<sep>[-./．－]){D}{{1,2}}(?P=sep){D}{{1,2}}(?!{D}){_THEN_CLOCK}",
            f"{D}{{1,2}}{_BLANK}?月(?:\\s?{D}{{1,2}}{_BLANK}?[日号])?{_THEN_CLOCK}",
            f"{D}{{1,2}}{_BLANK}?日(?![常均夜以内产供报]){_THEN_CLOCK}",
            f"(?<![0-9０-９.．]){_CLOCK}",
            f"(?<=[“\"‘'「《〝]){_MONTH_DAY.format(points='.·．•')}(?=[”\"’'」》〞])",
            f"(?<![0-9０-９.．]){_MONTH_DAY.format(points='·•')}(?!{D})",
            f"(?<![0-9０-９.．]){_MONTH_DAY.format(points='.．')}(?={_DISASTER})",
        )
    )
    + ")"
)
_DOC_IN_BRACKETS = f"[〔\\[【（(〈［](?:\\s?{_YEAR}\\s?)[〕\\]】）)〉］]\\s*(?:第\\s*)?{D}{{1,5}}\\s*号"
_DOC_ORDER = f"{D}{{1,4}}号(?=[令文函]|公告|通知|文件|决议)"
_PHONE = f"0{D}{{2,3}}[-－—]{D}{{7,8}}(?!{D})|(?<!{D})1[3-9]{D}{{9}}(?!{D})|{D}{{3}}[*＊]{{2,6}}{D}{{0,4}}"
_LATIN = "[A-Za-zＡ-Ｚａ-ｚ]"
_CODE = (
    f"(?<![A-Za-zＡ-Ｚａ-ｚ])(?!M[sSL]?{D}{{1,2}}[.．]{D}级){_LATIN}{{1,6}}[-－]?{D}"
    f"(?:[0-9０-９A-Za-zＡ-Ｚａ-ｚ]|[-－.．+](?={D}|{_LATIN}))*"
)
_AT_START = "(?<![^\\n \\t\u3000])"
_FIRST_TO_NTH = (
    f"第{_BLANK}?(?:{D}{{1,8}}|{_HAN}{{1,8}})(?:[、至到\\-—～](?:第)?(?:{D}{{1,8}}|{_HAN}{{1,8}})(?=[季年期条次批个届章节项名]))?"
)
_LISTED = (
    f"{_AT_START}{D}{{1,3}}{_BLANK}?[、．.](?:(?!{D})|(?={_YEAR}年))|(?<=[。；;：:，]){D}{{1,2}}[．.、](?=[\u4e00-\u9fff“《]|{_YEAR}年)"
)
_LISTED_HAN = f"{_AT_START}{_HAN}{{1,3}}[、．.]"
_BRACKETED = f"[（(]{_BLANK}?(?:{D}{{1,2}}|{_HAN}{{1,3}}){_BLANK}?[）)]"
_CIRCLED = "[\u2460-\u249b\u3220-\u3229]"
_FRACTION_OF = f"{_HAN}{{1,6}}分之{_HAN}{{1,6}}"
_AT_KILOMETRE = f"{D}{{1,5}}(?:公里|千米)\\s?[+＋]\\s?{D}{{1,4}}米?"
_DIVIDED = f"{D}{{1,3}}/{D}{{1,3}}(?![0-9０-９/.]|{_BLANK}?(?:{SCALES}))"
_ADDED = f"{D}{{1,9}}(?:[+＋×*]{D}{{1,9}})+"
_RATIO_TERM = f"{D}{{1,5}}(?:[.．]{D}{{1,4}})?"
_RATIO = f"(?<!{D})(?!{D}{{4}}){_RATIO_TERM}(?:{_BLANK}?[:：∶︰比]{_BLANK}?{_RATIO_TERM}){{1,4}}(?!{D})"
_FORMULA = f"{_AT_KILOMETRE}|{_DIVIDED}|{_ADDED}|{_RATIO}"
# So many members at most, or a text of nothing but such numbers would be gone through to its end at each of them.
_SET = f"{D}{{1,3}}(?:、{D}{{1,3}}){{1,60}}(?=(?:层|楼|号|栋|路|线|班|组|期|幢|单元)(?!{D}))"
# 百帕 and 千瓦 are units of their own: their first character is no scale.
_SCALED = "|".join(unit for unit in COUNT_UNITS if unit[0] in "百千")
# 3亿5000万元, 13万2千家次, 2万3000人: what follows the first scale goes on with the number.
_REST = f"(?:{D}{{1,4}}(?!{_SCALED})(?:{SCALES})(?!分之)){{1,3}}|(?<=万){D}{{4}}(?![0-9０-９年月])(?=[余多\u4e00-\u9fff])"
_QUANTITY = (
    f"(?P<number>{_TORN}|{_NUMBER})(?P<more>{_BLANK}?[余多来几](?![年来]))?(?P<gap>\\s{{0,6}})(?P<scale>(?!{_SCALED})(?:{SCALES})(?!分之))?(?(scale)(?P<rest>{_REST})?)(?P<more_too>[余多]|个[多余](?=小时|月))?"
    f"(?:\\s{{0,3}}(?P<unit>个半(?:小时|月)|月(?<=[多余]月)|(?:{_UNIT}){_COMPOUND}|{_CHENG}|{_PER_MANY}))?"
)
_HUNDREDTH = f"(?P<base>[百千万])分之(?P<share>{_HAN}{{1,12}}(?:点{_HAN_DIGIT}{{1,9}})?|{D}{{1,9}}{_FRACTION})(?P<share_more>[余多])?"
_HAN_QUANTITY = (
    f"(?P<han>{_FORMAL}|{_HAN}{{1,24}}(?:点{_HAN_DIGIT}{{1,9}}[万亿]?)?|半(?=个?小时|公里|吨))(?P<han_more>[余多来几])?(?P<han_scale>万亿|[万亿])?(?P<han_more_too>[余多]|个[多余](?=小时|月))?"
    f"(?P<han_unit>个半(?:小时|月)|月(?<=[多余]月)|(?:个(?=小时))?(?:{_UNIT})|{_CHENG})"
)
_ZERO = f"零(?={'|'.join(_UNITS['zero']['after_ling'])})"
_NONE = "|".join(sorted(_UNITS["zero"]["none"], key=len, reverse=True))


def _readers(*named: tuple[str, str]) -> Callable[[str, int], re.Match[str] | None]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in named)).match


_BY_LEAD = (
    (
        # Of these only a quantity may open with a minus; a reader of its own for that would take as long to compile as this one.
        "0123456789０１２３４５６７８９-−－﹣",
        _readers(
            ("code", f"{D}{{31,}}"),
            ("doc_number", _DOC_ORDER),
            ("ordinal", _LISTED),
            ("phone", _PHONE),
            ("date", _DATE),
            ("year", f"{_YEAR}\\s?年(?:度)?"),
            ("formula", _FORMULA),
            ("members", _SET),
            ("quantity", _QUANTITY),
        ),
    ),
    (
        HAN_NUMERALS + FORMAL_NUMERALS + "半",
        _readers(
            ("ordinal", _LISTED_HAN),
            ("hundredth", _HUNDREDTH),
            ("fraction", _FRACTION_OF),
            ("zero", _ZERO),
            ("date", _CLOCK),
            ("han_quantity", _HAN_QUANTITY),
        ),
    ),
    ("〔[【（(〈［", _readers(("doc_number", _DOC_IN_BRACKETS), ("ordinal", _BRACKETED))),
    ("第", _readers(("ordinal", _FIRST_TO_NTH))),
    ("".join(map(chr, [*range(0x2460, 0x249C), *range(0x3220, 0x322A)])), _readers(("ordinal", _CIRCLED))),
    ("".join({word[0] for word in _UNITS["zero"]["none"]}), _readers(("none", _NONE))),
    (_letters(), _readers(("code", _CODE))),
)
_READERS = {character: reader for characters, reader in _BY_LEAD for character in characters}
_LEAD = re.compile("[" + re.escape("".join(_READERS)) + "]")


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Every numeral of `text` that some reader recognises, in reading order; `lastgroup` names what it was recognised as."""
    find, readers = _LEAD.search, _READERS
    position = 0
    while lead := find(text, position):
        start = lead.start()
        match = readers[text[start]](text, start)
        if match:
            yield match
            position = match.end()
        else:
            position = _after_failure(text, start)


def _after_failure(text: str, start: int) -> int:
    """Where to look next: behind the whole run of letters or Chinese numerals, so that no suffix of a word is read as a number."""
    run = _RUN.match(text, start)
    return run.end() if run else start + 1


_BEFORE = {word: qualifier for qualifier, words in _UNITS["qualifiers"]["before"].items() for word in words}
BEFORE = re.compile("(" + "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True)) + f")(?:为|有|达|到|达到)?{_BLANK}?$")
BEFORE_LAST = frozenset(word[-1] for word in _BEFORE) | frozenset("为有达到 \n\u3000\u00a0")
AFTER = re.compile("(" + "|".join(sorted((w for ws in _UNITS["qualifiers"]["after"].values() for w in ws), key=len, reverse=True)) + ")")
AFTER_QUALIFIER = {word: qualifier for qualifier, words in _UNITS["qualifiers"]["after"].items() for word in words}
AFTER_FIRST = frozenset(word[0] for word in AFTER_QUALIFIER)
BEFORE_QUALIFIER = _BEFORE
SIGNS = {word: qualifier for word, qualifier in _BEFORE.items() if len(word) == 1 and not "\u4e00" <= word <= "\u9fff"}
NOT_BEFORE_TIME = frozenset(_UNITS["qualifiers"]["not_before_time"])
# No tab, and no dash between blanks: that is how an empty cell of a table is printed.
RANGE_MARK = re.compile("[ \u00a0\u3000]?[~～至到][ \u00a0\u3000]?|[-－—–]{1,2}")
