"""Output of ``bulk``: a progress bar while it runs, then a line for each department, failed ones first."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..core.errors import OutputError, os_error_reason
from ..core.finding import Severity
from .console import Console, escape_controls
from .progress import Progress, is_shown

if TYPE_CHECKING:
    from ..bulk import BulkOptions, Outcome, Summary

LOGGED = ("name", "status", "seconds", "worker", "memory")
"""Attributes of an outcome that are written to the log."""


def run_and_print(inputs: Sequence[str], out: str, options: BulkOptions, log: str | None, console: Console) -> int:
    """Build all departments with a progress bar, print their outcomes, return the exit code."""
    from ..bulk import run

    progress = Progress(console.language, is_shown(console.quiet, console.json))
    with ExitStack() as stack:
        stack.callback(progress.close)
        observer = Observer(progress, stack.enter_context(_opened(log)) if log else None)
        summary = run(inputs, out, options, observer)
    if console.json:
        _print_data(summary, console)
    else:
        _print_lines(summary, console)
    return 0 if summary.publishable else 1


class Observer:
    """Passes the events of a run to the progress bar, and to the log if there is one."""

    def __init__(self, progress: Progress, log: TextIO | None) -> None:
        """``log`` is an open text file."""
        self._progress = progress
        self._log = log

    def begun(self, jobs: int, current: int) -> None:
        """Start with ``jobs`` departments, of which ``current`` are not built again."""
        self._progress.begun(jobs, current)

    def ended(self, outcome: Outcome) -> None:
        """Count one more department, and log it."""
        self._progress.ended(outcome)
        if self._log:
            self._log.write(json.dumps({name: getattr(outcome, name) for name in LOGGED}) + "\n")
            self._log.flush()


def _opened(path: str) -> TextIO:
    try:
        return Path(path).open("w", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise OutputError("写不了 {path}：{why}", path=path, why=os_error_reason(error)) from None


def _print_data(summary: Summary, console: Console) -> None:
    from ..bulk.summary.model import as_data

    data = as_data(summary, console.language.message)
    data["current"] = sum(outcome.current for outcome in summary.outcomes)
    console.print_data(data)


def _print_lines(summary: Summary, console: Console) -> None:
    failed = [outcome for outcome in summary.outcomes if outcome.status != "generated"]
    for outcome in failed:
        console.print_message(_line(outcome, console, sys.stderr))
    if not console.quiet:
        for outcome in summary.outcomes:
            if outcome.status == "generated":
                console.print_result(_line(outcome, console, sys.stdout))
    console.print_findings(summary.findings)
    if not console.quiet:
        console.print_message(_counts(summary, len(failed), console))


def _counts(summary: Summary, failed: int, console: Console) -> str:
    current = sum(outcome.current for outcome in summary.outcomes)
    values = {
        "count": str(len(summary.outcomes)), "made": str(len(summary.outcomes) - failed - current),
        "current": str(current), "bad": str(failed),
    }  # fmt: skip
    return console.language.message("{count} 个部门：新生成 {made}，已是最新 {current}，没有生成 {bad}。", values)


def _line(outcome: Outcome, console: Console, stream: TextIO) -> str:
    """Return one line for a department, for ``stream``: its status, its name, its worst finding."""
    from ..bulk.outcome import STATUS_LABELS

    language = console.language
    severity = Severity.NOTE if outcome.status == "generated" else Severity.ERROR
    status = language.gettext("已是最新" if outcome.current else STATUS_LABELS[outcome.status])
    name = f"{outcome.name} {outcome.totals.name}" if outcome.totals else outcome.name
    first = outcome.findings[0] if outcome.findings else None
    more = f"  {first.code} {escape_controls(language.message(first.message, first.values))}" if first else ""
    return f"{console.coloured(status, severity, stream)}  {escape_controls(name)}{more}"
