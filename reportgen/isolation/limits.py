"""What one document may take, and how a worker keeps to it."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_SIGKILL = 9
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` by the clock for one document, and ``memory`` in MB (2²⁰ bytes) beyond what a worker starts with."""

    seconds: float = 300
    memory: int = 2048


def hold_memory(megabytes: int) -> bool:
    """Have the system refuse this process more than so much beyond what it has mapped now; whether it will."""
    mapped = status("VmSize")
    if not mapped:
        return False
    import resource

    most = (mapped << 10) + (megabytes << 20)
    with suppress(ValueError, OSError):  # an outer limit that is lower stays
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return True
    return False


def die_with_parent(parent: int) -> None:
    """Have the system end this process when its parent ``parent`` ends; does nothing where it cannot be asked to."""
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:  # it ended before it could be asked
        os._exit(1)


def give_back() -> None:
    """Return to the system what is free; does nothing where the C library is not glibc.

    It keeps freed memory below the last piece that is in use, so a worker would stay as large as its largest document.
    """
    if sys.platform.startswith("linux"):
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)


def peak_memory() -> int:
    """The most this process has had in memory so far, in KiB; 0 where nobody knows."""
    return status("VmHWM")


def status(name: str) -> int:
    """A line of Linux's own account of this process, in KiB; 0 where there is none."""
    with suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0
