"""Work that goes wrong as the name of its job says; what no name says works. Run in real worker processes."""

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
from reportgen.core.run_lock import claim, temporary
from reportgen.isolation.limits import status

CRUMBS: list[bytes] = []


def work(job: Job) -> Outcome:
    """Do what the name says."""
    kind = job.name.rpartition("-")[2]
    return DEEDS.get(kind, well)(job)


def warm() -> None:
    """Nothing to load."""


def fails_to_begin() -> None:
    """Ends its process while it warms up."""
    os._exit(9)


def well(job: Job) -> Outcome:
    return Outcome(job.name, "published")


class Knot:
    """Refers to itself, so that only the search for cyclic garbage finds it."""

    alive: ClassVar[WeakSet[Knot]] = WeakSet()

    def __init__(self) -> None:
        self.own = self
        self.alive.add(self)


def knotty(job: Job) -> Outcome:
    """Leaves a knot, and says how many there are."""
    Knot()
    return Outcome(job.name, "published", notes=len(Knot.alive))


def crash(job: Job) -> Outcome:
    os._exit(3)


def signalled(job: Job) -> Outcome:
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)
    return well(job)


def hang(job: Job) -> Outcome:
    """Hangs while it has a file in the making."""
    folder = Path(job.out)
    folder.mkdir(parents=True)
    with claim(folder) as token:
        temporary(folder, token, 0, "part").write_bytes(b"half")
        while True:
            time.sleep(1)


def deaf(job: Job) -> Outcome:
    """Hangs without giving any other thread a turn."""
    Path(job.source).touch()
    sum(range(10**13))
    return well(job)


def memory(job: Job) -> Outcome:
    held = bytearray(10 << 30)
    return Outcome(job.name, "published", notes=len(held))


def piecemeal(job: Job) -> Outcome:
    """Takes its memory in small pieces."""
    pieces: list[bytes] = []
    while True:
        pieces.append(b"x" * (1 << 20))


def once(job: Job) -> Outcome:
    """Dies the first time, as if somebody else had killed it."""
    mark = Path(job.source)
    if mark.exists():
        return well(job)
    mark.touch()
    os._exit(1)


def crumbs(job: Job) -> Outcome:
    """Leaves one of many pieces, and says how many KiB the worker had before."""
    before = status("VmRSS")
    CRUMBS.append([bytes(1000) for _ in range(60_000)][-1])
    return Outcome(job.name, "published", notes=before)


def slow(job: Job) -> Outcome:
    time.sleep(0.2)
    return well(job)


DEEDS: dict[str, Callable[[Job], Outcome]] = {
    deed.__name__: deed for deed in (crash, signalled, hang, deaf, memory, piecemeal, once, slow, knotty, crumbs)
}
