"""The command line: arguments, exit codes, words on the terminal."""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from selfeval.exceptions import InputRefused, SelfevalError, WrongUsage
from selfeval.interruption import interruptible
from selfeval.paths import LOOSE_FILE, Place, folders, locate, units_and_years, what_there_is
from selfeval.running.hook import Failure, call, words_of
from selfeval.running.misreading import misread
from selfeval.running.nursery import Nursery, open_nursery
from selfeval.running.publishing import locked, recover_all, require_free, status_file
from selfeval.running.stages import notebooks
from selfeval.telling.columns import broken, fitted
from selfeval.telling.printing import PDF, find_browser

if TYPE_CHECKING:
    from pandas import DataFrame

    from selfeval.running.batch.job import Job, Outcome
    from selfeval.running.batch.task import Task

# What stands above is light. Every command imports what it needs itself: pandas, papermill and nbconvert take seconds, and a run with
# nothing to do is to answer at once.

_BRIEF = "brief.pdf"
_AUDIT_USAGE = "selfeval audit 文件 [--year 年度] [--out 文件夹] [--brief] [--strict]"
_BATCH_USAGE = (
    "selfeval batch 表|--all [--year 年度]… [--data 文件夹] [--outputs 文件夹] [--workers 个数] [--cluster 地址] [--force] [--pdf] "
    "[--on-failure 命令]，或 selfeval batch --audit 文件夹 --out 文件夹 [--year 年度] [--workers 个数] [--cluster 地址] [--force] "
    "[--on-failure 命令]"
)
_BATCH_HELP = (
    "按表（列名 unit、year）逐个运行，或核对一个文件夹里的全部报告（只出表，不出网页）。一项失败不影响其余；"
    "已做好且没有变化的不重做，中断后再次运行同一条命令即接着做。"
    "退出码：0 全部做好；1 有材料被拒绝；2 命令不对；3 有笔记本运行失败；4 有的被中断或没有做；几种都有时取最大的"
)
_BATCH_LOCKED = "这个文件夹正被另一批使用"
_CHECK_USAGE = "selfeval check --unit 单位代号 --year 年度 [--data 文件夹] [--strict]"
_COMPARE_USAGE = "selfeval compare --year 年度 [--data 文件夹] [--outputs 文件夹]"
_INDEX_USAGE = "selfeval index [--data 文件夹] [--outputs 文件夹]"
_NEW_YEAR_USAGE = "selfeval new-year --unit 单位代号 --year 年度 [--from 上一年度] [--field 领域] [--data 文件夹]"
_RUN_USAGE = "selfeval run --unit 单位代号 --year 年度 [--data 文件夹] [--outputs 文件夹] [--force] [--pdf] [--brief] [--on-failure 命令]"


_USAGE = "selfeval 命令 [选项]"


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and leaves the exit code to main."""

    commands: Collection[str] = ()

    def error(self, message: str) -> NoReturn:
        """Refuse the command line: what was not understood, and how the command is written."""
        told = misread(message, self.commands)
        raise WrongUsage(
            f"看不懂这条命令{f'：{told}' if told else ''}{'' if told.endswith('？') else '。'}用法：{self.usage}；加 --help 看说明"
        )


class _Help(argparse.HelpFormatter):
    """Usage and headings in Chinese, lines broken by the places they take."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return broken(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}" for line in broken(text, width))

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        """Write the usage line."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


# What a command imports stays to its end: the collector looks through it after so many new objects, not after every 700.
_MANY_OBJECTS = 100_000
_PLAIN = {"formatter_class": _Help, "add_help": False, "allow_abbrev": False}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` ask for and return the exit code: 0 done, 1 refused, 2 wrong usage, 3 a notebook failed, 4 stopped."""
    if arguments is None:
        _insist_on_utf8()
        gc.set_threshold(_MANY_OBJECTS)
        atexit.register(gc.freeze)  # nor is it looked through once more when all is over
    _make_streams_ready()
    try:
        chosen = _understood(arguments)
        hook = words_of(chosen.on_failure) if getattr(chosen, "on_failure", None) is not None else []
    except SelfevalError as refusal:
        return _refuse(refusal)
    return _with_hook(chosen, hook) if hook else _carry_out(chosen)[0]


def _understood(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for; whatever is left over is a fault of the command chosen, which knows how it is written."""
    chosen, left = _parser().parse_known_args(arguments)
    if left:
        chosen.parser.error(f"unrecognized arguments: {' '.join(left)}")
    return chosen


def _insist_on_utf8() -> None:
    """Start anew where names of files would not be UTF-8 (a GBK locale, ASCII by decree): else others would not find what was written."""
    if sys.getfilesystemencoding() == "utf-8":
        return
    if sys.stdout is not None:
        os.environ.setdefault("PYTHONIOENCODING", f"{sys.stdout.encoding}:replace")  # the terminal keeps its own
    command = [sys.executable, "-P", "-X", "utf8", "-m", "selfeval", *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606  this very program


def _make_streams_ready() -> None:
    """Let output never be what ends a run: neither a character that cannot be shown, nor streams that whoever scheduled it has closed."""
    for number in range(3):
        with suppress(OSError):
            os.fstat(number)
            continue
        # It takes the lowest number that is free; else a file of ours would, and kernels would write into it.
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout, sys.stderr = (stream or Path(os.devnull).open("w", encoding="utf-8") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # in a notebook it is something else
            stream.reconfigure(errors="replace")


def _carry_out(chosen: argparse.Namespace) -> tuple[int, str]:
    """Do what was chosen; the exit code, and the words of a refusal."""
    try:
        return chosen.action(chosen), ""
    except SelfevalError as refusal:
        return _refuse(refusal), "；".join(refusal.problems)


def _refuse(refusal: SelfevalError) -> int:
    print("\n".join(f"错误：{problem}" for problem in refusal.problems), file=sys.stderr)
    return refusal.exit_code


def _with_hook(chosen: argparse.Namespace, hook: Sequence[str]) -> int:
    """Do what was chosen and call `hook` when it did not end well, an error of this program included; its own end changes nothing."""
    try:
        code, words = _carry_out(chosen)
    except Exception as error:
        _call(hook, chosen, 1, f"程序出错 {type(error).__name__}: {error}")
        raise
    if code:
        _call(hook, chosen, code, words or f"有的项目没有做好，见汇总表 {_told_in(chosen)}")
    return code


def _call(hook: Sequence[str], chosen: argparse.Namespace, code: int, words: str) -> None:
    failure = Failure(getattr(chosen, "unit", ""), chosen.year if isinstance(chosen.year, str) else "", code, _told_in(chosen), words)
    if complaint := call(hook, failure):
        print(f"提示：{complaint}", file=sys.stderr)


def _told_in(chosen: argparse.Namespace) -> str:
    """The file that tells more of a failure: the status of a body and year, the summary of a batch; "" where there is none."""
    try:
        path = chosen.more(chosen)
    except SelfevalError:  # an unknown body has no status
        return ""
    return str(path) if path.is_file() else ""


def _summary_of_batch(chosen: argparse.Namespace) -> Path:
    return Path(chosen.out).absolute() / "summary.csv" if chosen.audit else folders(chosen.data, chosen.outputs)[1] / "batch.csv"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="selfeval", usage=_USAGE, description="部门整体支出绩效自评：从原始材料到报告", **_PLAIN)
    _options(parser)
    parser.set_defaults(action=lambda _: _show(parser))
    commands = parser.add_subparsers(title="命令", metavar="")
    run = commands.add_parser(
        "run", usage=_RUN_USAGE, help="生成一个单位一个年度的报告", description="依次运行四个笔记本并发布报告", **_PLAIN
    )
    options = _options(run)
    options.add_argument("--unit", required=True, metavar="单位代号", help="data/raw 下的文件夹名")
    options.add_argument("--year", required=True, metavar="年度", help="四位年份")
    options.add_argument("--data", default="", metavar="文件夹", help="存放 raw/ 和 processed/ 的文件夹，默认为项目的 data/")
    options.add_argument("--outputs", default="", metavar="文件夹", help="发布报告的文件夹，默认为项目的 outputs/")
    options.add_argument("--force", action="store_true", help="材料、代码、环境都没有变化时也重新运行")
    options.add_argument("--pdf", action="store_true", help="同时排印 report.pdf；要有 Edge、Chrome 或 Chromium 浏览器")
    options.add_argument("--brief", action="store_true", help="同时写一页 A4 的简报 brief.pdf；不用浏览器")
    _hook_option(options)
    run.set_defaults(action=_run, more=lambda chosen: status_file(_place(chosen)))
    _audit_options(commands)
    _batch_options(commands)
    _check_options(commands)
    _compare_options(commands)
    _index_options(commands)
    _new_year_options(commands)
    parser.commands = commands.choices
    for one in (parser, *commands.choices.values()):
        one.set_defaults(parser=one)
    return parser


def _index_options(commands: argparse._SubParsersAction) -> None:
    index = commands.add_parser(
        "index",
        usage=_INDEX_USAGE,
        help="重写一览页：各单位各年度的报告、几个数和待办",
        description="按发布文件夹里现有的内容重写 index.html；每次 selfeval run 之后也会重写",
        **_PLAIN,
    )
    options = _options(index)
    options.add_argument("--data", default="", metavar="文件夹", help="存放 raw/ 的文件夹，默认为项目的 data/")
    options.add_argument("--outputs", default="", metavar="文件夹", help="发布报告的文件夹，默认为项目的 outputs/")
    index.set_defaults(action=_index)


def _new_year_options(commands: argparse._SubParsersAction) -> None:
    new_year = commands.add_parser(
        "new-year",
        usage=_NEW_YEAR_USAGE,
        help="建立一个新年度的文件夹和填报表",
        description="在 data/raw 下建立一个年度的来源卡和填报工作簿；已有文件的文件夹不会覆盖",
        **_PLAIN,
    )
    options = _options(new_year)
    options.add_argument("--unit", required=True, metavar="单位代号", help="data/raw 下的文件夹名：小写字母、数字和连字符")
    options.add_argument("--year", required=True, metavar="年度", help="四位年份")
    options.add_argument("--from", default="", dest="earlier", metavar="上一年度", help="带入这个年度的项目、指标和决算数")
    options.add_argument(
        "--field", default="", metavar="领域", help="工作数据表预列这个领域常用的指标，如 水利、教育；不写则按单位名称判断"
    )
    options.add_argument("--data", default="", metavar="文件夹", help="存放 raw/ 的文件夹，默认为项目的 data/")
    new_year.set_defaults(action=_new_year)


def _check_options(commands: argparse._SubParsersAction) -> None:
    check = commands.add_parser(
        "check", usage=_CHECK_USAGE, help="列出一个单位一个年度还没有了结的不符", description="只核对，不生成报告", **_PLAIN
    )
    options = _options(check)
    options.add_argument("--unit", required=True, metavar="单位代号", help="data/raw 下的文件夹名")
    options.add_argument("--year", required=True, metavar="年度", help="四位年份")
    options.add_argument("--data", default="", metavar="文件夹", help="存放 raw/ 的文件夹，默认为项目的 data/")
    options.add_argument("--strict", action="store_true", help="有未认可的重要或一般不符时退出码为 1")
    check.set_defaults(action=_check, outputs="")


def _compare_options(commands: argparse._SubParsersAction) -> None:
    compare = commands.add_parser(
        "compare", usage=_COMPARE_USAGE, help="把同一年度的各单位放在一起比", description="各单位先运行过，再并列成一个网页", **_PLAIN
    )
    options = _options(compare)
    options.add_argument("--year", required=True, metavar="年度", help="四位年份")
    options.add_argument("--data", default="", metavar="文件夹", help="存放 processed/ 的文件夹，默认为项目的 data/")
    options.add_argument("--outputs", default="", metavar="文件夹", help="网页写到哪里，默认为项目的 outputs/")
    compare.set_defaults(action=_compare)


def _audit_options(commands: argparse._SubParsersAction) -> None:
    audit = commands.add_parser(
        "audit",
        usage=_AUDIT_USAGE,
        help="核对任意一份报告，不需要任何准备",
        description="读一份报告，核对其中的数字，写出表和网页",
        **_PLAIN,
    )
    options = _options(audit)
    options.add_argument("file", metavar="文件", help="txt、docx、pdf、html、xlsx、xls 或 csv")
    options.add_argument("--year", default="", metavar="年度", help="四位年份；不给时按报告正文推断")
    options.add_argument("--out", default="", metavar="文件夹", help="写到哪里，默认为当前文件夹下的“文件名-核读”")
    options.add_argument("--brief", action="store_true", help="同时写一页 A4 的简报 brief.pdf；不用浏览器")
    options.add_argument("--strict", action="store_true", help="有不符时退出码为 1")
    audit.set_defaults(action=_audit)


def _batch_options(commands: argparse._SubParsersAction) -> None:
    batch = commands.add_parser("batch", usage=_BATCH_USAGE, help="许多单位、许多年度或许多报告一次做完", description=_BATCH_HELP, **_PLAIN)
    options = _options(batch)
    options.add_argument("table", nargs="?", default="", metavar="表", help="csv 或 xlsx，第一行为列名 unit、year（或 单位、年度）")
    options.add_argument("--all", action="store_true", help="data/raw 下的全部单位和年度")
    options.add_argument("--audit", default="", metavar="文件夹", help="核对这个文件夹里的全部报告")
    options.add_argument("--out", default="", metavar="文件夹", help="核对结果写到哪里")
    options.add_argument("--year", action="append", default=[], metavar="年度", help="只做这个年度，可写多次；对 --audit 是报告的年度")
    options.add_argument("--data", default="", metavar="文件夹", help="存放 raw/ 和 processed/ 的文件夹，默认为项目的 data/")
    options.add_argument("--outputs", default="", metavar="文件夹", help="发布报告的文件夹，默认为项目的 outputs/")
    options.add_argument("--workers", default="", metavar="个数", help="同时做几项，默认与处理器个数相同")
    options.add_argument(
        "--cluster", default="", metavar="地址", help="交给 Dask 集群去做，例如 tcp://主机:8786；各节点要看得到同样的文件夹"
    )
    options.add_argument("--force", action="store_true", help="没有变化的也重做")
    options.add_argument("--pdf", action="store_true", help="每份报告同时排印 report.pdf；要有 Edge、Chrome 或 Chromium 浏览器")
    _hook_option(options)
    batch.set_defaults(action=_batch, more=_summary_of_batch)


def _hook_option(options: argparse._ArgumentGroup) -> None:
    options.add_argument(
        "--on-failure",
        metavar="命令",
        help="没有做好时运行的命令，不经过 shell，最多 60 秒；环境变量 SELFEVAL_* 告诉它情况，见 docs/schedule.md；它的成败不改变退出码",
    )


def _options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """A group for options with a Chinese heading, and the help option in Chinese."""
    options = parser.add_argument_group("选项")
    options.add_argument("-h", "--help", action="help", help="显示本说明")
    return options


def _show(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return WrongUsage.exit_code


def _run(chosen: argparse.Namespace) -> int:
    place = _place(chosen)
    with interruptible():
        require_free([place.processed, place.outputs], f"{place.unit} {place.year}")  # whoever has to wait learns it at once
        recover_all(place.data, place.outputs_root)  # before anybody asks what is published
    browser = find_browser() if chosen.pdf else None
    wanted = [*([PDF] if browser else []), *([_BRIEF] if chosen.brief else [])]
    if not chosen.force and _nothing_changed(place, wanted):
        return 0
    with open_nursery(notebooks()) as nursery:  # its imports go on beside those of the next line
        from selfeval.running.runner import run

        print(f"报告：{run(place, browser=browser, nursery=nursery, brief=chosen.brief)}")
    if browser:
        print(f"PDF：{place.outputs / PDF}")
    if chosen.brief:
        print(f"一页：{place.outputs / _BRIEF}")
    return 0


def _nothing_changed(place: Place, wanted: Sequence[str]) -> bool:
    """Say whether there is anything to run, and what has changed since the last time; `wanted` must have been published."""
    from selfeval.running.freshness import changes_since

    changes = changes_since(place, wanted=wanted)
    if changes:
        print(f"需要运行：{'；'.join(changes)}", flush=True)
        return False
    print("没有变化：原始材料、程序、参数和环境都与上次发布时相同，没有重新运行；要重新运行请加 --force")
    print(f"报告：{place.outputs / 'report.html'}")
    return True


def _compare(chosen: argparse.Namespace) -> int:
    """Set the bodies of one year side by side."""
    year = _asked_year(chosen.year)
    data, outputs = folders(chosen.data, chosen.outputs)
    from selfeval.running.runner.side_by_side import write_comparison

    with interruptible():
        recover_all(data, outputs)
        print(f"各单位并列：{write_comparison(data, outputs, year)}")
    return 0


def _index(chosen: argparse.Namespace) -> int:
    """Write the start page of the outputs anew."""
    data, outputs = folders(chosen.data, chosen.outputs)
    from selfeval.running.runner.shelf import write_start_page

    with interruptible():
        recover_all(data, outputs)
        print(f"一览：{write_start_page(data, outputs)}")
    return 0


def _audit(chosen: argparse.Namespace) -> int:
    """Audit one file from anywhere: tables and summary first, the page after them."""
    with interruptible(), open_nursery(notebooks()[-1:]) as nursery:
        return _audit_file(chosen, nursery)


def _audit_file(chosen: argparse.Namespace, nursery: Nursery) -> int:
    from selfeval import words
    from selfeval.running.loose_file import read_loose_file
    from selfeval.tables import write_tables
    from selfeval.telling.summary import summary_of, template_told

    path = Path(chosen.file)
    found = read_loose_file(path, _asked_year(chosen.year) if chosen.year else None)
    if found.year is None and not found.is_template:
        raise WrongUsage(f"从 {path.name} 里看不出是哪个年度；请用 --year 指定，例如 --year 加四位年份")
    out = Path(chosen.out or f"{path.stem}-核读")
    write_tables(out / "tables", **found.tables)
    if found.is_template:
        raise InputRefused(template_told(found.tables["sources"]))
    said = f"{found.year} 年度{words.DOCUMENT_KINDS[found.kind]}"
    print(f"{found.body}，{said}（{_how_known(chosen.year, found.named)}）")
    print("\n".join(summary_of(found.tables)), flush=True)
    _write_page(found.tables, found.year, f"{found.body} {said}核读", out, nursery)
    if chosen.brief:
        from selfeval.telling.hand_in import write_one_page

        print(f"一页：{write_one_page(found.tables, LOOSE_FILE, found.year, out)}")
    return 1 if chosen.strict and (found.tables["findings"]["verdict"] == "differs").any() else 0


def _batch(chosen: argparse.Namespace) -> int:
    """Do many items, and say at the end what became of them."""
    if bool(chosen.table) + chosen.all + bool(chosen.audit) != 1 or bool(chosen.audit) != bool(chosen.out):
        raise WrongUsage(f"表、--all、--audit 三者选一，--audit 要与 --out 同用。用法：{_BATCH_USAGE}")
    if chosen.workers and not re.fullmatch(r"[1-9][0-9]{0,2}", chosen.workers):
        raise WrongUsage(f"--workers “{chosen.workers}”不合规：应为 1 到 999 的整数")
    if chosen.cluster and chosen.workers:
        raise WrongUsage("--cluster 与 --workers 不能同用：集群有几个工作节点就同时做几项")
    with interruptible():
        return _batch_of_audits(chosen) if chosen.audit else _batch_of_runs(chosen)


def _batch_of_runs(chosen: argparse.Namespace) -> int:
    from selfeval.running.batch.course import carry_out, exit_code, told
    from selfeval.running.batch.pairs import of_years, read_pairs
    from selfeval.running.batch.runs import RUN, runs_of

    data, outputs = folders(chosen.data, chosen.outputs)
    pairs = of_years(units_and_years(data) if chosen.all else read_pairs(Path(chosen.table)), map(_asked_year, chosen.year))
    if not pairs:
        raise WrongUsage(f"没有要做的单位和年度；{what_there_is(data)}")
    if chosen.pdf:
        find_browser()
    jobs, summary = runs_of(pairs, data, outputs, force=chosen.force, pdf=chosen.pdf), outputs / "batch.csv"
    with locked([summary], _BATCH_LOCKED):
        ended = _shared_out(jobs, RUN, chosen)
        from selfeval.running.batch.running import write_pages_over_all  # while the workers get ready

        outcomes = carry_out(jobs, ended, summary, _say, _live())
        *compared, start = write_pages_over_all(data, outputs, [year for _, year in pairs])
    print("\n".join([*told(outcomes), f"汇总表：{summary}", *(f"各单位并列：{page}" for page in compared), f"一览：{start}"]))
    return exit_code(outcomes)


def _batch_of_audits(chosen: argparse.Namespace) -> int:
    from selfeval.running.batch.audits import AUDIT, FINDINGS, SUMMARY, audits_of, result_of
    from selfeval.running.batch.course import carry_out, exit_code, told
    from selfeval.running.batch.summary import write_findings

    if len(chosen.year) > 1:
        raise WrongUsage("与 --audit 同用时 --year 只能写一次：它是这些报告的年度")
    out = Path(chosen.out)
    jobs = audits_of(Path(chosen.audit), out, _asked_year(chosen.year[0]) if chosen.year else None, force=chosen.force)
    summary = out / SUMMARY
    with locked([summary], _BATCH_LOCKED):
        outcomes = carry_out(jobs, _shared_out(jobs, AUDIT, chosen), summary, _say, _live())
        whole = [(job.name, result_of(job) / "tables") for job in jobs if outcomes[job.name].well]
        findings = write_findings(out / FINDINGS, whole)
    print("\n".join([*told(outcomes), f"汇总表：{summary}", f"未了结的问题：{findings}"]))
    return exit_code(outcomes)


def _shared_out(jobs: Sequence[Job], task: Task, chosen: argparse.Namespace) -> Iterator[tuple[Job, Outcome]]:
    """The jobs as they end, on this machine or the cluster asked for."""
    if chosen.cluster:
        if find_spec("distributed") is None:
            raise WrongUsage("没有安装集群所需的 distributed；请先运行 pip install 'selfeval[cluster]'")
        from selfeval.running.batch.cluster import on_cluster

        return on_cluster(jobs, task, chosen.cluster)
    from selfeval.running.batch.processes import cores, in_processes

    return in_processes(jobs, task, int(chosen.workers or cores()))


def _say(line: str) -> None:
    """A line that is there at once, for whoever follows a log."""
    print(line, flush=True)


def _live() -> Callable[[str], None] | None:
    """What keeps one line of a terminal up to date; None where the output goes elsewhere."""
    if not sys.stdout.isatty():
        return None

    columns = shutil.get_terminal_size().columns - 1
    return lambda line: print(f"\r{fitted(line, columns)}", end="" if line else "\r", flush=True)


def _check(chosen: argparse.Namespace) -> int:
    """Say what does not agree and nobody has acknowledged; nothing is written."""
    from selfeval.judging.assessment import assess
    from selfeval.reading.document import Document, read_document
    from selfeval.records.completeness import require_budget
    from selfeval.records.decisions import open_findings, read_decisions
    from selfeval.records.entries import read_entries
    from selfeval.records.sources import read_source, remarks_on_text
    from selfeval.tables import rows_in
    from selfeval.telling.summary import summary_of

    place = _place(chosen)
    source = read_source(place)
    document = read_document(source.report) if source.report else Document.absent()
    remarks = [*source.remarks, *remarks_on_text(source, place.year, document)]
    entries = read_entries(source.tables)
    tables = assess(document, remarks, read_decisions(place), place.year, entries, source.scoring)
    require_budget(document, rows_in(tables["figures"]), tables["budget_lines"])
    left = open_findings(tables["findings"])
    print("\n".join([*summary_of(tables), *_to_decide(left)]))
    return 1 if chosen.strict and len(left) else 0


def _new_year(chosen: argparse.Namespace) -> int:
    """Make the folder of a new year."""
    from selfeval.telling.new_year import make_new_year

    earlier = _asked_year(chosen.earlier) if chosen.earlier else None
    with interruptible():
        print("\n".join(make_new_year(chosen.unit, _asked_year(chosen.year), chosen.data, earlier, chosen.field)))
    return 0


def _to_decide(left: DataFrame) -> list[str]:
    from selfeval.tables import rows_in

    if not len(left):
        return ["没有未了结的重要或一般不符"]
    marks = [f"  {row.fingerprint}  {row.title}" for row in rows_in(left)]
    return [f"未了结的重要或一般不符 {len(left)} 项（核实后可在 acknowledged.toml 中按编码认可）：", *marks]


def _write_page(tables: Mapping[str, DataFrame], year: int, title: str, out: Path, nursery: Nursery) -> None:
    from selfeval.running.runner.single import page_of  # not before the summary is out

    (out / "report.html").write_text(page_of(tables, year, title, nursery), encoding="utf-8", newline="\n")
    print(f"报告：{out / 'report.html'}")


def _how_known(year: str, named_in_text: bool) -> str:
    named = "单位按报告正文推断" if named_in_text else "报告没有写明单位，以文件名代替"
    return f"{named}，年度由命令指定" if year else f"{named}，年度按报告正文推断，可用 --year 指定"


def _asked_year(year: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", year):
        raise WrongUsage(f"年度“{year}”不合规：应为四位年份")
    return int(year)


def _place(chosen: argparse.Namespace) -> Place:
    """The folders asked for; digits other than 0-9 and blanks do not make a year."""
    year = int(chosen.year) if re.fullmatch(r"[0-9]{4}", chosen.year) else chosen.year
    return locate(chosen.unit, year, chosen.data, chosen.outputs)


if __name__ == "__main__":
    sys.exit(main())
