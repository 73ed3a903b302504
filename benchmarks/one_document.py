"""How long one document takes, beside other programs on the same tree; how it grows with the rows; how much memory.

``python benchmarks/one_document.py [--runs N] [--json]``; see ``benchmarks/README.md``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import machine
from processes import PEAKS, Sample, Waiting, answer, child_command, measured, own_command
from rows import FORMATS, SEED, Missing, Row, rows
from show import seconds, table, times
from targets import target_table

FACTORS = (1, 4, 16, 100)
BEFORE = ("load", "facts", "rules", "compose")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        result = measure(Path(name), options.runs, options.growth, options.peers_grow)
    print(json.dumps(result, ensure_ascii=False, indent=1) if options.json else as_text(result))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs whose median is taken (default 3)")
    parser.add_argument("--json", action="store_true", help="all samples as JSON")
    parser.add_argument("--no-growth", dest="growth", action="store_false", help="leave the grown tables out")
    parser.add_argument("--peers-grow", action="store_true", help="the peers write the grown tables too (minutes)")
    return parser.parse_args()


def measure(folder: Path, runs: int, grow: bool = True, peers_grow: bool = False) -> dict[str, Any]:
    """Everything, as plain data."""
    listed = list(rows(folder))
    chosen = [row for row in listed if isinstance(row, Row)]
    before = machine.load()
    prepare(chosen, folder)
    cold, warm = cold_runs(chosen, runs), warm_runs(chosen, runs)
    return {
        "machine": machine.description(),
        "load": [before, machine.load()],
        "runs": runs,
        "left out": {row.name: row.why for row in listed if isinstance(row, Missing)},
        "rows": [describe(row, cold[row.name], warm.get(row.name, [])) for row in chosen],
        "growth": {part: growth(part, min(runs, 3)) for part in ((*BEFORE, *FORMATS) if grow else [])}
        | {part: [*growth(part, 1, FACTORS[:-1]), "not tried"] for part in (peers_of(chosen) if peers_grow else [])},
    }


def prepare(chosen: list[Row], folder: Path) -> None:
    """Templates that are kept, the DOCX that LibreOffice reads, and one run of each that fills the system's caches."""
    for row in chosen:
        if row.kept:
            measured(child_command("ready", row.warm or "typst_source", row.kept))
    measured(own_command("build", str(SEED), "-o", str(folder / "own"), "--format", "docx"))
    shutil.copy(next((folder / "own").glob("*.docx")), folder / "own.docx")
    for row in chosen:
        measured(row.cold)


def cold_runs(chosen: list[Row], runs: int) -> dict[str, list[Sample]]:
    """Whole processes, all rows in turn, so that a busy minute of the machine falls on all of them."""
    found: dict[str, list[Sample]] = {row.name: [] for row in chosen}
    for _ in range(runs):
        for row in chosen:
            found[row.name].append(measured(row.cold))
    return found


def warm_runs(chosen: list[Row], runs: int) -> dict[str, list[dict[str, float]]]:
    """One process a row that runs again and again, all rows in turn like the cold ones."""
    waiting = {row.name: Waiting("warm", row.warm, *filter(None, [row.kept])) for row in chosen if row.warm}
    found = [{name: child.work() for name, child in waiting.items()} for _ in range(runs + 1)]
    for child in waiting.values():
        child.end()
    return {name: [turn[name] for turn in found[1:]] for name in waiting}  # in the first turn others still warm up


def describe(row: Row, cold: list[Sample], warm: list[dict[str, float]]) -> dict[str, Any]:
    """One row's figures."""
    return {
        "name": row.name,
        "group": row.group,
        "own": row.own,
        "cold": median(sample.wall for sample in cold),
        "cold cpu": median(sample.cpu for sample in cold),
        "peak": max(sample.peak for sample in cold),
        "warm": median(run["wall"] for run in warm) if warm else None,
        "warm cpu": median(run["cpu"] for run in warm) if warm else None,
        "samples": {"cold": [sample.wall for sample in cold], "warm": [run["wall"] for run in warm]},
    }


def peers_of(chosen: list[Row]) -> list[str]:
    """The peers' parts."""
    return [row.warm for row in chosen if row.warm and not row.own and row.group in FORMATS]


def growth(part: str, runs: int, factors: tuple[int, ...] = FACTORS) -> list[float | str]:
    """Processor seconds at each factor, or why there are none."""
    found = answer("scale", part, str(runs), *map(str, factors))
    return [one["error"] if "error" in one else median(one["cpu"]) for one in found]


def as_text(result: dict[str, Any]) -> str:
    """The result for people."""
    described = [f"{name}: {text}" for name, text in result["machine"].items()]
    left_out = [f"left out: {name} ({why})" for name, why in result["left out"].items()]
    about = f"runs: {result['runs']}, median; load of the machine {result['load'][0]:.1f} to {result['load'][1]:.1f}"
    peaks = [] if PEAKS else ["peak memory and processor time of a process are not known on this system"]
    parts = [
        *described,
        about,
        *left_out,
        *peaks,
        "",
        first_table(result["rows"]),
        "",
        target_table(result["rows"]),
        "",
        growth_table(result["growth"]),
    ]
    return "\n".join(parts)


def first_table(found: list[dict[str, Any]]) -> str:
    """Cold, warm, memory, and each peer's processor time by ours: other work on the machine disturbs it least."""
    ours = {row["group"]: row for row in found if row["own"]}
    head = ("one document", "cold s", "cold CPU s", "warm s", "warm CPU s", "peak MiB", "cold ÷ ours", "warm ÷ ours")
    lines = []
    for row in found:
        own = ours[row["group"]]
        ratios = ["", ""] if row["own"] else [times(ratio(row, own, kind)) for kind in ("cold", "warm")]
        figures = [seconds(row[key]) for key in ("cold", "cold cpu", "warm", "warm cpu")]
        lines.append([row["name"], *figures, f"{row['peak']:.0f}" if row["peak"] else "", *ratios])
    return table(head, lines)


def ratio(peer: dict[str, Any], own: dict[str, Any], kind: str) -> float | None:
    """The peer's processor time by ours (by the clock, where a process's is not known); below 1 it is faster."""
    if not peer[kind]:
        return None
    return float(peer[f"{kind} cpu"] / own[f"{kind} cpu"] if own[f"{kind} cpu"] else peer[kind] / own[kind])


def growth_table(found: dict[str, list[float | str]]) -> str:
    """Seconds and times at each factor. Four times the rows and sixteen times the time would be a square."""
    head = ("rows of the larger tables", *(f"{f} ×: CPU s" for f in FACTORS), *(f"{f} × by 1 ×" for f in FACTORS[1:]))
    lines = [
        [part, *(shown(value) for value in values), *(risen(value, values[0]) for value in values[1:])]
        for part, values in found.items()
    ]
    failed = [
        f"{part}, {factor} ×: {value}"
        for part, values in found.items()
        for factor, value in zip(FACTORS, values, strict=True)
        if isinstance(value, str)
    ]
    return "\n".join([table(head, lines), *failed])


def shown(value: float | str) -> str:
    """Seconds, or that there are none."""
    return "fails" if isinstance(value, str) else seconds(value)


def risen(value: float | str, first: float | str) -> str:
    """How many times the time of the seed."""
    return "" if isinstance(value, str) or isinstance(first, str) else times(value / first)


if __name__ == "__main__":
    main()
