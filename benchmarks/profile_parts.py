"""Where the time goes: cProfile on the whole warm build, on each step before the tree and on each writer.

``python benchmarks/profile_parts.py [PART …] [--lines N] [--rows FACTOR]``. The profiler makes small functions look
dearer than they are: use it to find places, and ``one_document.py`` for times.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
from pathlib import Path

import checkout  # noqa: F401 - must come before what imports reportgen
import parts
from seed import LAYOUT
from show import seconds, table

from reportgen.layout.load import load_layout

ROOT = Path(__file__).parent.parent
PARTS = ("build", "layout", "load", "facts", "rules", "compose", "docx", "pdf", "xlsx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--lines", type=int, default=8, help="functions to list, by own time and by whole (default 8)")
    parser.add_argument("--rows", type=int, default=1, help="times the rows of the larger tables (not for build)")
    options = parser.parse_args()
    for part in options.parts or PARTS:
        print(f"\n{part}\n{report(profiled(part, options.rows), options.lines)}")


def profiled(part: str, factor: int) -> pstats.Stats:
    with tempfile.TemporaryDirectory() as folder:
        step = _step(part, factor, Path(folder))
        step(0)()
        work, profile = step(1), cProfile.Profile()
        profile.runcall(work)
    return pstats.Stats(profile)


def _step(part: str, factor: int, folder: Path) -> parts.Step:
    if part == "layout":
        return lambda turn: lambda: load_layout(LAYOUT)
    if part == "build":
        return parts.steps(part, b"")
    return parts.grown_steps(part, factor, folder)


def report(stats: pstats.Stats, count: int) -> str:
    """The most expensive functions: any by their own time, ours by the whole of what they call."""
    found = [(where, calls, own, whole) for where, (_, calls, own, whole, _) in stats.stats.items()]  # type: ignore[attr-defined]
    by_own = sorted(found, key=lambda f: -f[2])[:count]
    ours = [f for f in found if str(ROOT / "reportgen") in f[0][0]]
    by_whole = sorted(ours, key=lambda f: -f[3])[: 2 * count]
    head = ("function", "calls", "own s", "whole s")
    tables = (
        table(head, [(_place(w), str(n), seconds(own), seconds(whole)) for w, n, own, whole in chosen])
        for chosen in (by_own, by_whole)
    )
    return "\n\n".join([f"{seconds(stats.total_tt)} s under the profiler", *tables])  # type: ignore[attr-defined]


def _place(where: tuple[str, int, str]) -> str:
    path, line, name = where
    short = path.split("site-packages/")[-1].removeprefix(f"{ROOT}/")
    return f"{short}:{line} {name}" if line else name


if __name__ == "__main__":
    main()
