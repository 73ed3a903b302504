"""What became of a department. Small and plain: it travels from a worker."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..core.errors import ReportgenError
from ..core.finding import Finding, Place, Severity
from .department_totals import Totals
from .jobs import Job

Status = Literal["published", "refused", "failed", "quarantined", "waiting"]
"""``waiting`` is what a run that was stopped did not come to. ``docs/bulk.md`` says what each means."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the department ``name``: its worst finding first, its files by name, its totals if it was read.

    ``findings`` are errors and warnings; of notes there is only the number. What follows ``files`` belongs to this run
    and is in no file: whether the files were ``current``, seconds by the clock, the worker, its peak of memory in KiB.
    """

    name: str
    status: Status
    findings: tuple[Finding, ...] = ()
    notes: int = 0
    totals: Totals | None = None
    files: tuple[str, ...] = ()
    current: bool = False
    seconds: float = 0
    worker: int = 0
    memory: int = 0


Hands = Callable[[Sequence[Job]], Generator[Outcome, None, None]]
"""Who does the work: all jobs in, outcomes out as they come."""


def worst_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The errors, then the warnings, in their order; notes left out."""
    return tuple(f for level in (Severity.ERROR, Severity.WARNING) for f in findings if f.severity is level)


def failed(name: str, stop: ReportgenError) -> Outcome:
    """A department that stopped the build by itself: the stop becomes its first finding (PL100 and its exit code)."""
    reason = Finding(f"PL1{stop.exit_code:02}", Severity.ERROR, stop.message, (), stop.hint, stop.values)
    return Outcome(name, "failed", (reason, *worst_first(stop.findings)))


def quarantined(name: str, reason: Finding) -> Outcome:
    """A department whose worker had to be given up."""
    return Outcome(name, "quarantined", (reason,))


def too_slow(source: str, seconds: float) -> Finding:
    """PL201: the time limit."""
    hint = "看看这份文件是否特别大；确实需要更久，就放宽 --time-limit"
    return _reason("PL201", "超过 {seconds} 秒没有完成，已中止", hint, source, seconds=f"{seconds:g}")


def too_large(source: str, memory: int) -> Finding:
    """PL202: the memory limit."""
    hint = "看看这份文件是否特别大；确实需要更多，就放宽 --memory-limit"
    return _reason("PL202", "内存超过 {memory} MB，已中止", hint, source, memory=str(memory))


def deadly(source: str, how: str) -> Finding:
    """PL203: its worker died, twice."""
    hint = "这是程序的毛病；请把这份文件和这句话报告给开发者"
    return _reason("PL203", "两次使工作进程异常结束（{how}）", hint, source, how=how)


def _reason(code: str, message: str, hint: str, source: str, **values: str) -> Finding:
    return Finding(code, Severity.ERROR, message, (Place(printed=source),), hint, values)
