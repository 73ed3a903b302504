"""The limits of one job, and the calls to the system that hold a worker process to them."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_SIGKILL = 9
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` by the clock for one job, and ``memory`` in MB (2²⁰ bytes) beyond what a worker starts with."""

    seconds: float = 300
    memory: int = 2048


def limit_memory(megabytes: int) -> bool:
    """Make the system refuse this process more than ``megabytes`` beyond what it has mapped now (Linux).

    Returns:
        Whether the limit is set.
    """
    mapped = process_status("VmSize")
    if not mapped:
        return False
    import resource

    most = (mapped << 10) + (megabytes << 20)
    with suppress(ValueError, OSError):  # an outer limit that is lower stays
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return True
    return False


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Let a worker process have no more than ``megabytes`` beyond what it has now, until the block ends (Linux).

    A limit that is lower stays. In a process that is no worker nothing is limited: what goes beyond ends the process.
    """
    mapped = process_status("VmSize") if parent_process() is not None else 0
    if not mapped:
        yield
        return
    import resource

    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = (mapped << 10) + (megabytes << 20)
    lower = before == resource.RLIM_INFINITY or most < before
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most if lower else before, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (before, hard))


def end_with_parent(parent: int) -> None:
    """Make the system end this process when the process ``parent`` ends (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:  # it ended before the call
        os._exit(1)


def give_back_memory() -> None:
    """Return free memory to the system (glibc).

    The C library keeps freed memory below the last piece in use, so a worker would stay as large as its largest job.
    """
    if sys.platform.startswith("linux"):
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)


def peak_memory() -> int:
    """Return the most memory this process has had so far, in KiB; 0 where it is not known."""
    return process_status("VmHWM")


def process_status(name: str) -> int:
    """Return a line of Linux's ``/proc/self/status``, in KiB; 0 where there is none."""
    with suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0
