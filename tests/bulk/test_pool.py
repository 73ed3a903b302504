"""The pool: whatever a document does to its worker costs that document alone."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reportgen.bulk.jobs import Job
from reportgen.bulk.limits import Limits
from reportgen.bulk.local import processes
from reportgen.bulk.outcome import Outcome
from reportgen.bulk.pool import run_all
from reportgen.core.errors import Usage
from tests.bulk import poison

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


def children() -> set[int]:
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    return {int(one) for one in mine.read_text().split()}


@pytest.mark.skipif(not LINUX, reason="looks at /proc")
def test_no_worker_outlives_a_run_that_is_broken_off(tmp_path: Path) -> None:
    before = children()
    with closing(run_all(jobs(["a-well", "b-hang"], tmp_path), poison.work, poison.warm, 2, Limits())) as results:
        next(results)
        workers = {pid for pid in children() - before if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}
        assert len(workers) == 2
    assert not workers & children()


def test_workers_that_cannot_begin_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(Usage, match=r"工作进程起不来（exit 9）"):
        list(run_all(jobs(["a-well"], tmp_path), poison.work, poison.fails_to_begin, 1, Limits()))
