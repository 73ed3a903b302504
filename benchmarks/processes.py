"""Child processes with their time and memory. Only the standard library: the parent must stay small.

The largest resident size that Linux reports of a child begins with that of the process that started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
PEAKS = hasattr(os, "wait4")


@dataclass(frozen=True)
class Sample:
    """One whole process: wall and processor seconds, and the largest resident size in MiB (0: not known here)."""

    wall: float
    cpu: float
    peak: float


def own_command(*arguments: str) -> list[str]:
    """``python -m reportgen …``, as a user runs it."""
    return [sys.executable, "-m", "reportgen", *arguments]


def child_command(*arguments: str) -> list[str]:
    """``child.py …``."""
    return [sys.executable, str(HERE / "child.py"), *arguments]


def measured(command: Sequence[str]) -> Sample:
    """Run ``command`` to its end.

    Raises:
        RuntimeError: it failed; the message is what it said.
    """
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
    assert child.stderr
    said = child.stderr.read()
    if not PEAKS:
        code, cpu, peak = child.wait(), 0.0, 0.0
    else:
        _, status, usage = os.wait4(child.pid, 0)
        code = child.returncode = os.waitstatus_to_exitcode(status)
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    if code:
        raise RuntimeError(f"{' '.join(command)}: {said.decode(errors='replace')[-2000:]}")
    return Sample(time.perf_counter() - start, cpu, peak)


def answer(*arguments: str) -> Any:
    """What ``child.py`` says to ``arguments``."""
    run = subprocess.run(child_command(*arguments), capture_output=True, env=environment(), check=False)
    if run.returncode:
        raise RuntimeError(f"child.py {' '.join(arguments)}: {run.stderr.decode(errors='replace')[-2000:]}")
    return json.loads(run.stdout)


class Waiting:
    """A child that keeps its state and works on request: one process for all warm runs of a row."""

    def __init__(self, *arguments: str) -> None:
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
        self._child = subprocess.Popen(child_command(*arguments), text=True, env=environment(), **pipes)

    def work(self) -> Any:
        """What the child says to one more line."""
        assert self._child.stdin
        assert self._child.stdout
        print(file=self._child.stdin, flush=True)
        said = self._child.stdout.readline()
        if not said:
            raise RuntimeError(f"{' '.join(map(str, self._child.args))}: ended with {self._child.wait()}")
        return json.loads(said)

    def end(self) -> None:
        """Close the pipes, at which it ends."""
        self._child.communicate()


def environment() -> dict[str, str]:
    """The environment of children: they find this checkout without an installation, and keep their bytecode.

    An installed program has its bytecode; where the setting that forbids it is handed on, every process compiles anew.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}


def resident(pid: int) -> int:
    """What a process has in memory, in KiB; 0 if it has ended, or where /proc does not exist."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def family(pid: int) -> list[int]:
    """A process and all below it, started by any of its threads; only itself where /proc does not exist."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (thread / "children").read_text(encoding="ascii").split())
    return found
