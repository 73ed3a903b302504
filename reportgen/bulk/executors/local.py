"""Run jobs in worker processes on this machine, and say what it means when a worker loses its job."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...core.run_lock import remove_leftovers
from ...isolation import Limits, Result, run_all
from ...isolation.job import Work
from ..jobs import Job
from ..outcome import Outcome, internal_error, quarantined, too_large, too_slow, worker_died
from ..store import Store
from . import Executor
from .build_job import build_job, warm_up
from .remote_job import build_into_store


def processes(
    layout: str,
    formats: tuple[str, ...],
    workers: int,
    limits: Limits,
    store: Store | None = None,
    work: Work | None = None,
    warm: Callable[[], None] | None = None,
) -> Executor:
    """Return an executor of ``workers`` processes within ``limits``.

    Each loads the layout and the writers of ``formats`` before its first job. Files go to each job's own folder, or
    into ``store``. ``work`` and ``warm`` replace what the workers do: audits, and in tests.
    """
    warm = warm or partial(warm_up, layout, formats)
    if not work:
        work = partial(build_into_store, store.url, store.run) if store else build_job

    def execute(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        results = run_all(jobs, work, warm, min(workers, len(jobs)), limits)
        with closing(results):
            for result in results:
                yield replace(_outcome(result, limits), worker=result.worker, memory=result.memory)

    return execute


def _outcome(result: Result[Job], limits: Limits) -> Outcome:
    if result.loss is None:
        outcome: Outcome = result.value
        return outcome
    for folder in (Path(result.job.out), result.job.state_folder().path) if result.job.out else ():
        remove_leftovers(folder)  # its worker could not remove its temporary files
    return replace(_lost(result, limits), seconds=result.seconds)


def _lost(result: Result[Job], limits: Limits) -> Outcome:
    name, source = result.job.name, result.job.source
    if result.loss == "time":
        return quarantined(name, too_slow(source, limits.seconds))
    if result.loss == "memory":
        return quarantined(name, too_large(source, limits.memory))
    if result.loss == "death":
        return quarantined(name, worker_died(source, result.detail))
    kind, _, what = result.detail.partition(": ")
    return internal_error(name, kind, what)
