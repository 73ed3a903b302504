"""Runs that are killed, interrupted or run twice at once end with the bytes of an undisturbed run.

A few here; fifty in a campaign.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.bulk.departments import contents
from tests.bulk.kills import Bench, disturbed
from tests.isolation.processes import ended, workers_of
from tests.population import size

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the workers in /proc")

INTERRUPTED = 130


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("kills"), departments=4, formats="xlsx", jobs=1)


@pytest.mark.campaign
def test_killed_and_resumed(bench: Bench) -> None:
    runs = size(50, 2)  # half of the victims are parents, half are workers
    assert sum(disturbed(bench, runs, seed=3).values()) == runs


def test_two_runs_on_one_folder_do_not_harm_each_other(bench: Bench) -> None:
    runs = [bench.start("twice") for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert contents(bench.root / "twice") == bench.undisturbed


def _group(run: Popen[bytes], number: int) -> None:
    os.killpg(run.pid, number)  # as a terminal and systemd do


def _parent(run: Popen[bytes], number: int) -> None:
    run.send_signal(number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("send", [_group, _parent])
def test_an_interrupt_stops_at_once_and_is_reported(
    send: Callable[[Popen[bytes], int], None], number: signal.Signals, bench: Bench, tmp_path: Path
) -> None:
    out = tmp_path / "interrupted"
    with _running(bench.start(str(out))) as run:
        workers = _wait_for_workers(run.pid)
        send(run, number)
        assert run.wait(timeout=30) == INTERRUPTED
    assert all(ended(worker) for worker in workers)
    assert json.loads((out / "summary.json").read_bytes())["complete"] is False
    assert not list(out.rglob(".reportgen-*"))


def test_a_run_started_with_interrupts_ignored_goes_on_until_it_is_terminated(bench: Bench, tmp_path: Path) -> None:
    """As ``nohup`` and a shell's background jobs are started."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = bench.start(str(tmp_path / "out"), interruptible=False)
    finally:
        signal.signal(signal.SIGINT, before)
    with _running(process) as run:
        workers = _wait_for_workers(run.pid)
        os.killpg(run.pid, signal.SIGINT)
        time.sleep(0.3)
        assert run.poll() is None
        run.terminate()
        assert run.wait(timeout=30) == INTERRUPTED
    assert all(ended(worker) for worker in workers)
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["complete"] is False


@contextmanager
def _running(run: Popen[bytes]) -> Iterator[Popen[bytes]]:
    """End the run with the block, also if the test fails."""
    try:
        yield run
    finally:
        run.kill()
        run.wait()


def _wait_for_workers(pid: int) -> list[int]:
    """Wait until a run has workers; return them."""
    for _ in range(600):
        if workers := workers_of(pid):
            return workers
        time.sleep(0.05)
    raise AssertionError("no worker started")
