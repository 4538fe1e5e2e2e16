"""The same work as a run, as a plain script would do it: the cells of the four notebooks in one process, then page and hand-in.

The floor that `make bench` measures against: no kernel, no notebook that is kept, no proof, no publication.
usage: python plain_script.py UNIT YEAR DATA OUTPUTS
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from types import CodeType

from selfeval.paths import locate
from selfeval.running.stages import STAGES, TABLES, notebook_folder
from selfeval.tables import read_table
from selfeval.telling.hand_in import write_hand_in
from selfeval.telling.web_font import FONT_PLACE, embed_font


def main(unit: str, year: int, data: str, outputs: str) -> None:
    """Run everything and write the page."""
    shown: list[str] = []
    for stage in STAGES:
        names = {"unit": unit, "year": year, "data_dir": data, "outputs_dir": outputs, "In": []}
        for cell in json.loads(stage.notebook(notebook_folder()).read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and "parameters" not in cell["metadata"].get("tags", []):
                shown += _shown("".join(cell["source"]), names)
    place = locate(unit, year, data, outputs)
    place.outputs.mkdir(parents=True, exist_ok=True)
    page = embed_font(f"<style>{FONT_PLACE}</style>{''.join(shown)}")
    (place.outputs / "report.html").write_text(page, encoding="utf-8")
    write_hand_in({name: read_table(name, place.processed) for name in TABLES}, unit, year, place.outputs)


def _shown(source: str, names: dict[str, object]) -> list[str]:
    """Run a cell; the HTML of what its last line comes to, as a notebook would show it."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    value = eval(_expression(last), names) if last else None
    make = getattr(value, "_repr_html_", None)
    html = make() if make else ""
    return [html[0] if isinstance(html, tuple) else html]


def _expression(node: ast.Expr) -> CodeType:
    return compile(ast.Expression(node.value), "cell", "eval")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], str(Path(sys.argv[4])))
