"""Worker processes that stay for the calls of a server: one call at a time each, with limits; a call can be stopped.

A worker keeps what it made for a ``key`` (a document), so calls with the same key go to the worker that had it last,
unless that works on one call for long. A call that hangs, takes too much memory or ends its worker costs that worker;
the next call has a new one.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pebble import ProcessPool

from .job import Done, Work, do
from .limits import Limits
from .pool import Given, Result, result_of
from .process import WorkerContext
from .steps import Steps, read_steps, tell_to

KEYS = 200
"""Keys whose last worker is remembered."""
LONG_CALL = 5.0
"""Seconds after which the calls behind a call go to a worker that is idle."""


class RunningCall:
    """A call that was given to a worker."""

    def __init__(self, file: Path) -> None:
        """Make a call that tells its steps in ``file``."""
        self.outcome: Future[Result[Any]] = Future()
        self.since = time.monotonic()
        self.stopped = False
        self.ended = 0.0
        """When it ended, by the same clock as ``since``; 0 while it goes on."""
        self._file = file
        self._future: Future[Done] | None = None

    @property
    def steps(self) -> Steps:
        """How far it is."""
        return read_steps(self._file)

    def stop(self) -> None:
        """End the call, and its worker if it works on it already."""
        self.stopped = True
        if self._future is not None:
            self._future.cancel()

    def begin(self, future: Future[Done]) -> None:
        """Follow the call of the pool; what it was called with is not kept."""
        self._future = future
        future.add_done_callback(self._end)

    def _end(self, future: Future[Done]) -> None:
        if future.cancelled():
            result: Result[Any] = Result(None, None, "death", "stopped")
        else:
            result = result_of(Given(None, self.since), future.exception(), future)
        self.ended = time.monotonic()
        self.outcome.set_result(result)
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


class StandingWorkers:
    """``count`` workers, each started at its first call."""

    def __init__(self, count: int, limits: Limits, warm: Callable[[], None]) -> None:
        """Make workers that call ``warm`` before their first call and stay within ``limits``."""
        self._lock = threading.Lock()
        self._files = TemporaryDirectory(prefix="reportgen-steps-")
        self._calls = 0
        self._workers = [_Worker(limits, warm) for _ in range(count)]
        self._last: OrderedDict[str, _Worker] = OrderedDict()

    def start(self, work: Work, argument: Any, key: str = "", seconds: float | None = None) -> RunningCall:
        """Call ``work(argument)`` in a worker; ``seconds`` are the limit of this call, if it is another one."""
        with self._lock:
            self._calls += 1
            call = RunningCall(Path(self._files.name) / f"{self._calls}.json")
            worker = self._chosen(key)
            worker.since = worker.since if worker.waiting else time.monotonic()
            worker.waiting += 1
            if key:
                self._last[key] = worker
                self._last.move_to_end(key)
                while len(self._last) > KEYS:
                    self._last.popitem(last=False)
            future = worker.schedule(_with_steps, (work, argument, call._file), seconds)
        future.add_done_callback(lambda _: self._ended(worker))
        call.begin(future)
        return call

    def close(self) -> None:
        """End all workers; their calls are abandoned."""
        for worker in self._workers:
            worker.close()
        self._files.cleanup()

    def _chosen(self, key: str) -> _Worker:
        """The worker that had the key last, unless it works for long and another is idle; else the one least busy.

        Of several that have as few calls, the one that had the fewest keys: it keeps what it made for each.
        """
        last, keys = self._last.get(key) if key else None, Counter(self._last.values())
        least = min(self._workers, key=lambda worker: (worker.waiting, keys[worker], not worker.is_started))
        if last is None or (last.waiting and not least.waiting and time.monotonic() - last.since > LONG_CALL):
            return least
        return last

    def _ended(self, worker: _Worker) -> None:
        with self._lock:
            worker.waiting -= 1
            worker.since = time.monotonic()


class _Worker:
    """One worker: a pool of one process, which is renewed when it breaks."""

    def __init__(self, limits: Limits, warm: Callable[[], None]) -> None:
        self._limits, self._context = limits, WorkerContext(warm, limits)
        self._pool: ProcessPool | None = None
        self.waiting = 0
        """Calls that it has, the one that it works on among them."""
        self.since = 0.0
        """When it began to work on that one."""

    @property
    def is_started(self) -> bool:
        return self._pool is not None

    def schedule(self, work: Work, argument: Any, seconds: float | None) -> Future[Done]:
        if self._pool is None or not self._pool.active:
            self.close()
            self._pool = ProcessPool(1, context=self._context)
        future: Future[Done] = self._pool.schedule(do, (work, argument), timeout=seconds or self._limits.seconds)
        return future

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()


def _with_steps(job: tuple[Work, Any, Path]) -> Any:
    """Call the function and let it tell its steps (in the worker)."""
    work, argument, file = job
    tell_to(file)
    return work(argument)
