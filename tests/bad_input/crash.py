"""Kills at random moments: what stood before stands, no file is ever half.

``python -m tests.bad_input.crash --kills 200``. A build runs over existing outputs and is killed with SIGKILL; half of
the kills come at any moment of the run, half within milliseconds of its first temporary file. After each, every one of
the three files must be, byte for byte, the old whole version or the new one. After the last, a build that succeeds
leaves the three files and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import reportgen
from reportgen.manifest import NAME

from ..strategies import dumped
from .sample import changed

ROOT = Path(reportgen.__file__).parent.parent
VERSIONS = ("甲", "乙")
NEAR = 0.012
"""Seconds after the first temporary file within which the aimed kills fall; the moves take a few milliseconds."""

Files = dict[str, bytes]


class HalfWritten(AssertionError):
    """A file that is neither the old version nor the new one."""


class Trial:
    """Two versions of one document, their outputs, and a folder in which one is built over the other."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._folder, self.out = folder, folder / "公开"
        self.whole: dict[str, Files] = {}
        for version in VERSIONS:
            source = self._source(version)
            source.write_bytes(dumped(changed({"/projects/0/name": f"第{version}版"})))
            reportgen.build(source, folder / version)
            self.whole[version] = _contents(folder / version)
        assert self.whole["甲"].keys() == self.whole["乙"].keys()
        assert all(self.whole["甲"][name] != self.whole["乙"][name] for name in self.whole["甲"])
        started = time.perf_counter()
        self.finish("甲")
        self.duration = time.perf_counter() - started

    def _source(self, version: str) -> Path:
        return self._folder / f"{version}.json"

    def _start(self, version: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "reportgen", "build", str(self._source(version)), "-o", str(self.out), "-q"]
        return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)

    def finish(self, version: str) -> None:
        """An undisturbed build: the new files and nothing else."""
        process = self._start(version)
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
        found = _contents(self.out)
        assert found == self.whole[version], sorted(found)

    def kill(self, version: str, aimed: bool) -> str:
        """A build that is killed; what was seen after it."""
        before = {path.name for path in self.out.iterdir() if path.name.startswith(".")}
        process = self._start(version)
        if aimed:
            self._wait_for_temporaries(process, before)
            time.sleep(self._random.uniform(0, NEAR))
        else:
            time.sleep(self._random.uniform(0, 1.1 * self.duration))
        process.kill()
        process.communicate()
        return self._state(version, finished=process.returncode == 0)

    def _wait_for_temporaries(self, process: subprocess.Popen[bytes], before: set[str]) -> None:
        while process.poll() is None:
            if any(name.startswith(".") and name not in before for name in os.listdir(self.out)):
                return
            time.sleep(0.0005)

    def _state(self, version: str, finished: bool) -> str:
        found = _contents(self.out)
        files = {name: payload for name, payload in found.items() if not name.startswith(".reportgen-")}
        if files.keys() != self.whole[version].keys():
            raise HalfWritten(f"these files: {sorted(files)}")
        are = set()
        for name, payload in files.items():
            is_now = next((v for v in VERSIONS if self.whole[v][name] == payload), None)
            if is_now is None:
                raise HalfWritten(f"{name} has {len(payload)} bytes and is neither version")
            are.add(is_now)
        state = "both versions, each file whole" if len(are) == 2 else f"all {'new' if are == {version} else 'old'}"
        beside = " + leftovers" if len(found) > len(files) else ""
        return f"{'finished before the kill: ' if finished else ''}{state}{beside}"


def _contents(folder: Path) -> Files:
    """What lies in the folder but the manifest: that one remembers which files it replaced, and must only be whole."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    if (payload := files.pop(NAME, None)) is not None:
        json.loads(payload)
    return files


def run(kills: int, seed: int = 0) -> Counter[str]:
    """``kills`` kills; how often each state was seen after one.

    Where none hit a build at work (a busy machine lets it finish first), up to twice as many more are aimed.

    Raises:
        HalfWritten: a kill left a file that is neither the old version nor the new one.
    """
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), seed)
        seen: Counter[str] = Counter()
        for n in range(kills):
            seen[trial.kill(VERSIONS[(n + 1) // 2 % 2], aimed=n % 2 == 1)] += 1
        while not any("leftovers" in state for state in seen) and sum(seen.values()) < 3 * kills:
            seen[trial.kill(VERSIONS[sum(seen.values()) // 2 % 2], aimed=True)] += 1
        trial.finish("乙")
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for state, times in run(options.kills, options.seed).most_common():
        print(f"{times:5}  {state}")  # noqa: T201


if __name__ == "__main__":
    main()
