"""This checkout and another one by turns on one machine: is any part slower than it was?

``python benchmarks/against.py --against PATH [--runs N] [--sample FILE] [--json]``. For each part one process of each
checkout waits; a turn is one run here and one there (then the other way round), on documents whose texts differ from
turn to turn. The ratios are medians of the turns' own ratios, of processor time and by the clock; below 1 this checkout
is the faster.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from show import seconds, table

HERE = Path(__file__).resolve().parent.parent
SEED = HERE / "data" / "samples" / "shaoxing-hrss-2023.json"
FORMATS = ("docx", "pdf", "xlsx")
PARTS = ("load", "facts", "rules", "compose", *FORMATS)
SET = "set"
"""Whole processes: ``reportgen build`` of the three formats."""
REPEATS = {"load": 5, "facts": 5, "rules": 5, "compose": 5}
"""Runs within a turn of the short parts."""
Times = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, required=True, metavar="PATH", help="the other checkout")
    parser.add_argument("--runs", type=int, default=9, help="turns of each part (default 9)")
    parser.add_argument("--parts", default=",".join([*PARTS, SET]), help="only these, with commas")
    parser.add_argument("--sample", type=Path, default=SEED, metavar="FILE", help="a document that both can read")
    parser.add_argument("--json", action="store_true", help="all samples as JSON")
    options = parser.parse_args()
    checkouts = (HERE, options.against.resolve())
    sample = options.sample.resolve()
    found = {part: turns(part, checkouts, options.runs, sample) for part in options.parts.split(",")}
    print(json.dumps(found, indent=1) if options.json else shown(found))


def turns(part: str, checkouts: tuple[Path, Path], runs: int, sample: Path) -> list[list[Times]]:
    """For each turn the times here and there."""
    with tempfile.TemporaryDirectory() as folder:
        make: Callable[[Path], Callable[[], Times]] = (
            partial(cold, Path(folder), sample) if part == SET else partial(warm, part, sample)
        )
        works = [make(checkout) for checkout in checkouts]
        for work in works:
            work()
        found = []
        for turn in range(runs):
            order = (0, 1) if turn % 2 else (1, 0)
            times = {n: works[n]() for n in order}
            found.append([times[0], times[1]])
        return found


def cold(folder: Path, sample: Path, checkout: Path) -> Callable[[], Times]:
    """A whole process that builds the three files of the sample."""
    target = folder / f"out{checkout.name}{len(list(folder.iterdir()))}"
    target.mkdir()
    command = [sys.executable, "-m", "reportgen", "build", str(sample), "-o", str(target), "--force", "-q"]
    kept = {"REPORTGEN_CACHE": f"{target}.cache"}

    def work() -> Times:
        before, start = os.times(), time.perf_counter()
        subprocess.run(command, env=environment(checkout, **kept), check=True, cwd=checkout)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return {"wall": time.perf_counter() - start, "cpu": cpu}

    return work


def warm(part: str, sample: Path, checkout: Path) -> Callable[[], Times]:
    """A process that runs the part once for each line it is sent."""
    child = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--child", part, str(sample)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(checkout), cwd=checkout, text=True,
    )  # fmt: skip

    def work() -> Times:
        assert child.stdin
        assert child.stdout
        print(file=child.stdin, flush=True)
        times: Times = json.loads(child.stdout.readline())
        return times

    return work


def environment(checkout: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(checkout), **more}


def run_part(part: str, sample: Path) -> None:
    """Run the part for each line of standard input and print its seconds; uses only names that both checkouts have."""
    work, repeats = steps(part, sample), REPEATS.get(part, 1)
    for turn, _ in enumerate(sys.stdin):
        step = work(turn)
        gc.collect()
        gc.disable()
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(repeats):
            step()
        times = {"wall": (time.perf_counter() - wall) / repeats, "cpu": (time.process_time() - cpu) / repeats}
        gc.enable()
        print(json.dumps(times), flush=True)


def steps(part: str, sample: Path) -> Callable[[int], Callable[[], object]]:
    """Turn → what is timed in it."""
    from variety import varied

    from reportgen import rules
    from reportgen.budget.load import load_budget
    from reportgen.compose import compose
    from reportgen.facts import derive_facts
    from reportgen.layout.load import load_layout
    from reportgen.writers import writer

    assert Path(rules.__file__).is_relative_to(Path.cwd()), "not the checkout that is to be measured"
    layout = load_layout("zhejiang")
    budget = load_budget(sample)
    facts = derive_facts(budget, layout.printing)
    fixed: dict[str, Callable[[], object]] = {
        "load": partial(load_budget, sample),
        "facts": partial(derive_facts, budget, layout.printing),
        "rules": lambda: list(rules.run(budget, facts)),
        "compose": partial(compose, facts, layout, budget.published),
    }
    if part in fixed:
        return lambda turn: fixed[part]
    document = compose(facts, layout, budget.published)
    with suppress(ImportError):  # a step of the pipeline that an older checkout may not have
        from reportgen.writers.page_widths import with_wide_pages

        document = with_wide_pages(document, layout.style)
    return lambda turn: partial(writer(part).write, varied(document, turn), layout.style)


def shown(found: dict[str, list[list[Times]]]) -> str:
    """A table with a row for each part."""
    head = ("part", "here CPU s", "there CPU s", "CPU ÷", "here s", "there s", "clock ÷")
    lines = []
    for part, times in found.items():
        cells: list[Any] = [part]
        for kind in ("cpu", "wall"):
            here, there = ([turn[side][kind] for turn in times] for side in (0, 1))
            ratio = median(a / b if b else 1.0 for a, b in zip(here, there, strict=True))
            cells += [seconds(median(here)), seconds(median(there)), f"{ratio:.2f}"]
        lines.append(cells)
    return table(head, lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_part(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
