"""Worker processes that stay: many threads give them jobs, one at a time each, and wait for what comes of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

from pebble import ProcessPool

from .job import Done, do
from .limits import Limits
from .pool import CHECK_SECONDS, Given, J, Result, result_of
from .process import WorkerContext

_TRIES = 3


class Workers:
    """``count`` worker processes, started with the first job; one that dies is replaced."""

    def __init__(self, count: int, warm: Callable[[], None], limits: Limits) -> None:
        """Workers call ``warm``, found by name, before their first job, and stay within ``limits``."""
        self._count, self._warm, self._limits = count, warm, limits
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._ended = False

    def call(self, work: Callable[[J], Any], job: J) -> Result[J]:
        """Call ``work(job)`` in a worker and return what came of it; any thread may call it.

        ``work`` is found by name; the job and the value are pickled. A job whose worker was killed is tried again.
        """
        given = Given(job, time.monotonic())
        for _ in range(_TRIES):
            pool = self._running()
            future = _given_to(pool, work, job, self._limits.seconds) if pool else None
            if pool and future and not isinstance(error := _error(future, pool), BrokenProcessPool | CancelledError):
                return result_of(given, error, future)
            self._replace(pool)
        return Result(job, None, "death", "", time.monotonic() - given.since)

    def stop(self) -> None:
        """End all workers, for good; their jobs are lost."""
        with self._lock:
            pool, self._pool, self._ended = self._pool, None, True
        _stop(pool)

    def _running(self) -> ProcessPool | None:
        with self._lock:
            if self._pool is None and not self._ended:
                self._pool = ProcessPool(self._count, context=WorkerContext(self._warm, self._limits))
            return self._pool

    def _replace(self, broken: ProcessPool | None) -> None:
        with self._lock:
            if self._pool is not broken:
                return  # another thread has replaced it, or all workers are being ended
            self._pool = None
        _stop(broken)


def _error(future: Future[Done], pool: ProcessPool) -> BaseException | None:
    """Wait for a job; return what the pool says of one that was not done. A pool that was stopped says nothing."""
    while not wait((future,), CHECK_SECONDS).done:
        if not pool.active:
            return BrokenProcessPool()
    return CancelledError() if future.cancelled() else future.exception()


def _given_to(pool: ProcessPool, work: Callable[[J], Any], job: J, seconds: float) -> Future[Done] | None:
    """Give a job to a pool; None if it broke before it took it."""
    try:
        return pool.schedule(do, (work, job), timeout=seconds)
    except RuntimeError:
        return None


def _stop(pool: ProcessPool | None) -> None:
    if pool is not None:
        with suppress(RuntimeError):
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
