"""The local executor: whatever a document does to its worker affects that document alone."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from reportgen.bulk.executors.local import processes
from reportgen.bulk.jobs import Job
from reportgen.bulk.outcome import Outcome
from reportgen.core.errors import UsageError
from reportgen.isolation.job import COLLECT_EVERY
from reportgen.isolation.limits import Limits
from reportgen.isolation.pool import run_all
from tests.bulk import poison
from tests.bulk.kills import ROOT
from tests.isolation.processes import ended, workers_of

LINUX = sys.platform.startswith("linux")
LIMITS = Limits(seconds=3, memory=96)
EXPECTED = {
    "a-well": "",
    "b-crash": "PL203 两次使工作进程异常结束（exit 3）",
    "c-signalled": "PL203 两次使工作进程异常结束（SIGSEGV）",
    "d-hang": "PL201 超过 3 秒没有完成，已中止",
    "e-deaf": "PL201 超过 3 秒没有完成，已中止",
    "f-memory": "PL202 内存超过 96 MB，已中止",
    "g-piecemeal": "PL202 内存超过 96 MB，已中止",
    "h-once": "",
    "i-well": "",
    "j-slow": "",
}


def jobs(names: list[str], folder: Path) -> list[Job]:
    return [Job(name, str(folder / name), str(folder / "out" / name), "zhejiang") for name in names]


def findings_of(outcome: Outcome) -> str:
    return "".join(f"{f.code} {f.message.format(**f.values)}" for f in outcome.findings)


@pytest.mark.skipif(not LINUX, reason="only Linux refuses memory beyond a limit")
def test_each_bad_job_is_isolated_and_named_and_all_others_complete(tmp_path: Path) -> None:
    execute = processes("zhejiang", (), 2, LIMITS, None, poison.work, poison.warm)
    outcomes = {one.name: one for one in execute(jobs(list(EXPECTED), tmp_path))}
    assert {name: findings_of(outcomes[name]) for name in EXPECTED} == EXPECTED
    for name, one in outcomes.items():
        assert one.status == ("quarantined" if EXPECTED[name] else "generated"), name
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()], "a temporary file was left"


def test_garbage_is_collected_between_documents(tmp_path: Path) -> None:
    names = [f"{n:03}-cycle" for n in range(3 * COLLECT_EVERY)]
    left = [one.value.notes for one in run_all(jobs(names, tmp_path), poison.work, poison.warm, 1, Limits())]
    assert left == [*range(1, COLLECT_EVERY + 1)] * 3


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None) if LINUX else None, "malloc_trim"), reason="only glibc can give memory back"
)
def test_memory_of_a_document_is_given_back_although_something_of_it_is_kept(tmp_path: Path) -> None:
    names = [f"{n}-crumbs" for n in range(4)]
    first, *later = [one.value.notes for one in run_all(jobs(names, tmp_path), poison.work, poison.warm, 1, Limits())]
    assert max(later) - first < 20 << 10, "of the 60 MB of each"


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_no_worker_outlives_a_run_that_is_broken_off(tmp_path: Path) -> None:
    with closing(run_all(jobs(["a-well", "b-hang"], tmp_path), poison.work, poison.warm, 2, Limits())) as results:
        next(results)
        workers = workers_of(os.getpid())
        assert len(workers) == 2
    assert not workers_of(os.getpid())


SCRIPT = """
import sys
from pathlib import Path
from reportgen.isolation.limits import Limits
from reportgen.isolation.pool import run_all
from tests.bulk import poison
from tests.bulk.kills import ROOT
from tests.isolation.processes import ended, workers_of
from tests.bulk.test_pool import jobs
print([one.job.name for one in run_all(jobs(sys.argv[2:], Path(sys.argv[1])), poison.work, poison.warm, 1, Limits())])
"""
"""A user's script without the guard ``if __name__ == "__main__"``."""


def script(folder: Path, *names: str) -> subprocess.Popen[str]:
    path = folder / "script.py"
    path.write_text(SCRIPT)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, path, folder, *names], env=env, stdout=subprocess.PIPE, text=True)


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    assert script(tmp_path, "a-well", "b-well").communicate()[0] == "['a-well', 'b-well']\n"


@pytest.mark.skipif(not LINUX, reason="only Linux ends a process with its parent")
def test_a_worker_at_work_dies_with_its_parent(tmp_path: Path) -> None:
    run = script(tmp_path, "a-deaf")
    while not (tmp_path / "a-deaf").exists():
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


def test_workers_that_cannot_start_end_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"工作进程起不来（exit 9）"):
        list(run_all(jobs(["a-well"], tmp_path), poison.work, poison.fails_to_start, 1, Limits()))
