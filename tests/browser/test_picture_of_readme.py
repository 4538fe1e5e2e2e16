"""The picture of the report that `make docs` puts into the README."""

import sys

import pytest
from PIL import Image

import picture


@pytest.mark.slow
def test_the_first_screen_is_photographed_in_few_colours(browser, pages, tmp_path):
    taken = tmp_path / "docs" / "report.png"
    picture.photograph(browser, pages["2024"], taken)
    with Image.open(taken) as image:
        assert image.size == (picture.SCREEN["width"], picture.SCREEN["height"])
        assert image.mode == "P"
        darkest, lightest = image.convert("L").getextrema()
    assert darkest < 64, "no letters"
    assert lightest > 192, "no paper"


def test_without_a_browser_it_says_so_before_anything_is_run(monkeypatch):
    monkeypatch.setattr(picture, "browser_at_hand", lambda: None)
    monkeypatch.setattr(picture, "run", lambda _: pytest.fail("the report was run first"))
    monkeypatch.setattr(sys, "argv", ["picture.py", "shaodong-emergency", "2024"])
    with pytest.raises(SystemExit, match="没有找到浏览器（chromium、"):
        picture.main()
