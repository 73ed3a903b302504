"""The stamp of a file: equal as long as the file is not changed, so that what is derived from it can be cached."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

SETTLED = 2.0
"""Seconds after which a stamp identifies a file's contents: until then a change may leave it the same."""

Stamp = tuple[str, int, int, int, int]
"""A file's path, size, time of writing, time of change and number."""


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of the file at ``path``; all zeros after the path if there is none."""
    try:
        status = path.stat()
    except OSError:
        return (str(path), 0, 0, 0, 0)
    return (str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def are_settled(stamps: Iterable[Stamp]) -> bool:
    """Return whether no file of ``stamps`` was changed so recently that its next change might not show."""
    return max((stamp[3] for stamp in stamps), default=0) < (time.time() - SETTLED) * 1e9
