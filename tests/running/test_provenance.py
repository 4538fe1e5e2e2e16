"""What a result was made from."""

import json
import re

from selfeval.running import provenance


def test_hashes_follow_the_bytes_and_the_names(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_bytes(b"abc")
    (tmp_path / "a.txt").write_bytes(b"")
    assert provenance.hashes_under(tmp_path) == {
        "a.txt": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sub/b.txt": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }


def test_the_code_hash_changes_with_a_notebook(tmp_path):
    notebook = tmp_path / "01_clean.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    before = provenance.code_hash([notebook])
    notebook.write_text("{ }", encoding="utf-8")
    assert before not in (provenance.code_hash([notebook]), provenance.code_hash())


def test_a_line_break_inside_a_cell_is_no_row(tmp_path):
    (tmp_path / "findings.csv").write_text('a,b\n1,"two\nlines"\n2,x\n', encoding="utf-8")
    (tmp_path / "empty.csv").write_text("a,b\n", encoding="utf-8")
    assert provenance.row_counts(tmp_path) == {"empty": 0, "findings": 2}


def test_a_manifest_names_inputs_outputs_and_versions_but_no_time_and_no_path(tmp_path):
    raw, outputs = tmp_path / "raw", tmp_path / "out"
    (outputs / "tables").mkdir(parents=True)
    raw.mkdir()
    (raw / "report.txt").write_bytes(b"abc")
    (outputs / "tables" / "figures.csv").write_text("a\n1\n", encoding="utf-8")
    content = provenance.manifest({"unit": "test-body", "year": 2031}, raw, outputs, [])
    text = provenance.write_manifest(content, outputs).read_text(encoding="utf-8")
    assert json.loads(text) == content
    assert (content["rows"], list(content["inputs"]), list(content["outputs"])) == ({"figures": 1}, ["report.txt"], ["tables/figures.csv"])
    assert str(tmp_path) not in text
    assert not re.search(r"\d\d:\d\d", text)


def test_versions_tell_what_is_installed():
    assert provenance.versions()["pandas"] == __import__("pandas").__version__
