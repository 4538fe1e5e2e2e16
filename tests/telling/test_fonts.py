"""The font of charts and page."""

import io
import sys
from types import SimpleNamespace

import brotli
import pytest
from fontTools.ttLib import TTFont, woff2

from selfeval.exceptions import InputRefused
from selfeval.telling import fonts


def characters_of(data: bytes) -> set[str]:
    return {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


def test_the_font_is_found_without_importing_its_carrier():
    assert fonts.font_path().is_file()
    assert "zhplot" not in sys.modules


def test_a_cut_holds_the_characters_asked_for_and_no_others():
    assert characters_of(fonts.subset_woff2("安全生产 12\n")) == set("安全生产 12")


def test_blanks_of_every_width_come_from_the_font_too():
    assert characters_of(fonts.subset_woff2("a\u3000\u00a0\n")) == set("a\u3000\u00a0")


def test_the_order_of_the_characters_does_not_change_the_bytes():
    assert fonts.subset_woff2("防灾减灾") == fonts.subset_woff2("灾减防")


def test_a_cut_is_compressed_at_a_quality_that_does_not_take_ten_times_as_long_as_the_rest(monkeypatch):
    asked = []

    def compress(data, **options):
        asked.append(options.get("quality"))
        return brotli.compress(data, **options)

    monkeypatch.setattr(fonts, "brotli", SimpleNamespace(**{**vars(brotli), "compress": compress}))
    usual = woff2.brotli
    fonts.subset_woff2("安全")
    assert asked == [10]
    assert woff2.brotli is usual


def test_a_character_the_font_lacks_is_left_out():
    assert characters_of(fonts.subset_woff2("灾\U0010fffd")) == {"灾"}


def test_a_missing_font_is_refused_with_the_way_to_mend_it(monkeypatch):
    monkeypatch.setattr(fonts, "_CARRIER", "no_such_carrier")
    with pytest.raises(InputRefused, match=r"requirements\.lock"):
        fonts.font_path()
