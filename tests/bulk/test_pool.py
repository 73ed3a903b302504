"""The pool: whatever a document does to its worker costs that document alone."""

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
from reportgen.isolation.limits import Limits
from reportgen.isolation.pool import run_all
from reportgen.isolation.worker_main import TIDY_EVERY
from tests.bulk import poison
from tests.bulk.kills import ROOT, gone
from tests.bulk.kills import children as workers_of

LINUX = sys.platform.startswith("linux")
LIMITS = Limits(seconds=1, memory=96)
EXPECTED = {
    "a-well": "",
    "b-crash": "PL203 两次使工作进程异常结束（exit 3）",
    "c-signalled": "PL203 两次使工作进程异常结束（SIGSEGV）",
    "d-hang": "PL201 超过 1 秒没有完成，已中止",
    "e-deaf": "PL201 超过 1 秒没有完成，已中止",
    "f-memory": "PL202 内存超过 96 MB，已中止",
    "g-piecemeal": "PL202 内存超过 96 MB，已中止",
    "h-once": "",
    "i-well": "",
    "j-slow": "",
}


def jobs(names: list[str], folder: Path) -> list[Job]:
    return [Job(name, str(folder / name), str(folder / "out" / name), "zhejiang") for name in names]


def told(outcome: Outcome) -> str:
    return "".join(f"{f.code} {f.message.format(**f.values)}" for f in outcome.findings)


@pytest.mark.skipif(not LINUX, reason="only Linux refuses memory beyond a limit")
def test_each_poison_is_isolated_and_named_and_all_others_complete(tmp_path: Path) -> None:
    hands = processes("zhejiang", (), 2, LIMITS, poison.work, poison.warm)
    outcomes = {one.name: one for one in hands(jobs(list(EXPECTED), tmp_path))}
    assert {name: told(outcomes[name]) for name in EXPECTED} == EXPECTED
    for name, one in outcomes.items():
        assert one.status == ("quarantined" if EXPECTED[name] else "published"), name
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()], "something half made was left"


def test_garbage_is_looked_for_between_documents(tmp_path: Path) -> None:
    names = [f"{n:03}-knotty" for n in range(3 * TIDY_EVERY)]
    left = [one.value.notes for one in run_all(jobs(names, tmp_path), poison.work, poison.warm, 1, Limits())]
    assert left == [*range(1, TIDY_EVERY + 1)] * 3


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None) if LINUX else None, "malloc_trim"), reason="only glibc is asked")
def test_what_a_document_took_is_given_back_although_something_of_it_is_left(tmp_path: Path) -> None:
    names = [f"{n}-crumbs" for n in range(4)]
    first, *later = [one.value.notes for one in run_all(jobs(names, tmp_path), poison.work, poison.warm, 1, Limits())]
    assert max(later) - first < 20 << 10, "of the 60 MB of each"


@pytest.mark.skipif(not LINUX, reason="looks at /proc")
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
from tests.bulk.kills import ROOT, gone
from tests.bulk.kills import children as workers_of
from tests.bulk.test_pool import jobs
print([one.job.name for one in run_all(jobs(sys.argv[2:], Path(sys.argv[1])), poison.work, poison.warm, 1, Limits())])
"""
"""Somebody's script, without the guard that processes usually ask for."""


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
    died = gone(worker)
    if not died:
        os.kill(worker, signal.SIGKILL)
    run.communicate()
    assert died


def test_workers_that_cannot_begin_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"工作进程起不来（exit 9）"):
        list(run_all(jobs(["a-well"], tmp_path), poison.work, poison.fails_to_begin, 1, Limits()))
