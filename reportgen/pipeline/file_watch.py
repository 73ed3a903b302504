"""Waiting for files to be saved: by their stamps, looked at a few times a second.

No notices from the system: those miss network drives, and an editor that saves by renaming looks to them like a file
that went away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..layout.folder import stamp
from ..layout.spec import Layout

EVERY = 0.2
"""Seconds between two looks."""
STILL = 0.1
"""Seconds in which nothing may change any more before a save counts as done: editors write in pieces."""

Stamps = tuple[object, ...]


def saves(look: Callable[[], Stamps], wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One item for each time that what ``look`` sees has changed and is still again; never ends by itself.

    The first look is taken now, not when the first item is asked for: what is saved in between is not missed.
    """
    return _saves(look(), look, wait)


def _saves(before: Stamps, look: Callable[[], Stamps], wait: Callable[[float], None]) -> Iterator[None]:
    while True:
        wait(EVERY)
        now = look()
        if now == before:
            continue
        while (later := _after(STILL, look, wait)) != now:
            now = later
        before = now
        yield None


def stamps(files: Iterable[Path], layout: Layout | None) -> Stamps:
    """What tells the files, and all that the layout was read from, from what stood there before."""
    folders = layout.folders if layout else ()
    return (*map(_stamp, files), *(stamp(folder, ("", "tables", "charts", "text", "fonts")) for folder in folders))


def _after(seconds: float, look: Callable[[], Stamps], wait: Callable[[float], None]) -> Stamps:
    wait(seconds)
    return look()


def _stamp(file: Path) -> Stamps:
    try:
        found = file.stat()
    except OSError:  # gone for a moment, while an editor puts the new file in its place
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
