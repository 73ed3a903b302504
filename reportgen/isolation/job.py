"""One job inside a worker process: call the function, return what came of it as bytes, free the memory."""

from __future__ import annotations

import gc
import itertools
import os
import pickle
import signal
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .limits import give_back_memory, peak_memory

Work = Callable[[Any], Any]

COLLECT_EVERY = 32
"""Jobs after which cyclic garbage is collected; a document leaves some 60 objects."""
MEMORY_EXIT = 83
"""Exit code of a worker that hit its memory limit."""

_count = itertools.count(1)


class Done(NamedTuple):
    """What a worker returns: the pickled ``value``, or the ``error`` that the function raised.

    The value travels as bytes: what cannot be pickled or unpickled then fails this job and not the pool's connection.
    """

    value: bytes
    error: str
    seconds: float
    worker: int
    memory: int
    """The peak of this process so far, in KiB."""


def do(work: Work, argument: Any) -> Done:
    """Call ``work(argument)`` in a worker. A worker that hits the memory limit ends with :data:`MEMORY_EXIT`."""
    _let_terminate()
    start = time.perf_counter()
    try:
        value, error = pickle.dumps(work(argument)), ""
    except MemoryError:
        os._exit(MEMORY_EXIT)  # what else was left undone is not known
    except BaseException as raised:
        value, error = b"", f"{type(raised).__name__}: {raised}"[:500]
    seconds = time.perf_counter() - start
    if not next(_count) % COLLECT_EVERY:
        gc.collect()
    del argument
    give_back_memory()  # 7 MiB of a small document: 1 ms, and 6 for the next one to take them again
    return Done(value, error, seconds, os.getpid(), peak_memory())


def _let_terminate() -> None:
    """Let SIGTERM end this process at once: pebble's handler would wait for the end of a call in C."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
