"""Charts, looked at through their axes: what is drawn how long, in which order, and what is written beside it."""

import re
import subprocess
import sys
from decimal import Decimal
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text

from selfeval.exceptions import TableBroken
from selfeval.telling import charts

D = Decimal
LONG = "乡镇（街道、场）应急救援能力标准化建设和自然灾害综合监测预警体系运行维护及物资储备专项经费"


def bars(figure, name: str, axes: int = -1) -> list[float]:
    """The lengths of all bars of one meaning, from the top down."""
    patches = [patch for patch in figure.axes[axes].patches if isinstance(patch, Rectangle) and patch.get_label() == name]
    return [round(patch.get_width(), 4) for patch in sorted(patches, key=lambda patch: patch.get_y())]


def written(figure) -> list[str]:
    """Every text of the figure that shows."""
    return [text.get_text() for axes in figure.axes for text in axes.texts if text.get_text()]


def plot(figure):
    """The axes that hold the data, not those of the legend."""
    return next(axes for axes in figure.axes if axes.get_label() != "legend")


def legend(figure) -> list[str]:
    return [text.get_text() for axes in figure.axes if axes.get_label() == "legend" for text in axes.texts]


def project(item="甲", target="10", actual="8", difference="-2", rate="0.8") -> dict:
    values = {"target": target, "actual": actual, "difference": difference, "rate": rate}
    return {"item": item, **{name: None if value is None else D(value) for name, value in values.items()}}


def frame(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


both_widths = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


# ---- projects ---------------------------------------------------------------------------------------------------------------------------


@both_widths
def test_a_project_is_drawn_as_target_spent_and_overspent(narrow):
    rows = frame(project(), project("乙", "20", "26", "6", "1.3"))
    figure = charts.projects(rows, narrow=narrow)
    at = figure.axes.index(plot(figure))
    assert bars(figure, "目标", at) == [10, 20]
    assert bars(figure, "实际支出", at) == [8, 20]
    assert bars(figure, "超出的部分", at) == [6]


def test_projects_stand_in_the_order_given_with_their_figures():
    figure = charts.projects(frame(project("后", "1", "2", "1", "2"), project("先")), target="全年预算数")
    texts = written(figure)
    assert texts.index("后") < texts.index("先")
    assert [text for text in texts if "%" in text] == ["2 / 1　200.00%　▲ 超 1", "8 / 10　80.00%　▼ 少 2"]
    assert "全年预算数" in legend(figure)


def test_what_a_project_lacks_is_said_and_not_drawn():
    figure = charts.projects(frame(project("甲", None, "8", None, None), project("乙", "5", None, None, None)), target="绩效目标")
    at = figure.axes.index(plot(figure))
    assert bars(figure, "目标", at) == [5]
    assert bars(figure, "实际支出", at) == [8]
    assert {"8 / 绩效目标未列", "实际未列 / 5"} <= set(written(figure))


def test_where_no_project_has_a_target_nothing_speaks_of_targets():
    figure = charts.projects(frame(project("甲", None, "8", None, None)), target="绩效目标")
    assert written(figure).count("8") == 1
    assert legend(figure) == ["实际支出"]


@both_widths
def test_the_budget_of_the_year_s_beginning_is_a_line_where_it_was_changed(narrow):
    rows = frame({**project(), "initial": D("12")}, {**project("乙"), "initial": None})
    figure = charts.projects(rows, narrow=narrow, target="全年预算数")
    lines = [line for line in plot(figure).lines if line.get_label() == "年初预算数"]
    assert [list(line.get_xdata()) for line in lines] == [[12, 12]]
    assert "年初预算数" in legend(figure)
    assert plot(figure).get_xlim()[1] >= 12
    assert "年初预算数" not in legend(charts.projects(frame({**project(), "initial": None}), narrow=narrow))


@both_widths
def test_a_long_name_is_broken_and_loses_nothing(narrow):
    figure = charts.projects(frame(project(LONG)), narrow=narrow)
    lines = [text for text in written(figure) if text in LONG]
    assert "".join(lines) == LONG
    assert len(lines) > 1


def test_a_negative_amount_reaches_left_of_nothing():
    figure = charts.projects(frame(project("退款", "3", "-2", "-5", "-0.6667")))
    assert bars(figure, "实际支出", figure.axes.index(plot(figure))) == [-2]
    assert plot(figure).get_xlim()[0] < -2


def test_more_projects_make_a_taller_figure_and_no_smaller_letters():
    few, many = (charts.projects(frame(*(project(f"项目{n}") for n in range(count)))) for count in (3, 40))
    assert many.get_size_inches()[1] > 9 * few.get_size_inches()[1]
    assert {text.get_fontsize() for text in plot(many).texts} == {text.get_fontsize() for text in plot(few).texts}


def test_all_amounts_may_be_zero():
    assert bars(charts.projects(frame(project("甲", "0", "0", "0", None))), "实际支出", 1) == [0]


# ---- composition ------------------------------------------------------------------------------------------------------------------------


def part(label, value, share, kind="part") -> dict:
    return {"label": label, "value": D(value), "share": share and D(share), "kind": kind}


def test_each_part_of_a_total_starts_where_the_one_before_ends():
    figure = charts.composition(
        frame(part("总", "100", None, "total"), part("甲", "60", "0.6"), part("乙", "30", "0.3"), part("余", "10", "0.1", "rest"))
    )
    at = plot(figure)
    spans = {patch.get_label(): (patch.get_x(), patch.get_width()) for patch in at.patches}
    assert spans == {"总": (0, 100), "甲": (0, 60), "乙": (60, 30), "余": (90, 10)}
    assert {"60　60.00%", "10　10.00%", "100"} <= set(written(figure))
    assert at.get_xlabel() == "万元"


def test_parts_beyond_the_total_come_back_as_a_negative_rest():
    figure = charts.composition(frame(part("总", "100", None, "total"), part("甲", "120", "1.2"), part("余", "-20", None, "rest")))
    spans = {patch.get_label(): (patch.get_x(), patch.get_width()) for patch in plot(figure).patches}
    assert spans["余"] == (120, -20)


def test_the_legend_names_only_what_is_drawn():
    assert legend(charts.composition(frame(part("总", "5", None, "total"), part("甲", "5", "1")))) == ["实际支出总额", "列出的部分"]


def test_what_no_section_explains_is_hatched():
    figure = charts.composition(frame(part("总", "9", None, "total"), part("余", "9", "1", "rest")))
    hatches = {patch.get_label(): bool(patch.get_hatch()) for patch in plot(figure).patches}
    assert hatches == {"总": False, "余": True}


# ---- hazards ----------------------------------------------------------------------------------------------------------------------------


def trade(label="矿山", found="50", **states: str) -> dict:
    told = {key: D(states[key]) if key in states else None for key in ("rectified", "under_way", "open", "unaccounted")}
    return {"label": label, "found_words": f"发现 {found}", "states_words": f"{label}的状态", "found": found and D(found), **told}


def test_hazards_are_cut_by_what_became_of_them_in_percent_of_those_found():
    figure = charts.hazards(frame(trade(rectified="20", under_way="10", open="5", unaccounted="15")))
    at = figure.axes.index(plot(figure))
    assert [bars(figure, name, at) for name in ("已整改", "整改中", "未整改", "未交代")] == [[40], [20], [10], [30]]
    assert "矿山的状态" in written(figure)


def test_a_trade_that_reports_no_state_gets_an_empty_bar_of_full_length():
    figure = charts.hazards(frame(trade()))
    assert bars(figure, "未报告", figure.axes.index(plot(figure))) == [100]
    assert bars(figure, "已整改", figure.axes.index(plot(figure))) == []
    assert legend(figure) == ["未报告"]


def test_nothing_is_called_unreported_where_all_is_told():
    assert legend(charts.hazards(frame(trade(rectified="50")))) == ["已整改"]


def test_hazards_without_a_number_found_are_not_divided():
    assert bars(charts.hazards(frame(trade(found=None, rectified="3"))), "已整改", 1) == []


# ---- enforcement and permits ------------------------------------------------------------------------------------------------------------


def measure(name="立案", label="工贸", value="8", unit="起", qualifier="exact") -> dict:
    return {"measure": name, "label": label, "value": value and D(value), "unit": unit, "qualifier": qualifier}


@both_widths
def test_every_measure_has_a_panel_with_its_unit(narrow):
    rows = frame(measure(), measure("罚款", "工贸", "12.5", "万元"), measure("停产", "工贸", "2", "家"))
    figure = charts.enforcement(rows, narrow=narrow)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["立案", "罚款", "停产"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["起", "万元", "家"]


def test_a_lower_bound_ends_in_an_arrow_and_says_at_least():
    figure = charts.enforcement(frame(measure(qualifier="over"), measure(label="矿山")))
    arrows = [patch for patch in figure.axes[0].patches if isinstance(patch, Polygon)]
    assert [patch.get_label() for patch in arrows] == ["至少"]
    assert min(x for x, _ in arrows[0].get_xy()) == 8
    assert {"≥8 起", "8 起"} <= set(written(figure))


def test_a_trade_that_reports_nothing_has_no_bar_and_says_so():
    figure = charts.enforcement(frame(measure(), measure(label="矿山", value=None, unit="")))
    assert "未报告" in written(figure)
    assert bars(figure, "矿山", 0) == []


def test_one_measure_counted_in_two_units_names_both():
    figure = charts.enforcement(frame(measure(), measure(label="矿山", unit="家")))
    assert figure.axes[0].get_xlabel() == "起、家"


def test_permits_are_bars_of_their_counts_with_their_shares():
    rows = frame(
        {"label": "零售许可", "value": D("30"), "unit": "件", "qualifier": "exact", "share": D("0.75")},
        {"label": "备案", "value": D("10"), "unit": "件", "qualifier": "over", "share": None},
    )
    figure = charts.permits(rows)
    assert bars(figure, "零售许可", 0) == [30]
    assert {"30 件　75.00%", "≥10 件"} <= set(written(figure))


# ---- disasters --------------------------------------------------------------------------------------------------------------------------


def events(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"label": label, "date": date} for label, date in pairs])


def dots(figure) -> dict[str, float]:
    return {line.get_label(): line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"}


@both_widths
def test_a_disaster_stands_on_its_day(narrow):
    figure = charts.disasters(events(("洪涝", "6.01"), ("风雹", "4月16日"), ("洪涝", "12.31")), narrow=narrow)
    places = dots(figure)
    assert places["6月1日"] == 6
    assert 4.4 < places["4月16日"] < 4.6
    assert 12.9 < places["12月31日"] < 13
    assert figure.axes[0].get_xlabel() == "月份"


def test_types_stand_below_each_other_in_the_order_they_first_occur():
    texts = written(charts.disasters(events(("风雹", "4.16"), ("洪涝", "6.01"), ("风雹", "8.16"))))
    assert [text for text in texts if text in {"风雹", "洪涝"}] == ["风雹", "洪涝"]


@both_widths
def test_dates_close_together_are_written_on_lines_of_their_own(narrow):
    figure = charts.disasters(events(*(("洪涝", f"6.{day:02d}") for day in range(1, 8))), narrow=narrow)
    places = [(text.get_position()[1], text.get_position()[0]) for text in figure.axes[0].texts if "日" in text.get_text()]
    assert len({round(height) for height, _ in places}) > 1
    assert len(set(places)) == 7


def test_events_without_a_date_are_left_to_the_page():
    assert list(dots(charts.disasters(events(("洪涝", "汛期"), ("洪涝", "7.02"))))) == ["7月2日"]


def test_no_date_at_all_makes_no_chart():
    with pytest.raises(ValueError, match="没有带日期"):
        charts.disasters(events(("洪涝", "汛期")))


# ---- all charts -------------------------------------------------------------------------------------------------------------------------

SAMPLES = {
    charts.projects: frame(project(LONG)),
    charts.composition: frame(part("总", "5", None, "total")),
    charts.hazards: frame(trade(rectified="20", unaccounted="30")),
    charts.enforcement: frame(measure(qualifier="over")),
    charts.permits: frame({"label": "许可", "value": D(3), "unit": "件", "qualifier": "exact", "share": None}),
    charts.disasters: events(("低温雨雪冰冻灾害", "1.07")),
}
each_chart = pytest.mark.parametrize(("draw", "rows"), SAMPLES.items(), ids=lambda value: getattr(value, "__name__", ""))


@each_chart
def test_a_missing_column_is_named(draw, rows):
    with pytest.raises(TableBroken, match=rows.columns[-1]):
        draw(rows.drop(columns=rows.columns[-1]))


@each_chart
def test_a_chart_of_nothing_is_refused(draw, rows):
    with pytest.raises(ValueError, match="没有数据"):
        draw(rows.iloc[:0])


@each_chart
def test_a_chart_leaves_the_users_own_settings_alone(draw, rows):
    before = dict(mpl.rcParams)
    charts.svg(draw(rows), "x", "y")
    assert dict(mpl.rcParams) == before


@each_chart
def test_settings_of_the_user_shape_no_chart(draw, rows):
    plain = charts.svg(draw(rows), "x", "y")
    odd = {"axes.grid": True, "lines.linewidth": 9, "axes.titlesize": 30, "patch.force_edgecolor": True, "svg.image_inline": False}
    with mpl.rc_context({**odd, "font.size": 30, "figure.dpi": 33, "savefig.bbox": "tight", "path.sketch": (9, 9, 9)}):
        assert charts.svg(draw(rows), "x", "y") == plain


def test_a_name_with_dollar_signs_is_no_formula():
    figure = charts.projects(frame(project(r"$\unicode{x}$与$\frac{1}{$")))
    assert r"$\unicode{x}$与$\frac{1}{$" in charts.svg(figure, "x", "y")


@each_chart
def test_the_same_rows_give_the_same_svg(draw, rows):
    assert charts.svg(draw(rows), "x", "y") == charts.svg(draw(rows.copy()), "x", "y")


@each_chart
def test_the_svg_holds_text_and_no_trace_of_when_or_where(draw, rows):
    text = charts.svg(draw(rows), "x", "说明")
    assert text.startswith("<svg")
    assert re.search(r"<text[^>]*>[^<]*[\u4e00-\u9fff]", text)
    assert "font-family" not in text
    assert "<metadata" not in text
    assert "<script" not in text
    assert set(re.findall(r"https?://[^\"' ]+", text)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@each_chart
def test_the_letters_keep_their_distance_from_the_edge(draw, rows):
    for narrow in (False, True):
        figure = draw(rows, narrow=narrow)
        figure.canvas.draw()
        box = figure.bbox
        inside = [text.get_window_extent() for axes in figure.axes for text in axes.texts if text.get_text()]
        assert all(extent.x0 >= box.x0 - 1 and extent.x1 <= box.x1 + 1 for extent in inside)


def test_ids_of_two_charts_never_meet():
    figures = [charts.svg(charts.hazards(SAMPLES[charts.hazards]), name, "说明") for name in ("one", "two")]
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in figures]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert all(set(re.findall(r"url\(#([^)]+)\)", text)) <= own for text, own in zip(figures, ids, strict=True))


def test_a_description_and_a_name_cannot_become_markup():
    rows = frame(project('"><script>alert(1)</script>'))
    text = charts.svg(charts.projects(rows), "x", '"><script>alert(2)</script>')
    assert "<script" not in text
    assert 'aria-label="&quot;&gt;&lt;script&gt;' in text


def test_every_colour_of_the_house_can_be_changed_by_the_page():
    text = charts.svg(charts.hazards(SAMPLES[charts.hazards]), "x", "y")
    bare = re.sub(r"var\([^)]*\)", "", text)
    assert set(re.findall(r"#[0-9a-f]{6}\b", bare)) == set()


def test_a_picture_has_no_more_digits_than_can_be_seen_and_no_empty_groups():
    text = charts.svg(charts.hazards(SAMPLES[charts.hazards]), "x", "y")
    places = re.findall(r' (?:d|x|y)="([^"]+)"', text)
    assert len(places) > 20
    assert [place for place in places if re.search(r"\.\d{3}", place)] == []
    assert "<g></g>" not in text


def test_what_was_rectified_and_what_was_not_are_told_apart_in_grey():
    axes = plot(charts.hazards(SAMPLES[charts.hazards].assign(open=[D(1)] * len(SAMPLES[charts.hazards]))))
    hatches = {patch.get_label(): patch.get_hatch() for patch in axes.patches}
    assert hatches["已整改"] is None
    assert len({hatches["未整改"], hatches["未交代"], hatches["已整改"]}) == 3


# ---- scores -----------------------------------------------------------------------------------------------------------------------------


def part_of_score(label: str, weight: str, points: str | None, kind: str = "part") -> dict:
    return {"label": label, "weight": D(weight), "points": None if points is None else D(points), "kind": kind}


@both_widths
def test_points_are_drawn_within_their_weights(narrow):
    rows = frame(
        part_of_score("总分", "100", "91.5", "total"), part_of_score("产出指标", "50", "46.25"), part_of_score("效益指标", "30", None)
    )
    figure = charts.points(rows, narrow=narrow)
    at = figure.axes.index(plot(figure))
    assert bars(figure, "分值", at) == [100, 50, 30]
    assert bars(figure, "得分", at) == [91.5, 46.25]
    assert [text for text in written(figure) if "/" in text] == ["91.5 / 100", "46.25 / 50", "不可计算 / 30"]


def test_a_chart_of_points_needs_its_columns_and_a_row():
    with pytest.raises(TableBroken, match="weight"):
        charts.points(frame({"label": "甲", "points": D(1), "kind": "part"}))
    with pytest.raises(ValueError, match="得分构成"):
        charts.points(pd.DataFrame(columns=["label", "weight", "points", "kind"]))


# ---- labels that keep apart -------------------------------------------------------------------------------------------------------------


def overlaps(figure) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other, as they are drawn."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = [text for axes in figure.axes for text in axes.findobj(Text) if text.get_text() and text.get_visible()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    pairs = [(one, other) for number, one in enumerate(boxes) for other in boxes[number + 1 :]]
    return [(one[0], other[0]) for one, other in pairs if one[1].shrunk(0.96, 0.6).overlaps(other[1].shrunk(0.96, 0.6))]


def ten_years() -> pd.DataFrame:
    values = [
        D(value) for value in ("98765.43", "98765.4", "98800", "98790.12", "98760", "98812.5", "98790", "98780.11", "98799", "98801.5")
    ]
    years = range(2031, 2041)
    made = [
        {"measure": "实际支出（万元）", "year": year, "value": value, "words": str(value), "comparable": True}
        for year, value in zip(years, values, strict=True)
    ]
    return pd.DataFrame(made)


@both_widths
def test_numbers_of_ten_years_do_not_lie_on_each_other_and_the_latest_is_there(narrow):
    figure = charts.series(ten_years(), narrow=narrow)
    assert overlaps(figure) == []
    assert {"98801.5", "98765.43"} <= set(written(figure))


@both_widths
def test_numbers_of_the_years_at_the_edge_stay_inside(narrow):
    figure = charts.series(ten_years(), narrow=narrow)
    renderer, edge = FigureCanvasAgg(figure).get_renderer(), figure.bbox.width
    boxes = [text.get_window_extent(renderer) for axes in figure.axes for text in axes.texts]
    assert all(box.x0 >= 0 and box.x1 <= edge for box in boxes)


@both_widths
def test_a_long_trade_is_broken_beside_its_number(narrow):
    row = {"measure": "罚款", "value": D("1234567.89"), "unit": "万元", "qualifier": "at_least"}
    figure = charts.enforcement(frame({**row, "label": LONG}, {**row, "label": "工贸"}), narrow=narrow)
    assert overlaps(figure) == []
    assert LONG in "".join(text for text in written(figure) if "万元" not in text)


# ---- a picture as a file ----------------------------------------------------------------------------------------------------------------


def test_a_saved_picture_is_a_file_that_needs_no_page():
    picture = charts.svg(charts.projects(frame(project("“甲”<b>'#%&"))), "projects", '各项目的"图"')
    kind, _, text = charts.address_of(picture).partition(",")
    assert kind == "data:image/svg+xml;charset=utf-8"
    root = ElementTree.fromstring(unquote(text))
    assert "“甲”<b>'#%&" in "".join(root.itertext())
    assert root.get("aria-label") == '各项目的"图"'
    assert "var(" not in unquote(text)
    assert "font-family" in root.get("style")


def test_whoever_draws_nothing_imports_nothing_that_draws():
    code = "import sys, selfeval.telling.page, selfeval.telling.hand_in; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_function_called_like_its_module_is_the_function():
    assert charts.Sheet
    assert callable(charts.one_page)
    assert {name for name in charts.__all__ if not callable(getattr(charts, name))} == set()
