"""Which test reaches which line: recorded once with coverage.py and kept in a file outside the project."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coverage import CoverageData
from coverage.exceptions import DataError

from .mutants import Mutant

FOLDERS = ("reportgen", "tests", "benchmarks", "data", "docs", "fonts", "layouts", ".ci")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header"]


def copy_project(root: Path, to: Path) -> Path:
    """A copy of what the tests need; the runs of mutants happen there."""
    to.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", "out")
    for path in root.iterdir():
        if path.name in FOLDERS:
            shutil.copytree(path, to / path.name, ignore=ignored)
        elif path.is_file():
            shutil.copy2(path, to)
    return to


def environment(root: Path, **more: str) -> dict[str, str]:
    """The variables of a run in ``root``: its packages come first, its cache is its own."""
    return {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **more}


@dataclass
class Record:
    """``tests``: name → seconds; ``reached``: module → line → tests; ``sources``: the modules as they were then."""

    tests: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    reached: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def line_then(self, file: str, line: int, source: str) -> int:
        """The line of the recorded text that is ``line`` of today's ``source``; 0 where that is new."""
        now, then = source.splitlines(), self.sources.get(file, "").splitlines()
        for block in difflib.SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks():
            if block.b <= line - 1 < block.b + block.size:
                return line - block.b + block.a
        return 0

    def tests_of(self, mutant: Mutant, source: str) -> tuple[set[str], set[str]]:
        """The tests that reach the mutant's line, and those that reach any line of its module.

        What runs while the module is imported counts for every test that runs anything in the module, or, where that
        is none, for every test.
        """
        lines = self.reached.get(mutant.file, {})
        module = {test for tests in lines.values() for test in tests if test}
        reached = set(lines.get(self.line_then(mutant.file, mutant.line, source), []))
        if mutant.on_import:
            return (module or set(self.tests)) if reached else set(), module
        return reached - {""}, module

    def restricted_to(self, tests: set[str]) -> Record:
        """The record without tests that there are no more: a recorded run may be used again after renames."""
        reached = {
            file: {line: [test for test in names if not test or test in tests] for line, names in lines.items()}
            for file, lines in self.reached.items()
        }
        return replace(self, tests={name: s for name, s in self.tests.items() if name in tests}, reached=reached)

    def save(self, path: Path) -> None:
        """Tests as numbers: the file stays small."""
        names = sorted({test for lines in self.reached.values() for tests in lines.values() for test in tests})
        number = {name: n for n, name in enumerate(names)}
        packed = {f: {n: [number[t] for t in tests] for n, tests in lines.items()} for f, lines in self.reached.items()}
        data = {**vars(self), "names": names, "reached": packed}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Record:
        data = json.loads(path.read_text(encoding="utf-8"))
        names = data.pop("names")
        data["reached"] = {
            f: {int(n): [names[t] for t in tests] for n, tests in lines.items()} for f, lines in data["reached"].items()
        }
        return cls(**data)


def existing_tests(project: Path) -> set[str]:
    """The names of all tests, as pytest collects them now."""
    command = [*PYTEST, "--collect-only"]
    listed = subprocess.run(command, cwd=project, env=environment(project), capture_output=True, check=True)
    return {line for line in listed.stdout.decode().splitlines() if "::" in line}


def record(root: Path, processes: int) -> Record:
    """Run the whole suite once, recorded; about three times as long as without."""
    with tempfile.TemporaryDirectory(prefix="reportgen-mutation-") as folder:
        project, data = copy_project(root, Path(folder) / "project"), Path(folder) / "record"
        data.mkdir()
        command = [*PYTEST, "-p", "tests.mutation.recorder", "-n", str(processes), "--dist", "load"]
        run = subprocess.run(command, cwd=project, env=environment(project, RECORD_IN=str(data)), capture_output=True)
        print(run.stdout.decode()[-400:])
        return _read(project, data)


def _read(root: Path, data: Path) -> Record:
    tests: dict[str, dict[str, Any]] = {}
    for path in data.glob("tests.*.json"):
        tests |= json.loads(path.read_text(encoding="utf-8"))
    users: dict[str, list[str]] = defaultdict(list)
    for name, test in tests.items():
        for fixture in test["fixtures"]:
            users[fixture].append(name)
    result = Record({name: test["seconds"] for name, test in tests.items() if test["passed"]})
    result.failed = sorted(tests.keys() - result.tests.keys())
    for path in [*data.glob("process.*"), *data.glob("child*")]:
        with suppress(DataError):  # the file of a child that was killed while it wrote
            _add(result, CoverageData(str(path)), root, users)
    return result


def _add(result: Record, covered: CoverageData, root: Path, users: dict[str, list[str]]) -> None:
    covered.read()
    for name in covered.measured_files():
        file = Path(name).relative_to(root).as_posix()
        result.sources.setdefault(file, Path(name).read_text(encoding="utf-8"))
        lines = result.reached.setdefault(file, {})
        for line, contexts in covered.contexts_by_lineno(name).items():
            here = {test for context in contexts for test in users.get(context, [context])}
            known = {test for test in here if not test or test in result.tests}
            lines[line] = sorted(known.union(lines.get(line, ())))
