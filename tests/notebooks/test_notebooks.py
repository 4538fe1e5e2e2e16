"""The notebooks keep the house rules: parameters, questions, calls into lib, nothing else."""

import ast
import re
from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from selfeval.paths import locate, project_root
from selfeval.running.stages import RAW, STAGES, notebook_folder

FOLDER = notebook_folder()
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
STAGE_NOTEBOOKS = [stage.notebook(FOLDER) for stage in STAGES]
READERS_OF_RAW = {"read_source", "read_document"}
TYPES = {"unit": "str", "year": "int", "data_dir": "str", "outputs_dir": "str"}
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_stage = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)


def cells(path: Path, kind: str) -> list:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def parameters_cell(path: Path):
    (cell,) = (cell for cell in cells(path, "code") if "parameters" in cell.metadata.get("tags", []))
    return cell


def code(path: Path) -> str:
    return "\n".join(cell.source for cell in cells(path, "code"))


def calls(path: Path) -> list[tuple[str, list]]:
    """Name and positional arguments of every call in a notebook."""
    found = (node for node in ast.walk(ast.parse(code(path))) if isinstance(node, ast.Call))
    return [(getattr(node.func, "id", getattr(node.func, "attr", "")), node.args) for node in found]


def tables_named_in(path: Path, function: str) -> set[str]:
    return {arguments[0].value for name, arguments in calls(path) if name == function}


def test_there_is_a_notebook_for_every_stage():
    assert [path.name for path in STAGE_NOTEBOOKS if not path.is_file()] == []


@each_notebook
def test_the_parameters_are_the_same_in_all(path):
    assert parameters_cell(path).source == parameters_cell(STAGE_NOTEBOOKS[0]).source


def test_parameters_are_typed_and_explained_in_chinese():
    lines = parameters_cell(STAGE_NOTEBOOKS[0]).source.splitlines()
    assert {match[1]: match[2] for match in (re.match(r"(\w+): (\w+) = .+  # \S*[\u4e00-\u9fff]", line) for line in lines)} == TYPES


@each_stage
def test_before_anything_is_read_parameters_that_there_are_not_are_refused(stage):
    named = [name for name, _ in calls(stage.notebook(FOLDER))]
    assert named[:2] == ["require_known_parameters", "locate"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"yaer": 2031}, "没有参数 yaer；这份笔记本的参数是 unit、year、data_dir、outputs_dir"),
        pytest.param({"year": "2031"}, "年度“2031”不合规：应为四位年份的数字，不加引号", marks=pytest.mark.slow),
        pytest.param({"data_dir": ["data"]}, "用不了：不是文字", marks=pytest.mark.slow),
    ],
)
def test_a_notebook_run_by_papermill_alone_stops_at_a_wrong_parameter(tmp_path, given, said):
    with pytest.raises(PapermillExecutionError, match=said):
        papermill.execute_notebook(STAGE_NOTEBOOKS[1], tmp_path / "out.ipynb", given, kernel_name="python3", progress_bar=False)


def test_the_parameters_as_they_stand_name_material_that_exists():
    given: dict[str, object] = {}
    exec(parameters_cell(STAGE_NOTEBOOKS[0]).source, given)
    assert locate(given["unit"], given["year"], given["data_dir"], given["outputs_dir"]).data == project_root() / "data"


@each_notebook
def test_a_notebook_lies_in_git_without_outputs(path):
    kept = [cell.id for cell in cells(path, "code") if cell.outputs or cell.execution_count is not None]
    assert kept == [], f"strip them: python -m nbstripout --keep-id {path.relative_to(project_root())}"


@each_notebook
def test_a_notebook_defines_nothing(path):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
    defined = [ast.unparse(node).splitlines()[0] for node in ast.walk(ast.parse(code(path))) if isinstance(node, kinds)]
    assert defined == [], "move it into the room of lib/selfeval it belongs to"


@each_notebook
def test_a_notebook_reads_and_writes_through_lib_alone(path):
    risky = {
        "open",
        "read_csv",
        "to_csv",
        "read_text",
        "write_text",
        "read_bytes",
        "write_bytes",
        "savefig",
        "chdir",
        "getcwd",
        "cwd",
        "system",
    }
    assert {name for name, _ in calls(path)} & risky == set(), "call the room of lib/selfeval that does this"
    assert re.findall(r"sys\.path|^\s*[!%]|\bos\.", code(path), re.MULTILINE) == []


@each_notebook
def test_no_year_stands_in_prose(path):
    found = [cell.id for cell in cells(path, "markdown") if re.search(r"20\d\d", cell.source)]
    assert found == [], "prose is for every year; let a cell say which year it is"


@each_notebook
def test_code_stays_within_what_one_reads_at_a_glance(path):
    assert len([line for line in code(path).splitlines() if line.strip()]) <= 60, "move what a cell does into lib/selfeval"


@each_notebook
def test_every_heading_asks_a_question_and_is_answered_by_one_cell(path):
    shape = []
    for cell in nbformat.read(path, as_version=4).cells[3:]:
        question = re.match(r"## .+？\n\n.*。", cell.source, re.DOTALL)
        shape.append("?" if cell.cell_type == "markdown" and question else cell.cell_type)
    assert shape == ["?", "code"] * (len(shape) // 2)


def tables_written_in(path: Path) -> set[str]:
    together = (node for node in ast.walk(ast.parse(code(path))) if isinstance(node, ast.Call) and ast.unparse(node.func) == "write_tables")
    return tables_named_in(path, "write_table") | {keyword.arg for node in together for keyword in node.keywords}


@each_stage
def test_a_notebook_writes_the_tables_its_stage_owns(stage):
    assert tables_written_in(stage.notebook(FOLDER)) == set(stage.tables)


@each_stage
def test_a_notebook_reads_the_tables_its_stage_declares(stage):
    declared = {name for name in stage.reads if name != RAW}
    assert tables_named_in(stage.notebook(FOLDER), "read_table") <= declared, "declare it in stages.py, after the stage that writes it"


@each_stage
def test_raw_material_is_read_where_it_is_declared(stage):
    reads_raw = bool({name for name, _ in calls(stage.notebook(FOLDER))} & READERS_OF_RAW)
    assert reads_raw == (RAW in stage.reads)
