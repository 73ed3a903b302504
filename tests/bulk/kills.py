"""Kill a worker or the parent of a real run at a random moment, resume, and compare with an undisturbed run.

``python -m tests.bulk.kills --runs 50``
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import reportgen
from tests.bulk.departments import contents, put_many
from tests.interrupts import interrupts_enabled
from tests.isolation.processes import ended, workers_of

ROOT = Path(reportgen.__file__).parent.parent


@dataclass
class Bench:
    """A folder ``in`` of small departments and an undisturbed run over it, in ``undisturbed``."""

    root: Path
    departments: int
    formats: str
    jobs: int = 2

    def __post_init__(self) -> None:
        """Run undisturbed; note after how many seconds the first department was done, and how long each other took."""
        put_many(self.root / "in", self.departments)
        start = time.time()
        assert self.start("undisturbed").wait() == 0
        done = sorted(one.stat().st_mtime for one in (self.root / "undisturbed.state").glob("*/outcome.json"))
        self.first = done[0] - start
        self.pace = (done[-1] - done[0]) / (self.departments - 1)
        self.undisturbed = contents(self.root / "undisturbed")

    def start(self, out: str, interruptible: bool = True) -> subprocess.Popen[bytes]:
        """A run in a process group of its own, as a terminal would start it; or as the tests were started."""
        command = [sys.executable, "-m", "reportgen", "bulk", "in", "-o", out, "-q", "--jobs", str(self.jobs)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command += ["--format", self.formats]
        with interrupts_enabled() if interruptible else nullcontext():
            return subprocess.Popen(command, cwd=self.root, env=env, start_new_session=True)

    def disturb(self, out: str, victim: str, after: int, moment: float) -> str | None:
        """Kill the ``victim`` ``moment`` seconds after ``after`` departments are done, and resume.

        Returns what happened; None if the run had ended before.
        """
        run = self.start(out)
        while run.poll() is None and sum(1 for _ in (self.root / f"{out}.state").glob("*/outcome.json")) < after:
            time.sleep(0.01)
        time.sleep(moment)
        if run.poll() is not None:
            return None
        workers = workers_of(run.pid)
        if victim == "parent" or not workers:
            victim = "parent"
            run.kill()
            run.wait()
            for worker in workers:
                assert ended(worker), "a worker outlived its parent"
        else:
            with suppress(ProcessLookupError):  # it may have ended a moment ago
                os.kill(random.Random(moment).choice(workers), signal.SIGKILL)
            assert run.wait() == 0, "a killed worker cost the run more than a second try"
        return f"{victim} killed, {self._resume(out)}"

    def _resume(self, out: str) -> str:
        folder = self.root / out
        finished = self._complete(folder)
        before = {name: (folder / name).stat().st_mtime_ns for name in finished}
        assert self.start(out).wait() == 0
        assert contents(folder) == self.undisturbed, "not the bytes of an undisturbed run"
        repeated = [name for name in finished if (folder / name).stat().st_mtime_ns != before[name]]
        assert not repeated, f"made twice: {repeated}"
        return f"{sum(name.endswith('manifest.json') for name in finished)} of {self.departments} were done"

    def _complete(self, folder: Path) -> list[str]:
        """The files of finished departments; every other file that is not temporary must be complete too."""
        found = contents(folder) if folder.exists() else {}
        for name, payload in found.items():
            hidden = name.rpartition("/")[2].startswith(".reportgen-")
            assert hidden or "/" not in name or payload == self.undisturbed[name], f"{name} is half written"
        done = {outcome.parent.name for outcome in folder.with_name(f"{folder.name}.state").glob("*/outcome.json")}
        return [name for name in found if name.rpartition("/")[0] in done and "/.reportgen-" not in name]


def disturbed(bench: Bench, runs: int, seed: int) -> Counter[str]:
    """Disturb ``runs`` runs, victims by turns, moments at random: after any number of departments, within the next."""
    chance = random.Random(seed)
    events: Counter[str] = Counter()
    for n in itertools.count():
        if events.total() == runs:
            break
        victim, after = ("parent", "worker")[events.total() % 2], chance.randrange(bench.departments)
        moment = chance.uniform(0, 2 * bench.pace if after else bench.first)
        if event := bench.disturb(f"run{n}", victim, after, moment):
            events[event] += 1
    return events


def main() -> None:
    """The runs of the issue."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--departments", type=int, default=6)
    parser.add_argument("--formats", default="docx,pdf,xlsx")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        bench = Bench(Path(root), options.departments, options.formats)
        for line, count in sorted(disturbed(bench, options.runs, options.seed).items()):
            print(f"{count:3}  {line}")  # noqa: T201
    print(f"{options.runs} runs killed and resumed, all equal to the undisturbed one byte for byte")  # noqa: T201


if __name__ == "__main__":
    main()
