"""Hands on this machine: the pool of processes, and what it means when one loses its job."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...core.run_lock import sweep
from ...isolation.limits import Limits
from ...isolation.pool import Result, run_all
from ...isolation.worker_main import Work
from ..jobs import Job
from ..outcome import Hands, Outcome, deadly, quarantined, too_large, too_slow
from ..store import Store
from .build_job import warm, work
from .remote_job import common, send


def processes(
    layout: str,
    wanted: tuple[str, ...],
    workers: int,
    limits: Limits,
    do: Work = work,
    begin: Callable[[], None] | None = None,
) -> Hands:
    """Hands of so many worker processes, within ``limits``; they ``begin`` by loading the layout and the writers."""
    begin = begin or partial(warm, layout, wanted)

    def hands(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        results = run_all(jobs, do, begin, min(workers, len(jobs)), limits)
        with closing(results):
            for result in results:
                yield replace(_outcome(result, limits), worker=result.worker, memory=result.memory)

    return hands


def sending(store: Store, layout: str) -> Work:
    """The work, with the files put into ``store``."""
    return partial(send, store.url, store.run, common(layout))


def _outcome(result: Result[Job], limits: Limits) -> Outcome:
    if result.loss is None:
        outcome: Outcome = result.value
        return outcome
    job = result.job
    sweep(Path(job.out))  # its worker could not tidy up
    reason = {
        "time": lambda: too_slow(job.source, limits.seconds),
        "memory": lambda: too_large(job.source, limits.memory),
        "death": lambda: deadly(job.source, result.how),
    }[result.loss]()
    return replace(quarantined(job.name, reason), seconds=result.seconds)
