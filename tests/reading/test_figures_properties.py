"""What must hold of the figure reader for every text."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from numerals_left import non_figures
from selfeval.reading.figures import extract_figures
from selfeval.reading.figures.numerals import arabic_value, chinese_value

_DIGITS = "零一二三四五六七八九"
_ALPHABET = st.sampled_from(
    [
        *"0123456789０９.．,，、。；：:-—～~至余多约近超第（）()〔〕“”%‰‱/+*",
        *"年月日时点分号级成半零一二两三十百千万亿元人户起个家次条处项件辆吨米 \n\t\u3000\u200bABz①",
        *("单位：万元", "个百分点", "百分之", "以上", "不少于", "电话", "得分", "序号", "合计"),
    ]
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_ALPHABET, max_size=60).map("".join))


def written(number: int) -> str:
    """The Chinese numeral of a whole number below 亿, as a clerk writes it."""
    if number == 0:
        return "零"
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return written(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + written(low))
    out, pending = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            out += ("零" if pending and out else "") + _DIGITS[digit] + name
            pending = False
        else:
            pending = bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out


@given(st.integers(0, 10**8 - 1))
def test_every_written_chinese_numeral_is_read_back(number):
    assert chinese_value(written(number)) == number


@given(st.integers(2, 10**8 - 1).filter(lambda n: n % 10**4))
def test_a_written_numeral_before_a_unit_is_found_with_its_value(number):
    figures = extract_figures(f"共计{written(number)}元。")
    assert [(f.value, f.unit) for f in figures] == [(Decimal(number), "元")]


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["元", "吨"]))
def test_a_number_in_hundred_millions_is_told_in_the_scale_it_ends_with(hundred_millions, ten_thousands, unit):
    wanted = [(Decimal(hundred_millions * 10**4 + ten_thousands), f"万{unit}")]
    spelt = f"{written(hundred_millions)}亿{'零' if ten_thousands < 1000 else ''}{written(ten_thousands)}万{unit}"
    for text in (spelt, f"{hundred_millions}亿{ten_thousands}万{unit}"):
        assert [(f.value, f.unit) for f in extract_figures(f"共计{text}。")] == wanted, text


@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from([("千", 1000), ("百", 100)]), st.sampled_from(["人", "家次", "元"]))
def test_digits_of_two_scales_are_one_number(ten_thousands, rest, scale, unit):
    name, factor = scale
    wanted = Decimal(ten_thousands * 10**4 + rest * factor)
    assert [(f.value, f.unit) for f in extract_figures(f"共计{ten_thousands}万{rest}{name}{unit}。")] == [(wanted, unit)]


@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from("万亿"))
def test_a_scale_raises_all_that_stands_before_it(ten_thousands, thousands, scale):
    for text in (f"{ten_thousands}万{thousands}千{scale}元", f"{written(ten_thousands)}万{written(thousands * 1000)}{scale}元"):
        (figure,) = extract_figures(f"共计{text}。")
        assert (figure.value, figure.unit) == (Decimal(ten_thousands * 10**4 + thousands * 1000), f"{scale}元"), text


@given(st.integers(2, 10**7), st.integers(0, 99))
def test_decimals_of_a_chinese_numeral_are_exact(whole, hundredths):
    text = f"{written(whole)}点{_DIGITS[hundredths // 10]}{_DIGITS[hundredths % 10]}"
    assert chinese_value(text) == Decimal(f"{whole}.{hundredths:02d}")


@given(
    st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from(["万元", "元", "亿元", "人", "%", "公顷", "家次"]),
)
def test_every_printed_number_is_read_back_with_separators_and_wide_digits(number, unit):
    printed = f"{number:,}"
    wide = printed.translate({ord(c): ord(w) for c, w in zip("0123456789.,", "０１２３４５６７８９．，", strict=True)})
    for form in (printed, wide, str(number)):
        figures = extract_figures(f"共计{form}{unit}。")
        assert [(f.value, f.unit) for f in figures] == [(number, unit)]
    assert arabic_value(wide) == number


@given(_TEXTS)
def test_spans_never_overlap_and_always_equal_their_text(text):
    end = 0
    for figure in extract_figures(text):
        assert figure.start >= end
        assert figure.text == text[figure.start : figure.end] != ""
        assert isinstance(figure.measure, str)
        end = figure.end


@given(_TEXTS)
def test_every_numeral_is_a_figure_or_listed_as_none(text):
    figures = extract_figures(text)
    covered = {offset for figure in figures for offset in range(figure.start, figure.end)}
    covered |= {offset for left in non_figures(text, figures) for offset in range(left.start, left.end)}
    assert all(
        offset in covered
        for offset, character in enumerate(text)
        if character in "0123456789０１２３４５６７８９一二三四五六七八九十百千万亿"
    )
