"""Output of ``audit -o``: a progress bar, then a line for each file that has errors or was not audited."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.finding import Severity
from . import progress as bar
from .bulk_output import Observer
from .console import Console, escape_controls

if TYPE_CHECKING:
    from ..auditing.batch_results import Batch, BatchFile


def audit_into_and_print(paths: Sequence[Path], options: argparse.Namespace, console: Console) -> int:
    """Audit the files into the output of the options, print what came of it, return the exit code."""
    from ..auditing.batch import audit_into
    from ..bulk import BulkOptions, Limits

    limits = Limits(options.time_limit, options.memory_limit)
    bulk = BulkOptions(jobs=options.jobs, force=options.force, cluster=options.cluster, limits=limits)
    progress = bar.Progress(console.language, bar.is_shown(console.quiet, console.json))
    try:
        batch = audit_into(paths, options.output, bulk, Observer(progress, None))
    finally:
        progress.close()
    if console.json:
        console.print_data(_data(batch, console))
    else:
        _print_lines(batch, options.output, console)
    return batch.exit_code


def _print_lines(batch: Batch, out: str, console: Console) -> None:
    for file in batch.files:
        if file.why:
            console.print_message(escape_controls(_line(file, console)))
        elif file.count(Severity.ERROR) and not console.quiet:
            console.print_result(escape_controls(_line(file, console)))
    current = sum(file.current for file in batch.files)
    values = {
        "count": str(len(batch.files)), "done": str(len(batch.files) - current), "current": str(current),
        "errors": str(sum(bool(file.count(Severity.ERROR)) for file in batch.files)),
        "unread": str(sum(bool(file.why) for file in batch.files)), "path": out,
    }  # fmt: skip
    template = "{count} 份文件：新审核 {done}，没有变 {current}；有错误的 {errors}，没有审核的 {unread}。结果在 {path}"
    console.print_progress(template, **values)


def _line(file: BatchFile, console: Console) -> str:
    if file.why:
        return console.language.message("{file}：{message}", {"file": file.name, "message": _why(file, console)})
    values = {severity.name.lower(): str(file.count(severity)) for severity in Severity}
    return console.language.message("{file}：错误 {error}，警告 {warning}，提示 {note}", {"file": file.name, **values})


def _why(file: BatchFile, console: Console) -> str:
    if file.lost is not None:
        return console.language.message(file.lost.message, file.lost.values)
    if file.record is None:
        return console.language.gettext("没有审核到")
    return console.language.message(file.record.error, file.record.values)


def _data(batch: Batch, console: Console) -> dict[str, Any]:
    return {
        "complete": batch.complete,
        "files": [
            {
                "file": file.name, "page": file.page, "current": file.current,
                "error": _why(file, console) if file.why else "",
                **{f"{severity.name.lower()}s": file.count(severity) for severity in Severity},
            }
            for file in batch.files
        ],
        "codes": [
            {"code": code, **{f"{severity.name.lower()}s": counts[severity] for severity in Severity}, "files": files}
            for code, counts, files in batch.by_code()
        ],
    }  # fmt: skip
