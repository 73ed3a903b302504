"""Build the files of one department: a job in, an outcome out. Any executor may call it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ...core import cache
from ...core.errors import ReportgenError
from ...core.finding import Severity
from ...core.stored_data import read_regular
from ...pipeline import (
    BudgetSource,
    LoadedLayout,
    LocalFolder,
    OutputStorage,
    Report,
    build_files,
    load,
    load_layout,
    prepare,
)
from ...writers import default_formats, writer
from ..department_totals import Totals, previous_year_amounts, totals_of
from ..jobs import Job
from ..outcome import Outcome, failed, internal_error, worst_first
from ..outcome_file import NAME as OUTCOME
from ..outcome_file import department_of, keep
from .department_folder import check_owner, remove_old_files


def build_job(job: Job) -> Outcome:
    """Build the files of one department into its folder, and its outcome beside them if they are generated.

    Whatever is wrong with the document is in the outcome; only :class:`MemoryError` is raised.
    """
    return timed_outcome(job.name, lambda: _build_into_folder(job))


def timed_outcome(name: str, work: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of ``work()`` with its time; an error becomes the outcome of the department ``name``."""
    start = time.perf_counter()
    try:
        outcome = work()
    except ReportgenError as error:
        outcome = failed(name, error)
    except MemoryError:
        raise
    except Exception as error:
        outcome = internal_error(name, type(error).__name__, str(error))
    return replace(outcome, seconds=time.perf_counter() - start)


def build_department(
    job: Job, document: BudgetSource, last: BudgetSource | None, out: OutputStorage, state: OutputStorage
) -> Outcome:
    """Build the files of ``document`` into ``out``, their state into ``state``, with the options of ``job``.

    Raises:
        ReportgenError: as :func:`~reportgen.pipeline.build`.
    """
    report = build_files(document, out, job.formats, layout_of(job.layout), last=last, force=job.force, state=state)
    return Outcome(
        job.name,
        "generated" if report.publishable else "refused",
        worst_first(report.findings),
        sum(finding.severity is Severity.NOTE and not finding.accepted for finding in report.findings),
        _totals(job, report, document, last),
        tuple(path.name for path in report.files),
        report.current,
    )


def warm_up(layout: str, formats: tuple[str, ...]) -> None:
    """Load what every document needs, before the time of the first one counts."""
    cache.enable()  # a worker process runs nothing else
    _ = layout_of(layout).fingerprint
    for name in formats or default_formats():
        writer(name)


@lru_cache(maxsize=16)  # each document has its own; a worker of a cluster may serve several runs
def layout_of(name: str) -> LoadedLayout:
    """Return the layout ``name``, loaded once per process."""
    return load_layout(name)


def _build_into_folder(job: Job) -> Outcome:
    path = Path(job.out)
    folder, state, owner = LocalFolder(path), job.state_folder(), None
    _move_outcome(path, state)
    source: BudgetSource = job.source
    last: BudgetSource | None = job.last or None
    if job.initial or (state.path / OUTCOME).exists():
        budget = load(job.source, last, job.initial or None)
        source, last = budget, budget.last
    if (state.path / OUTCOME).exists():
        owner = check_owner(folder, state, load(source).data)
    outcome = build_department(job, source, last, folder, state)
    if outcome.status != "generated":
        return outcome
    reported = remove_old_files(folder, owner, outcome, folder.remove, state.remove)
    keep(outcome, folder, state)
    return reported


def _move_outcome(folder: Path, state: OutputStorage) -> None:
    """Move the outcome that an earlier version left beside the files to the state."""
    kept = read_regular(folder / OUTCOME)
    if department_of(kept):
        if state.read(OUTCOME) is None:
            state.save({OUTCOME: kept or b""})
        LocalFolder(folder).remove(OUTCOME)


def _totals(job: Job, report: Report, document: BudgetSource, last: BudgetSource | None) -> Totals:
    """Return the totals of the prepared document; of files that were current nothing was prepared."""
    prepared = report.prepared or prepare(document, layout_of(job.layout))
    return totals_of(prepared.budget, prepared.facts, None if last is None else previous_year_amounts(last))
