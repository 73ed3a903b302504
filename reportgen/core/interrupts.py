"""Ctrl-C and SIGTERM: sections that they must not break, and one meaning for both."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def interrupt_on_termination() -> None:
    """Let SIGTERM raise ``KeyboardInterrupt``, as Ctrl-C does, unless this process ignores it."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def delay_interrupt() -> Iterator[None]:
    """Delay Ctrl-C and SIGTERM until the end of the block or the decorated function.

    openpyxl takes a ``KeyboardInterrupt`` in the middle of a cell for a wrong value; between two rows it leaves a
    half-written element behind, which raises when it is freed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python interrupts only the main thread
        return
    received: list[int] = []
    before = {number: signal.signal(number, lambda number, _: received.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if received:
        signal.raise_signal(received[0])
