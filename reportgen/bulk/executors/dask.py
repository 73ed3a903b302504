"""Hands on other machines: the same work through a Dask scheduler (``reportgen bulk … --cluster tcp://…``).

A worker has one document at a time, so the scheduler is never asked to hold a city, and the time limit counts from
when a worker was found. A worker that dies costs its document a second try elsewhere: Dask sees to that. One
that overruns the time limit is restarted.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from ...core.errors import InternalError, ReportgenError, UsageError
from ...isolation.limits import Limits
from ..jobs import Job
from ..outcome import Hands, Outcome, deadly, failed, quarantined, too_large, too_slow
from ..store import Store, wanted
from .remote_job import deliver, packed

LOOK = 2.0
"""Seconds between two looks at who is there."""
PATIENCE = 60.0
"""Seconds without any worker after which the run gives up."""
CONNECT = 20.0
ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+:[0-9]+")


@dataclass(slots=True)
class Task:
    """A job on the cluster: Dask's future, which worker has it, and since when."""

    job: Job
    future: Any
    worker: str = ""
    since: float = 0.0


def cluster(address: str, store: Store, limits: Limits) -> Hands:
    """Hands of all workers of the scheduler at ``address``; the files go to ``store``."""

    def hands(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        with closing(_connected(address)) as client:
            run = Run(client, store, limits)
            try:
                yield from run.outcomes(jobs)
            finally:
                run.stop()
                store.tidy()

    return hands


def _connected(address: str) -> Any:
    distributed = wanted(_distributed, "--cluster")
    if not ADDRESS.fullmatch(address):  # Dask's client would not let go of one that it cannot read
        raise UsageError("“{address}”不是调度器的地址", "如 tcp://调度机:8786；先启动 dask scheduler", address=address)
    try:
        return distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        hint = "如 tcp://调度机:8786；先启动 dask scheduler"
        reason = str(error)[:200] or type(error).__name__
        raise UsageError("连不上调度器 {address}：{why}", hint, address=address, why=reason) from None


def _distributed() -> Any:
    import distributed

    return distributed


class Run:
    """One list of jobs on a cluster."""

    def __init__(self, client: Any, store: Store, limits: Limits) -> None:
        """Nothing is sent yet."""
        self._client = client
        self._store = store
        self._limits = limits
        self._tasks: dict[str, Task] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._workers = 0
        self._alone_since = time.monotonic()
        self._looked = 0.0

    def outcomes(self, jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        """Each job's outcome, as they come."""
        waiting = iter(jobs)
        self._look()
        left = len(jobs)
        while left:
            for outcome in (*self._sent(waiting), *self._heard(), *self._overdue()):
                left -= 1
                yield outcome

    def stop(self) -> None:
        """Give up what is not done."""
        with suppress(Exception):
            self._client.cancel([task.future for task in self._tasks.values()], force=True)
        self._tasks.clear()

    def _sent(self, waiting: Any) -> Generator[Outcome, None, None]:
        """Send one job for each worker that has none; a document that cannot be read is not sent."""
        while len(self._tasks) < self._workers and (job := next(waiting, None)):
            try:
                parcel = packed(job, self._store)
            except ReportgenError as stop:
                yield failed(job.name, stop)
                continue
            key = f"reportgen-{self._store.run}-{job.name}"
            future = self._client.submit(deliver, parcel, key=key, pure=False)
            self._tasks[key] = Task(job, future, since=time.monotonic())
            future.add_done_callback(partial(self._note, key))

    def _note(self, key: str, _: Any) -> None:
        self._ended.put(key)

    def _heard(self) -> Generator[Outcome, None, None]:
        """Wait for an end, or until it is time to look round."""
        with suppress(Empty):
            key = self._ended.get(timeout=max(self._looked + LOOK - time.monotonic(), 0.0))
            if task := self._tasks.pop(key, None):
                yield self._outcome(task)
        if time.monotonic() - self._looked >= LOOK:
            self._look()

    def _outcome(self, task: Task) -> Outcome:
        error = None if task.future.status == "finished" else task.future.exception()
        if error is None:
            outcome: Outcome = task.future.result()
            return outcome
        if isinstance(error, MemoryError):
            return quarantined(task.job.name, too_large(task.job.source, self._limits.memory))
        if type(error).__name__ == "KilledWorker":
            return quarantined(task.job.name, deadly(task.job.source, "KilledWorker"))
        if task.future.status in ("cancelled", "lost"):
            raise UsageError("与调度器的连接断了", "查看调度器；再运行一次即可接着做")
        return failed(task.job.name, _fault(error))

    def _look(self) -> None:
        """Who is there, and who is at what."""
        self._looked = time.monotonic()
        at = self._client.processing()
        self._workers = len(at)
        for worker, keys in at.items():
            for key in keys:
                task = self._tasks.get(str(key))
                if task and task.worker != worker:
                    task.worker, task.since = worker, self._looked
        if self._workers:
            self._alone_since = self._looked
        elif self._looked - self._alone_since > PATIENCE:
            raise UsageError("调度器没有工作机", "启动 dask worker；再运行一次即可接着做")

    def _overdue(self) -> Generator[Outcome, None, None]:
        """Documents beyond the time limit: their workers are restarted."""
        now = time.monotonic()
        for key, task in list(self._tasks.items()):
            if task.worker and now - task.since > self._limits.seconds:
                del self._tasks[key]
                task.future.cancel(force=True)
                with suppress(Exception):  # one that is gone need not be restarted
                    self._client.restart_workers([task.worker], timeout=CONNECT, raise_for_error=False)
                lost = quarantined(task.job.name, too_slow(task.job.source, self._limits.seconds))
                yield replace(lost, seconds=now - task.since)


def _fault(error: BaseException) -> InternalError:
    hint = "这是程序的毛病，或工作机上没有装好 reportgen"
    return InternalError("工作机出错 {kind}：{what}", hint, kind=type(error).__name__, what=str(error)[:200])
