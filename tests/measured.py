"""Runs of the command line in processes of their own, with what they cost."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

_LAUNCHER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""
"""Runs a command and prints its exit code, seconds and megabytes.

A process's peak begins with that of the one that started it, so it must not be started by the tests themselves.
"""


@dataclass(frozen=True)
class MeasuredRun:
    """Exit code, ``seconds`` of processor time, peak memory in ``megabytes``, and what went to standard error."""

    exit_code: int
    seconds: float
    megabytes: float
    err: str


def measured(*arguments: str) -> MeasuredRun:
    """Run ``reportgen`` with these arguments."""
    command = [sys.executable, "-c", _LAUNCHER, sys.executable, "-m", "reportgen", *arguments]
    run = subprocess.run(command, capture_output=True, check=True)
    code, seconds, megabytes = run.stdout.split()
    return MeasuredRun(int(code), float(seconds), float(megabytes), run.stderr.decode())
