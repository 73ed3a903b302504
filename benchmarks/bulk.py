"""Sets of files per second: ``reportgen bulk`` beside a process pool over docxtpl, platypus and openpyxl.

Usage: ``bulk.py [--departments 200] [--workers 2] [--keep FOLDER]``. The departments are those of
``data/samples/make_city.py``. The two commands take turns of ten seconds (:mod:`turns`). Then the same again over
unchanged input, and with one department changed; and what the workers had in memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from machine import description, load
from processes import HERE, ROOT, Sample, measured, own_command
from turns import Side, take_turns

CITY = ROOT / "data" / "samples" / "make_city.py"
BEGUN = 100
"""From this document on a worker's memory should stay as it is."""


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(asked.keep or folder)
        city, out = place / "city", place / "out"
        made = [sys.executable, str(CITY), "--departments", str(asked.departments), "-o", str(city)]
        subprocess.run(made, check=True)
        own, peer = sides(place, asked.workers)
        take_turns([own, peer])
        about = "; ".join(description().values())
        print(f"{asked.departments} departments, {asked.workers} workers; {about}; load {load():.1f}\n")
        speed(own, peer, asked.departments)
        memory(own)
        again(own_command("bulk", str(city), "-o", str(out), "--jobs", str(asked.workers), "-q"), own, city, out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", help="a folder to work in and leave")
    return parser.parse_args()


def sides(place: Path, workers: int) -> tuple[Side, Side]:
    city = str(place / "city")
    own, peer = place / "own.log", place / "peer.log"
    ours = own_command("bulk", city, "-o", str(place / "out"), "--jobs", str(workers), "-q", "--log", str(own))
    theirs = [sys.executable, str(HERE / "bulk_peer.py"), city, str(place / "peer"), str(workers), str(peer)]
    return Side("reportgen bulk", ours, own), Side("pool over docxtpl, platypus, openpyxl", theirs, peer)


def speed(own: Side, peer: Side, departments: int) -> None:
    print("| command | seconds | sets per second | CPU seconds |")
    print("|---|---:|---:|---:|")
    for side in (own, peer):
        print(f"| {side.name} | {side.wall:.1f} | {departments / side.wall:.2f} | {side.cpu:.1f} |")
    print(f"\nratio by the clock {peer.wall / own.wall:.1f}, by processor seconds {peer.cpu / own.cpu:.1f}")


def memory(own: Side) -> None:
    """Each worker's memory when it had done so many documents, and at its end: by the clock of the log."""
    lines = [json.loads(line) for line in own.log.read_text().splitlines()]
    for worker in sorted({line["worker"] for line in lines}):
        peaks = [line["memory"] / 1024 for line in lines if line["worker"] == worker]
        sizes = [size / 1024 for size in own.sizes.get(worker, [])]
        begun = len(sizes) * min(BEGUN, len(peaks) - 1) // max(len(peaks), 1)
        later = sizes[begun:] or [0.0]
        quarter = max(len(later) // 4, 1)
        print(
            f"worker {worker}: {len(peaks)} documents; peak {peaks[min(BEGUN, len(peaks)) - 1]:.0f} MiB at "
            f"{min(BEGUN, len(peaks))}, {peaks[-1]:.0f} at the end; "
            f"resident, median of the first quarter after that {median(later[:quarter]):.0f}, "
            f"of the last {median(later[-quarter:]):.0f}"
        )


def again(command: list[str], own: Side, city: Path, out: Path) -> None:
    """Over unchanged input, and with one department changed."""
    second = min((measured(command) for _ in range(3)), key=lambda sample: sample.cpu)
    print(f"again, nothing changed: {second.wall:.2f} s ({second.cpu:.2f} s CPU); {_times(own, second)}")
    before = _stamps(out)
    changed = sorted(city.rglob("*.json"))[0]
    changed.write_text(changed.read_text("utf-8").replace('"duties": ["', '"duties": ["依法'), encoding="utf-8")
    third = measured(command)
    rebuilt = {path.parent for path, stamp in _stamps(out).items() if before.get(path) != stamp} - {out}
    print(f"one changed: {third.wall:.2f} s ({third.cpu:.2f} s CPU), {len(rebuilt)} department(s) rebuilt")


def _times(own: Side, second: Sample) -> str:
    return f"the first took {own.wall / second.wall:.0f} times as long ({own.cpu / second.cpu:.0f} times the CPU)"


def _stamps(out: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
