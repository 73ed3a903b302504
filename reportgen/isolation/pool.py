"""Run jobs in worker processes with limits; a job whose worker died is tried once more, alone, before it is lost.

pebble's ``ProcessPool`` starts the workers, gives them jobs and ends a worker whose job is too slow, so a job that
hangs, takes too much memory or ends its worker costs nothing but itself. This module adds what pebble lacks: the second
try; an end when workers cannot start at all; a new pool when all workers died without a job
(``docs/adr/0009-pebble-for-the-worker-pool.md``).
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pebble import ProcessExpired, ProcessPool

from ..core.errors import UsageError
from .job import MEMORY_EXIT, Done, Work, do
from .limits import Limits
from .process import WorkerContext, exit_text

J = TypeVar("J")

Loss = Literal["time", "memory", "death", "error"]
FALSE_STARTS = 3
"""After so many pools in a row that break before the first job is done, the run ends: no worker can start."""
LATER_FALSE_STARTS = 30
"""The same once a job is done: workers can start, so those that end while they start were killed from outside."""
CHECK_SECONDS = 1.0
"""Seconds between two checks whether the pool is broken."""


@dataclass(frozen=True, slots=True)
class Result(Generic[J]):
    """What came of a job: the ``value`` its function returned, or the ``loss`` of it.

    ``loss``: the time or the memory limit, the death of the worker (twice; ``detail`` is ``exit 3`` or ``SIGSEGV``), an
    error (``detail`` is the exception, or why the value cannot be pickled). ``seconds`` is the time of the job, and
    with it that of the worker's start where the job was lost; ``worker`` is a process number and ``memory`` its peak
    in KiB, each 0 where it is not known.
    """

    job: J
    value: Any = None
    loss: Loss | None = None
    detail: str = ""
    seconds: float = 0
    worker: int = 0
    memory: int = 0


def run_all(
    jobs: Sequence[J], work: Work, warm: Callable[[], None], workers: int, limits: Limits
) -> Generator[Result[J], None, None]:
    """Call ``work`` with each of ``jobs`` in ``workers`` processes; yield results as they come.

    Workers call ``warm`` before their first job. ``work`` and ``warm`` are found by name, in a module that can be
    imported; both, the jobs and the values are pickled. No worker outlives the iteration.

    Raises:
        UsageError: workers end before their first job.
    """
    run = _Run[J](work, WorkerContext(warm, limits), workers, limits)
    try:
        yield from run.results(jobs)
    finally:
        run.stop()


def run_one(work: Callable[[J], Any], job: J, limits: Limits | None = None) -> Result[J]:
    """Call ``work(job)`` in a worker process of its own, and return what came of it.

    Starting the process takes some 0.1 s and the imports of ``work``'s module.

    Raises:
        UsageError: the worker cannot start.
    """
    with closing(run_all([job], work, _nothing, 1, limits or Limits())) as results:
        return next(results)


def _nothing() -> None:
    """Warm nothing up."""


@dataclass(frozen=True, slots=True)
class Given(Generic[J]):
    """A job that was given to the pool, and when."""

    job: J
    since: float


class _Run(Generic[J]):
    """One list of jobs, and the pool that works on it."""

    def __init__(self, work: Work, context: WorkerContext, workers: int, limits: Limits) -> None:
        self._work = work
        self._context = context
        self._workers = workers
        self._limits = limits
        self._pool = self._new_pool()
        self._futures: dict[Future[Done], Given[J]] = {}
        self._again: list[J] = []
        """Jobs whose worker died once: tried once more after all others, alone."""
        self._done = 0
        """Jobs done so far."""
        self._broken = 0
        """Pools in a row that broke before any job was done."""

    def results(self, jobs: Sequence[J]) -> Iterator[Result[J]]:
        """Yield each job's result."""
        yield from self._finish(deque(jobs), self._workers, last_try=False)
        for job in self._again:
            yield from self._finish(deque([job]), 1, last_try=True)

    def stop(self) -> None:
        """End all workers; their jobs are abandoned."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _finish(self, waiting: deque[J], at_once: int, last_try: bool) -> Iterator[Result[J]]:
        """Work on ``waiting``, so many at once, until all are done."""
        while waiting or self._futures:
            while waiting and len(self._futures) < at_once and self._pool.active:
                self._give_first(waiting)
            ended, _ = wait(self._futures, CHECK_SECONDS, FIRST_COMPLETED)
            for future in ended:
                yield from self._result(future, waiting, last_try)
            if not self._pool.active:
                waiting.extend(self._renew())

    def _give_first(self, waiting: deque[J]) -> None:
        with suppress(RuntimeError):  # the pool broke in this moment; `_finish` renews it
            future = self._pool.schedule(do, (self._work, waiting[0]), timeout=self._limits.seconds)
            self._futures[future] = Given(waiting.popleft(), time.monotonic())

    def _result(self, future: Future[Done], waiting: deque[J], last_try: bool) -> Iterator[Result[J]]:
        """Yield the result of a job that has ended; put it aside if its worker died for the first time."""
        given = self._futures.pop(future)
        error = future.exception()
        if isinstance(error, BrokenProcessPool):
            waiting.append(given.job)
            return
        self._broken = 0
        self._done += error is None
        result = result_of(given, error, future)
        if result.loss == "death" and not last_try:
            self._again.append(given.job)
        else:
            yield result

    def _renew(self) -> list[J]:
        """Replace a broken pool; return the jobs that it had.

        A pool breaks when a worker ends while none has a job: it was killed, or it cannot start.
        """
        self._broken += 1
        if self._broken >= (LATER_FALSE_STARTS if self._done else FALSE_STARTS):
            hint = "内存不够或内存上限太小时会这样；请减少同时工作的进程，或放宽上限"
            raise UsageError("工作进程起不来（{how}）", hint, how=self._context.last_exit())
        self.stop()
        self._pool = self._new_pool()
        jobs = [given.job for given in self._futures.values()]
        self._futures.clear()
        return jobs

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(self._workers, context=self._context)


def result_of(given: Given[J], error: BaseException | None, future: Future[Done]) -> Result[J]:
    """Return what came of a job that a pool has ended with ``error``, or with the result of ``future``."""
    if error is None:
        return _finished(given.job, future.result())
    seconds = time.monotonic() - given.since
    if isinstance(error, ProcessExpired):
        loss: Loss = "memory" if error.exitcode == MEMORY_EXIT else "death"
        return Result(given.job, None, loss, exit_text(error.exitcode), seconds, error.pid or 0)
    if isinstance(error, TimeoutError):
        return Result(given.job, None, "time", "", seconds)
    return Result(given.job, None, "error", _text(error), seconds)  # the job cannot be pickled


def _finished(job: J, done: Done) -> Result[J]:
    value, error = None, done.error
    try:
        value = None if error else pickle.loads(done.value)
    except Exception as raised:
        error = _text(raised)
    return Result(job, value, "error" if error else None, error, done.seconds, done.worker, done.memory)


def _text(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:500]
