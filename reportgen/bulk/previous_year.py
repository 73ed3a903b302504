"""Pair each department with its document of the previous year, or with the budget of the year, by scope and code.

What is wrong with a document of the previous year concerns its department only: that one is set aside, all others go
on. A document that does not even state its department may be that of any department without a partner: all of these
are set aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import ReportgenError
from ..core.finding import Finding, Place, Severity
from .department_totals import Amounts, previous_year_amounts
from .identity import Identity, identity_of
from .inputs import documents
from .jobs import Job
from .options import Beside
from .summary.aggregate import add_amounts

Key = tuple[str, str]
"""Scope and code."""
LAST_YEAR, BUDGET_OF_YEAR = "last", "initial"
"""The fields of a job that hold a document beside its own."""


@dataclass(frozen=True, slots=True)
class PreviousYear:
    """Departments of the previous year without a document this year (``gone``: code and file), and the ``new`` ones.

    ``amounts`` are the sums of those gone; None if the previous year's documents are not given or one cannot be used.
    ``problems`` (GJ713) state which ones cannot be used.
    """

    gone: tuple[tuple[str, str], ...] = ()
    new: tuple[str, ...] = ()
    amounts: Amounts | None = None
    problems: tuple[Finding, ...] = ()


def pair_with_previous_year(jobs: Sequence[Job], folder: str | None, out: Path) -> tuple[list[Job], PreviousYear]:
    """Return the jobs, each with its department's document in ``folder``, and the departments without a partner.

    A job whose document of the previous year cannot be used gets a ``problem``.

    Raises:
        UsageError: there is no such folder.
    """
    if folder is None:
        return list(jobs), PreviousYear()
    before = _PreviousDocuments(folder, out)
    keys = {job.name: _key(identity_of(Path(job.source))) for job in jobs if not job.problem}
    paired = [job if job.problem else before.paired(job, keys[job.name]) for job in jobs]
    new = tuple(job.name for job in paired if not (job.last or job.problem) and keys[job.name][1])
    this_year = set(keys.values())
    gone = [(key, path) for key, path in sorted(before.usable.items()) if key not in this_year]
    amounts, unreadable = _sums([path for (scope, _), path in gone if scope == "department"])
    problems = (*before.problems(), *unreadable)
    gone_files = tuple((code, str(path)) for (_, code), path in gone)
    return paired, PreviousYear(gone_files, new, None if problems else amounts, problems)


def pair_with_budgets(jobs: Sequence[Job], folder: str | None, out: Path) -> list[Job]:
    """Return the jobs, each with its department's budget of the year in ``folder``: for final accounts.

    A job whose budget cannot be used gets a ``problem``.

    Raises:
        UsageError: there is no such folder.
    """
    if folder is None:
        return list(jobs)
    budgets = _PreviousDocuments(folder, out, BUDGET_OF_YEAR)
    return [job if job.problem else budgets.paired(job, _key(identity_of(Path(job.source)))) for job in jobs]


def pair_as_given(jobs: Sequence[Job], beside: Mapping[str, Beside]) -> list[Job]:
    """Return the jobs, those named in ``beside`` with the documents given there, whatever department these are of."""
    return [
        replace(job, last=given.last, initial=given.initial) if (given := beside.get(job.name)) else job for job in jobs
    ]


class _PreviousDocuments:
    """The documents that others are paired with: usable, doubled, damaged ones, and those of unknown departments.

    ``field`` is the one of the jobs that holds them.
    """

    def __init__(self, folder: str, out: Path, field: str = LAST_YEAR) -> None:
        self._field = field
        found: defaultdict[Key, list[Path]] = defaultdict(list)
        self._damaged: dict[Key, Finding] = {}
        self._unknown: list[Finding] = []
        for document in sorted(documents([folder], out), key=lambda document: document.name):
            who = identity_of(document.path)
            if not who.damaged:
                found[_key(who)].append(document.path)
            elif who.code:
                self._damaged[_key(who)] = _unusable(document.path, who.code, field)
            else:
                self._unknown.append(_unusable(document.path, "", field))
        self.usable = {key: paths[0] for key, paths in found.items() if len(paths) == 1 and key not in self._damaged}
        doubled = {key: paths for key, paths in found.items() if len(paths) > 1}
        self._damaged |= {key: _doubled(key[1], paths, field) for key, paths in doubled.items()}

    def paired(self, job: Job, key: Key) -> Job:
        """Return the job of the department ``key`` with its document of the previous year, or set aside."""
        if key in self._damaged:
            return replace(job, problem=self._damaged[key])
        if key in self.usable:
            return replace(job, **{self._field: str(self.usable[key])})  # type: ignore[arg-type]
        return replace(job, problem=self._unknown[0]) if self._unknown and key[1] else job

    def problems(self) -> Iterable[Finding]:
        """Return a finding for each department and file that cannot be used."""
        return (*(finding for _, finding in sorted(self._damaged.items())), *self._unknown)


def _key(who: Identity) -> Key:
    return who.scope, who.code


def _sums(paths: Sequence[Path]) -> tuple[Amounts, list[Finding]]:
    """Return the sums of documents, and a finding for each that cannot be read."""
    amounts, unreadable = [], []
    for path in paths:
        try:
            amounts.append(previous_year_amounts(path)[1])
        except ReportgenError:
            unreadable.append(_unusable(path))
    return add_amounts(amounts), unreadable


def _unusable(path: Path, code: str = "", field: str = LAST_YEAR) -> Finding:
    """Return the finding about a file of the department ``code``, or of one that it does not state."""
    if field == BUDGET_OF_YEAR:
        message = "预算文件 {path} 读不出来，不知是哪个部门的；可能是它的部门已搁置"
        if code:
            message = "预算文件 {path} 读不出来；部门 {code} 没有核对年初预算数，已搁置"
        hint = "换上完整的预算文件；不是预算文件就移出这个文件夹；再运行一次"
    else:
        message = "上年的文件 {path} 读不出来，不知是哪个部门的；可能是它的部门已搁置"
        if code:
            message = "上年的文件 {path} 读不出来；部门 {code} 没有核对上年数，已搁置"
        hint = "换上完整的上年文件；不是预算文件就移出上年的文件夹；再运行一次"
    values = {"path": str(path), "code": code} if code else {"path": str(path)}
    return _finding(message, (str(path),), hint, values)


def _doubled(code: str, paths: Sequence[Path], field: str = LAST_YEAR) -> Finding:
    message = "上年的部门 {code} 有 {count} 份文件，不知用哪一份；这个部门已搁置"
    if field == BUDGET_OF_YEAR:
        message = "部门 {code} 的预算有 {count} 份文件，不知用哪一份；这个部门已搁置"
    files = tuple(str(path) for path in paths)
    return _finding(message, files, "只留一份，再运行一次", {"code": code, "count": str(len(paths))})


def _finding(message: str, files: tuple[str, ...], hint: str, values: dict[str, str]) -> Finding:
    return Finding("GJ713", Severity.ERROR, message, tuple(Place(printed=file) for file in files), hint, values)
