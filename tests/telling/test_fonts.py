"""The font of charts and page, and the cut of it a page carries."""

import io
import sys
from types import SimpleNamespace

import brotli
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont, woff2

from selfeval.exceptions import InputRefused
from selfeval.telling import fonts, web_font


def characters_of(data: bytes) -> set[str]:
    return {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


def test_the_font_is_found_without_importing_its_carrier():
    assert fonts.font_path().is_file()
    assert "zhplot" not in sys.modules


def test_a_cut_holds_the_characters_asked_for_and_no_others():
    assert characters_of(web_font.subset_woff2("安全生产 12\n")) == set("安全生产 12")


def test_blanks_of_every_width_come_from_the_font_too():
    assert characters_of(web_font.subset_woff2("a\u3000\u00a0\n")) == set("a\u3000\u00a0")


def test_the_order_of_the_characters_does_not_change_the_bytes():
    assert web_font.subset_woff2("防灾减灾") == web_font.subset_woff2("灾减防")


def test_a_cut_is_compressed_at_a_quality_that_does_not_take_many_times_as_long_as_the_rest(monkeypatch):
    asked = []

    def compress(data, **options):
        asked.append(options.get("quality"))
        return brotli.compress(data, **options)

    monkeypatch.setattr(web_font, "brotli", SimpleNamespace(**{**vars(brotli), "compress": compress}))
    usual = woff2.brotli
    web_font.subset_woff2("安全")
    assert asked == [9]
    assert woff2.brotli is usual


def drawn(font: TTFont, character: str) -> tuple[object, object]:
    """The outline of a character and what room it takes."""
    name, pen = font.getBestCmap()[ord(character)], DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.value, font["hmtx"][name]


def test_what_is_cut_out_is_drawn_as_in_the_whole_font():
    whole, cut = TTFont(fonts.font_path()), TTFont(io.BytesIO(web_font.subset_woff2("安Å1，")))
    assert [drawn(cut, character) for character in "安Å1，"] == [drawn(whole, character) for character in "安Å1，"]


def test_a_character_the_font_lacks_is_left_out():
    assert characters_of(web_font.subset_woff2("灾\U0010fffd")) == {"灾"}


def test_a_missing_font_is_refused_with_the_way_to_mend_it(monkeypatch):
    monkeypatch.setattr(fonts, "_CARRIER", "no_such_carrier")
    with pytest.raises(InputRefused, match=r"requirements\.lock"):
        fonts.font_path()
