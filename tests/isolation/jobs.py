"""Functions for worker processes: each fails in the way its name says."""

from __future__ import annotations

import gc
import os
import signal
import time
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakSet

from reportgen.isolation.limits import at_most, process_status


def call(name: str) -> Any:
    """Call the function ``name`` of this module."""
    return globals()[name]()


def warm() -> None:
    """Load nothing."""


def exit_while_starting() -> None:
    os._exit(9)


def start_unsteadily(marks: Path) -> None:
    """Start the first time, fail the next eight times, then start always; ``marks`` counts the starts."""
    with marks.open("a") as file:
        file.write("x")
    if 1 < marks.stat().st_size <= 9:
        os._exit(9)


def works() -> int:
    return 42


def exits() -> None:
    os._exit(3)


def exits_with_zero() -> None:
    os._exit(0)


def raises_system_exit() -> None:
    raise SystemExit(1)


def is_killed_by_a_signal() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)


def hangs() -> None:
    time.sleep(3600)


def hangs_in_c() -> int:
    """Hang in one call that no signal handler of Python interrupts."""
    return sum(range(10**13))


def takes_one_large_block() -> int:
    return len(bytearray(10 << 30))


def takes_many_small_blocks() -> None:
    blocks: list[bytes] = []
    while True:
        blocks.append(b"x" * (1 << 20))


def raises() -> None:
    raise ValueError("no such table")


def returns_what_cannot_be_pickled() -> Any:
    return lambda: None


class CannotBeUnpickled:
    def __reduce__(self) -> Any:
        return int, ("x",)


def returns_what_cannot_be_unpickled() -> Any:
    return CannotBeUnpickled()


def touch_and_hang(path: str) -> None:
    Path(path).touch()
    hangs_in_c()


def die_the_first_time(path: str) -> str:
    """End the process unless ``path`` exists."""
    mark = Path(path)
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return "second try"


def is_alone(folder: str) -> int:
    """Return how many calls are running at the same time, this one included; the first one dies."""
    place = Path(folder)
    running = place / str(os.getpid())
    running.touch()
    time.sleep(0.2)
    count = sum(1 for path in place.iterdir() if path.name.isdigit())
    running.unlink()
    if not (place / "died").exists():
        (place / "died").touch()
        os._exit(1)
    return count


class Cycle:
    """Refers to itself, so that only the collection of cyclic garbage frees it."""

    alive: ClassVar[WeakSet[Cycle]] = WeakSet()

    def __init__(self) -> None:
        self.own = self
        self.alive.add(self)


def leave_a_cycle(_: int) -> int:
    """Leave a cycle; return how many there are."""
    Cycle()
    return len(Cycle.alive)


KEPT: list[bytes] = []


def leave_one_of_many_blocks(_: int) -> int:
    """Keep one of many small blocks; return how many KiB the process had before."""
    before = process_status("VmRSS")
    KEPT.append([bytes(1000) for _ in range(60_000)][-1])
    return before


def garbage_collection(_: int) -> tuple[int, bool]:
    """Return the threshold of the youngest generation, and whether the collector is enabled."""
    return gc.get_threshold()[0], gc.isenabled()


def signal_handling(_: int) -> tuple[bool, bool]:
    """Return whether this worker ignores SIGINT, and whether it was started with SIGINT blocked."""
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN, blocked


def takes_more_than_a_part_may() -> tuple[bool, bool]:
    """Whether a large block was refused within a part that may have little, and was given after it."""
    with at_most(16):
        try:
            refused = not bytes(100 << 20)
        except MemoryError:
            refused = True
    return refused, len(bytes(100 << 20)) == 100 << 20
