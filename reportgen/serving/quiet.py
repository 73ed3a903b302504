"""What is done ahead waits until no page is being made: a process does one thing at a time anyhow."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

QUIET = 0.15
"""Seconds without a page after which something is done ahead."""
_changed = threading.Condition()
_made = [0, 0]
"""Pages that are being made, and how many were begun so far."""


@contextmanager
def making() -> Iterator[None]:
    """Make a page."""
    with _changed:
        _made[0] += 1
        _made[1] += 1
        _changed.notify_all()
    try:
        yield
    finally:
        with _changed:
            _made[0] -= 1
            _changed.notify_all()


def wait_until_quiet() -> None:
    """Wait until no page has been made for a moment."""
    with _changed:
        while not _stays_quiet():
            pass


def _stays_quiet() -> bool:
    """Wait until no page is being made, and a moment longer; return whether none was begun in it."""
    _changed.wait_for(lambda: _made[0] == 0)
    begun = _made[1]
    return not _changed.wait_for(lambda: _made[1] != begun, QUIET)
