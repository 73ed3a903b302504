"""Work that an interrupt must not part: it is told at the end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def delay_interrupt() -> Iterator[None]:
    """In here Ctrl-C waits for the end.

    openpyxl takes an interrupt in the middle of a cell for a value that is wrong, and one between two rows leaves half
    an element behind, which complains when it is thrown away.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread is ever interrupted
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        signal.raise_signal(signal.SIGINT)
