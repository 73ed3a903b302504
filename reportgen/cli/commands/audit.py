"""``audit``: say what is wrong in published documents of any origin."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..option_values import calendar_day, positive_number, whole_number
from ..options import FILE, FOLDER, add_command, add_layout

if TYPE_CHECKING:
    from ...auditing.beside import Beside
    from ...auditing.inspection.roster import Entry
    from ...auditing.many import AuditedFile
    from ..console import Console
    from ..language import Language
    from ..options import Commands

MOST = 1024
"""Processes at a time."""
REPORTS = (".html", ".htm", ".pdf")
"""What the name of a report ends with."""
LONGEST = 1_000_000
"""Seconds or MB: more is a typing error."""
EXAMPLES = """\
例：
  reportgen audit 公开.pdf                审核一份公开的文件（PDF、DOCX、XLSX、网页）
  reportgen audit 公开.pdf -v             提示也逐条列出
  reportgen audit 公开.pdf --data 本年.json --last 上年公开.pdf   再与数据、上年公开的文件核对
  reportgen audit 公开/ --json            审核文件夹里的全部文件，结果给程序用
  reportgen audit 公开/ -o 审核             许多文件：逐份的网页、总的工作簿和网页；再运行一次只审核变了的
  reportgen audit 公开/ --roster 应公开名单.xlsx -o 检查   对照名单检查：问题清单和整改通知
  reportgen audit 公开/ --report 审核.html   写一份网页（或 .pdf）：总表，和在页面图上标出的问题

退出码：0 没有错误；1 有错误；2 命令写错，或没有安装 reportgen[audit]；3 文件读不了；
6 写不了结果；130 被中断；几份文件取最大的"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``audit``."""
    _ = language.gettext
    command = add_command(commands, "audit", common, _("审核公开的文件"), _(EXAMPLES))
    command.add_argument("files", metavar=FILE, nargs="+", help=_("公开的文件，或放着这些文件的文件夹"))
    command.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=whole_number(language, MOST),
        default=0,
        help=_("同时审核几份；不写就与处理器一样多"),
    )
    command.add_argument(
        "--report", metavar=FILE, help=_("写一份网页（.html）或 PDF（.pdf）：总表，和在页面图上标出的问题")
    )
    command.add_argument(
        "--data", metavar=FILE, help=_("这份文件的预算 JSON（或填报表）：逐个数核对印出的与数据；只用于一份文件")
    )
    about = _("上年公开的文件（PDF、DOCX、XLSX）或它的 JSON：核对表和文字里的上年数；只用于一份文件")
    command.add_argument("--last", metavar=FILE, help=about)
    add_layout(command, language)
    _add_inspection(command, language)
    _add_run(command, language)


def _add_inspection(command: argparse.ArgumentParser, language: Language) -> None:
    _ = language.gettext
    about = _("应公开名单（.xlsx 或 .csv）：对照名单检查，写问题清单和整改通知（docs/inspection.md）")
    command.add_argument("--roster", metavar=FILE, help=about)
    about = _("结果的文件夹，没有就新建；不写 --roster 时也可以是 s3://桶/… 之类的地址（需要 reportgen[cluster]）")
    command.add_argument("-o", "--output", metavar=FOLDER, help=about)
    command.add_argument("--issuer", metavar="NAME", help=_("整改通知的落款，如 青溪市财政局"))
    about = _("检查的日期，如 2026-03-31（默认今天）")
    command.add_argument("--date", metavar="DATE", type=calendar_day(language), help=about)


def _add_run(command: argparse.ArgumentParser, language: Language) -> None:
    _ = language.gettext
    about = _("一份文件最多用几秒（默认 120）")
    command.add_argument(
        "--time-limit", type=positive_number(language, LONGEST), default=120.0, metavar="S", help=about
    )
    about = _("一份文件最多用多少 MB 内存（默认 600；只有 Linux 能限制）")
    megabytes = whole_number(language, LONGEST)
    command.add_argument("--memory-limit", type=megabytes, default=600, metavar="MB", help=about)
    about = _("Dask 调度器的地址，如 tcp://主机:8786；与 -o 一起用（需要 reportgen[cluster]）")
    command.add_argument("--cluster", metavar="ADDRESS", help=about)
    command.add_argument("--force", action="store_true", help=_("没有变的文件也重新审核（与 -o 一起用）"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Audit the files; print the findings of each, or write them, or the ledger of an inspection, into a folder."""
    from ...auditing.many import files_in
    from ...core.errors import UsageError

    _check(options)
    entries = _entries(options)
    out = Path(options.output) if options.output else None
    paths = [path for path in files_in((Path(file) for file in options.files), out) if not _is(path, options.roster)]
    if not paths:
        raise UsageError("除了名单没有可以审核的文件", "要 PDF、DOCX、XLSX 文件或网页（.html）")
    read = [*paths, *(Path(one) for one in (options.data, options.last) if one)]
    if options.report and Path(options.report).resolve() in {path.resolve() for path in read}:
        message = "报告（--report）会盖掉要读的“{path}”"
        raise UsageError(message, "换一个文件名", path=options.report)
    if options.output and not options.roster:
        from ..audit_batch_output import audit_into_and_print

        return audit_into_and_print(paths, options, console)
    from ..audit_output import audited_data, print_audited

    found = _audited(paths, options, console)
    if options.roster:
        from ..inspection_output import inspect_and_print

        return inspect_and_print(entries, found, options, console)
    if console.json:
        console.print_data({"files": [audited_data(one, console) for one in found]})
    else:
        for one in found:
            print_audited(one, console)
    if options.report:
        _write_report(found, Path(options.report), console)
        console.print_progress("报告写在 {path}", path=options.report)
    return max((one.exit_code for one in found), default=0)


def _write_report(found: Sequence[AuditedFile], path: Path, console: Console) -> None:
    if path.suffix.lower() == ".pdf":
        from ...auditing.pdf_report import write_pdf_report as write
    else:
        from ...auditing.html import write_report as write
    write(found, path, console.language.message, console.language.code, console.locations)


def _check(options: argparse.Namespace) -> None:
    """Refuse options that do not go together."""
    from ...core.errors import UsageError

    if options.report and not options.report.lower().endswith(REPORTS):
        message, hint = "报告（--report）是网页或 PDF，文件名要以 .html 或 .pdf 结尾", "如 --report 审核.html"
        raise UsageError(message, hint)
    if options.roster and not options.output:
        message, hint = "应公开名单（--roster）要和输出文件夹（-o）一起写", "如 --roster 应公开名单.xlsx -o 检查"
        raise UsageError(message, hint)
    if options.issuer and not options.roster:
        message, hint = (
            "落款（--issuer）是整改通知的，只和应公开名单（--roster）一起用",
            "加上 --roster，或去掉 --issuer",
        )
        raise UsageError(message, hint)
    if (options.cluster and options.roster) or ((options.cluster or options.force) and not options.output):
        hint = "加上 -o；--cluster 不和 --roster 一起写"
        raise UsageError("集群（--cluster）和 --force 只和输出文件夹（-o）一起用", hint)
    for path in (options.data, options.last):
        if path and Path(path).is_dir():
            message, hint = "“{path}”是文件夹；--data 和 --last 只用于一份文件", "写出这份文件的数据或上年文件"
            raise UsageError(message, hint, path=path)
    alone = options.report or options.data or options.last
    if options.output and alone:
        message, hint = "输出文件夹（-o）不和 --report、--data、--last 一起用", "去掉 -o，或去掉它们"
        raise UsageError(message, hint)


def _audited(paths: Sequence[Path], options: argparse.Namespace, console: Console) -> list[AuditedFile]:
    """Audit the files with a progress bar; return what was found in their order."""
    from ...auditing.many import Asked, audit_files
    from ...isolation import Limits
    from .. import progress as bar
    from ..bulk_output import Observer

    asked = Asked(_beside(options, paths), bool(options.report))
    limits = Limits(options.time_limit, options.memory_limit)
    progress = bar.Progress(console.language, bar.is_shown(console.quiet, console.json) and len(paths) > 1)
    kept = _Kept(options, paths)
    done = [] if options.force else kept.current()
    if done:
        console.print_progress("{count} 份没有变，用上次的审核", count=str(len(done)))
    current = {one.path for one in done}
    waiting = [path for path in paths if path not in current]
    try:
        for one in audit_files(waiting, options.jobs, asked, limits, Observer(progress, None)) if waiting else ():
            kept.keep(one)
            done.append(one)
    finally:
        progress.close()
    return sorted(done, key=lambda one: paths.index(one.path))


class _Kept:
    """The audits that an inspection keeps in its folder; other commands keep none."""

    def __init__(self, options: argparse.Namespace, paths: Sequence[Path]) -> None:
        from ...auditing.kept import KeptAudits

        self._audits = KeptAudits(paths, Path(options.output)) if options.roster else None

    def current(self) -> list[AuditedFile]:
        """Return the audits of files that did not change."""
        return self._audits.current() if self._audits is not None else []

    def keep(self, one: AuditedFile) -> None:
        """Keep an audit for the next run."""
        if self._audits is not None:
            self._audits.keep(one)


def _entries(options: argparse.Namespace) -> Sequence[Entry]:
    """Return the entries of the list of those who have to publish, before anything is audited."""
    if not options.roster:
        return ()
    from ...auditing.inspection.roster import read_roster

    return read_roster(Path(options.roster))


def _is(path: Path, other: str | None) -> bool:
    """Whether a file of a folder is the list itself."""
    return other is not None and path.resolve() == Path(other).resolve()


def _beside(options: argparse.Namespace, paths: Sequence[Path]) -> Beside:
    """Return what the file is held against; only a single file can be."""
    from ...auditing.beside import Beside
    from ...core.errors import UsageError

    if (options.data or options.last) and len(paths) > 1:
        message, hint = "数据（--data）和上年文件（--last）只用于一份文件，这里有 {count} 份", "一次审核一份文件"
        raise UsageError(message, hint, count=str(len(paths)))
    if options.layout and not options.data:
        raise UsageError("版式（--layout）要和数据（--data）一起用", "版式说明数据应该怎样印出")
    return Beside(options.data, options.last, options.layout, inspection=bool(options.roster))
