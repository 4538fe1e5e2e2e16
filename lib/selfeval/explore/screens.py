"""The screens of explore.ipynb: ready-made widgets put together, each showing what `money`, `work`, `meaning` and `source` answer.

The one module that knows ipywidgets and itables; only notebooks import it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
from itables.widget import ITable
from markupsafe import Markup, escape
from traitlets import HasTraits, Instance

from selfeval import words
from selfeval.paths import folders

from . import meaning, money, source, work
from .context import context
from .download import download
from .material import Material, bodies, material, years
from .screen import Screen

_ALL = "全部"
_NARROW = {"description_width": "3em"}
# Heads whose columns hold sentences.
_PROSE = frozenset({"名称", "原因", "归属", "范围", "说的是什么", "用到它的", "标题", "已认可"})
_SENTENCES = frozenset({"原句"})
_TABLE = {
    "select": "single",
    "maxBytes": 0,
    "pageLength": 10,
    "classes": "display compact",
    "style": "table-layout:auto;width:100%;margin:0",
    "layout": {"topStart": None, "topEnd": None, "bottomStart": "info", "bottomEnd": "paging"},
    "text_in_header_can_be_selected": False,
    "warn_on_selected_rows_not_rendered": False,
    "language": {
        "emptyTable": "没有行",
        "zeroRecords": "没有符合的行",
        "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行；点列名排序，点一行看原文",
        "infoEmpty": "没有行",
        "select": {"rows": {"_": "选了 %d 行", "0": "", "1": "选了 1 行"}},
        "paginate": {"first": "«", "previous": "‹", "next": "›", "last": "»"},
    },
}
_STYLE = """<style>
.selfeval-chart { max-width: 760px; margin: 6px 0; font-family: var(--jp-content-font-family, sans-serif); line-height: 1.4; }
.selfeval-chart svg { display: block; width: 100%; height: auto; }
[data-jp-theme-light="false"] .selfeval-chart { --chart-ink: #e4e9ed; --chart-muted: #a6b2bc; --chart-grid: #38444e;
  --chart-main: #4f97c9; --chart-soft: #a9d2ee; --chart-warn: #f2976c; --chart-empty: #222c34; }
.selfeval-said p, .selfeval-context p, .selfeval-download { margin: 4px 0; line-height: 1.65; max-width: 62em; }
.selfeval-context { border-left: 4px solid var(--jp-brand-color1, #1f5c88); padding: 2px 0 2px 12px; margin: 6px 0 10px; }
.selfeval-context .near { opacity: 0.7; }
.selfeval-context small { opacity: 0.75; margin-right: 4px; }
.selfeval-context mark { background: #fbe9c6; color: #1d2730; padding: 0 2px; }
.selfeval-download a { color: var(--jp-content-link-color, #1f5c88); text-decoration: underline; }
.dt-container table.dataTable td, .dt-container table.dataTable th { vertical-align: top; }
.dt-container table.dataTable td { line-height: 1.5; }
.dt-container .selfeval-short { white-space: nowrap; }
.dt-container td.selfeval-prose { min-width: 8em; max-width: 38em; overflow-wrap: anywhere; }
.dt-container td.selfeval-sentence { min-width: 24em; overflow-wrap: anywhere; }
.dt-container tbody tr { cursor: pointer; }
</style>"""


class Desk(HasTraits):
    """What is being looked at: the tables of one body and year, and the five views of it, which follow when another is chosen.

    `choose`, `money`, `work`, `meaning`, `figures` and `findings` are what the cells of the notebook show.
    """

    material = Instance(Material)

    def __init__(self, unit: str, year: int, data_dir: str | Path = "", outputs_dir: str | Path = "") -> None:
        super().__init__(material=material(unit, year, data_dir, outputs_dir))
        self._folders, self._is_offering = (data_dir, outputs_dir), False
        data, _ = folders(data_dir, outputs_dir)
        self.unit = _dropdown("单位", [(name, slug) for slug, name in ({unit: unit} | bodies(data)).items()], unit, "24em")
        self.year = _dropdown("年度", _years(data, unit, year), year)
        self.about = widgets.HTML()
        self.choose = widgets.VBox([widgets.HTML(_STYLE), widgets.HBox([self.unit, self.year]), self.about])
        self.unit.observe(lambda _: self._offer_years(data), "value")
        self.year.observe(lambda _: self._read(), "value")
        self.money, self.work, self.meaning = MoneyView(self), WorkView(self), MeaningView(self)
        self.figures, self.findings = FiguresView(self), FindingsView(self)
        self._tell()

    def _offer_years(self, data: Path) -> None:
        """The years of the body just chosen; the year stays where the body has it, else it is the latest."""
        self._is_offering = True
        _offer(self.year, _years(data, self.unit.value))
        self._is_offering = False
        self._read()

    def _read(self) -> None:
        if self._is_offering:
            return
        self.about.value = "<p>正在读取……</p>"
        self.material = material(self.unit.value, self.year.value, *self._folders)
        self._tell()

    def _tell(self) -> None:
        it = self.material
        counts = [("数字", "figures"), ("预算行", "budget_lines"), ("工作事实", "work_facts"), ("核对", "findings")]
        told = "，".join(f"{name} {len(it[table])}" for name, table in counts)
        head = f"{it.body} {it.place.year} 年度：{told}。" if it.is_there else ""
        self.about.value = str(Markup('<div class="selfeval-said"><p><b>{}</b>{}</p></div>').format(head, it.note))


class View:
    """Knobs, a sentence, a chart, a table one can sort and click, and what the clicked row rests on.

    `controls` are the knobs in their order. A subclass says what is on the screen (`screen`) and which options the material has
    (`offer`).
    """

    name = ""

    def __init__(self, desk: Desk, knobs: Sequence[widgets.Widget], more: Sequence[widgets.Widget] = ()) -> None:
        self.desk = desk
        self.said, self.chart, self.clicked, self.links = (widgets.HTML() for _ in range(4))
        self.table = ITable(pd.DataFrame(), **_TABLE)
        self.save = widgets.Button(
            description="导出这张表",
            icon="download",
            layout=widgets.Layout(width="9em", margin="2px 2px 2px 12px"),
            tooltip="把屏幕上这张表存为 CSV 和 Excel",
        )
        knobs_line = widgets.Box([*knobs, self.save], layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
        self.box = widgets.VBox([knobs_line, self.links, *more, self.said, self.chart, self.table, self.clicked])
        self.now = Screen(Markup(""), pd.DataFrame())
        self._is_renewing = False
        for knob in knobs:
            knob.observe(lambda _: self.refresh(), "value")
        self.table.observe(lambda _: self._show_clicked(), "selected_rows")
        self.save.on_click(lambda _: self._show_links())
        desk.observe(lambda _: self.renew(), "material")
        self.renew()

    def _repr_mimebundle_(self, **kwargs: object) -> object:
        return self.box._repr_mimebundle_(**kwargs)

    @property
    def tables(self) -> Material:
        """The tables that are looked at."""
        return self.desk.material

    def renew(self) -> None:
        """Other material: other options, then another screen."""
        self._quietly(self.offer)
        self.refresh()

    def _quietly(self, change: Callable[[], None]) -> None:
        """Change knobs without showing every step."""
        self._is_renewing = True
        change()
        self._is_renewing = False

    def refresh(self) -> None:
        """Show what the knobs ask for."""
        if self._is_renewing:
            return
        self.now = self.screen()
        self.said.value = str(Markup('<div class="selfeval-said">{}</div>').format(self.now.said))
        self.chart.value = str(self.now.chart)
        self.clicked.value = self.links.value = ""
        self.table.update(_written(self.now.frame), selected_rows=[], columnDefs=_column_looks(self.now.frame), **_TABLE)

    def screen(self) -> Screen:
        """What the knobs ask for."""
        raise NotImplementedError

    def offer(self) -> None:
        """Give the knobs the options the material has."""

    def heading(self, row: int) -> Markup:
        """What stands above the sentences of a clicked row."""
        del row
        return Markup("")

    def _show_clicked(self) -> None:
        rows = [row for row in self.table.selected_rows if row < len(self.now.figures)]
        if not rows:
            self.clicked.value = ""
            return
        found = context(self.tables.tables, self.now.figures[rows[0]])
        sentences = Markup(found._repr_html_()) if found.passages else Markup("<p>这一行没有对应的原文数字。</p>")  # noqa: S704  escaped there
        self.clicked.value = str(Markup('<div class="selfeval-said">{}{}</div>').format(self.heading(rows[0]), sentences))

    def _show_links(self) -> None:
        place = self.tables.place
        self.links.value = download(self.now.frame, f"{place.unit}-{place.year}-{self.name}")._repr_html_()


class MoneyView(View):
    """The money: which book, against which budget column, how far off is too far; a level at a time, down to the sentence."""

    name = "预算"

    def __init__(self, desk: Desk) -> None:
        self.book = _dropdown("预算", [(_ALL, money.EVERY_BOOK)])
        self.basis = _dropdown("分母", [(name, key) for key, name in money.bases().items()])
        self.threshold = widgets.IntSlider(
            value=10, min=0, max=100, step=5, description="偏差超过 %", continuous_update=False, layout=widgets.Layout(width="21em")
        )
        self.only_beyond = widgets.Checkbox(value=False, description="只看超过的", indent=False, layout=widgets.Layout(width="auto"))
        self.up = widgets.Button(description="上一层", icon="arrow-up", layout=widgets.Layout(width="auto"))
        self.down = widgets.Button(description="看它的组成", icon="arrow-down", layout=widgets.Layout(width="auto"))
        self.path = widgets.HTML()
        self.whole = ""
        self.up.on_click(lambda _: self._go_up())
        self.down.on_click(lambda _: self._go_down())
        line = widgets.HBox([self.up, self.down, self.path])
        self.book.observe(lambda _: self._leave(), "value")
        super().__init__(desk, [self.book, self.basis, self.threshold, self.only_beyond], [line])
        self.table.observe(lambda _: self._mark_ways(), "selected_rows")

    def offer(self) -> None:
        """The options of this material."""
        self.whole = ""
        _offer(self.book, [(_ALL, money.EVERY_BOOK), *((words.BOOKS[book], book) for book in money.books(self.tables))])
        self.basis.value = money.usual_basis(self.tables)

    def screen(self) -> Screen:
        """What the knobs ask for."""
        threshold = Decimal(self.threshold.value).scaleb(-2)
        choice = money.MoneyChoice(self.book.value, self.basis.value, threshold, self.only_beyond.value, self.whole)
        path = [line.item for line in money.path_to(self.tables, self.whole)]
        self.path.value = str(escape(" › ".join(["全部", *path])))
        return money.money_screen(self.tables, choice)

    def refresh(self) -> None:
        """Show what the knobs ask for, and which ways lead on."""
        super().refresh()
        self._mark_ways()

    def heading(self, row: int) -> Markup:
        """What the clicked row is."""
        cells = self.now.frame.iloc[row]
        return Markup("<p><b>{}</b>{}</p>").format(cells["名称"], f"　原因：{cells['原因']}" if cells.get("原因") else "")

    def _chosen(self) -> str:
        """The line of the clicked row if it has parts."""
        rows = [row for row in self.table.selected_rows if row < len(self.now.keys)]
        return self.now.keys[rows[0]] if rows and self.now.frame.iloc[rows[0]].get("组成") else ""

    def _mark_ways(self) -> None:
        self.up.disabled, self.down.disabled = not self.whole, not self._chosen()

    def _go_down(self) -> None:
        if self._chosen():
            self._go(self._chosen())

    def _go_up(self) -> None:
        path = money.path_to(self.tables, self.whole)
        inside = self.book.value in {money.EVERY_BOOK, *(line.book for line in path[-2:-1])}
        self._go(path[-2].line_id if len(path) > 1 and inside else "")

    def _leave(self) -> None:
        """In another book one starts at the top."""
        self.whole = ""

    def _go(self, whole: str) -> None:
        self.whole = whole
        self.refresh()


class WorkView(View):
    """The work: which field, which trade."""

    name = "工作"

    def __init__(self, desk: Desk) -> None:
        self.area, self.sector = _dropdown("领域", [(_ALL, work.EVERYTHING)]), _dropdown("行业", [(_ALL, work.EVERYTHING)])
        super().__init__(desk, [self.area, self.sector])

    def offer(self) -> None:
        """The options of this material."""
        there = work.areas(self.tables)
        _offer(self.area, [(_ALL, work.EVERYTHING), *((words.area(area), area) for area in there)], "hazards")

    def refresh(self) -> None:
        """Show what the knobs ask for; another field has other trades."""
        if not self._is_renewing:
            self._quietly(self._offer_sectors)
        super().refresh()

    def screen(self) -> Screen:
        """What the knobs ask for."""
        return work.work_screen(self.tables, self.area.value, self.sector.value)

    def _offer_sectors(self) -> None:
        there = work.sectors(self.tables, self.area.value)
        _offer(self.sector, [(_ALL, work.EVERYTHING), *((words.sector(sector), sector) for sector in there)])


class MeaningView(View):
    """What each figure of the text says: of whom or what, which of its numbers, when, in what state."""

    name = "含义"

    def __init__(self, desk: Desk) -> None:
        self.word = _word_field("归属或说的是什么，回车")
        self.aspect, self.period, self.state = (
            _dropdown(name, [(_ALL, source.ANY)], width=width) for name, width in (("哪种数", "13em"), ("时间", "13em"), ("进展", "12em"))
        )
        super().__init__(desk, [self.word, self.aspect, self.period, self.state])

    def offer(self) -> None:
        """The aspects, periods and states of this material."""
        for field, knob in (("aspect", self.aspect), ("period", self.period), ("state", self.state)):
            _offer(knob, [(_ALL, source.ANY), *((name, word) for word, name in meaning.options(self.tables, field).items())])

    def screen(self) -> Screen:
        """What the knobs ask for."""
        choice = meaning.MeaningChoice(self.word.value, self.aspect.value, self.period.value, self.state.value)
        return meaning.meaning_screen(self.tables, choice)

    def heading(self, row: int) -> Markup:
        """What the clicked row is a part of and computed from, and the words that told."""
        return meaning.meaning_of(self.tables, self.now.keys[row])


class FiguresView(View):
    """All printed and typed figures: which kind, which word, used or not."""

    name = "数字"

    def __init__(self, desk: Desk) -> None:
        self.kind = _dropdown("种类", [(_ALL, source.ANY), *((name, key) for key, name in source.KINDS.items())])
        self.word = _word_field("输入词语后回车")
        self.only_unused = widgets.Checkbox(value=False, description="只看没有用到的", indent=False, layout=widgets.Layout(width="auto"))
        super().__init__(desk, [self.kind, self.word, self.only_unused])

    def screen(self) -> Screen:
        """What the knobs ask for."""
        return source.figures_screen(self.tables, self.kind.value, self.word.value, only_unused=self.only_unused.value)


class FindingsView(View):
    """What was checked: which verdict, which weight."""

    name = "核对"

    def __init__(self, desk: Desk) -> None:
        self.verdict = _dropdown("结论", [(_ALL, source.ANY), *((name, key) for key, name in words.VERDICTS.items())], "differs")
        self.severity = _dropdown("轻重", [(_ALL, source.ANY), *((name, key) for key, name in words.SEVERITIES.items())])
        super().__init__(desk, [self.verdict, self.severity])

    def screen(self) -> Screen:
        """What the knobs ask for."""
        return source.findings_screen(self.tables, self.verdict.value, self.severity.value)

    def heading(self, row: int) -> Markup:
        """What the clicked row is."""
        return Markup("<p><b>{}</b>：{}</p>").format(self.now.frame.iloc[row]["标题"], source.message_of(self.tables, self.now.keys[row]))


# ---- widgets and options ----------------------------------------------------------------------------------------------------------------

Options = Iterable[tuple[str, object]]


def _dropdown(description: str, options: Options, value: object = "", width: str = "16em") -> widgets.Dropdown:
    options = [*options]
    chosen = value if value in {key for _, key in options} else options[0][1]
    return widgets.Dropdown(options=options, value=chosen, description=description, layout=widgets.Layout(width=width), style=_NARROW)


def _word_field(hint: str) -> widgets.Text:
    return widgets.Text(description="含有", placeholder=hint, continuous_update=False, style=_NARROW)


def _offer(dropdown: widgets.Dropdown, options: Options, usual: object = "") -> None:
    """Give a dropdown other options; what was chosen stays chosen where it is still there, else `usual`, else the first."""
    options, before = [*options], dropdown.value
    keys = [key for _, key in options]
    wanted = next((key for key in (before or usual, usual) if key in keys), keys[0])
    if [*dropdown.options] != options:
        dropdown.options = options
    dropdown.value = wanted


def _years(data: Path, unit: str, *more: int) -> list[tuple[str, int]]:
    return [(str(year), year) for year in sorted({*years(data, unit), *more}, reverse=True)]


def _column_looks(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Sentences wrap and get the room that is left; everything else stays on one line."""
    places = {head: place for place, head in enumerate(frame.columns)}
    named = {"selfeval-prose": places.keys() & _PROSE, "selfeval-sentence": places.keys() & _SENTENCES}
    named["selfeval-short"] = places.keys() - _PROSE - _SENTENCES
    looks = ({"targets": sorted(places[head] for head in heads), "className": name} for name, heads in named.items())
    return [look for look in looks if look["targets"]]


def _written(frame: pd.DataFrame) -> pd.DataFrame:
    """The table as text: decimals in plain digits, which the table widget sorts as numbers, unknown as nothing."""
    return frame.map(lambda value: "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value))
