"""The inside of a worker process: take a job from the pipe, work, send what came of it, until the pipe ends."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from ..core.garbage_collection import collect_rarely
from .limits import Limits, die_with_parent, give_back, hold_memory, peak_memory

Work = Callable[[Any], Any]

TIDY_EVERY = 32
"""After so many jobs cyclic garbage is looked for, when little is alive; a document leaves some 60 objects."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker sends: that it is ready (no ``value``), or what came of its job; ``memory`` is its peak in KiB."""

    value: Any = None
    memory: int = 0
    full: bool = False
    """Whether the memory limit was hit; then there is no value, and the worker ends."""


def serve(pipe: Connection, parent: int, work: Work, warm: Callable[[], None], limits: Limits) -> None:
    """Serve until the parent closes its end of ``pipe``, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is told to all; the parent decides what it means
    collect_rarely()
    die_with_parent(parent)
    _watch_parent()
    hold_memory(limits.memory)
    _warm(warm)
    pipe.send(Done(memory=peak_memory()))
    for count in itertools.count(1):
        try:
            job = pipe.recv()
        except EOFError:
            return
        done = _done(work, job)
        pipe.send(done)
        if done.full:  # nobody knows what else was left undone
            return
        if not count % TIDY_EVERY:
            gc.collect()
        del job, done
        give_back()  # 7 MiB of a small document: 1 ms, and 6 for the next one to take them again


def _done(work: Work, job: Any) -> Done:
    try:
        value = work(job)
    except MemoryError:
        return Done(memory=peak_memory(), full=True)
    return Done(value, peak_memory())


def _warm(warm: Callable[[], None]) -> None:
    try:
        warm()
    except Exception:
        return  # the first job will meet the same, and say it
    gc.collect()
    gc.freeze()  # what every document needs is never garbage: the collector need not look at it again
    gc.disable()  # in the middle of a document it would look through all of it, and find nothing


def _watch_parent() -> None:
    """End with the parent, also where the system cannot be asked for it."""
    above = multiprocessing.parent_process()
    if above is not None:
        threading.Thread(target=_outlive, args=(above,), daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
