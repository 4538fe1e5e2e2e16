"""Sentences and pieces: marks part, numbers and quotations do not."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from selfeval.reading.clauses import STOPS, mark_before, names_of, only_joins, parts_of, sentences_of, words_before, words_behind

SIGNS = "，、；：。！？（）“”《》\n"


def texts(text):
    return [text[piece.start : piece.end] for sentence in sentences_of(text) for piece in sentence.pieces]


def test_a_comma_among_thousands_and_a_colon_in_a_clock_part_nothing():
    assert texts("罚款1,145,000元，9:30起巡查。") == ["罚款1,145,000元", "9:30起巡查"]


def test_half_width_marks_part_like_full_width_ones():
    assert texts("检查83家,发现隐患12条;整改10条.") == ["检查83家", "发现隐患12条", "整改10条."]


def test_marks_inside_a_quotation_part_nothing():
    assert texts("遭受“6.24、7.8”洪涝，受灾3人。") == ["遭受“6.24、7.8”洪涝", "受灾3人"]


def test_a_quotation_that_is_never_closed_ends_with_its_line():
    assert texts("开展“安全月，活动\n检查3家，整改2条") == ["开展“安全月", "活动", "检查3家", "整改2条"]


def test_names_of_a_list_are_parted_by_words_as_well_as_by_marks():
    assert names_of("渠道清淤、泵站检修以及水质监测和堤防巡查") == ["渠道清淤", "泵站检修", "水质监测", "堤防巡查"]


def test_what_only_joins_two_of_a_list_says_nothing_itself():
    assert [only_joins(words) for words in ("、", "，以及", "和", "，其中", "")] == [True, True, True, False, False]


def test_a_piece_knows_the_marks_around_it_and_how_many_brackets_it_stands_in():
    [sentence] = sentences_of("支出12万元（含基金3万元），结余1万元。")
    assert [(piece.before, piece.after, piece.depth) for piece in sentence.pieces] == [("", "（", 0), ("（", "，", 1), ("，", "。", 0)]


def test_a_line_end_ends_a_sentence():
    assert [(sentence.start, sentence.end) for sentence in sentences_of("甲\n乙丙。丁")] == [(0, 1), (2, 4), (5, 6)]


def test_names_are_parted_outside_of_brackets_and_quotations():
    names = parts_of("党办（纪检、监察）、“一站、一室”、财务科", "、", in_brackets=False)
    assert [name.words for name in names] == ["党办（纪检、监察）", "“一站、一室”", "财务科"]


def test_parts_tell_where_they_begin_and_what_ends_them():
    assert [(part.start, part.words, part.mark) for part in parts_of("甲，乙;丙", "，；")] == [
        (0, "甲", "，"),
        (2, "乙", "；"),
        (4, "丙", ""),
    ]


def test_the_words_around_a_place_go_up_to_the_next_mark():
    text = "上年无。罚款1,145,000元；结案3起。"
    place = text.index("145")
    assert words_before(text, place, STOPS) + words_behind(text, place, STOPS) == "罚款1,145,000元"


def test_a_mark_in_a_quotation_parts_nothing_whichever_way_words_are_looked_for():
    text = "未闭合的“甲，乙\n落实“一站。一室”和《办法。试行》的要求9条。"
    place = text.index("9")
    assert words_before(text, place, STOPS) == "落实“一站。一室”和《办法。试行》的要求"


@given(st.text(alphabet=SIGNS + "12,甲", max_size=60))
def test_the_words_before_the_end_are_the_last_part_of_all(text):
    assert words_before(text, len(text), STOPS) == parts_of(text, STOPS)[-1].words


def test_the_mark_before_a_line_is_that_of_the_line_before():
    assert mark_before("支出如下:\n甲", 6) == "："


@given(st.text(alphabet=SIGNS + "12,甲", max_size=60))
def test_pieces_stand_in_order_and_hold_everything_but_marks_and_blanks(text):
    pieces = [piece for sentence in sentences_of(text) for piece in sentence.pieces]
    assert all(first.end <= second.start for first, second in pairwise(pieces))
    inside = {place for piece in pieces for place in range(piece.start, piece.end)}
    assert all(text[place] in SIGNS + "," for place in range(len(text)) if place not in inside)
