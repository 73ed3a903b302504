"""Manifests and outcomes as accidents and attackers leave them: random mutants, and files that are no files."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import random
import shutil
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from reportgen.bulk import BulkOptions, Job, Outcome, run
from reportgen.bulk.executors.build_job import build_job

NAMES = ("manifest.json", "outcome.json", "the state")
HUGE = 700 << 20
VALUES: tuple[Any, ...] = (
    None, True, -1, 1.5, float("nan"), float("inf"), 10**400, 10**9, "", "\0", "x" * 100_000, "..", "../x", "a/b",
    "\ud800", "{", "{x}", "{count:>9999999}", "{0.__class__}", "1E+999999999", "Infinity", "error",
    [], {}, [[]], {"": {}},
)  # fmt: skip
Damage = Callable[[Path, random.Random], object]


def _wrong_value(path: Path, chance: random.Random) -> None:
    data = json.loads(path.read_bytes())
    holders = list(_holders(data))
    holder = chance.choice(holders)
    key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    match chance.choice(("replace", "replace", "replace", "remove", "add")):
        case "remove":
            del holder[key]
        case "add" if isinstance(holder, dict):
            holder["more"] = chance.choice(VALUES)
        case _:
            holder[key] = chance.choice(VALUES)
    path.write_text(json.dumps(data), encoding="utf-8")
    if path.name == "manifest.json":  # an outcome that belongs to the mutant
        outcome = path.parents[2] / f"{path.parents[1].name}.state" / path.parent.name / "outcome.json"
        kept = json.loads(outcome.read_bytes())
        outcome.write_text(json.dumps(kept | {"manifest": hashlib.sha256(path.read_bytes()).hexdigest()}))


def _holders(data: Any) -> Generator[Any, None, None]:
    if isinstance(data, dict | list) and data:
        yield data
        for item in data.values() if isinstance(data, dict) else data:
            yield from _holders(item)


def _wrong_bytes(path: Path, chance: random.Random) -> None:
    payload = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 4)):
        payload[chance.randrange(len(payload))] = chance.choice((0, 34, 123, 255, chance.randrange(256)))
    path.write_bytes(payload)


def _truncated(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def _replaced(make: Callable[[Path], object]) -> Damage:
    def damage(path: Path, chance: random.Random) -> None:
        path.unlink()
        make(path)

    return damage


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(HUGE)


SPECIAL: dict[str, Damage] = {
    "a pipe": _replaced(os.mkfifo),
    "a folder": _replaced(Path.mkdir),
    "a link to itself": _replaced(lambda path: path.symlink_to(path.name)),
    "a link to a device without end": _replaced(lambda path: path.symlink_to("/dev/zero")),
    "700 MB": _replaced(_sparse),
    "deep nesting": _replaced(lambda path: path.write_text("[" * 1_000_000)),
    "many empty objects": _replaced(lambda path: path.write_text(f'{{"form": [{"{}," * 2_500_000}0]}}')),
    "many digits": _replaced(lambda path: path.write_text(f'{{"form": {"9" * 1_000_000}}}')),
}
RANDOM: tuple[Damage, ...] = (_wrong_value, _wrong_value, _wrong_value, _wrong_bytes, _truncated)


def mutants(count: int) -> list[tuple[str, str, int]]:
    """Name of the damage, of the file, and the seed: all special ones, then random ones up to ``count`` in all."""
    special = [(kind, name, 0) for kind in SPECIAL for name in NAMES]
    return special + [("random", NAMES[n % len(NAMES)], n) for n in range(count - len(special))]


def run_all(given: tuple[str, Sequence[tuple[str, str, int]]]) -> list[tuple[str, float, tuple[str, ...]]]:
    """Damage the folders ``given[0]``/out and /out.state by each mutant and run again: mutant, seconds, error codes."""
    root, chosen = Path(given[0]), given[1]
    results = []
    for kind, name, seed in chosen:
        shutil.rmtree(root / "again", ignore_errors=True)
        shutil.rmtree(root / "again.state", ignore_errors=True)
        shutil.copytree(root / "out", root / "again")
        shutil.copytree(root / "out.state", root / "again.state")
        chance = random.Random(seed)
        damage = SPECIAL[kind] if kind in SPECIAL else chance.choice(RANDOM)
        damage(_path(root, name), chance)
        start = time.process_time()
        summary = run([root / "in"], root / "again", BulkOptions(formats=("xlsx",)), executor=_here)
        codes = tuple(
            finding.code for outcome in summary.outcomes for finding in outcome.findings if finding.severity > 1
        )
        gc.collect()  # a worker collects between its jobs, and all of this is one
        results.append((f"{kind} {name} {seed}", time.process_time() - start, codes))
    return results


def _path(root: Path, name: str) -> Path:
    if name == "manifest.json":
        return root / "again" / "500" / name
    return next((root / "again.state" / "500").glob("*.state" if name == "the state" else name))


def _here(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
    yield from map(build_job, jobs)
