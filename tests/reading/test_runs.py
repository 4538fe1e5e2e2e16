"""The witness that ranks lists: which figure may begin one, how far it goes and what it adds up to, by learned weights."""

import pytest

from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements

HEAD = "甲县水务局2031年度部门整体支出绩效自评报告\n\n二、预算执行情况\n\n"

TABLE = "项目\t全年预算（万元）\t决算（万元）\n河道清障经费\t90.00\t85.50\n山塘维修经费\t60.00\t58.10\n\n"


def read(text):
    return read_statements(Document(text, "r.txt", "txt", "utf-8"), extract_figures(text))


def likeliest(text):
    """The likeliest list of a text, as its whole and its parts are printed."""
    spoken = read(HEAD + text)
    statements, found = spoken.statements, max((candidates[0] for candidates in spoken.runs), key=lambda each: each.likely)
    return statements[found.whole].figure.text, [statements[part].figure.text for part in found.parts]


LISTS = {
    "that no word opens": ("除雪经费132.30万元花在这些地方：融雪剂61.20万元、机械38.70万元、人工32.40万元。", "132.30万元"),
    "that stands right behind its whole": ("立案查处66起，食品31起、药品18起、特种设备17起。", "66起"),
    "that does not add up": ("全年培训3126人，其中企业负责人812人、安全员1460人、班组长584人。", "3126人"),
    "in front of its total": ("春季造林820亩、夏季补植360亩、秋季造林540亩，全年共1720亩。", "1720亩"),
    "of a line of a table": (f"{TABLE}河道清障经费用于机械台班41.30万元、人工28.60万元、运输15.60万元。", "85.50"),
}


@pytest.mark.parametrize(("text", "whole"), LISTS.values(), ids=LISTS)
def test_a_list_has_its_whole(text, whole):
    assert likeliest(text)[0] == whole


def test_a_list_goes_as_far_as_its_last_part_and_no_farther():
    text = "全年检查1296家次，矿山186家次、危化412家次、工贸698家次，复查534家次。"
    assert likeliest(text) == ("1296家次", ["186家次", "412家次", "698家次"])


def test_a_level_and_its_change_are_no_list_of_the_level_there_is_now():
    assert read(f"{HEAD}发放棉被900床，比上年800床增加100床。").runs == ()


def test_of_all_lists_that_may_begin_with_a_figure_and_none_the_chances_are_one_at_most():
    runs = read(f"{HEAD}检查企业820家次，其中矿山120家次、工贸700家次，发现隐患412条，一般隐患398条、重大隐患14条。").runs
    assert runs
    assert all(0 < sum(each.likely for each in candidates) < 1 for candidates in runs)
