"""Audit many files, each in a worker process of its own with limits; what one file does, no other notices."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import InputError, ReportgenError, UsageError
from ..core.stored_data import read_regular
from ..intake.kinds import Kind, kind_of
from ..intake.readers.published import LARGEST
from ..isolation import Limits, Result, run_all
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


def files_in(paths: Iterable[Path], out: Path | None = None) -> Iterator[Path]:
    """Yield the files, and those of the folders, in the order of their names; symbolic links in folders are left out.

    What is in ``out``, where results are written, is left out, too.

    Raises:
        InputError: there is no such file or folder.
        UsageError: a folder has no file that could be audited.
    """
    results = os.path.realpath(out) if out is not None else ""
    for path in paths:
        if results and path.is_dir() and os.path.realpath(path) == results:
            message = "输出文件夹不能就是被审核的文件夹 {path}"
            raise UsageError(message, "用 -o 给出另一个文件夹", path=str(path))
        if not path.is_dir():
            if not path.exists():
                raise InputError("没有“{path}”这个文件", "检查路径", path=str(path))
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
            raise UsageError("“{path}”里没有可以审核的文件", "要 PDF、DOCX、XLSX 文件", path=str(path))
        yield from sorted(found)


def _walk(path: Path, left_out: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk a folder without the one ``left_out``."""
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if os.path.realpath(os.path.join(folder, name)) != left_out]
        yield folder, folders, names


def audit_files(
    paths: Sequence[Path], jobs: int = 0, pictures: bool = False, beside: Beside = ALONE
) -> Iterator[AuditedFile]:
    """Yield what was found in each file, in the order in which they are done. ``jobs`` processes work at a time.

    ``pictures`` are made of the pages with findings, in PDF files. Each file is held against what is ``beside`` it.

    Raises:
        UsageError: the workers cannot start.
    """
    workers = min(jobs or os.cpu_count() or 1, len(paths))
    work = partial(_audit_with_pictures if pictures else _audit, beside=beside)
    for result in run_all(paths, work, _warm, workers, LIMITS):
        yield _audited(result)


def _warm() -> None:
    """Import what every audit needs, before the first file."""
    from . import audit  # noqa: F401


def _audit(path: Path, beside: Beside = ALONE) -> AuditedFile:
    from .audit import audit_understood, read_published, understand
    from .inspection.disclosed import disclosed

    try:
        understood = understand(read_published(path, isolated=False))
        report = audit_understood(understood, beside)
    except ReportgenError as error:
        return AuditedFile(path, None, error.message, error.hint, dict(error.values), error.exit_code)
    content = None
    if beside.inspection:
        content = disclosed(understood.read, understood.recognised.tables, understood.prose)
    return AuditedFile(path, report, exit_code=1 if report.blocking else 0, disclosed=content)


def _audit_with_pictures(path: Path, beside: Beside = ALONE) -> AuditedFile:
    done = _audit(path, beside)
    payload = read_regular(path, LARGEST) if done.report is not None else None
    if done.report is None or payload is None or kind_of(payload) is not Kind.PDF:
        return done
    from ..intake.readers.pdf.pictures import page_pictures

    pages = {box.page for boxes in done.report.boxes.values() for box in boxes}
    return replace(done, pictures=page_pictures(payload, pages))


def _audited(result: Result[Path]) -> AuditedFile:
    if result.loss is None:
        done: AuditedFile = result.value
        return done
    messages = {"time": "审核超过 {seconds} 秒，没有做完", "memory": "审核超过 {memory} MB 内存，没有做完"}
    message = messages.get(result.loss, "文件使审核它的进程异常结束")
    values = {"seconds": f"{LIMITS.seconds:g}", "memory": str(LIMITS.memory)}
    return AuditedFile(result.job, None, message, "检查文件能否打开；另存为新的文件再试", values, InputError.exit_code)
