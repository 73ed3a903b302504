"""The outcome of one department. Small and plain: it travels from a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..core.errors import InternalError, ReportgenError
from ..core.finding import Finding, Place, Severity
from .department_totals import Totals

Status = Literal["generated", "refused", "failed", "quarantined", "waiting"]
"""``docs/bulk.md`` says what each means. Departments a stopped run did not come to are ``waiting``."""
STATUS_LABELS: Mapping[str, str] = {
    "generated": "已生成",
    "refused": "有错误，未生成",
    "failed": "无法生成",
    "quarantined": "已隔离",
    "waiting": "未处理",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of the department ``name``: its worst finding first, file names, totals if the document was read.

    ``findings`` are errors, warnings and what is accepted; of notes there is only the number. What follows ``files``
    belongs to this run and is in no file: whether the files were ``current``, seconds by the clock, the worker's number
    and peak in KiB, the name of the layout.
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
    layout: str = ""


def worst_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the errors, then the warnings, then what is accepted, in their order, without the other notes."""
    worst = [f for level in (Severity.ERROR, Severity.WARNING) for f in findings if f.severity is level]
    return (*worst, *(f for f in findings if f.accepted))


def failed(name: str, error: ReportgenError) -> Outcome:
    """Return the outcome of a department whose build raised ``error``; its code is PL100 plus the exit code."""
    hint = error.hint or error.next_step
    reason = Finding(f"PL1{error.exit_code:02}", Severity.ERROR, error.message, (), hint, error.values)
    return Outcome(name, "failed", (reason, *worst_first(error.findings)))


def internal_error(name: str, kind: str, what: str) -> Outcome:
    """Return the ``failed`` outcome of a department after a fault of the program, an exception of class ``kind``."""
    hint = "这是程序的毛病，不是文件的错；请对这份文件运行 reportgen build -v，把全部输出报告给开发者"
    return failed(name, InternalError("内部错误 {kind}：{what}", hint, kind=kind, what=what[:200]))


def quarantined(name: str, reason: Finding) -> Outcome:
    """Return the outcome of a department that lost its worker to a limit (PL201, PL202) or its death (PL203)."""
    return Outcome(name, "quarantined", (reason,))


def too_slow(source: str, seconds: float) -> Finding:
    """PL201: the time limit."""
    hint = "看看这份文件是否特别大；确实需要更久，就放宽 --time-limit"
    return _reason("PL201", "超过 {seconds} 秒没有完成，已中止", hint, source, seconds=f"{seconds:g}")


def too_large(source: str, memory: int) -> Finding:
    """PL202: the memory limit."""
    hint = "看看这份文件是否特别大；确实需要更多，就放宽 --memory-limit"
    return _reason("PL202", "内存超过 {memory} MB，已中止", hint, source, memory=str(memory))


def worker_died(source: str, how: str) -> Finding:
    """PL203: the worker died, twice."""
    hint = "这是程序的毛病；请把这份文件和这句话报告给开发者"
    return _reason("PL203", "两次使工作进程异常结束（{how}）", hint, source, how=how)


def _reason(code: str, message: str, hint: str, source: str, **values: str) -> Finding:
    return Finding(code, Severity.ERROR, message, (Place(printed=source),), hint, values)
