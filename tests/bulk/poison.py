"""Jobs that fail in the way the end of their name says; any other name works. Run in real worker processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from weakref import WeakSet

from reportgen.bulk.jobs import Job
from reportgen.bulk.outcome import Outcome
from reportgen.core.run_lock import run_token, temporary
from reportgen.isolation.limits import process_status

KEPT: list[bytes] = []


def work(job: Job) -> Outcome:
    """Do what the name says."""
    kind = job.name.rpartition("-")[2]
    return DEEDS.get(kind, well)(job)


def warm() -> None:
    """Nothing to load."""


def fails_to_start() -> None:
    """End the process while it warms up."""
    os._exit(9)


def well(job: Job) -> Outcome:
    return Outcome(job.name, "generated")


class Cycle:
    """Refers to itself, so that only the search for cyclic garbage finds it."""

    alive: ClassVar[WeakSet[Cycle]] = WeakSet()

    def __init__(self) -> None:
        self.own = self
        self.alive.add(self)


def cycle(job: Job) -> Outcome:
    """Leave a cycle, and report how many there are."""
    Cycle()
    return Outcome(job.name, "generated", notes=len(Cycle.alive))


def crash(job: Job) -> Outcome:
    os._exit(3)


def signalled(job: Job) -> Outcome:
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)
    return well(job)


def hang(job: Job) -> Outcome:
    """Hang while a temporary file is half written."""
    folder = Path(job.out)
    folder.mkdir(parents=True)
    with run_token(folder) as token:
        temporary(folder, token, 0, "part").write_bytes(b"half")
        while True:
            time.sleep(1)


def deaf(job: Job) -> Outcome:
    """Hang in one call of C, so that no signal handler and no other thread runs."""
    Path(job.source).touch()
    sum(range(10**13))
    return well(job)


def memory(job: Job) -> Outcome:
    held = bytearray(10 << 30)
    return Outcome(job.name, "generated", notes=len(held))


def piecemeal(job: Job) -> Outcome:
    """Take memory in small pieces."""
    pieces: list[bytes] = []
    while True:
        pieces.append(b"x" * (1 << 20))


def once(job: Job) -> Outcome:
    """Die the first time, as if the process had been killed from outside."""
    mark = Path(job.source)
    if mark.exists():
        return well(job)
    mark.touch()
    os._exit(1)


def crumbs(job: Job) -> Outcome:
    """Keep one of many pieces, and report how many KiB the worker had before."""
    before = process_status("VmRSS")
    KEPT.append([bytes(1000) for _ in range(60_000)][-1])
    return Outcome(job.name, "generated", notes=before)


def slow(job: Job) -> Outcome:
    time.sleep(0.2)
    return well(job)


DEEDS: dict[str, Callable[[Job], Outcome]] = {
    deed.__name__: deed for deed in (crash, signalled, hang, deaf, memory, piecemeal, once, slow, cycle, crumbs)
}
