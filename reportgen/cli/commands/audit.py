"""``audit``: say what is wrong in published documents of any origin."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..console import escape_controls
from ..option_values import calendar_day, whole_number
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
EXAMPLES = """\
例：
  reportgen audit 公开.pdf                审核一份公开的文件（PDF、DOCX、XLSX）
  reportgen audit 公开.pdf -v             提示也逐条列出
  reportgen audit 公开.pdf --data 本年.json --last 上年公开.pdf   再与数据、上年公开的文件核对
  reportgen audit 公开/ --json            审核文件夹里的全部文件，结果给程序用
  reportgen audit 公开/ --roster 应公开名单.xlsx -o 检查   对照名单检查：问题清单和整改通知
  reportgen audit 公开/ --report 审核.html   写一份网页：总表，和在页面图上标出的问题

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
    command.add_argument("--report", metavar=FILE, help=_("写一份 HTML：总表，和在页面图上标出的问题"))
    command.add_argument(
        "--data", metavar=FILE, help=_("这份文件的预算 JSON（或填报表）；给出时逐个数核对印出的与数据")
    )
    about = _("上年公开的文件（PDF、DOCX、XLSX）或它的 JSON；给出时核对表和文字里的上年数")
    command.add_argument("--last", metavar=FILE, help=about)
    add_layout(command, language)
    _add_inspection(command, language)


def _add_inspection(command: argparse.ArgumentParser, language: Language) -> None:
    _ = language.gettext
    about = _("应公开名单（.xlsx 或 .csv）：对照名单检查，写问题清单和整改通知（docs/inspection.md）")
    command.add_argument("--roster", metavar=FILE, help=about)
    command.add_argument("-o", "--output", metavar=FOLDER, help=_("检查结果的文件夹，没有就新建"))
    command.add_argument("--issuer", metavar="NAME", help=_("整改通知的落款，如 青溪市财政局"))
    about = _("检查的日期，如 2026-03-31（默认今天）")
    command.add_argument("--date", metavar="DATE", type=calendar_day(language), help=about)


def run(options: argparse.Namespace, console: Console) -> int:
    """Audit the files; print the findings of each, or with a list of those who have to publish the ledger."""
    from ...auditing.many import audit_files, files_in
    from ...core.errors import UsageError

    if options.report and not options.report.lower().endswith((".html", ".htm")):
        message, hint = "报告（--report）是网页，文件名要以 .html 结尾", "如 --report 审核.html"
        raise UsageError(message, hint)
    if bool(options.roster) != bool(options.output):
        message, hint = "应公开名单（--roster）和输出文件夹（-o）要一起写", "如 --roster 应公开名单.xlsx -o 检查"
        raise UsageError(message, hint)
    out = Path(options.output) if options.output else None
    entries = _entries(options)
    paths = [path for path in files_in((Path(file) for file in options.files), out) if not _is(path, options.roster)]
    if options.report and Path(options.report).resolve() in {path.resolve() for path in paths}:
        message = "报告（--report）会盖掉被审核的“{path}”"
        raise UsageError(message, "换一个文件名", path=options.report)
    beside = _beside(options, paths)
    done = audit_files(paths, options.jobs, bool(options.report), beside)
    found = sorted(done, key=lambda one: paths.index(one.path))
    if out is not None:
        from ..inspection_output import inspect_and_print

        return inspect_and_print(entries, found, options, console)
    if console.json:
        console.print_data({"files": [_data(one, console) for one in found]})
    else:
        for one in found:
            _print(one, console)
    if options.report:
        from ...auditing.html import write_report

        write_report(found, Path(options.report), console.language.message)
        console.print_progress("报告写在 {path}", path=options.report)
    return max((one.exit_code for one in found), default=0)


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


def _print(one: AuditedFile, console: Console) -> None:
    report = one.report
    if report is None:
        message, hint = (console.language.message(text, one.values) for text in (one.error, one.hint))
        values = {"path": str(one.path), "message": message, "hint": hint}
        console.print_message(escape_controls(console.language.message("{path}：{message}（{hint}）", values)))
        return
    values = {
        "path": str(one.path), "pages": str(report.pages), "tables": str(len(report.tables)),
        "tied": str(report.coverage.tied), "cells": str(report.coverage.cells),
        "understood": str(report.coverage.understood), "figures": str(report.coverage.figures),
    }  # fmt: skip
    template = (
        "{path}：认出 {tables} 张表；表里 {cells} 个数核对了 {tied} 个，文字里 {figures} 个数读懂 {understood} 个"
    )
    if console.quiet and report.blocking:
        console.print_message(escape_controls(str(one.path)))
    console.print_progress(template, **values)
    if report.coverage.held or report.coverage.held_figures:
        held = {"cells": str(report.coverage.held), "figures": str(report.coverage.held_figures)}
        console.print_progress("与数据对照了表里 {cells} 个数、文字里 {figures} 个数", **held)
    if report.coverage.bases:
        console.print_progress("与上年公开的文件对照了 {count} 个上年数", count=str(report.coverage.bases))
    console.print_findings(audited.finding for audited in report.findings)


def _data(one: AuditedFile, console: Console) -> dict[str, Any]:
    report = one.report
    if report is None:
        message, hint = (console.language.message(text, one.values) for text in (one.error, one.hint))
        return {"file": str(one.path), "error": message, "hint": hint}
    coverage = report.coverage
    return {
        "file": str(one.path),
        "pages": report.pages,
        "year": report.year,
        "tables": [
            {"name": t.name, "title": t.title, "unit": t.unit, "rows": t.rows, "page": t.page} for t in report.tables
        ],
        "findings": [
            console.finding_data(audited.finding) | {"confidence": audited.confidence} for audited in report.findings
        ],
        "coverage": {
            "cells": coverage.cells, "tied": coverage.tied,
            "figures": coverage.figures, "understood": coverage.understood,
            "held": coverage.held, "held_figures": coverage.held_figures, "bases": coverage.bases,
        },
    }  # fmt: skip
