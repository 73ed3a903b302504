"""The worker process as pebble starts it: with the ``spawn`` method, limits set and warm before its first job."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from ..core.garbage_collection import collect_rarely
from .limits import Limits, end_with_parent, limit_memory

START_SECONDS = 300.0
"""A worker that takes longer to start is ended."""
EXIT_ZERO = 256
"""Stands for exit code 0, which pebble takes for a worker that had no job."""
REMEMBERED = 64
"""Started processes whose exit codes are kept."""

_main_module = threading.Lock()


class WorkerContext(SpawnContext):
    """The start method ``spawn`` with :class:`WorkerProcess`. pebble starts its workers through it."""

    def __init__(self, warm: Callable[[], None], limits: Limits) -> None:
        """Workers call ``warm`` before their first job and stay within the memory of ``limits``."""
        super().__init__()
        self._warm = warm
        self._limits = limits
        self.started: deque[WorkerProcess] = deque(maxlen=REMEMBERED)

    def Process(self, *args: Any, **kwargs: Any) -> WorkerProcess:  # type: ignore[override]
        """Return a worker process that is not started yet."""
        process = WorkerProcess(*args, **kwargs)
        process.settings = (os.getpid(), self._warm, self._limits)
        self.started.append(process)
        return process

    def last_exit(self) -> str:
        """Return how the process ended that was started last among those that have ended."""
        codes = (process.exitcode for process in reversed(tuple(self.started)))
        return next((exit_text(code) for code in codes if code is not None), "")


class WorkerProcess(SpawnProcess):
    """A worker that prepares itself and then runs pebble's loop."""

    settings: tuple[int, Callable[[], None], Limits]
    """The parent's process number, what to call before the first job, the limits."""

    def start(self) -> None:
        """Start the process; it never receives SIGINT, not even while it imports."""
        with _without_main(), _interrupts_blocked():
            super().start()

    @property
    def exitcode(self) -> int | None:
        """The exit code; 0 as :data:`EXIT_ZERO`, so that a job that calls ``os._exit(0)`` counts as lost."""
        code = super().exitcode
        return EXIT_ZERO if code == 0 else code

    def run(self) -> None:
        """Prepare this process and run pebble's loop (in the worker)."""
        parent, warm, limits = self.settings
        timer = threading.Timer(START_SECONDS, os._exit, (1,))
        timer.daemon = True
        timer.start()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all processes of its group
        collect_rarely()
        end_with_parent(parent)
        _watch_parent()
        limit_memory(limits.memory)
        _warm_up(warm)
        timer.cancel()
        super().run()


def exit_text(code: int) -> str:
    """Return how a process ended, from its exit code: ``exit 3``, ``SIGSEGV``."""
    if code >= 0:
        return f"exit {0 if code == EXIT_ZERO else code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


def _warm_up(warm: Callable[[], None]) -> None:
    try:
        warm()
    except Exception:
        return  # the first job will raise the same, and report it
    gc.collect()
    gc.freeze()  # what every job needs is never garbage: the collector need not look at it again
    gc.disable()  # it would run in the middle of a job and find nothing; `job.do` collects between jobs


def _watch_parent() -> None:
    """End with the parent also where the system offers no signal for that."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Processes started in here do not import the program's main module.

    ``spawn`` imports it to find functions that are defined there. A user's script may start a run whenever it is
    imported; functions for workers are in modules of their own.
    """
    with _main_module:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Processes started in here have SIGINT blocked; in this process it arrives afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started by the first process it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
