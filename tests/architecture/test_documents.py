"""What the README and its Chinese sister say can be found."""

import re
import subprocess
import tomllib

import pytest

from selfeval import __main__, exceptions
from selfeval.paths import project_root
from selfeval.running.stages import TABLES

ROOT = project_root()
PAGES = [f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")]
DOCUMENTS = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", *PAGES]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_a_document_links_to_exists(name):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text_of(name))
    assert [link for link in links if not ((ROOT / name).parent / link).is_file()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_heading_a_document_links_to_exists(name):
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", text_of(name))
    asked = [(((ROOT / name).parent / page) if page else ROOT / name, anchor) for page, anchor in links]
    assert [anchor for page, anchor in asked if anchor not in anchors(page.read_text(encoding="utf-8"))] == []


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as those who show Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_read_in_one_go():
    assert len(text_of("README.md").splitlines()) <= 130
    assert len(text_of("README.zh-CN.md").splitlines()) <= 130


def test_a_chinese_reader_sees_chinese_in_the_first_lines():
    assert re.search("[一-鿿]{4}", "".join(text_of("README.md").splitlines()[:3]))
    assert "README.zh-CN.md" in "".join(text_of("README.md").splitlines()[:5])


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_picture_of_the_report_is_shown_and_small(name):
    assert "](docs/report.png)" in text_of(name)
    assert (ROOT / "docs" / "report.png").stat().st_size < 200_000, "make it anew with `make docs`"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_table_is_explained(name):
    assert [table for table in TABLES if f"`{table}`" not in text_of(name)] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_exit_code_is_explained(name):
    codes = {kind.exit_code for kind in vars(exceptions).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    rows = set(re.findall(r"^\| (\d) \| [^|]+ \|$", text_of(name), re.MULTILINE))
    assert {str(code) for code in codes} | {"0"} == rows


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_and_option_is_explained(name):
    usages = " ".join(value for key, value in vars(__main__).items() if key.endswith("_USAGE"))
    words = set(re.findall(r"selfeval [a-z-]+|--[a-z-]+", usages))
    assert {"selfeval run", "--unit"} <= words
    assert [word for word in sorted(words) if word not in text_of(name)] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_notebook_is_named(name):
    notebooks = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks
    assert [notebook for notebook in notebooks if notebook not in text_of(name)] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE)) - {"help"}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_no_document_asks_make_for_what_it_cannot_do(name):
    asked = set(re.findall(r"(?:^|`)make ([a-z-]+)", text_of(name), re.MULTILINE))
    assert asked - targets() == set()


def test_bare_make_tells_of_every_target():
    told = set(re.findall(r"^\t@echo '  make ([a-z-]+)", text_of("Makefile"), re.MULTILINE))
    assert told == targets()


def test_the_changelog_begins_with_the_version_that_is_built():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.findall(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)[0] == version


FOLDERS = {".ci", "bench", "data", "docs", "jupyterlab", "lib", "notebooks", "outputs", "tests"}


def test_no_folder_lies_in_the_repository_that_nobody_put_there_on_purpose():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project_root(), capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a repository")
    assert {path.split("/")[0] for path in listed.stdout.split("\0") if "/" in path} - FOLDERS == set()
