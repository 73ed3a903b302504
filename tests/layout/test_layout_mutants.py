"""Layouts that are wrong at random: never an internal error, never without bound, always one message."""

from __future__ import annotations

import re
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from tests.bad_input.command import run_json
from tests.bad_input.sample import DEMO
from tests.measured import measured
from tests.population import size

from . import mutants

SECONDS, MEGABYTES = 5, 300
MUTANTS = 500
PLACED = re.compile(r"(\S+\.(yaml|j2)|ties 的 )")


class TooLong(BaseException):
    """A mutant took more than its seconds of processor time."""


@contextmanager
def limited() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.campaign
def test_a_layout_that_is_wrong_at_random_is_refused_in_one_message(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused, count = 0, size(MUTANTS, 40)
    for seed in range(count):
        folder = mutants.write(mutants.mutant(seed), tmp_path / f"甲{seed}")
        begun = time.process_time()
        with limited():
            result = run_json("check", str(DEMO), "--layout", str(folder))
        assert result.exit_code in (0, 1, 4), (seed, result.messages, result.err)
        assert time.process_time() - begun < SECONDS, seed
        if result.exit_code == 4:
            refused += 1
            (message,) = result.messages
            assert PLACED.search(message.message), (seed, message)
            assert len(message.message) < 500, (seed, message)
    assert refused > count / 2
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES


@pytest.mark.campaign
@pytest.mark.skipif(sys.platform == "win32", reason="measures child processes")
def test_a_build_with_such_a_layout_is_bounded_too(tmp_path: Path) -> None:
    """All three files are written where the layout is right: pages without end, or very long lines, would show here."""
    wrong, made = {}, 0
    for seed in range(size(MUTANTS, 5)):
        folder = mutants.write(mutants.mutant(seed), tmp_path / f"甲{seed}")
        run = measured("build", str(DEMO), "--layout", str(folder), "-o", str(tmp_path / "out"), "--force")
        made += run.exit_code == 0
        if run.exit_code not in (0, 1, 4, 5) or run.seconds > SECONDS or run.megabytes > MEGABYTES:
            wrong[seed] = (run.exit_code, round(run.seconds, 1), round(run.megabytes), run.err[-400:])
    assert wrong == {}
    assert made
