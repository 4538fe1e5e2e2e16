"""Bodies side by side: ranks and medians among comparable numbers, everything else shown apart with its reason."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import county_water, finding, judged, lay_out, others, year_of
from selfeval.__main__ import main
from selfeval.exceptions import InputRefused
from selfeval.measuring import compare
from selfeval.measuring.compare.ranking import median, ranks
from selfeval.paths import Place
from selfeval.running.runner.side_by_side import write_comparison
from selfeval.tables import make_table
from selfeval.telling.page import comparison_page

pytestmark = pytest.mark.usefixtures("without_font")

TOTAL = "b01 total all - 支出"
values = st.lists(st.decimals(-1000, 1000, places=2), max_size=12)


def row_of(frames, measure, body, trade=""):
    chosen = frames["measures"]
    chosen = chosen[(chosen["measure"] == measure) & (chosen["body"] == body) & (chosen["trade"] == trade)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def summary_of(frames, measure, trade=""):
    chosen = frames["summaries"]
    return chosen[(chosen["measure"] == measure) & (chosen["trade"] == trade)].iloc[0]


def with_findings(*rows, lines=()):
    return year_of(lines, findings=make_table("findings", rows))


@pytest.fixture(scope="module")
def frames():
    return compare.bodies({"jia-water": county_water()[2031], **others()})


def test_equal_values_share_a_rank_and_the_next_is_as_many_further_on():
    assert ranks([Decimal(9), Decimal(7), Decimal(9), Decimal(5)], high_first=True) == [1, 3, 1, 4]
    assert ranks([Decimal(0), Decimal(0), Decimal(3)], high_first=False) == [1, 1, 3]


def test_the_median_of_an_even_number_lies_between_the_two_middle_ones():
    assert median([Decimal(4), Decimal(1), Decimal(2), Decimal(9)]) == 3
    assert median([Decimal(4), Decimal(1), Decimal(2)]) == 2
    assert median([]) is None


@given(values)
def test_ranks_follow_the_order_of_the_values(numbers):
    placed = ranks(numbers, high_first=True)
    assert all((a > b) == (placed[i] < placed[j]) for i, a in enumerate(numbers) for j, b in enumerate(numbers))
    assert not numbers or min(placed) == 1


@given(values)
def test_half_of_the_values_lie_on_either_side_of_the_median(numbers):
    middle = median(numbers)
    if numbers:
        assert sum(value < middle for value in numbers) <= len(numbers) / 2 >= sum(value > middle for value in numbers)


def test_only_the_official_rate_is_ranked_and_another_basis_stands_apart(frames):
    ranked = frames["measures"][(frames["measures"]["measure"] == "execution") & frames["measures"]["rank"].notna()]
    assert list(ranked["body"]) == ["ding-culture", "jia-water", "yi-forestry"]
    apart = row_of(frames, "execution", "bing-fire")
    assert (apart["rank"], apart["reason"]) == (None, "只有对“年初预算数”的执行率，分母不同，不能比")
    summary = summary_of(frames, "execution")
    assert (summary["n"], summary["median"], summary["highest"]) == (3, Decimal("0.9834375"), 1)


def test_a_rate_over_a_hundred_per_cent_is_no_first_place():
    found = compare.bodies({"a": year_of([f"{TOTAL} adjusted=10 actual=12"]), "b": year_of([f"{TOTAL} adjusted=10 actual=9"])})
    assert row_of(found, "execution", "a")["reason"].startswith("执行率超过 100%")
    assert summary_of(found, "execution")["median"] is None


def test_a_body_without_the_official_rate_says_what_is_missing():
    found = compare.bodies({"a": year_of([f"{TOTAL} actual=12"])})
    assert row_of(found, "execution", "a")["reason"] == "缺全年预算数（调整后预算）"


def test_a_lower_bound_has_no_rank_and_no_part_in_the_median(frames):
    bound = row_of(frames, "rectification", "bing-fire", "forest")
    assert (bound["bound"], bound["rank"], bound["reason"]) == ("at_least", None, "只是下限，名次不能确定")
    assert summary_of(frames, "rectification", "forest")["n"] == 1


def test_rectification_is_compared_within_one_trade_only(frames):
    assert [row_of(frames, "rectification", body, "water")["rank"] for body in ("jia-water", "yi-forestry")] == [1, 2]
    assert summary_of(frames, "rectification", "water")["median"] == Decimal("0.963372093")
    assert summary_of(frames, "rectification", "fire")["median"] is None


def test_a_rate_had_in_another_way_is_not_compared_with_the_usual_one():
    usual = year_of(facts=["mines hazards_found 10 条", "mines hazards_rectified 9 条"])
    added = year_of(facts=["mines hazards_general 8 条", "mines hazards_major 2 条", "mines hazards_rectified 9 条"])
    found = compare.bodies({"a": usual, "b": added})
    assert row_of(found, "rectification", "b", "mines")["reason"] == "取数办法不同：隐患总数按一般隐患与重大隐患相加"
    assert summary_of(found, "rectification", "mines")["n"] == 1
    alike = compare.bodies({"a": added, "b": added})
    assert summary_of(alike, "rectification", "mines")["n"] == 2


def test_open_differences_are_those_that_weigh_and_nobody_acknowledged():
    rows = [
        finding(),
        finding("medium"),
        finding("low"),
        finding(acknowledged="已更正"),
        finding("info", "agrees"),
        finding(verdict="flag"),
    ]
    found = compare.bodies({"a": with_findings(*rows)})
    assert (row_of(found, "differences", "a")["value"], row_of(found, "differences", "a")["detail"]) == (Decimal("0.4"), "2 项 ÷ 5 项")


def test_deviations_held_against_another_basis_are_not_compared():
    found = compare.bodies(
        {
            "a": with_findings(*judged(3, 1), lines=[f"{TOTAL} adjusted=10 actual=7"]),
            "b": with_findings(*judged(1, 1), lines=[f"{TOTAL} initial=10 actual=7"]),
        }
    )
    assert row_of(found, "unexplained", "a")["value"] == Decimal("0.25")
    assert row_of(found, "unexplained", "b")["reason"] == "偏差对“年初预算数”计算，分母不同，不能比"


def test_an_invented_body_is_called_so(frames):
    assert list(frames["bodies"]["name"])[:2] == ["甲县水务局（虚构，测试用）", "乙市林业局（虚构，测试用）"]
    assert all(frames["bodies"]["invented"])


# ---- the page ---------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def laid_out(tmp_path):
    data = tmp_path / "data"
    lay_out(data, "jia-water", {2031: county_water()[2031]})
    for unit, tables in others().items():
        lay_out(data, unit, {2031: tables})
    return data


def test_the_page_is_one_file_without_script_and_without_addresses(laid_out, tmp_path):
    path = write_comparison(laid_out, tmp_path / "outputs", 2031)
    page = path.read_text(encoding="utf-8")
    assert path.name == "compare-2031.html"
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page) == []
    assert page.count("font/woff2;base64,") == 1
    assert "甲县水务局（虚构，测试用）" in page
    assert [file.name for file in path.parent.iterdir()] == ["compare-2031.html"]


def test_the_same_tables_give_the_same_page(laid_out, tmp_path):
    first = write_comparison(laid_out, tmp_path / "a", 2031).read_bytes()
    assert write_comparison(laid_out, tmp_path / "b", 2031).read_bytes() == first


def test_a_body_whose_files_are_broken_is_named_on_the_page(laid_out, tmp_path):
    (laid_out / "processed" / "bing-fire" / "2031" / "findings.csv").write_bytes(b"\xff\xfe")
    page = write_comparison(laid_out, tmp_path / "outputs", 2031).read_text(encoding="utf-8")
    assert "<li>bing-fire：文件损坏，不是能读的 CSV</li>" in page
    assert "丙市消防救援大队" not in page


def test_names_of_the_data_cannot_become_markup():
    tables = year_of([f"{TOTAL} adjusted=10 actual=9"], body="<b>甲</b>县局（虚构）")
    page = comparison_page(compare.bodies({"a": tables, "b": tables}), {"c": "<script>"}, 2031, "")
    assert "<b>甲" not in page
    assert "<script>" not in page


def test_one_body_alone_is_not_set_beside_nothing(tmp_path, capsys):
    lay_out(tmp_path / "data", "jia-water", {2031: county_water()[2031]})
    with pytest.raises(InputRefused, match="不足两个单位"):
        write_comparison(tmp_path / "data", tmp_path / "outputs", 2031)
    assert main(["compare", "--year", "2031", "--data", str(tmp_path / "data"), "--outputs", str(tmp_path / "outputs")]) == 1
    assert "selfeval run" in capsys.readouterr().err


def test_the_command_writes_the_page_and_says_where(laid_out, tmp_path, capsys):
    assert main(["compare", "--year", "2031", "--data", str(laid_out), "--outputs", str(tmp_path / "outputs")]) == 0
    assert capsys.readouterr().out == f"各单位并列：{tmp_path / 'outputs' / 'compare-2031.html'}\n"
    assert main(["compare", "--year", "31"]) == 2


def test_bodies_are_those_that_have_the_year(laid_out, tmp_path):
    lay_out(laid_out, "wu-school", {2030: county_water()[2030]})
    found = compare.tables_of_bodies(Place("", 2031, laid_out, tmp_path))
    assert list(found.bodies) == ["bing-fire", "ding-culture", "jia-water", "yi-forestry"]


# ---- whatever several bodies state -------------------------------------------------------------------------------------------------------


def with_facts(*rows):
    """A year with work facts from `sector label value unit [qualifier]`."""
    made = []
    for number, row in enumerate(rows, start=1):
        sector, label, value, unit, *qualifier = row.split()
        fact = {"fact_id": f"w{number}", "area": "other", "sector": sector, "label": label, "value": Decimal(value), "unit": unit}
        made.append({**fact, "qualifier": (qualifier or ["exact"])[0], "source": "table"})
    return year_of() | {"work_facts": make_table("work_facts", made)}


def shared(**bodies):
    frame = compare.bodies(bodies)["shared"]
    return [(row.title, row.unit, row.body, row.value, row.bound, row.median) for row in frame.itertuples()]


def test_a_number_of_any_trade_that_two_bodies_state_is_set_side_by_side():
    a, b = with_facts("city 自来水普及率 91.6 %"), with_facts("city 自来水普及率 88 %", "city 水库 12 座")
    half = Decimal("89.8")
    assert shared(a=a, b=b) == [
        ("自来水普及率", "%", "a", Decimal("91.6"), "exact", half),
        ("自来水普及率", "%", "b", Decimal(88), "exact", half),
    ]


def test_multiples_of_a_unit_are_one_and_trades_and_units_keep_apart():
    a = with_facts("city 宣传资料 2 万份", "school 检查 5 次")
    b = with_facts("city 宣传资料 30000 份", "city 检查 6 次", "school 检查 7 家")
    assert [(title, unit, body, int(value)) for title, unit, body, value, *_ in shared(a=a, b=b)] == [
        ("宣传资料", "份", "b", 30000),
        ("宣传资料", "份", "a", 20000),
    ]


def test_a_bound_is_shown_and_has_no_part_in_the_median():
    a, b, c = (with_facts(f"city 培训 {value} 人 {kind}") for value, kind in ((90, "over"), (50, "exact"), (70, "exact")))
    assert [(body, bound, median) for _, _, body, _, bound, median in shared(a=a, b=b, c=c)] == [
        ("a", "over", Decimal(60)),
        ("c", "exact", Decimal(60)),
        ("b", "exact", Decimal(60)),
    ]


def test_what_a_body_states_in_two_ways_is_not_compared():
    assert shared(a=with_facts("city 培训 90 人", "city 培训 80 人"), b=with_facts("city 培训 50 人")) == []


def test_a_long_page_folds_and_draws_both_ends_only():
    tables = {f"u{number:03d}": with_findings(*open_of(number)) for number in range(30)}
    page = comparison_page(compare.bodies(tables), {}, 2031, "")
    assert "其余 10 个单位" in page
    assert "只画两端各 10 个单位" in page
    rows = [row[:4] for row in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page)]
    assert rows[1:3] == ["u028", "u029"]


def test_of_many_bodies_a_shared_measure_has_both_ends_in_a_table_and_the_others_in_a_line():
    tables = {f"u{number:03d}": with_facts(f"city 培训 {1000 + number} 人") for number in range(30)}
    page = comparison_page(compare.bodies(tables), {}, 2031, "")
    assert "培训：各单位的数，从高到低，两端各 10 个" in page
    between = re.search(r"中间的 10 个单位，从高到低：(.*?)。</p>", page)[1].split("；")
    assert [one.split()[-2] for one in between] == [str(1000 + number) for number in range(19, 9, -1)]


def test_a_page_of_three_hundred_bodies_can_be_sent():
    facts = [f"city 第{number}项工作 {number} 件" for number in range(200)]
    tables = {f"u{number:03d}": with_facts(*facts) for number in range(300)}
    page = comparison_page(compare.bodies(tables), {}, 2031, "")
    assert len(page.encode()) < 1_200_000  # the font comes on top
    assert "另有 174 项没有列出" in page


def open_of(number):
    """Ten checks, more of them open differences the higher the number."""
    return [finding("high", "differs" if place < number / 3 else "agrees") for place in range(10)]
