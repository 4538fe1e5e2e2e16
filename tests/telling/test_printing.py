"""The report as PDF: which browser prints it, what is said where there is none, and what comes out."""

import os
import shutil
import subprocess
import sys

import pytest

from paper import texts_of
from selfeval.__main__ import main
from selfeval.exceptions import RunStopped, WrongUsage
from selfeval.running import runner
from selfeval.telling import printing
from selfeval.telling.printing import VARIABLE, find_browser, print_pdf
from selfeval.telling.web_font import FONT_PLACE, embed_font

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>甲县水务局（虚构）</title></head><body>
<h1>甲县水务局（虚构）</h1><p>实际支出 12.50 万元</p>
<p style="break-before: page"><a href="#x">第二页</a></p><p id="x">末</p></body></html>"""


@pytest.fixture
def no_browser(monkeypatch):
    """A machine without a browser."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in (VARIABLE, "ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        monkeypatch.delenv(name, raising=False)


def untold(_number: int) -> None:
    """Nobody keeps the number of the browser."""


def laid(tmp_path, page=PAGE):
    (tmp_path / "scratch").mkdir(exist_ok=True)
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    return tmp_path / "report.html", tmp_path / "scratch"


def stand_in(tmp_path, script):
    """A program that takes a browser's arguments and does what `script` says; $out is the file it is to write."""
    path = tmp_path / "browser"
    path.write_text(f'#!/bin/sh\nfor a in "$@"; do case "$a" in --print-to-pdf=*) out="${{a#--print-to-pdf=}}";; esac; done\n{script}\n')
    path.chmod(0o755)
    return path


needs_shell = pytest.mark.skipif(os.name == "nt", reason="浏览器的替身是一个 sh 脚本")


bare = pytest.mark.usefixtures("no_browser")


# ---- which browser ----------------------------------------------------------------------------------------------------------------------


@bare
def test_without_a_browser_the_remedy_is_told():
    with pytest.raises(WrongUsage, match=r"没有能排印 PDF 的浏览器.*请安装其中一个.*SELFEVAL_BROWSER.*打印成 PDF"):
        find_browser()


@bare
def test_without_a_browser_nothing_runs(raw_folder, monkeypatch, capsys):
    place = raw_folder({"report.txt": "某县水利局（虚构）"})
    monkeypatch.setattr(runner, "run", lambda *_, **__: pytest.fail("ran all the same"))
    asked = ["--unit", place.unit, "--year", str(place.year), "--data", str(place.data), "--outputs", str(place.outputs_root)]
    assert main(["run", *asked, "--pdf"]) == 2
    assert capsys.readouterr().err.startswith("错误：这台机器上没有能排印 PDF 的浏览器")
    assert not place.outputs.exists()


@bare
def test_the_browser_that_is_named_is_taken(tmp_path, monkeypatch):
    (tmp_path / "mine").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine"))
    assert find_browser() == tmp_path / "mine"


def test_a_named_browser_that_is_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(WrongUsage, match="指定的浏览器不存在"):
        find_browser()


@bare
def test_edge_is_found_where_windows_has_it(tmp_path, monkeypatch):
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path))
    assert find_browser() == edge


@bare
def test_a_browser_of_the_search_path_comes_first(tmp_path, monkeypatch):
    (tmp_path / "chrome").touch()
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / "chrome") if name == "chrome" else None)
    assert find_browser() == tmp_path / "chrome"


# ---- what a browser does ----------------------------------------------------------------------------------------------------------------


@needs_shell
@pytest.mark.parametrize("script", ["exit 0", "exit 1", 'printf "%%PDF-1.4 half" > "$out"', 'printf "no pdf %%%%EOF" > "$out"'])
def test_a_browser_that_writes_no_whole_pdf_is_told_of(tmp_path, script):
    page, scratch = laid(tmp_path)
    with pytest.raises(RunStopped, match="没有写出完整的 PDF；请不带 --pdf 重新运行"):
        print_pdf(page, stand_in(tmp_path, script), scratch, untold)


@needs_shell
def test_a_browser_that_hangs_is_ended(tmp_path, monkeypatch):
    page, scratch = laid(tmp_path)
    monkeypatch.setattr(printing, "_SECONDS", 0.3)
    with pytest.raises(RunStopped, match="排印 PDF 超过"):
        print_pdf(page, stand_in(tmp_path, "exec sleep 60"), scratch, untold)


@needs_shell
def test_time_and_browser_are_taken_out_and_no_byte_moves(tmp_path):
    page, scratch = laid(tmp_path)
    made = r"%PDF-1.4 /Creator (Some \(X11\) Browser) /CreationDate (D:20310203040506+08'00') /ModDate (D:20310203040506+08'00') %%EOF"
    done = print_pdf(page, stand_in(tmp_path, f'cat > "$out" <<"END"\n{made}\nEND'), scratch, untold).read_bytes()
    assert len(done) == len(made) + 1
    assert b"Browser" not in done
    assert b"2031" not in done
    assert done.count(b"D:20000101000000+00'00'") == 2


# ---- a real browser ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    try:
        return find_browser()
    except WrongUsage:
        pytest.skip("这台机器上没有浏览器，不能试着排印")


def test_a_printed_page_can_be_searched(real, tmp_path):
    # The font cut to the page has one character a glyph; of a whole font, 支 comes out as the radical ⽀.
    style = f'<style>{FONT_PLACE} body {{ font-family: "Selfeval Sans"; }}</style></head>'
    page, scratch = laid(tmp_path, embed_font(PAGE.replace("</head>", style)))
    texts = texts_of(print_pdf(page, real, scratch, untold))
    assert "实际支出 12.50 万元" in texts[0]
    assert len(texts) == 2


def test_the_same_page_gives_the_same_bytes(real, tmp_path):
    page, scratch = laid(tmp_path)
    first = print_pdf(page, real, scratch, untold).read_bytes()
    shutil.rmtree(scratch)
    page, scratch = laid(tmp_path)
    assert print_pdf(page, real, scratch, untold).read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_the_number_of_the_browser_is_told_while_it_prints(tmp_path):
    page, scratch = laid(tmp_path)
    told = []
    with pytest.raises(RunStopped):
        print_pdf(page, stand_in(tmp_path, 'echo $$ > "$out"'), scratch, told.append)
    assert told == [int((tmp_path / "report.pdf").read_text(encoding="utf-8"))]


def test_no_process_of_the_browser_is_left(real, tmp_path):
    page, scratch = laid(tmp_path)
    print_pdf(page, real, scratch, untold)
    if shutil.which("ps"):
        running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert str(scratch / "browser") not in running
