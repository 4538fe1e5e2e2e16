"""The two notebooks for trying things out run from top to bottom as they stand."""

import json

import nbformat
import pytest

from bodies import county_water, lay_out
from selfeval.running.nursery import open_nursery
from selfeval.running.runner.execution import execute, read_notebook
from selfeval.running.runner.kernels import Kernels
from selfeval.running.runner.limit import Limit
from selfeval.running.stages import notebook_folder


def executed(name: str, unit: str, year: int, folder, data="") -> nbformat.NotebookNode:
    parameters = {"unit": unit, "year": year, "data_dir": str(data), "outputs_dir": ""}
    path = notebook_folder() / f"{name}.ipynb"
    with open_nursery([path]) as nursery:
        return execute(name, read_notebook(path), parameters, folder, Limit(), Kernels(nursery, folder))


def html_of(notebook: nbformat.NotebookNode) -> str:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.output_type for output in outputs if output.output_type in {"stream", "error"}] == []
    return "".join(output.data.get("text/html", "") for output in outputs)


def test_exploring_shows_its_screens_as_widgets_with_their_state(tmp_path):
    pytest.importorskip("ipywidgets", reason="没有安装 ipywidgets，跳过控件测试")
    pytest.importorskip("itables", reason="没有安装 itables，跳过控件测试")
    lay_out(tmp_path / "data", "jia-water", county_water())
    notebook = executed("explore", "jia-water", 2031, tmp_path, tmp_path / "data")
    assert html_of(notebook) == ""
    models = [*notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"].state.values()]
    tables = [model.state._dt_args.data_json for model in models if "_dt_args" in model.state]
    shown = [model.state["value"] for model in models if model.model_name == "HTMLModel"]
    assert len(tables) == 5
    assert any("部门整体支出" in row for rows in tables for row in json.loads(rows))
    assert any("甲县水务局（虚构，测试用） 2031 年度" in value for value in shown)
    assert sum("<svg" in value for value in shown) == 2


@pytest.mark.slow
@pytest.mark.parametrize("has_run", [True, False], ids=["tables", "raw material"])
def test_asking_answers_with_tables_and_without(has_run, tmp_path, copy_of_2024):
    if has_run:
        lay_out(copy_of_2024.data, "jia-water", county_water())
    unit, year = ("jia-water", 2031) if has_run else (copy_of_2024.unit, copy_of_2024.year)
    shown = html_of(executed("ask", unit, year, tmp_path, copy_of_2024.data))
    assert 'download="' in shown
    assert ("安全生产举报奖" in shown) is not has_run
