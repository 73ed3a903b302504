"""Last year's documents, found by the department's code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..budget.json_input import read_payload
from ..core.errors import ReportgenError, UsageError
from .department_totals import Amounts, published_last_year
from .inputs import documents
from .jobs import Job
from .summary.aggregate import add_up


@dataclass(frozen=True, slots=True)
class LastYear:
    """Which departments of last year have no document this year (``gone``: code and file), and which are ``new``.

    ``amounts`` are the sums of those gone; None if last year is not known, or not of all.
    """

    gone: tuple[tuple[str, str], ...] = ()
    new: tuple[str, ...] = ()
    amounts: Amounts | None = None


def paired(jobs: Sequence[Job], folder: str | None, out: Path) -> tuple[list[Job], LastYear]:
    """The jobs, each with its department's document in ``folder``, and what found no partner.

    Raises:
        UsageError: there is no such folder, or two documents in it are of one department.
    """
    if folder is None:
        return list(jobs), LastYear()
    before = _by_code(folder, out)
    codes = {job.name: _code(Path(job.source)) for job in jobs}
    found = [replace(job, last=str(before[codes[job.name]])) if codes[job.name] in before else job for job in jobs]
    known = set(codes.values())
    gone = tuple((code, str(path)) for code, path in sorted(before.items()) if code not in known)
    new = tuple(job.name for job in found if codes[job.name] and not job.last)
    return found, LastYear(gone, new, _of_gone([Path(path) for _, path in gone]))


def _of_gone(paths: Sequence[Path]) -> Amounts | None:
    try:
        return add_up(published_last_year(path) for path in paths)
    except ReportgenError:
        return None


def _by_code(folder: str, out: Path) -> Mapping[str, Path]:
    before: dict[str, Path] = {}
    for one in sorted(documents([folder], out), key=lambda found: found.name):
        if not (code := _code(one.path)):
            continue
        if code in before:
            message, hint = "上年的部门 {code} 有两份文件：{one} 和 {other}", "只留一份"
            raise UsageError(message, hint, code=code, one=str(before[code]), other=str(one.path))
        before[code] = one.path
    return before


def _code(path: Path) -> str:
    """The department's code, or ``""``; whoever reads the whole file will say what is wrong with it."""
    try:
        code = json.loads(read_payload(path))["department"]["code"]
    except (ReportgenError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return code if isinstance(code, str) else ""
