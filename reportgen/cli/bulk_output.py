"""What ``bulk`` says: the bar while it works, then a line for each department, those with trouble first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import OutputError, os_error_reason
from ..core.finding import Severity
from .console import Console, legible
from .progress import Progress, wanted

if TYPE_CHECKING:
    from ..bulk import BulkOptions, Outcome, Summary

STATUS = {
    "published": "已公开",
    "current": "已是最新",
    "refused": "有错误，没有公开",
    "failed": "做不了",
    "quarantined": "已隔离",
    "waiting": "还没有做",
}


def told(inputs: Sequence[str], out: str, wishes: BulkOptions, log: str | None, voice: Console) -> int:
    """Run, telling how it goes and what came of it; the exit code."""
    from ..bulk import run

    progress = Progress(voice.language, wanted(voice.quiet, voice.json))
    with ExitStack() as stack:
        stack.callback(progress.close)
        watch = Watch(progress, stack.enter_context(_opened(log)) if log else None)
        summary = run(inputs, out, wishes, watch)
    if voice.json:
        _data(summary, voice)
    else:
        _lines(summary, voice)
    return 0 if summary.publishable else 1


class Watch:
    """Hands on what happens: to the bar, and to the log if there is one."""

    def __init__(self, progress: Progress, log: Any) -> None:
        """``log`` is an open text file or None."""
        self._progress = progress
        self._log = log

    def begun(self, jobs: int, current: int) -> None:
        """So many departments, of which so many are current."""
        self._progress.begun(jobs, current)

    def ended(self, outcome: Outcome) -> None:
        """One more is done."""
        self._progress.ended(outcome)
        if self._log:
            line = {name: getattr(outcome, name) for name in ("name", "status", "seconds", "worker", "memory")}
            self._log.write(json.dumps(line) + "\n")
            self._log.flush()


def _opened(path: str) -> Any:
    try:
        return Path(path).open("w", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise OutputError("写不了 {path}：{why}", path=path, why=os_error_reason(error)) from None


def _data(summary: Summary, voice: Console) -> None:
    from ..bulk.summary.model import as_data

    data = as_data(summary, voice.language.say)
    data["current"] = sum(one.current for one in summary.outcomes)
    voice.out(json.dumps(data, ensure_ascii=False, indent=1))


def _lines(summary: Summary, voice: Console) -> None:
    say = voice.language.say
    bad = [one for one in summary.outcomes if one.status != "published"]
    for one in bad:
        voice.error(_line(one, voice))
    if not voice.quiet:
        for one in summary.outcomes:
            if one.status == "published":
                voice.out(_line(one, voice))
    voice.findings(summary.findings)
    if not voice.quiet:
        current = sum(one.current for one in summary.outcomes)
        values = {
            "all": str(len(summary.outcomes)), "made": str(len(summary.outcomes) - len(bad) - current),
            "current": str(current), "bad": str(len(bad)),
        }  # fmt: skip
        voice.error(say("{all} 个部门：新做 {made}，已是最新 {current}，没有公开 {bad}。", values))


def _line(one: Outcome, voice: Console) -> str:
    """A department in one line: what became of it, its name, its worst finding."""
    say = voice.language.say
    status = "current" if one.current else one.status
    severity = Severity.NOTE if one.status == "published" else Severity.ERROR
    said = voice.painted(say(STATUS[status]), severity)
    name = legible(f"{one.name} {one.totals.name}" if one.totals else one.name)
    first = one.findings[0] if one.findings else None
    more = f"  {first.code} {legible(say(first.message, first.values))}" if first else ""
    return f"{said}  {name}{more}"
