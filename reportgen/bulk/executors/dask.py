"""Run jobs on the workers of a Dask cluster (``reportgen bulk … --cluster tcp://…``).

A worker has one job at a time, so the scheduler never holds more documents than there are workers, and the time limit
counts from when a worker has the job. If a worker dies, Dask gives its job to another one. A worker that exceeds the
time limit is restarted.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from ...core.errors import InternalError, ReportgenError, UsageError
from ...isolation.job import Work
from ...isolation.limits import Limits
from ..jobs import Job
from ..outcome import Outcome, failed, quarantined, too_large, too_slow, worker_died
from ..store import Store, import_optional
from . import Executor
from .remote_job import build_remote_job, remote_job

CHECK_SECONDS = 2.0
"""Seconds between two queries of the scheduler for its workers."""
NO_WORKER_SECONDS = 60.0
"""Seconds without any worker after which the run ends."""
CONNECT_SECONDS = 20.0
ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+:[0-9]+")


@dataclass(slots=True)
class Task:
    """A job on the cluster: Dask's future, the worker that has it, and since when."""

    job: Job
    future: Any
    worker: str = ""
    since: float = 0.0


Send = Callable[[Job, Store], Any]
"""Makes of a job what travels to a worker: with it all that it needs."""


def cluster(
    address: str, store: Store, limits: Limits, send: Send = remote_job, work: Work = build_remote_job
) -> Executor:
    """Return an executor that uses all workers of the scheduler at ``address``; the files go to ``store``.

    What ``send`` makes of a job travels to a worker, which calls ``work`` with it: by default its files are built.
    """

    def execute(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        with closing(_connected(address)) as client:
            run = Run(client, store, limits, send, work)
            try:
                yield from run.outcomes(jobs)
            finally:
                run.stop()
                store.remove_leftovers()

    return execute


def _connected(address: str) -> Any:
    distributed = import_optional(_distributed, "--cluster")
    if not ADDRESS.fullmatch(address):  # with an address it cannot parse, Dask's client never returns
        raise UsageError("“{address}”不是调度器的地址", "如 tcp://调度机:8786；先启动 dask scheduler", address=address)
    try:
        return distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        hint = "如 tcp://调度机:8786；先启动 dask scheduler"
        reason = str(error)[:200] or type(error).__name__
        raise UsageError("连不上调度器 {address}：{why}", hint, address=address, why=reason) from None


def _distributed() -> Any:
    import distributed

    return distributed


class Run:
    """One list of jobs on a cluster."""

    def __init__(
        self, client: Any, store: Store, limits: Limits, send: Send = remote_job, work: Work = build_remote_job
    ) -> None:
        """Prepare a run; nothing is sent yet."""
        self._send, self._work = send, work
        self._client = client
        self._store = store
        self._limits = limits
        self._tasks: dict[str, Task] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._worker_count = 0
        self._without_workers_since = time.monotonic()
        self._checked = 0.0

    def outcomes(self, jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        """Yield each job's outcome, as they come."""
        waiting = iter(jobs)
        self._check_workers()
        left = len(jobs)
        while left:
            for outcome in (*self._sent(waiting), *self._finished(), *self._overdue()):
                left -= 1
                yield outcome

    def stop(self) -> None:
        """Cancel the jobs that are not done."""
        with suppress(Exception):
            self._client.cancel([task.future for task in self._tasks.values()], force=True)
        self._tasks.clear()

    def _sent(self, waiting: Any) -> Generator[Outcome, None, None]:
        """Send one job for each worker that has none; a document that cannot be read is not sent."""
        while len(self._tasks) < self._worker_count and (job := next(waiting, None)):
            try:
                remote = self._send(job, self._store)
            except ReportgenError as error:
                yield failed(job.name, error)
                continue
            key = f"reportgen-{self._store.run}-{job.name}"
            future = self._client.submit(self._work, remote, key=key, pure=False)
            self._tasks[key] = Task(job, future, since=time.monotonic())
            future.add_done_callback(partial(self._note_end, key))

    def _note_end(self, key: str, _: Any) -> None:
        self._ended.put(key)

    def _finished(self) -> Generator[Outcome, None, None]:
        """Wait until a job ends, or until it is time to query the scheduler."""
        with suppress(Empty):
            key = self._ended.get(timeout=max(self._checked + CHECK_SECONDS - time.monotonic(), 0.0))
            if task := self._tasks.pop(key, None):
                yield self._outcome(task)
        if time.monotonic() - self._checked >= CHECK_SECONDS:
            self._check_workers()

    def _outcome(self, task: Task) -> Outcome:
        error = None if task.future.status == "finished" else task.future.exception()
        if error is None:
            outcome: Outcome = task.future.result()
            return outcome
        if isinstance(error, MemoryError):
            return quarantined(task.job.name, too_large(task.job.source, self._limits.memory))
        if type(error).__name__ == "KilledWorker":
            return quarantined(task.job.name, worker_died(task.job.source, "KilledWorker"))
        if task.future.status in ("cancelled", "lost"):
            raise UsageError("与调度器的连接断了", "查看调度器；再运行一次即可接着做")
        return failed(task.job.name, _fault(error))

    def _check_workers(self) -> None:
        """Ask the scheduler which workers there are, and which job each has."""
        self._checked = time.monotonic()
        processing = self._client.processing()
        self._worker_count = len(processing)
        for worker, keys in processing.items():
            for key in keys:
                task = self._tasks.get(str(key))
                if task and task.worker != worker:
                    task.worker, task.since = worker, self._checked
        if self._worker_count:
            self._without_workers_since = self._checked
        elif self._checked - self._without_workers_since > NO_WORKER_SECONDS:
            raise UsageError("调度器没有工作节点", "启动 dask worker；再运行一次即可接着做")

    def _overdue(self) -> Generator[Outcome, None, None]:
        """Yield the outcomes of jobs beyond the time limit; their workers are restarted."""
        now = time.monotonic()
        for key, task in list(self._tasks.items()):
            if task.worker and now - task.since > self._limits.seconds:
                del self._tasks[key]
                task.future.cancel(force=True)
                with suppress(Exception):  # a worker that is gone need not be restarted
                    self._client.restart_workers([task.worker], timeout=CONNECT_SECONDS, raise_for_error=False)
                lost = quarantined(task.job.name, too_slow(task.job.source, self._limits.seconds))
                yield replace(lost, seconds=now - task.since)


def _fault(error: BaseException) -> InternalError:
    hint = "这是程序的毛病，或工作节点上没有装好 reportgen"
    return InternalError("工作节点出错 {kind}：{what}", hint, kind=type(error).__name__, what=str(error)[:200])
