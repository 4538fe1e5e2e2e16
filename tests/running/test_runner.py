"""Parts of the runner on their own: what a published notebook no longer shows, and how the font comes into a page."""

import base64
import io
import os
import re
import shutil
import signal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from nbformat.v4 import new_code_cell, new_notebook, new_output

from selfeval.exceptions import NotebookFailed, RunStopped
from selfeval.interruption import interruptible
from selfeval.running.runner.traces import without_traces
from selfeval.telling.web_font import FONT_PLACE, embed_font

ROOT = Path("/somewhere/.staging-x")
PARAMETERS = {"unit": "test-body", "year": 2031, "data_dir": "", "outputs_dir": ""}


def executed(cell_id: str = "random1") -> object:
    injected = new_code_cell(f'data_dir = "{ROOT}/data"', id=cell_id, metadata={"tags": ["injected-parameters"]})
    outputs = [
        new_output("stream", name="stderr", text="/tmp/ipykernel_1/2.py: UserWarning"),
        new_output("stream", name="stdout", text=f"{ROOT}/data/processed\n"),
        new_output("execute_result", data={"text/html": [f"<p>{ROOT}/outputs</p>"]}, execution_count=2),
    ]
    cell = new_code_cell("show()", id="show", outputs=outputs, execution_count=2, metadata={"papermill": {"duration": 1.5}})
    return new_notebook(cells=[injected, cell], metadata={"papermill": {"start_time": "now", "input_path": str(ROOT)}})


def test_a_published_notebook_shows_no_folder_of_the_run():
    assert str(ROOT) not in str(without_traces(executed(), PARAMETERS, ROOT))


def test_two_runs_differ_in_nothing():
    assert without_traces(executed("random1"), PARAMETERS, ROOT) == without_traces(executed("random2"), PARAMETERS, ROOT)


def test_times_and_warnings_are_left_out_and_results_kept():
    clean = without_traces(executed(), PARAMETERS, ROOT)
    assert "duration" not in str(clean)
    assert "UserWarning" not in str(clean)
    assert [output.output_type for output in clean.cells[1].outputs] == ["stream", "execute_result"]
    assert clean.cells[1].outputs[1].data["text/html"] == ["<p>outputs</p>"]


def test_the_parameters_shown_run_as_they_stand():
    shown: dict[str, object] = {}
    exec(without_traces(executed(), PARAMETERS, ROOT).cells[0].source, shown)
    assert {name: shown[name] for name in PARAMETERS} == PARAMETERS


def test_what_was_executed_is_left_as_it_was():
    notebook = executed()
    without_traces(notebook, PARAMETERS, ROOT)
    assert notebook == executed()


def test_the_font_of_a_page_has_its_characters_also_those_written_as_entities():
    page = embed_font(f"<style>{FONT_PLACE}</style><p>安全 &#24212;</p>")
    data = re.search(r"data:font/woff2;base64,([^)]+)\)", page)[1]
    characters = {chr(code) for code in TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()}
    assert {"安", "全", "应"} <= characters
    assert 'font-family:"Selfeval Sans"' in page
    assert FONT_PLACE not in page


@pytest.mark.parametrize("places", [0, 2])
def test_a_template_without_exactly_one_place_for_the_font_is_refused(places):
    with pytest.raises(NotebookFailed, match=f"现有 {places} 处"):
        embed_font(f"<style>{FONT_PLACE}</style>" * places)


def test_a_text_that_looks_like_the_place_for_the_font_stays_text():
    page = embed_font(f"<title>{FONT_PLACE}</title><style>\n{FONT_PLACE}</style><p>{FONT_PLACE}&lt;style&gt;{FONT_PLACE}</p>")
    assert page.count("@font-face") == 1
    assert f"<title>{FONT_PLACE}</title>" in page
    assert page.endswith(f"<p>{FONT_PLACE}&lt;style&gt;{FONT_PLACE}</p>")


@pytest.mark.parametrize(
    ("number", "words"), [(28, "磁盘空间不足"), (30, "只能读不能写"), (20, "是文件而不是文件夹"), (5, "系统报告“Input/output error”")]
)
def test_an_error_of_the_disk_is_told_with_what_to_do(number, words):
    with pytest.raises(RunStopped, match=words), interruptible():
        raise OSError(number, os.strerror(number))


def test_a_copy_that_failed_is_told_like_any_other_error_of_the_disk():
    with pytest.raises(RunStopped, match="磁盘空间不足"), interruptible():
        raise shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")])


def test_what_holds_all_the_same_is_said():
    with pytest.raises(RunStopped, match="新的报告已经发布"), interruptible("新的报告已经发布"):
        raise OSError(5, "broken")


def misread_signal() -> None:
    try:
        signal.raise_signal(signal.SIGTERM)
    except KeyboardInterrupt:
        raise OSError(28, "what a library made of it") from None


def test_a_signal_is_told_as_an_interruption_whatever_it_broke():
    with pytest.raises(RunStopped, match="运行已被中断"), interruptible():
        misread_signal()


def test_signals_mean_again_what_they_meant_before():
    before = signal.getsignal(signal.SIGINT)
    with interruptible():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_of_the_code_is_not_taken_for_an_interruption():
    with pytest.raises(ZeroDivisionError), interruptible():
        raise ZeroDivisionError
