"""Two commands that take turns on the machine: one is stopped while the other runs, so a busy minute falls on both.

Each keeps its processes from beginning to end. Only the time in which it may run counts.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from processes import environment, family, resident

TICK = 0.5


@dataclass
class Side:
    """A command as it goes: ``wall`` seconds in which it could run, ``cpu`` of it and all its children.

    ``sizes`` holds what each of its processes had in memory (KiB) at each tick; ``marks`` the wall seconds at which
    its log reached so many lines.
    """

    name: str
    command: Sequence[str]
    log: Path
    wall: float = 0.0
    cpu: float = 0.0
    sizes: dict[int, list[int]] = field(default_factory=dict)
    marks: dict[int, float] = field(default_factory=dict)
    _child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, stopped."""
        with Path(f"{self.log}.err").open("wb") as errors:
            self._child = subprocess.Popen(
                self.command, stdout=subprocess.DEVNULL, stderr=errors, env=environment(), start_new_session=True
            )
        self._signal(signal.SIGSTOP)

    def turn(self, seconds: float) -> bool:
        """Let it run so long; whether it has more to do."""
        assert self._child
        self._signal(signal.SIGCONT)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            start = time.perf_counter()
            over = self._over(min(TICK, end - start))
            self.wall += time.perf_counter() - start
            self._look()
            if over:
                return False
        self._signal(signal.SIGSTOP)
        return True

    def done(self) -> int:
        """The lines of its log."""
        return self.log.read_bytes().count(b"\n") if self.log.is_file() else 0

    def _over(self, seconds: float) -> bool:
        assert self._child
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pid, status, usage = os.wait4(self._child.pid, os.WNOHANG)
            if pid:
                self.cpu = usage.ru_utime + usage.ru_stime
                if code := os.waitstatus_to_exitcode(status):
                    raise RuntimeError(f"{self.name}: exit {code}: {Path(f'{self.log}.err').read_text()[-2000:]}")
                return True
            time.sleep(0.01)
        return False

    def _look(self) -> None:
        self.marks[self.done()] = self.wall
        assert self._child
        for pid in family(self._child.pid):
            if size := resident(pid):
                self.sizes.setdefault(pid, []).append(size)

    def _signal(self, number: signal.Signals) -> None:
        assert self._child
        try:
            os.killpg(self._child.pid, number)
        except ProcessLookupError:
            return


def take_turns(sides: Sequence[Side], seconds: float = 10.0) -> None:
    """Run all to their ends, each for so many seconds in turn."""
    for side in sides:
        side.start()
    going = list(sides)
    while going:
        going = [side for side in going if side.turn(seconds)]
