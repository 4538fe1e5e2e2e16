"""The source card and the files it speaks of."""

import hashlib

import pytest

from selfeval.exceptions import InputRefused
from selfeval.reading.document import Document
from selfeval.records.sources import read_source, remarks_on_text, source_table

TEXT = "某县水利局整体支出绩效自评报告\n全年支出十万元。\n"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


def card(digest: str = DIGEST, **fields: str) -> str:
    lines = [f'{name} = "{value}"' for name, value in {"title": "自评报告", "issuer": "某县水利局", **fields}.items()]
    return "\n".join([*lines, "[[file]]", 'name = "report.txt"', 'role = "report"', f'sha256 = "{digest}"'])


def document(text: str) -> Document:
    return Document(text, "report.txt", "txt", "utf-8")


def refusal(place) -> str:
    with pytest.raises(InputRefused) as caught:
        read_source(place)
    return str(caught.value)


def test_a_sound_folder_gives_its_report_and_no_remark(raw_folder):
    source = read_source(raw_folder({"report.txt": TEXT, "source.toml": card(published="2031-03-01")}))
    assert (source.report.name, source.issuer, source.published, source.remarks) == ("report.txt", "某县水利局", "2031-03-01", [])


def test_a_date_of_the_card_may_be_a_toml_date(raw_folder):
    text = card().replace("[[file]]", "obtained = 2031-04-05\n[[file]]")
    assert read_source(raw_folder({"report.txt": TEXT, "source.toml": text})).obtained == "2031-04-05"


def test_a_missing_card_is_a_remark_and_the_only_file_is_the_report(raw_folder):
    source = read_source(raw_folder({"report.txt": TEXT}))
    assert source.report.name == "report.txt"
    assert [remark for remark in source.remarks if "没有来源卡" in remark]


def test_a_changed_file_is_a_remark_that_names_both_hashes(raw_folder):
    source = read_source(raw_folder({"report.txt": TEXT + "改", "source.toml": card()}))
    (remark,) = source.remarks
    assert DIGEST[:12] in remark
    assert source.files[0].sha256[:12] in remark


def test_a_file_that_is_not_on_the_card_is_a_remark(raw_folder):
    source = read_source(raw_folder({"report.txt": TEXT, "extra.csv": "a,b\n", "source.toml": card()}))
    assert source.remarks == ["extra.csv 没有登记在来源卡上"]


def test_a_card_with_a_byte_order_mark_is_read(raw_folder):
    assert read_source(raw_folder({"report.txt": TEXT, "source.toml": b"\xef\xbb\xbf" + card().encode()})).title == "自评报告"


def test_broken_toml_is_refused_with_its_line(raw_folder):
    message = refusal(raw_folder({"report.txt": TEXT, "source.toml": 'title = "a"\nissuer = oops\n'}))
    assert "source.toml" in message
    assert "第 2 行" in message


def test_a_card_in_another_encoding_is_refused(raw_folder):
    assert "UTF-8" in refusal(raw_folder({"report.txt": TEXT, "source.toml": card().encode("gb18030")}))


def test_all_faults_of_a_card_are_named_at_once(raw_folder):
    broken = 'tittle = "a"\nissuer = 5\n[[file]]\nname = "../report.txt"\n[[file]]\nname = "report.txt"\nrole = "raport"\nsha256 = "12"\n'
    message = refusal(raw_folder({"report.txt": TEXT, "source.toml": broken}))
    assert all(word in message for word in ("tittle", "issuer", "../report.txt", "raport", "sha256"))


def test_a_folder_without_a_report_is_refused(raw_folder):
    assert "没有找到自评报告" in refusal(raw_folder({".gitkeep": "", "~$report.docx": "x"}))


def test_an_empty_file_is_refused_by_name(raw_folder):
    assert "report.txt 是空文件" in refusal(raw_folder({"report.txt": ""}))


def test_two_files_without_a_role_are_refused_by_name(raw_folder):
    message = refusal(raw_folder({"a.txt": TEXT, "b.txt": TEXT}))
    assert "a.txt、b.txt" in message
    assert 'role = "report"' in message


def test_the_role_on_the_card_decides_between_two_files(raw_folder):
    assert read_source(raw_folder({"report.txt": TEXT, "b.txt": TEXT, "source.toml": card()})).report.name == "report.txt"


def test_a_listed_file_that_is_not_there_is_refused(raw_folder):
    assert "登记了 report.txt" in refusal(raw_folder({"other.txt": TEXT, "source.toml": card()}))


def test_a_link_that_leads_out_of_the_folder_is_refused(raw_folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT, encoding="utf-8")
    place = raw_folder({"source.toml": card()})
    (place.raw / "report.txt").symlink_to(secret)
    assert "report.txt 不是普通文件" in refusal(place)


def test_the_message_names_the_folder_without_the_path_of_the_machine(raw_folder, tmp_path):
    message = refusal(raw_folder({}))
    assert "data/raw/test-body/2031" in message
    assert str(tmp_path) not in message


def test_an_issuer_and_a_year_the_text_never_names_are_remarks(raw_folder):
    source = read_source(raw_folder({"report.txt": TEXT, "source.toml": card(issuer="某县教育局")}))
    remarks = remarks_on_text(source, 2031, document(TEXT))
    assert ["某县教育局" in remarks[0], "2031" in remarks[1]] == [True, True]
    assert remarks_on_text(source, 2031, document("某县教育局 2031 年")) == []
    assert "标题写的是 2030 年度" in remarks_on_text(source, 2031, document("某县教育局2030年度部门决算\n2031 年"))[0]


def test_the_table_has_a_row_for_every_file_and_the_encoding_of_the_report(raw_folder):
    source = read_source(raw_folder({"report.txt": TEXT, "extra.csv": "a,b\n", "source.toml": card()}))
    table = source_table(source, "txt", "utf-8")
    assert list(zip(table["name"], table["encoding"], table["role"], strict=True)) == [
        ("extra.csv", "", ""),
        ("report.txt", "utf-8", "report"),
    ]
    assert list(table["bytes"]) == [4, len(TEXT.encode())]


def test_sheets_are_known_by_their_names_and_the_report_is_what_is_left(raw_folder):
    source = read_source(raw_folder({"report.txt": "报告", "预算执行 (2).csv": "a", "2-绩效指标.xlsx": "b"}))
    assert source.report.name == "report.txt"
    assert sorted(path.name for path in source.tables) == ["2-绩效指标.xlsx", "预算执行 (2).csv"]


def test_a_year_may_have_sheets_and_no_report(raw_folder):
    source = read_source(raw_folder({"预算执行.csv": "a"}))
    assert source.report is None
    assert [file.role for file in source.files] == ["table"]


def test_sheets_need_no_hash_on_the_card_since_they_are_filled_in_over_weeks(raw_folder):
    card = 'title = "甲县水务局（虚构）"\nissuer = "甲县水务局（虚构）"\n[[file]]\nname = "预算执行.csv"\nrole = "table"\n'
    assert read_source(raw_folder({"预算执行.csv": "a", "source.toml": card})).remarks == []


def test_an_unknown_rule_set_is_refused_with_those_there_are(raw_folder):
    with pytest.raises(InputRefused, match="scoring 为“lunar”，应为 hunan、national 之一"):
        read_source(raw_folder({"report.txt": "报告", "source.toml": 'scoring = "lunar"\n'}))
