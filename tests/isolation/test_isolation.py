"""Worker processes with limits: whatever a job does to its worker costs that job alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

import reportgen
from reportgen.core.errors import UsageError
from reportgen.isolation import Limits, Result, run_all, run_one
from reportgen.isolation.job import COLLECT_EVERY
from tests.isolation import jobs
from tests.isolation.processes import ended, workers_of

LINUX = sys.platform.startswith("linux")
linux = pytest.mark.skipif(not LINUX, reason="uses /proc, or what only Linux limits")
LIMITS = Limits(seconds=3, memory=96)
LOST = {
    "exits": ("death", "exit 3"),
    "exits_with_zero": ("death", "exit 0"),
    "is_killed_by_a_signal": ("death", "SIGSEGV"),
    "hangs": ("time", ""),
    "hangs_in_c": ("time", ""),
    "takes_one_large_block": ("memory", ""),
    "takes_many_small_blocks": ("memory", ""),
    "raises": ("error", "ValueError: no such table"),
    "raises_system_exit": ("error", "SystemExit: 1"),
    "returns_what_cannot_be_pickled": ("error", "AttributeError: Can't pickle local object"),
    "returns_what_cannot_be_unpickled": ("error", "ValueError: invalid literal for int()"),
}


@linux
def test_each_loss_is_named_and_every_other_job_is_done() -> None:
    names = [name for lost in LOST for name in (lost, "works")]
    results = list(run_all(names, jobs.call, jobs.warm, 2, LIMITS))
    assert len(results) == len(names)
    lost = {one.job: (one.loss, one.detail) for one in results if one.loss}
    assert lost.keys() == LOST.keys()
    for name, (loss, detail) in LOST.items():
        assert lost[name][0] == loss, name
        assert lost[name][1].startswith(detail) if loss != "memory" else True, name
    assert [one.value for one in results if not one.loss] == [42] * len(LOST)


@linux
@pytest.mark.parametrize("name", ["works", "exits", "hangs_in_c", "takes_many_small_blocks", "raises"])
def test_one_job_by_itself(name: str) -> None:
    result = run_one(jobs.call, name, LIMITS)
    assert result.loss == LOST.get(name, (None,))[0]
    assert not workers_of(os.getpid())


@linux
def test_a_part_of_a_job_may_have_less_memory() -> None:
    assert run_one(jobs.call, "takes_more_than_a_part_may", Limits(seconds=10, memory=256)).value == (True, True)


def test_a_process_that_is_no_worker_is_not_limited() -> None:
    assert jobs.takes_more_than_a_part_may() == (False, True)


def test_a_result_states_time_worker_and_memory() -> None:
    result = run_one(jobs.call, "works")
    assert result == Result("works", 42, None, "", result.seconds, result.worker, result.memory)
    assert 0 < result.seconds < 10
    assert result.worker not in (0, os.getpid())
    assert result.memory > 1000 or not LINUX


def test_a_job_that_cannot_be_pickled_is_lost_alone() -> None:
    results = list(run_all([lambda: None, "works"], jobs.call, jobs.warm, 1, LIMITS))
    assert sorted(str(one.loss) for one in results) == ["None", "error"]


def test_a_job_whose_worker_died_is_tried_once_more(tmp_path: Path) -> None:
    assert run_one(jobs.die_the_first_time, str(tmp_path / "mark")).value == "second try"


def test_the_second_try_is_alone(tmp_path: Path) -> None:
    results = list(run_all([str(tmp_path)] * 4, jobs.is_alone, jobs.warm, 2, Limits()))
    assert [one.loss for one in results] == [None] * 4
    assert results[-1].value == 1


@linux
def test_the_time_limit_counts_from_the_start_of_the_job() -> None:
    """Four jobs of one second each, one after the other, with a limit of three."""
    results = list(run_all([1.0] * 4, time.sleep, jobs.warm, 1, LIMITS))
    assert [one.loss for one in results] == [None] * 4


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_that_cannot_start_end_the_run(workers: int) -> None:
    with pytest.raises(UsageError, match=r"工作进程起不来（exit 9）"):
        list(run_all(["works"] * 5, jobs.call, jobs.exit_while_starting, workers, Limits()))


def test_workers_that_end_while_they_start_are_replaced_once_a_job_is_done(tmp_path: Path) -> None:
    warm = partial(jobs.start_unsteadily, tmp_path / "marks")
    results = list(run_all(["works", "exits", "works"], jobs.call, warm, 1, Limits()))
    assert sorted(result.loss or "" for result in results) == ["", "", "death"]


@linux
def test_a_worker_that_is_killed_before_its_first_job_is_replaced() -> None:
    def kill_the_first() -> None:
        while not (found := workers_of(os.getpid())):
            time.sleep(0.001)
        os.kill(found[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_the_first)
    killer.start()
    assert run_one(jobs.call, "works").value == 42
    killer.join()


@linux
def test_no_worker_outlives_a_run_that_is_broken_off() -> None:
    with closing(run_all(["works", "hangs_in_c"], jobs.call, jobs.warm, 2, Limits())) as results:
        next(results)
        assert len(workers_of(os.getpid())) == 2
    assert not workers_of(os.getpid())


@linux
def test_a_large_job_that_no_worker_has_read_does_not_stop_the_end() -> None:
    """The job fills the connection while the only worker is busy; the run must end all the same."""
    start = time.monotonic()
    with closing(run_all(["works", "hangs", "x" * (1 << 20)], jobs.call, jobs.warm, 1, Limits())) as results:
        next(results)
    assert time.monotonic() - start < 20
    assert not workers_of(os.getpid())


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be blocked here")
def test_a_worker_receives_no_interrupt_of_the_terminal() -> None:
    assert run_one(jobs.signal_handling, 0).value == (True, True)


def test_garbage_is_collected_between_jobs() -> None:
    results = run_all(range(3 * COLLECT_EVERY), jobs.leave_a_cycle, jobs.warm, 1, Limits())
    assert [one.value for one in results] == [*range(1, COLLECT_EVERY + 1)] * 3


@linux
def test_memory_of_a_job_is_given_back() -> None:
    first, *later = [one.value for one in run_all(range(4), jobs.leave_one_of_many_blocks, jobs.warm, 1, Limits())]
    assert max(later) - first < 20 << 10, "of the 60 MB of each"


def test_runs_in_several_threads_at_once() -> None:
    main = sys.modules["__main__"]
    values: list[int] = []
    threads = [threading.Thread(target=lambda: values.append(run_one(jobs.call, "works").value)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert values == [42] * 3
    assert sys.modules["__main__"] is main


SCRIPT = """
import sys
from reportgen.isolation import run_one
from tests.isolation import jobs
from tests.isolation.processes import ended, workers_of
print(run_one(jobs.touch_and_hang if sys.argv[1:] else jobs.call, (sys.argv[1:] or ["works"])[0]).value)
"""
"""A user's script without the guard ``if __name__ == "__main__"``."""


def script(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    path = folder / "script.py"
    path.write_text(SCRIPT)
    env = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parent.parent)}
    return subprocess.Popen([sys.executable, path, *arguments], env=env, stdout=subprocess.PIPE, text=True)


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    assert script(tmp_path).communicate()[0] == "42\n"


@linux
def test_a_busy_worker_dies_with_its_parent(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    run = script(tmp_path, str(mark))
    while not mark.exists():
        assert run.poll() is None
        time.sleep(0.05)
    (worker,) = workers_of(run.pid)
    run.kill()
    run.wait()
    died = ended(worker)
    if not died:
        os.kill(worker, signal.SIGKILL)
    run.communicate()
    assert died
