"""Sections that Ctrl-C must not break: it is raised when they end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def delay_interrupt() -> Iterator[None]:
    """Delay Ctrl-C until the end of the block or the decorated function.

    openpyxl takes a ``KeyboardInterrupt`` in the middle of a cell for a wrong value; between two rows it leaves a
    half-written element behind, which raises when it is freed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python interrupts only the main thread
        return
    received: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: received.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if received:
        signal.raise_signal(signal.SIGINT)
