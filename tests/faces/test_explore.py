"""Trying things out: what the exploring notebook shows, and that every knob changes it."""

import io
import shutil
import sys
from decimal import Decimal
from subprocess import run

import openpyxl
import pytest

from bodies import county_water, lay_out
from invented_year import sheets
from selfeval import words
from selfeval.explore import bodies, context, download, material, years
from selfeval.explore.download import csv_bytes, xlsx_bytes
from selfeval.explore.meaning import MeaningChoice, meaning_screen
from selfeval.explore.meaning import options as meanings
from selfeval.explore.money import MoneyChoice, money_rows, money_screen, usual_basis
from selfeval.explore.screen import frame_of
from selfeval.explore.source import figures_screen, findings_screen
from selfeval.explore.work import areas, sectors, work_screen
from selfeval.tables import make_table

UNIT = "jia-water"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explore") / "data"
    lay_out(folder, UNIT, county_water())
    return folder


@pytest.fixture(scope="module")
def published(place_2024, tmp_path_factory):
    """The published year, made in memory whether or not somebody ran it."""
    data = tmp_path_factory.mktemp("published")
    shutil.copytree(place_2024.raw, data / "raw" / place_2024.unit / str(place_2024.year))
    return material(place_2024.unit, place_2024.year, data)


@pytest.fixture
def desk(data):
    pytest.importorskip("ipywidgets", reason="没有安装 ipywidgets，跳过控件测试")
    pytest.importorskip("itables", reason="没有安装 itables，跳过控件测试")
    from selfeval.explore.screens import Desk

    return Desk(UNIT, 2031, data)


# ---- what there is ----------------------------------------------------------------------------------------------------------------------


def test_bodies_and_years_are_those_with_material_or_tables(data):
    assert bodies(data) == {UNIT: "甲县水务局（虚构，测试用）"}
    assert years(data, UNIT) == [2031, 2030, 2028, 2027]


def test_raw_material_without_a_run_is_assessed_in_memory_and_nothing_is_stored(copy_of_2024):
    made = material(copy_of_2024.unit, copy_of_2024.year, copy_of_2024.data)
    assert made.is_there
    assert len(made["budget_metrics"])
    assert "没有存盘" in made.note
    assert not copy_of_2024.processed.exists()


def test_a_year_of_which_there_is_nothing_says_what_to_run(data):
    nothing = material(UNIT, 2029, data)
    assert not nothing.is_there
    assert f"selfeval run --unit {UNIT} --year 2029" in nothing.note
    assert not len(nothing["figures"])


def test_pure_questions_need_no_widgets():
    code = "import sys; sys.modules['ipywidgets'] = sys.modules['itables'] = None; import selfeval.explore"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


# ---- money ------------------------------------------------------------------------------------------------------------------------------


def test_one_walks_from_the_total_to_the_projects(data):
    tables = material(UNIT, 2031, data)
    choice = MoneyChoice(basis=usual_basis(tables))
    steps = [[row.line.item for row in money_rows(tables, MoneyChoice(basis=choice.basis, whole=whole))] for whole in ("", "b01", "b03")]
    assert steps == [["部门整体支出"], ["基本支出", "项目支出"], ["防汛抗旱经费", "河道清淤"]]


def test_another_denominator_gives_the_rates_of_that_denominator(data):
    tables = material(UNIT, 2031, data)
    rates = {basis: money_rows(tables, MoneyChoice(basis=basis))[0].rate for basis in ("adjusted", "initial")}
    known = tables["budget_metrics"]
    (stated,) = known[(known["metric"] == "execution_rate") & (known["scope"] == "b01") & (known["basis"] == "adjusted")]["value"]
    assert rates == {"adjusted": stated, "initial": None}
    assert "换一个分母试试" in money_screen(tables, MoneyChoice(basis="initial")).said


def test_a_lower_threshold_finds_more_deviations(published):
    of = next(row for row in published["budget_lines"].itertuples(index=False) if row.level == "project_total").line_id
    found = [
        len(money_rows(published, MoneyChoice(whole=of, threshold=Decimal(limit), only_beyond=True))) for limit in ("0.5", "0.2", "0.01")
    ]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_a_chart_is_drawn_of_the_lines_on_the_screen(published):
    whole = money_screen(published, MoneyChoice())
    assert "部门整体支出" in whole.chart
    assert all(item in whole.chart for item in whole.frame["名称"])


# ---- work -------------------------------------------------------------------------------------------------------------------------------


def test_a_trade_is_offered_where_it_has_facts(data):
    tables = material(UNIT, 2031, data)
    assert areas(tables) == ["training", "hazards"]
    assert sectors(tables, "hazards") == ["water", "city"]
    assert sectors(tables, "training") == ["city"]


def test_a_lower_bound_stays_one_on_the_screen(data):
    screen = work_screen(material(UNIT, 2028, data), "hazards", "water")
    assert [*screen.frame["怎么写的"]] == ["143 处", "≥118 处"]
    assert "至少 82.52%" in screen.said


def test_every_field_of_work_can_be_drawn(published):
    for area in areas(published):
        assert "<svg" in work_screen(published, area).chart, area


# ---- figures and findings ---------------------------------------------------------------------------------------------------------------


def test_a_word_finds_the_figures_of_the_sentences_it_stands_in(published):
    screen = figures_screen(published, word="仓库租金")
    assert len(screen.frame)
    assert all("仓库租金" in sentence for sentence in screen.frame["原句"])


def test_findings_of_one_verdict_alone(published):
    screen = findings_screen(published, "differs")
    assert {*screen.frame["结论"]} == {"不符"}
    assert len(screen.keys) == (published["findings"]["verdict"] == "differs").sum()


# ---- what figures say -------------------------------------------------------------------------------------------------------------------


def test_what_a_figure_says_is_found_by_its_owner_and_by_what_is_counted(published):
    by_owner = meaning_screen(published, MeaningChoice("宣教中心"))
    assert {*by_owner.frame["归属"]} == {"项目支出 › 安全生产宣教中心经费"}
    assert "30.74万元" not in {*by_owner.frame["原文"]}
    by_noun = meaning_screen(published, MeaningChoice("隐患")).frame
    assert len(by_noun)
    assert all("隐患" in "".join(texts) for texts in zip(by_noun["归属"], by_noun["说的是什么"], by_noun["范围"], strict=True))


def test_targets_and_expenditure_of_one_owner_are_told_apart(published):
    chosen = {aspect: meaning_screen(published, MeaningChoice("绩效奖", aspect=aspect)) for aspect in ("planned", "actual")}
    assert {aspect: {*screen.frame["哪种数"]} for aspect, screen in chosen.items()} == {"planned": {"计划或目标"}, "actual": {"实际"}}
    assert not len(meaning_screen(published, MeaningChoice("绩效奖", period="prior")).frame)


def test_aspects_periods_and_states_are_offered_where_a_figure_has_them(published):
    assert list(meanings(published, "aspect")) == [word for word in words.ASPECTS if word in {*published["statements"]["aspect"]}]
    assert "" not in meanings(published, "state")


def test_a_row_leads_to_its_figure_its_whole_and_what_it_is_computed_from(published):
    screen = meaning_screen(published, MeaningChoice(aspect="rate", word="政务中心"))
    (asked,) = screen.figures
    printed = published["figures"].set_index("figure_id")["text"]
    assert [printed[figure] for figure in asked.split()] == ["100%", "417件", "417件"]


# ---- the sentence -----------------------------------------------------------------------------------------------------------------------


def figure(number: int, sentence: str, text: str, line: int) -> dict[str, object]:
    start = 100 * line + sentence.index(text)
    place = {"figure_id": f"f{number}", "start": start, "end": start + len(text), "line": line, "sentence": sentence, "text": text}
    return {**place, "qualifier": "exact", "kind": "money"}


def test_a_figure_is_marked_in_its_sentence_between_its_neighbours():
    rows = [figure(n, f"第{n}句写了{n}0万元（虚构）。", f"{n}0万元", n) for n in range(1, 8)]
    shown = context({"figures": make_table("figures", rows)}, "f4")
    assert [(it.place, it.is_asked) for it in shown.passages] == [(f"第 {n} 行", n == 4) for n in range(2, 7)]
    assert "<mark>40万元</mark>" in shown.passages[2].html
    assert "<mark>" not in shown.passages[1].html


def test_of_equal_figures_in_one_sentence_the_one_asked_for_is_marked():
    sentence = "甲项目5万元，乙项目5万元。"
    rows = [{**figure(n, sentence, "5万元", 1), "figure_id": f"f{n}"} for n in (1, 2)]
    shown = context({"figures": make_table("figures", rows)}, "f2")
    assert shown.passages[0].html == "甲项目5万元，乙项目<mark>5万元</mark>。"


def test_a_typed_figure_is_shown_in_its_row():
    pytest.importorskip("openpyxl")
    rows = [{**figure(1, "项目 甲；全年预算数 12 万元", "12", 3), "cell": "工作表“预算执行”D3", "start": None, "end": None}]
    shown = context({"figures": make_table("figures", rows)}, "f1")
    assert shown.passages[0].place == "工作表“预算执行”D3"
    assert "<mark>12</mark>" in shown.passages[0].html


def test_a_sentence_of_the_data_never_becomes_markup():
    rows = [figure(1, "<script>5万元</script>", "5万元", 1)]
    assert "<script>" not in context({"figures": make_table("figures", rows)}, "f1")._repr_html_()


# ---- taking it away ---------------------------------------------------------------------------------------------------------------------

FORMULA = '=HYPERLINK("http://x.invalid","点我")'


def test_a_text_that_looks_like_a_formula_is_text_in_both_files():
    frame = frame_of(("名称", "金额"), [(FORMULA, Decimal("1.50")), ("甲", None)])
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, "表"))).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value, sheet["B3"].value) == (FORMULA, "s", 1.5, None)
    assert csv_bytes(frame).decode("utf-8-sig").splitlines()[1].startswith("\"'=HYPERLINK")


def test_a_download_is_named_so_that_any_system_takes_it():
    html = download(frame_of(("名称",), [("甲",)]), "甲/乙:2031?")._repr_html_()
    assert 'download="甲-乙-2031-.csv"' in html
    assert 'download="甲-乙-2031-.xlsx"' in html


# ---- widgets ----------------------------------------------------------------------------------------------------------------------------


def on_screen(view) -> list[str]:
    """The first column of the table as the widget has it."""
    return [*view.table.df.iloc[:, 0]]


def test_another_year_changes_every_view(desk):
    before = (desk.about.value, desk.money.chart.value, desk.work.said.value)
    desk.year.value = 2028
    assert "2028 年度" in desk.about.value
    assert [new == old for new, old in zip((desk.about.value, desk.money.chart.value, desk.work.said.value), before, strict=True)] == [
        False,
        False,
        False,
    ]
    assert desk.money.basis.value == "initial"


def test_a_filter_changes_table_and_chart(desk):
    desk.work.area.value = "hazards"
    both = (on_screen(desk.work), desk.work.chart.value)
    desk.work.sector.value = "city"
    assert on_screen(desk.work) == ["隐患排查治理"]
    assert len(both[0]) == 3
    assert desk.work.chart.value != both[1]


def test_a_trade_another_field_does_not_have_is_let_go(desk):
    desk.work.area.value, desk.work.sector.value = "hazards", "water"
    desk.work.area.value = "training"
    assert desk.work.sector.value == ""
    assert len(on_screen(desk.work)) == 1


def test_a_click_leads_down_and_back_up(desk):
    for _ in range(2):
        desk.money.table.selected_rows = [len(on_screen(desk.money)) - 1]
        assert not desk.money.down.disabled
        desk.money.down.click()
    assert on_screen(desk.money) == ["防汛抗旱经费", "河道清淤"]
    assert desk.money.path.value == "全部 › 部门整体支出 › 项目支出"
    desk.money.up.click()
    assert on_screen(desk.money) == ["基本支出", "项目支出"]


def test_a_clicked_row_shows_its_sentence(published):
    screens = pytest.importorskip("selfeval.explore.screens", reason="没有安装 ipywidgets 或 itables，跳过控件测试", exc_type=ImportError)
    place = published.place
    desk = screens.Desk(place.unit, place.year, place.data)
    desk.money.table.selected_rows = [0]
    assert "<mark>821.31万元</mark>" in desk.money.clicked.value


def test_a_clicked_meaning_says_by_which_words_it_was_told(published):
    screens = pytest.importorskip("selfeval.explore.screens", reason="没有安装 ipywidgets 或 itables，跳过控件测试", exc_type=ImportError)
    place = published.place
    view = screens.Desk(place.unit, place.year, place.data).meaning
    view.word.value, view.state.value = "隐患", "rectified"
    view.table.selected_rows = [0]
    assert on_screen(view)
    assert "凭“进展：整改”判断" in view.clicked.value
    assert "属于总数 211条" in view.clicked.value
    assert "<mark>90条</mark>" in view.clicked.value
    assert "<mark>211条</mark>" in view.clicked.value


def test_the_export_holds_what_is_on_the_screen(desk):
    desk.work.sector.value = "water"
    desk.work.save.click()
    assert f"{len(on_screen(desk.work))} 行，存为" in desk.work.links.value
    desk.work.sector.value = ""
    assert desk.work.links.value == ""


def test_a_year_of_which_there_is_nothing_leaves_the_screens_empty_and_says_why(data):
    screens = pytest.importorskip("selfeval.explore.screens", reason="没有安装 ipywidgets 或 itables，跳过控件测试", exc_type=ImportError)
    desk = screens.Desk(UNIT, 2029, data)
    assert "selfeval run" in desk.about.value
    assert on_screen(desk.figures) == []
    desk.year.value = 2031
    assert on_screen(desk.money) == ["部门整体支出"]


def test_a_year_of_sheets_alone_leads_to_the_cell(raw_folder):
    screens = pytest.importorskip("selfeval.explore.screens", reason="没有安装 ipywidgets 或 itables，跳过控件测试", exc_type=ImportError)
    place = raw_folder({f"{title}.csv": text for title, text in sheets().items()})
    desk = screens.Desk(place.unit, place.year, place.data)
    desk.money.book.value = "general_public"
    desk.money.table.selected_rows = [on_screen(desk.money).index("基本支出")]
    desk.money.down.click()
    desk.money.table.selected_rows = [on_screen(desk.money).index("人员经费")]
    assert "预算执行" in desk.money.clicked.value
    assert "<mark>322.18</mark>" in desk.money.clicked.value
