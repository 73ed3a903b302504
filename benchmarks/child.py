"""What runs in a child process; ``one_document.py`` starts it. Results go to standard output as JSON.

Commands::

    child.py ready PEER FILE            make what the peer keeps (a template), once
    child.py once PART FILE [READY]     load, facts, compose, write FILE: a cold run
    child.py warm PART [READY]          after one run that is not counted: a run for each line, with its seconds
    child.py scale PART RUNS FACTOR…    the same with that many times the rows
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import parts

LARGEST = 100
"""Times the rows, from which on one run must do: it takes long, and says enough."""


def main(command: str, part: str, *rest: str) -> None:
    commands: dict[str, Callable[..., None]] = {"ready": ready, "once": once, "warm": warm, "scale": scale}
    commands[command](part, *rest)


def ready(part: str, target: str) -> None:
    Path(target).write_bytes(parts.ready(part))


def once(part: str, target: str, kept: str = "") -> None:
    Path(target).write_bytes(parts.once(part, _read(kept)))


def warm(part: str, kept: str = "") -> None:
    step = parts.steps(part, _read(kept))
    step(0)()
    for turn, _ in enumerate(sys.stdin, 1):
        print(json.dumps(clocked(step(turn))), flush=True)


def scale(part: str, runs: str, *factors: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps([_scaled(part, int(factor), int(runs), Path(folder)) for factor in factors]))


def _scaled(part: str, factor: int, runs: int, folder: Path) -> dict[str, Any]:
    """Times, or the error: a part that cannot do with so many rows is a result too. The first factor warms up."""
    try:
        return timed(parts.grown_steps(part, factor, folder), 1 if factor >= LARGEST else runs, warm_up=factor == 1)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def timed(step: parts.Step, runs: int, warm_up: bool = True) -> dict[str, list[float]]:
    """Wall and processor seconds of each run. The work that makes the runs differ is done before the clock starts."""
    if warm_up:
        step(0)()
    found = [clocked(step(turn)) for turn in range(1, runs + 1)]
    return {name: [one[name] for one in found] for name in ("wall", "cpu")}


def clocked(work: Callable[[], object]) -> dict[str, float]:
    """Wall and processor seconds of one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def _read(kept: str) -> bytes:
    return Path(kept).read_bytes() if kept else b""


if __name__ == "__main__":
    main(*sys.argv[1:])
