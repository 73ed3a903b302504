"""Runs that are killed, interrupted or run twice at once end with the bytes of an undisturbed run.

A few here; fifty in a campaign.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

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
    runs = size(50, 4)  # half of the victims are parents, half are workers
    assert sum(disturbed(bench, runs, seed=3).values()) == runs


def test_two_runs_on_one_folder_do_not_harm_each_other(bench: Bench) -> None:
    runs = [bench.start("twice") for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert contents(bench.root / "twice") == bench.undisturbed


def test_an_interrupt_stops_at_once_and_is_reported(bench: Bench) -> None:
    run = bench.start("interrupted")
    workers = _wait_for_workers(run.pid)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    assert run.wait(timeout=30) == INTERRUPTED
    assert all(ended(worker) for worker in workers)
    summary = json.loads((bench.root / "interrupted" / "summary.json").read_bytes())
    assert summary["complete"] is False
    assert not list(Path(bench.root / "interrupted").rglob(".reportgen-*"))


def _wait_for_workers(pid: int) -> list[int]:
    """Wait until a run has workers; return them."""
    for _ in range(600):
        if workers := workers_of(pid):
            return workers
        time.sleep(0.05)
    raise AssertionError("no worker started")
