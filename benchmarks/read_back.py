"""What reading back costs: a build of all three files with it and without, warm, by turns.

python benchmarks/read_back.py [document.json …]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from unittest.mock import patch

import checkout  # noqa: F401 - must come before what imports reportgen

import reportgen
from reportgen.core.paths import shipped
from reportgen.pipeline import output_files

TURNS = 7


def measure(source: Path, verified: bool) -> tuple[float, float]:
    """Seconds on the wall and of the processor for one build, with the read-back or without."""
    with ExitStack() as stack:
        out = stack.enter_context(tempfile.TemporaryDirectory())
        if not verified:
            stack.enter_context(patch.object(output_files, "read_back", lambda *_: None))
            stack.enter_context(patch.object(output_files, "compare", lambda *_: iter(())))
        wall, own = time.perf_counter(), time.process_time()
        assert reportgen.build(source, out).publishable
        return time.perf_counter() - wall, time.process_time() - own


def report(sources: list[Path]) -> Iterator[str]:
    yield f"{'document':28}{'without':>10}{'with':>10}{'ratio':>8}   (processor: without, with, ratio)"
    for source in sources:
        measure(source, True)
        turns = [(measure(source, False), measure(source, True)) for _ in range(TURNS)]
        walls = [median(turn[n][0] for turn in turns) for n in (0, 1)]
        owns = [median(turn[n][1] for turn in turns) for n in (0, 1)]
        yield (
            f"{source.stem:28}{walls[0] * 1000:7.0f} ms{walls[1] * 1000:7.0f} ms{walls[1] / walls[0]:8.2f}"
            f"   {owns[0] * 1000:.0f} ms, {owns[1] * 1000:.0f} ms, {owns[1] / owns[0]:.2f}"
        )


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:]] or sorted((shipped("data") / "samples").glob("*.json"))
    print("\n".join(report(chosen)))
