"""Findings people accept and figures they correct: applied while they match, refused once they do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfeval.exceptions import InputRefused
from selfeval.reading.figures import extract_figures
from selfeval.records.decisions import (
    Acknowledgement,
    Correction,
    Decisions,
    acknowledge,
    correct,
    mark_corrected,
    open_findings,
    read_decisions,
)
from selfeval.tables import make_table
from tables_at_hand import audited, lines_of

TEXT = "矿山方面，共发现隐患80条，已整改60条，正在整改12条。\n"
WHO = {"reason": "台账已补", "by": "王会计", "date": "2031-03-04"}
ENTRY = '{table}\nreason = "台账已补"\nby = "王会计"\ndate = 2031-03-04\n'


def accepted(fingerprint):
    return Acknowledgement(fingerprint, **WHO)


def fingerprint_of(text):
    findings = audited(text)
    return findings[findings["verdict"] == "differs"].iloc[0]["fingerprint"]


def test_a_folder_without_decisions_has_none(raw_folder):
    assert read_decisions(raw_folder({"report.txt": TEXT})) == Decisions()


def test_decisions_are_read_with_reason_person_and_date(raw_folder):
    acknowledged = ENTRY.format(table='[[finding]]\nfingerprint = "0123456789ab"')
    corrections = ENTRY.format(table='[[correction]]\nquote = "隐患80条"\nexpected = 80\ncorrected = "72"')
    found = read_decisions(raw_folder({"report.txt": TEXT, "acknowledged.toml": acknowledged, "corrections.toml": corrections}))
    assert found.acknowledged == (accepted("0123456789ab"),)
    assert found.corrections == (Correction("隐患80条", Decimal(80), Decimal(72), **WHO),)


def test_every_fault_of_both_files_is_named_at_once(raw_folder):
    broken = '[[finding]]\nfingerprint = "??"\nby = "王会计"\ndate = "昨天"\nwhy = "x"\n'
    place = raw_folder({"report.txt": TEXT, "acknowledged.toml": broken, "corrections.toml": '[[correction]]\nexpected = "多"\n'})
    with pytest.raises(InputRefused) as refusal:
        read_decisions(place)
    said = "\n".join(refusal.value.problems)
    for words in ("缺少 reason", "昨天", "why", "12 位编码", "缺少 quote", "“多”，应为数字"):
        assert words in said


@pytest.mark.parametrize("content", [b"[[finding]\n", b"\xff\xfe", b"finding = 3\n"])
def test_a_file_that_cannot_be_read_is_refused(raw_folder, content):
    with pytest.raises(InputRefused, match=r"acknowledged\.toml"):
        read_decisions(raw_folder({"report.txt": TEXT, "acknowledged.toml": content}))


def test_an_acknowledged_difference_is_open_no_more():
    findings = audited(TEXT)
    assert len(open_findings(findings)) == 1
    told = acknowledge(findings, [accepted(fingerprint_of(TEXT))])
    assert open_findings(told).empty
    assert list(told[told["acknowledged"] != ""]["acknowledged"]) == ["台账已补（王会计，2031-03-04）"]


def test_an_acknowledgement_that_matches_nothing_is_refused():
    findings = audited(TEXT.replace("80", "72"))
    with pytest.raises(InputRefused, match="已经没有了"):
        acknowledge(findings, [accepted(fingerprint_of(TEXT))])


@pytest.mark.parametrize("edit", ["另有一段新写的话，说明全年3次巡查。\n\n{}", "{}\n后面再加一段。\n"])
def test_a_fingerprint_stays_the_same_under_edits_elsewhere(edit):
    assert fingerprint_of(edit.format(TEXT)) == fingerprint_of(TEXT)


def test_a_fingerprint_changes_with_a_figure():
    assert fingerprint_of(TEXT.replace("60", "61")) != fingerprint_of(TEXT)


def test_no_two_findings_share_a_fingerprint(report_text):
    assert audited(report_text)["fingerprint"].is_unique


def correction(quote="隐患80条", expected="80", corrected="72"):
    return Correction(quote, Decimal(expected), Decimal(corrected), **WHO)


def test_a_correction_puts_its_value_in_place_and_leaves_the_rest():
    before = extract_figures(TEXT)
    after, changed = correct(TEXT, before, [correction()])
    assert [figure.value for figure in after] == [72, 60, 12]
    assert [figure.text for figure in after] == [figure.text for figure in before]
    assert list(changed) == [0]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (correction(quote="隐患800条"), "找不到原句"),
        (correction(expected="81"), "没有数值为 81"),
        (correction(quote=TEXT.strip() + "\n", expected="80"), ""),
    ],
)
def test_a_correction_that_matches_nothing_is_refused(entry, words):
    if not words:
        assert correct(TEXT, extract_figures(TEXT), [entry])[1]
        return
    with pytest.raises(InputRefused, match=words):
        correct(TEXT, extract_figures(TEXT), [entry])


def test_a_correction_that_matches_two_figures_is_refused():
    text = "甲站12处，乙站12处。"
    with pytest.raises(InputRefused, match="有 2 个"):
        correct(text, extract_figures(text), [correction(quote=text, expected="12")])


def test_rows_that_rest_on_a_corrected_figure_say_so():
    lines = lines_of("b01 project general_public - 堤防维修 actual=7", "b02 project general_public - 水文监测 actual=8")
    lines = make_table("budget_lines", lines.assign(actual_figure=["f0001", "f0002 f0003"]).to_dict("records"))
    assert list(mark_corrected(lines, [2])["source"]) == ["text", "correction"]
