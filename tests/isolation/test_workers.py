"""Workers that stay: jobs from many threads, a worker that dies or hangs is replaced, the end leaves none behind."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from reportgen.isolation import Limits, Workers

from .jobs import call, warm
from .processes import ended


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    running = Workers(2, warm, Limits(seconds=1.5))
    yield running
    running.stop()


def test_many_threads_share_them_and_they_stay(workers: Workers) -> None:
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda _: workers.call(call, "works"), range(16)))
    assert {result.value for result in results} == {42}
    assert len({result.worker for result in results}) <= 2


@pytest.mark.skipif(sys.platform != "linux", reason="signals and limits of Linux")
@pytest.mark.parametrize(
    ("name", "loss"), [("exits", "death"), ("is_killed_by_a_signal", "death"), ("hangs", "time"), ("raises", "error")]
)
def test_a_job_that_is_lost_costs_only_itself(workers: Workers, name: str, loss: str) -> None:
    assert workers.call(call, name).loss == loss
    assert workers.call(call, "works").value == 42


def test_a_job_that_cannot_be_pickled_is_lost_alone(workers: Workers) -> None:
    assert workers.call(call, lambda: 1).loss == "error"  # type: ignore[arg-type]
    assert workers.call(call, "works").value == 42


def test_after_the_end_no_worker_is_left_and_none_starts() -> None:
    stopped = Workers(1, warm, Limits(seconds=60))
    process = stopped.call(call, "works").worker
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(stopped.call, call, "hangs")
        time.sleep(0.2)
        stopped.stop()
        stopped.stop()
        assert waiting.result(timeout=20).loss == "death"
    assert ended(process)
    assert stopped.call(call, "works").loss == "death"
