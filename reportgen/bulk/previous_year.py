"""Pair each department with its document of the previous year, by the department's code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..budget.json_input import read_payload
from ..core.errors import ReportgenError, UsageError
from .department_totals import Amounts, previous_year_amounts
from .inputs import documents
from .jobs import Job
from .summary.aggregate import add_amounts


@dataclass(frozen=True, slots=True)
class PreviousYear:
    """Departments of the previous year without a document this year (``gone``: code and file), and the ``new`` ones.

    ``amounts`` are the sums of those gone; None if the previous year's documents are not given or one cannot be read.
    """

    gone: tuple[tuple[str, str], ...] = ()
    new: tuple[str, ...] = ()
    amounts: Amounts | None = None


def pair_with_previous_year(jobs: Sequence[Job], folder: str | None, out: Path) -> tuple[list[Job], PreviousYear]:
    """Return the jobs, each with its department's document in ``folder``, and the departments without a partner.

    Raises:
        UsageError: there is no such folder, or two documents in it are of one department.
    """
    if folder is None:
        return list(jobs), PreviousYear()
    before = _by_code(folder, out)
    codes = {job.name: _code(Path(job.source)) for job in jobs}
    paired = [replace(job, last=str(before[codes[job.name]])) if codes[job.name] in before else job for job in jobs]
    this_year = set(codes.values())
    gone = tuple((code, str(path)) for code, path in sorted(before.items()) if code not in this_year)
    new = tuple(job.name for job in paired if codes[job.name] and not job.last)
    return paired, PreviousYear(gone, new, _sums([Path(path) for _, path in gone]))


def _sums(paths: Sequence[Path]) -> Amounts | None:
    try:
        return add_amounts(previous_year_amounts(path) for path in paths)
    except ReportgenError:
        return None


def _by_code(folder: str, out: Path) -> Mapping[str, Path]:
    before: dict[str, Path] = {}
    for document in sorted(documents([folder], out), key=lambda document: document.name):
        if not (code := _code(document.path)):
            continue
        if code in before:
            message, hint = "上年的部门 {code} 有两份文件：{one} 和 {other}", "只留一份"
            raise UsageError(message, hint, code=code, one=str(before[code]), other=str(document.path))
        before[code] = document.path
    return before


def _code(path: Path) -> str:
    """Return the department's code, or ``""``; what is wrong with the file is reported when it is built."""
    try:
        code = json.loads(read_payload(path))["department"]["code"]
    except (ReportgenError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return code if isinstance(code, str) else ""
