"""Memory of one process: its peak after one build, and what it holds after many builds of different documents.

``python benchmarks/memory.py [--builds N]``: resident size after 1, after 100 and after N builds (default 300; the
target is stated for 1,000, which takes a quarter of an hour). Linux only: elsewhere a process cannot ask for it.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import checkout  # noqa: F401 - must come before what imports reportgen
from seed import LAYOUT, SEED
from show import table
from variety import other_texts

from reportgen import pipeline
from reportgen.core.garbage_collection import collect_rarely
from reportgen.verify import compare
from reportgen.writers import formats, read_back, writer

FEW = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--builds", type=int, default=300, help="builds in one process (default 300)")
    builds = parser.parse_args().builds
    if not sys.platform.startswith("linux"):
        sys.exit("only Linux tells a process what it holds")
    collect_rarely()
    found = dict(measured(builds))
    lines = [[f"after {n} builds", f"{held:.1f}", f"{held / found[min(FEW, builds)]:.3f}"] for n, held in found.items()]
    print(table(("one process", "resident MiB", f"÷ after {min(FEW, builds)}"), lines))
    print(f"peak of the whole process: {peak():.1f} MiB")


def measured(builds: int) -> Iterator[tuple[int, float]]:
    """Resident MiB after some numbers of builds, garbage collected."""
    data = json.loads(SEED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for n in range(1, builds + 1):
            source = Path(folder) / "budget.json"
            source.write_text(json.dumps(other_texts(data, n), ensure_ascii=False), encoding="utf-8")
            build(source)
            if n in (1, FEW, builds) or n % 200 == 0:
                gc.collect()
                print(f"{n} builds: {resident():.1f} MiB", file=sys.stderr)  # the whole takes long
                yield n, resident()


def build(source: Path) -> None:
    """All that a build does but the saving; the rules may find what they like."""
    prepared = pipeline.prepare(source, LAYOUT)
    for name in formats():
        payload = writer(name).write(prepared.document, prepared.layout.style)
        if found := list(compare(prepared.document, read_back(name, payload), name)):
            raise RuntimeError(f"{name} does not say what the document says: {found[0]}")


def resident() -> float:
    """MiB that the process holds now."""
    return _status("VmRSS")


def peak() -> float:
    """MiB that it held at most."""
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


if __name__ == "__main__":
    main()
