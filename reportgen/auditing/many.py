"""Audit many files, each in a worker process of its own with limits; what one file does, no other notices.

The processes are those of the bulk package: the same pool, limits and messages about files that were lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..bulk.execution import cores
from ..bulk.executors.build_job import timed_outcome
from ..bulk.executors.local import processes
from ..bulk.jobs import Job
from ..bulk.options import ProgressListener
from ..bulk.outcome import Outcome, worst_first
from ..core.errors import InputError, ReportgenError, UsageError
from ..core.stored_data import read_regular
from ..intake.kinds import Kind, kind_of
from ..intake.readers.published import LARGEST
from ..isolation import Limits
from .beside import ALONE, Beside
from .report import AuditReport

if TYPE_CHECKING:
    from .inspection.disclosed import Disclosed

SUFFIXES = (".pdf", ".docx", ".xlsx", ".xls", ".et", ".html", ".htm")
"""The files of a folder that are audited."""
LIMITS = Limits(seconds=120, memory=600)
"""What one file may take: reading, recognising and checking."""


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """One file: its report, or why there is none (``error`` and ``hint`` are templates with ``values``)."""

    path: Path
    report: AuditReport | None = None
    error: str = ""
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    exit_code: int = 0
    """That of the error (2 an extra is missing, 3 unreadable), 1 if a finding is an error, else 0."""
    pictures: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    """PNG files of the pages on which findings are, by page, where they were asked for."""
    disclosed: Disclosed | None = None
    """What an inspection has to know of it, where it was asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each audit: what the file is held against, and whether pages with findings are pictured."""

    beside: Beside = ALONE
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class AuditOutcome(Outcome):
    """The outcome of an audit: ``generated`` if the file was read, whatever was found in it."""

    audited: AuditedFile | None = None


def files_in(paths: Iterable[Path], out: Path | None = None) -> Iterator[Path]:
    """Yield the files, and those of the folders, in the order of their names; symbolic links in folders are left out.

    What is in ``out``, where results are written, is left out, too.

    Raises:
        InputError: there is no such file or folder.
        UsageError: a folder has no file that could be audited, or is the one where results are written.
    """
    results = os.path.realpath(out) if out is not None else ""
    for path in paths:
        if results and path.is_dir() and os.path.realpath(path) == results:
            message = "输出文件夹不能就是被审核的文件夹 {path}"
            raise UsageError(message, "用 -o 给出另一个文件夹", path=str(path))
        if not path.is_dir():
            if not path.exists():
                raise InputError("没有“{path}”这个文件", "检查路径", path=str(path))
            if results and os.path.realpath(path.parent) == results:
                message = "输出文件夹不能就是被审核的文件“{path}”所在的文件夹"
                raise UsageError(message, "用 -o 给出另一个文件夹", path=str(path))
            yield path
            continue
        found = [
            Path(folder) / name
            for folder, _, names in _walk(path, results)
            for name in names
            if name.lower().endswith(SUFFIXES)
            and not name.startswith((".", "~"))
            and not (Path(folder) / name).is_symlink()
        ]
        if not found:
            raise UsageError("“{path}”里没有可以审核的文件", "要 PDF、DOCX、XLSX 文件或网页（.html）", path=str(path))
        yield from sorted(found)


def _walk(path: Path, left_out: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk a folder without the one ``left_out``."""
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if os.path.realpath(os.path.join(folder, name)) != left_out]
        yield folder, folders, names


def audit_files(
    paths: Sequence[Path],
    jobs: int = 0,
    asked: Asked | None = None,
    limits: Limits = LIMITS,
    listener: ProgressListener | None = None,
) -> Iterator[AuditedFile]:
    """Yield what was found in each file, in the order in which they are done. ``jobs`` processes work at a time.

    Raises:
        UsageError: the workers cannot start.
    """
    executor = processes("", (), jobs or cores(), limits, work=partial(audit_job, asked or Asked()), warm=warm_up)
    if listener:
        listener.begun(len(paths), 0)
    with closing(executor([Job(str(n), str(path), "", "") for n, path in enumerate(paths)])) as outcomes:
        for outcome in outcomes:
            if listener:
                listener.ended(outcome)
            yield audited_of(outcome, paths[int(outcome.name)])


def warm_up() -> None:
    """Import what every audit needs, before the first file."""
    from . import audit  # noqa: F401


def audit_job(asked: Asked, job: Job) -> Outcome:
    """Audit the file of a job. Any executor may call it."""
    return timed_outcome(job.name, lambda: outcome_of(job.name, audit_file(Path(job.source), asked)))


def audit_file(path: Path, asked: Asked, payload: bytes | None = None) -> AuditedFile:
    """Return what was found in a file, in this process; ``payload`` is its content where it was read already."""
    from .audit import audit_understood, read_published, understand
    from .inspection.disclosed import disclosed

    try:
        understood = understand(read_published(path if payload is None else payload, isolated=False))
        report = audit_understood(understood, asked.beside)
    except ReportgenError as error:
        return AuditedFile(path, None, error.message, error.hint, dict(error.values), error.exit_code)
    content = None
    if asked.beside.inspection:
        content = disclosed(understood.read, understood.recognised.tables, understood.prose)
    done = AuditedFile(path, report, exit_code=1 if report.blocking else 0, disclosed=content)
    return _with_pictures(done, payload) if asked.pictures else done


def _with_pictures(done: AuditedFile, payload: bytes | None) -> AuditedFile:
    payload = payload or read_regular(done.path, LARGEST)
    if done.report is None or payload is None or kind_of(payload) is not Kind.PDF:
        return done
    from ..intake.readers.pdf.pictures import page_pictures

    pages = {box.page for boxes in done.report.boxes.values() for box in boxes}
    return replace(done, pictures=page_pictures(payload, pages))


def outcome_of(name: str, audited: AuditedFile) -> AuditOutcome:
    """Return the outcome of a job whose file was audited, or could not be read."""
    if audited.report is None:
        return AuditOutcome(name, "failed", audited=audited)
    findings = tuple(one.finding for one in audited.report.findings)
    worst = worst_first(findings)
    return AuditOutcome(name, "generated", worst, len(findings) - len(worst), audited=audited)


def audited_of(outcome: Outcome, path: Path) -> AuditedFile:
    """Return what was found in a file, or why its audit was lost."""
    if isinstance(outcome, AuditOutcome) and outcome.audited is not None:
        return outcome.audited
    reason = outcome.findings[0]
    usage = reason.code == f"PL1{UsageError.exit_code:02}"
    code = UsageError.exit_code if usage else InputError.exit_code
    return AuditedFile(path, None, reason.message, reason.hint, dict(reason.values), code)
