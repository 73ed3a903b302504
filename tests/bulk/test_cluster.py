"""Runs on a cluster: a real scheduler with two workers, one of them killed; and how each lost job is reported."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.bulk import BulkOptions, Limits, Outcome, run
from reportgen.bulk.executors.dask import Run, cluster
from reportgen.bulk.jobs import Job
from reportgen.bulk.store import Store
from reportgen.core.errors import UsageError
from tests.bulk.departments import contents, department, put, put_many

pytest.importorskip("distributed")
pytest.importorskip("fsspec")

HERE = "127.0.0.1"
OPTIONS = BulkOptions(jobs=2, formats=("xlsx",))


@dataclass
class Dask:
    """A scheduler and two workers on the loopback interface."""

    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> str:
        """Start all; the scheduler's address."""
        place = self.folder / "scheduler.json"
        self._start("scheduler", "--host", HERE, "--port", "0", "--scheduler-file", str(place))
        _until(place.is_file)
        for n in range(2):
            worker = (
                "--nworkers",
                "1",
                "--nthreads",
                "1",
                "--no-nanny",
                "--local-directory",
                str(self.folder / str(n)),
            )
            self._start("worker", "--scheduler-file", str(place), "--host", HERE, *worker)
        address: str = json.loads(place.read_text())["address"]
        assert address.startswith(f"tcp://{HERE}:")
        return address

    def _start(self, what: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options]
        with (self.folder / f"{what}.log").open("ab") as log:
            self.started.append(subprocess.Popen(command, stdout=log, stderr=log))

    def kill_a_worker(self) -> None:
        self.started[-1].send_signal(signal.SIGKILL)

    def stop(self) -> None:
        for one in reversed(self.started):
            one.kill()
            one.wait()


def _until(ready: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    summary = Dask(tmp_path_factory.mktemp("dask"))
    yield summary
    summary.stop()


@dataclass
class Killer:
    """Kills a worker when two departments are done: it is then at another."""

    dask: Dask
    ended_: list[Outcome] = field(default_factory=list)

    def begun(self, jobs: int, current: int) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        self.ended_.append(outcome)
        if len(self.ended_) == 2:
            self.dask.kill_a_worker()


@pytest.mark.filterwarnings("ignore")  # Dask's own
def test_a_killed_worker_loses_no_department(dask: Dask, tmp_path: Path) -> None:
    """All outputs are there, byte for byte those of an undisturbed run on one machine; again, all are current."""
    put_many(tmp_path / "in", 9)
    put(tmp_path / "in", "broken", {"schema": "reportgen/budget/2"})
    options = replace(OPTIONS, cluster=dask.start())
    summary = run([tmp_path / "in"], tmp_path / "cluster", options, Killer(dask))
    assert summary.counts() == {"failed": 1, "generated": 9}
    assert dask.started[-1].wait() == -signal.SIGKILL
    alone = run([tmp_path / "in"], (tmp_path / "alone").as_uri(), OPTIONS)
    assert summary == replace(alone, outcomes=tuple(map(_as_of, alone.outcomes, summary.outcomes)))
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")
    store = (tmp_path / "cluster").as_uri()
    assert sum(outcome.current for outcome in run([tmp_path / "in"], store, options).outcomes) == 9


def _as_of(one: Outcome, run: Outcome) -> Outcome:
    """An outcome with what belongs to the other run."""
    return replace(one, seconds=run.seconds, worker=run.worker, memory=run.memory)


class KilledWorker(Exception):
    """As Dask calls it."""


@dataclass
class Future:
    """A future that is over with ``error``, or hangs."""

    status: str
    error: BaseException | None = None
    asked: Callable[[Any], None] | None = None
    cancelled: bool = False

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        if self.status != "pending":
            call(self)

    def exception(self) -> BaseException | None:
        return self.error

    def result(self) -> Outcome:
        return Outcome("450", "generated")

    def cancel(self, force: bool) -> None:
        self.cancelled = force


@dataclass
class Client:
    """A cluster of one worker that does to every job the same."""

    future: Future
    workers: Sequence[str] = ("tcp://worker",)
    keys: list[str] = field(default_factory=list)
    restarted: list[str] = field(default_factory=list)

    def submit(self, function: Any, remote: Any, key: str, pure: bool) -> Future:
        self.keys.append(key)
        return self.future

    def processing(self) -> dict[str, list[str]]:
        return {worker: self.keys for worker in self.workers}

    def restart_workers(self, workers: list[str], timeout: float, raise_for_error: bool) -> None:
        self.restarted += workers

    def cancel(self, futures: list[Future], force: bool) -> None:
        pass


ENDS = {
    "done": (Future("finished"), "generated", ""),
    "killed": (Future("error", KilledWorker()), "quarantined", "PL203"),
    "memory": (Future("error", MemoryError()), "quarantined", "PL202"),
    "not installed": (Future("error", ImportError("reportgen")), "failed", "PL170"),
    "hangs": (Future("pending"), "quarantined", "PL201"),
}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    source = put(tmp_path, "450", department(0))
    return Job("450", str(source), "", "zhejiang")


def outcomes(client: Client, job: Job, monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    monkeypatch.setattr("reportgen.bulk.executors.dask.CHECK_SECONDS", 0.05)
    monkeypatch.setattr("reportgen.bulk.executors.dask.NO_WORKER_SECONDS", 0.1)
    return list(Run(client, Store("memory://x"), Limits(seconds=0.2)).outcomes([job]))


@pytest.mark.parametrize("end", ENDS)
def test_every_lost_job_is_reported_with_its_reason(end: str, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    future, status, code = ENDS[end]
    client = Client(future)
    (outcome,) = outcomes(client, job, monkeypatch)
    assert (outcome.status, "".join(finding.code for finding in outcome.findings)) == (status, code)
    assert (future.cancelled, client.restarted) == ((True, ["tcp://worker"]) if end == "hangs" else (False, []))


def test_an_unreadable_document_is_not_sent(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(Future("finished"))
    (outcome,) = outcomes(client, replace(job, source="nowhere.json"), monkeypatch)
    assert (outcome.status, client.keys) == ("failed", [])


@pytest.mark.parametrize(
    ("client", "says"),
    [(Client(Future("pending"), workers=()), "没有工作节点"), (Client(Future("lost", OSError())), "断了")],
)
def test_a_cluster_that_is_gone_stops_the_run(
    client: Client, says: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=says):
        outcomes(client, job, monkeypatch)


def test_an_address_without_a_scheduler_is_reported(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.bulk.executors.dask.CONNECT_SECONDS", 0.5)
    with pytest.raises(UsageError, match="连不上"):
        list(cluster(f"tcp://{HERE}:9", Store("memory://x"), Limits())([job]))


@pytest.mark.parametrize("address", ["127.0.0.1", "tcp://127.0.0.1", "http://127.0.0.1:80", "tcp://:x"])
def test_an_invalid_address_is_reported_at_once(address: str, job: Job) -> None:
    with pytest.raises(UsageError, match="不是调度器的地址"):
        list(cluster(address, Store("memory://x"), Limits())([job]))


def test_without_dask_the_message_names_the_package(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as stop:
        list(cluster(f"tcp://{HERE}:9", Store("memory://x"), Limits())([job]))
    assert "reportgen[cluster]" in stop.value.hint
