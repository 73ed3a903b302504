"""Worker processes seen from outside (Linux)."""

from __future__ import annotations

import time
from pathlib import Path


def workers_of(pid: int) -> list[int]:
    """The worker processes of a process, started by any of its threads."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (thread / "children").read_text().split()]
    except OSError:  # it has ended, or a thread of it has
        pass
    return [child for child in found if _is_worker(child)]


def _is_worker(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def ended(pid: int, within: float = 20) -> bool:
    """Whether a process ends in time (a zombie has ended)."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False
