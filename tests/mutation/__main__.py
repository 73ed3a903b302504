"""``python -m tests.mutation``: how many of N random mutants do the tests kill, and which survive."""

from __future__ import annotations

import argparse
import json
import queue
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import __doc__ as about
from .mutants import Mutant, choose
from .record import Record, copy_project, existing_tests, record
from .trial import Result, attempt

ROOT = Path(__file__).parents[2]
RECORD = Path(tempfile.gettempdir()) / "reportgen-mutation" / "record.json"


def try_all(root: Path, mutants: list[Mutant], reached: Record, processes: int) -> list[Result]:
    """The results, in the order of the mutants; each process has a copy of the project."""
    copies: queue.Queue[Path] = queue.Queue()
    with tempfile.TemporaryDirectory(prefix="reportgen-mutation-") as folder:
        for n in range(processes):
            copies.put(copy_project(root, Path(folder) / f"copy{n}"))
        reached = reached.restricted_to(existing_tests(Path(folder) / "copy0"))

        def one(mutant: Mutant) -> Result:
            project = copies.get()
            try:
                result = attempt(reached, mutant, project)
            finally:
                copies.put(project)
            print(f"{result.outcome:9} {result.seconds:5.1f} s {described(result)}", flush=True)
            return result

        with ThreadPoolExecutor(processes) as pool:
            return list(pool.map(one, mutants))


def described(result: Result) -> str:
    mutant = result.mutant
    before, after = (" ".join(text.split())[:150] for text in (mutant.before, mutant.after))
    tests = f"{result.tests} tests run, {result.reaching} reach it" if not result.killed else result.killer
    return f"{mutant.file}:{mutant.line} {mutant.kind}: {before}  →  {after}  [{tests}]"


def report(results: list[Result]) -> str:
    counts = Counter(result.outcome for result in results)
    survivors = [f"  {result.outcome}: {described(result)}" for result in results if not result.killed]
    killed = sum(result.killed for result in results)
    return "\n".join([
        f"{killed} of {len(results)} mutants killed ({killed / len(results):.0%}): {dict(counts)}",
        *(["survivors:"] if survivors else []), *survivors,
    ])  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=about)
    parser.add_argument("--count", type=int, default=60, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--record", type=Path, default=RECORD, help="the file of recorded coverage")
    parser.add_argument("--reuse", action="store_true", help="use the recorded coverage if there is one")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--only", help="only mutants of files whose path holds this")
    parser.add_argument("--json", type=Path, help="write the results to this file")
    options = parser.parse_args()
    if not (options.reuse and options.record.exists()):
        record(ROOT, options.processes).save(options.record)
    reached = Record.load(options.record)
    print(f"{len(reached.tests)} tests recorded; left out because they failed: {reached.failed or 'none'}")
    mutants = [one for one in choose(ROOT, options.count, options.seed) if not options.only or options.only in one.file]
    results = try_all(ROOT, mutants, reached, options.processes)
    print(report(results))
    if options.json:
        options.json.write_text(json.dumps([one.as_json() for one in results], ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
