"""Try one mutant: put it into a copy of the project, run the tests that reach it, put the copy right again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .mutants import Mutant
from .record import PYTEST, Record, environment

if sys.platform == "linux":
    import resource

LIMIT = 30
"""Processor seconds for the tests of one mutant; ``PATIENCE`` times as many by the clock, on a busy machine."""
PATIENCE = 3
BUDGET = 20
"""Processor seconds of the chosen tests when they were recorded, which is about twice what they take without."""
NEAREST = 4
"""Files that are tried first."""
COLLECTION = 0.6
"""Seconds for a file of tests to be read."""
ALIKE = 8
"""So many cases of one test function come before every other function has had its turn."""


@dataclass(frozen=True)
class Result:
    """``outcome``: killed, timeout (counts as killed), survived or unreached (no test runs the line: survived)."""

    mutant: Mutant
    outcome: str
    tests: int
    reaching: int
    seconds: float
    killer: str = ""

    @property
    def killed(self) -> bool:
        return self.outcome in ("killed", "timeout")

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "killed": self.killed}


def selection(record: Record, mutant: Mutant, source: str) -> tuple[list[str], list[str]]:
    """The tests to run at first and those to run if the mutant survives them; none if no test reaches its line.

    First the tests of the mutant's own package (``tests/rules`` for ``reportgen/rules``) and the files whose tests
    reach the line before all (a cheap and likely kill), then the quickest of all others that reach it, then their
    neighbours in those files: a helper's cache hides from the record what the second test of a file reaches.
    """
    reaching, module = record.tests_of(mutant, source)
    if not reaching:
        return [], []
    time = record.tests.__getitem__
    nearest = set(_nearest_files(record, reaching))
    own = f"tests/{mutant.file.split('/')[1]}/"
    first = sorted((t for t in reaching if t.startswith(own)), key=time)
    near = _by_turns(sorted((t for t in reaching if _file(t) in nearest and not t.startswith(own)), key=time))
    early = [*_affordable(record, near, BUDGET / 4), *_affordable(record, first, BUDGET / 2)]
    files = {_file(test) for test in reaching}
    rest = _by_turns(sorted(reaching.difference(early), key=time))
    rest += _by_turns(sorted((t for t in module - reaching if _file(t) in files), key=time))
    return early, _affordable(record, rest, BUDGET)


def _nearest_files(record: Record, reaching: set[str]) -> list[str]:
    """The few files of which the largest share of tests reaches the line; the quicker ones where shares are equal."""
    count, total = Counter(map(_file, reaching)), Counter(map(_file, record.tests))
    seconds = {file: sum(record.tests[test] for test in reaching if _file(test) == file) for file in count}
    return sorted(count, key=lambda file: (-count[file] / total[file], seconds[file]))[:NEAREST]


def _affordable(record: Record, tests: list[str], budget: float) -> list[str]:
    """As many as ``budget`` seconds allow, with the reading of their files; at least one."""
    chosen: list[str] = []
    collected: set[str] = set()
    spent = 0.0
    for test in tests:
        cost = record.tests[test] + (0 if _file(test) in collected else COLLECTION)
        if not chosen or spent + cost <= budget:
            chosen.append(test)
            collected.add(_file(test))
            spent += cost
    return chosen


def _file(test: str) -> str:
    return test.partition("::")[0]


def _by_turns(tests: list[str]) -> list[str]:
    """At first no more than ``ALIKE`` cases of one function; the rest after all others."""
    seen: Counter[str] = Counter()
    early: list[str] = []
    late: list[str] = []
    for test in tests:
        function = test.partition("[")[0]
        (early if seen[function] < ALIKE else late).append(test)
        seen[function] += 1
    return early + late


def attempt(record: Record, mutant: Mutant, project: Path) -> Result:
    """Run the tests on the mutant in ``project``, a copy that nothing else uses meanwhile.

    What fails or takes too long without the mutant as well (a busy machine) says nothing: it is left out, and the rest
    is run again.
    """
    source = (project / mutant.file).read_text(encoding="utf-8")
    start = time.monotonic()
    outcome, killer, run = "unreached", "", 0
    for tests in selection(record, mutant, source):
        if tests:
            outcome, killer, left = judged(tests, mutant, source, project)
            run += left
        if outcome in ("killed", "timeout"):
            break
    reaching = len(record.tests_of(mutant, source)[0])
    return Result(mutant, outcome, run, reaching, round(time.monotonic() - start, 1), killer)


def judged(tests: list[str], mutant: Mutant, source: str, project: Path) -> tuple[str, str, int]:
    """The outcome, the test that failed, and how many tests there were that pass without the mutant."""
    path = project / mutant.file
    while tests:
        path.write_text(mutant.applied_to(source), encoding="utf-8")
        try:
            outcome, killer = run_tests(tests, project)
        finally:
            path.write_text(source, encoding="utf-8")
        suspects = [killer] if killer in tests else tests
        if outcome == "survived" or run_tests(suspects, project)[0] == "survived":
            return outcome, killer, len(tests)
        tests = [test for test in tests if test != killer] if killer in tests else tests[: len(tests) // 2]
    return "survived", "", 0


def run_tests(tests: list[str], project: Path) -> tuple[str, str]:
    """The outcome of the tests in ``project``, and which test failed first."""
    names = project / "mutation-tests.txt"
    names.write_text("\n".join(tests), encoding="utf-8")
    process = subprocess.Popen(
        [*PYTEST, "-x", "--tb=no", f"@{names}"], cwd=project, env=environment(project),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    if sys.platform == "linux":
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (LIMIT, LIMIT + 1))
    try:
        output = process.communicate(timeout=LIMIT * PATIENCE)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        _end(process)
        return "timeout", ""
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "timeout", ""
    if process.returncode == 0:
        return "survived", ""
    failed = re.search(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", output, re.MULTILINE)
    return "killed", failed[1] if failed else f"exit code {process.returncode}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the run and its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
