"""One worker process as its parent sees it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from math import inf
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any, Generic, TypeVar, cast

from .limits import Limits
from .worker_main import Done, Work, serve

J = TypeVar("J")

START_SECONDS = 300.0
"""A worker that takes longer to begin is stuck."""


class Member(Generic[J]):
    """A worker: started, ready when it said so, busy while it has a job."""

    def __init__(self, work: Work, warm: Callable[[], None], limits: Limits) -> None:
        """Start the process; it will say that it is ready. ``spawn`` gives it nothing but what it is told."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, os.getpid(), work, warm, limits), daemon=True)
        with _no_main(), _no_interrupt():
            self._process.start()
        theirs.close()  # theirs alone: so that it ends with them
        self.number = self._process.pid or 0
        self.ready = self.busy = False
        self.deadline = time.monotonic() + START_SECONDS
        self._limits = limits
        self._job: J | None = None
        self._since = 0.0

    @property
    def job(self) -> J:
        """What it is at, or was at last."""
        return cast(J, self._job)

    def take(self, job: J) -> None:
        """Give it a job; one that is dead already is found out by waiting for it."""
        self._job, self.busy, self._since = job, True, time.monotonic()
        self.deadline = self._since + self._limits.seconds
        with contextlib.suppress(OSError):
            self._pipe.send(job)

    def free(self) -> None:
        """It has answered."""
        self.busy, self.deadline = False, inf

    def seconds(self) -> float:
        """How long it has been at its job."""
        return time.monotonic() - self._since

    def ends(self) -> tuple[Connection[Any, Any], int]:
        """What to wait on: an answer or a death."""
        return self._pipe, self._process.sentinel

    def answer(self) -> Done | None:
        """What it sent, or None if it died without a word."""
        with contextlib.suppress(EOFError, OSError):
            if self._pipe.poll():
                return cast(Done, self._pipe.recv())
        return None

    def kill(self) -> None:
        """End the process, whatever it is at."""
        if self._process.is_alive():
            self._process.kill()

    def bury(self) -> str:
        """Wait for its end and give everything back; how it ended."""
        self._process.join()
        code = self._process.exitcode or 0
        self._pipe.close()
        self._process.close()
        return _how(code)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """A process started in here does not run the program's own main module again.

    It would, to find functions that are defined there; ours are not, and somebody's script may well begin a run of its
    own whenever it is read.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """A process started in here never hears Ctrl-C, not even while it still imports; the parent hears it later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started together with the first process it would let the signal through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
