"""Where things are."""

import pytest

from selfeval.exceptions import WrongUsage
from selfeval.paths import locate, project_root, units_and_years


def refusal(*arguments) -> str:
    with pytest.raises(WrongUsage) as caught:
        locate(*arguments)
    return str(caught.value)


def test_the_root_is_the_folder_that_holds_the_package_and_the_notebooks():
    assert (project_root() / "lib" / "selfeval").is_dir()
    assert (project_root() / "pyproject.toml").is_file()


def test_the_working_directory_does_not_matter(place_2024, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert locate(place_2024.unit, place_2024.year) == place_2024


def test_given_folders_replace_those_of_the_project(raw_folder, tmp_path):
    place = raw_folder({})
    assert place.processed == tmp_path / "data" / "processed" / "test-body" / "2031"
    assert place.outputs == tmp_path / "outputs" / "test-body" / "2031"


def test_an_unknown_year_is_refused_with_those_that_exist(raw_folder, tmp_path):
    raw_folder({}, year=2031)
    raw_folder({}, unit="other-body", year=2030)
    message = refusal("test-body", 2032, tmp_path / "data")
    assert "test-body 2031" in message
    assert "other-body 2030" in message


def test_of_many_bodies_a_few_are_named_those_called_alike_first(tmp_path):
    for number in range(30):
        (tmp_path / "raw" / f"body-{number:02d}" / "2031").mkdir(parents=True)
    (tmp_path / "raw" / "zi-water" / "2030").mkdir(parents=True)
    assert "现有：zi-water 2030、body-00 2031、" in refusal("zi-watr", 2031, tmp_path)
    assert "现有：zi-water 2030、body-00 2031、" in refusal("zi-water", 2031, tmp_path)
    assert refusal("zi-watr", 2031, tmp_path).endswith("body-08 2031 等 31 个")


def test_an_empty_data_folder_says_so(tmp_path):
    assert "没有 raw 文件夹；请检查 --data" in refusal("test-body", 2031, tmp_path)


@pytest.mark.parametrize("unit", ["", "..", "../x", "/abs", "A", "a_b", "a-", "-a", "单位", "a b", "a\n", "x" * 65, None])
def test_a_unit_that_is_no_slug_never_becomes_a_path(unit, tmp_path):
    assert "不合规" in refusal(unit, 2031, tmp_path)


@pytest.mark.parametrize("year", [0, 999, 10000, -2031, "2031", "../2031", True, None, 2031.0])
def test_a_year_that_is_no_year_never_becomes_a_path(year, tmp_path):
    assert "年度" in refusal("test-body", year, tmp_path)


def test_both_faults_are_named_at_once(tmp_path):
    message = refusal("A", 0, tmp_path)
    assert "单位代号" in message
    assert "年度" in message


def test_folders_that_are_no_unit_or_no_year_are_not_listed(raw_folder, tmp_path):
    raw_folder({}, unit="test-body", year=2031)
    (tmp_path / "data" / "raw" / "Not A Unit" / "2031").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "test-body" / "notes").mkdir()
    assert units_and_years(tmp_path / "data") == [("test-body", 2031)]


@pytest.mark.parametrize("folder", ["a\0b", "\ud800", "~nobody-of-this-name/x", "a" * 300, ["a"], None, 5], ids=ascii)
def test_a_folder_that_no_system_could_have_is_refused_in_words(folder, tmp_path):
    for given in ((folder, tmp_path), (tmp_path, folder)):
        with pytest.raises(WrongUsage, match=r"用不了.*请改正 --data 或 --outputs"):
            locate("test-body", 2031, *given)


def test_a_folder_that_is_a_link_to_itself_is_refused_in_the_same_words(tmp_path):
    (tmp_path / "圈").symlink_to("圈")
    for circle in (tmp_path / "圈", tmp_path / "圈" / "内"):
        for given in ((circle, tmp_path), (tmp_path, circle)):
            with pytest.raises(WrongUsage, match=r"圈.*用不了：.*循环的链接.*请改正 --data 或 --outputs"):
                locate("test-body", 2031, *given)


def test_of_what_was_typed_only_the_beginning_is_told(tmp_path):
    assert len(refusal("x" * 10_000, "9" * 10_000, tmp_path)) < 300
