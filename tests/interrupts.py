"""Ctrl-C for the tests that send it, also where the tests themselves were started with it ignored."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_enabled() -> Iterator[None]:
    """Let SIGINT have its default effect in this process, and in every program that is started in the block.

    A shell starts background jobs, and ``nohup`` and some CI systems start everything, with SIGINT ignored, and a
    program inherits that. A signal that this process handles has its default effect in a program that it starts.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
