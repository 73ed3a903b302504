"""Hostile PDFs end in one message each, or are read, in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from reportgen.intake.readers.published import MEMORY
from tests.population import in_full, sample

from .hostile_pdfs import EACH, KINDS, hostile, outcome

pytest.importorskip("pypdfium2")
EVERY = list(hostile())
BEGINNING = 200
"""MB of a Python process with our libraries and the largest of these files."""
LONGEST = 45
"""Seconds that one file may take on a busy machine; alone each takes less than ten."""


def test_there_are_a_hundred_of_ten_kinds() -> None:
    assert len(EVERY) == len(set(EVERY)) == 100
    assert len({KINDS[kind](n) for kind, n in EVERY}) > 90, "different files"
    assert KINDS["bomb"](0) == KINDS["bomb"](0), "the same in every run"
    assert EACH == 10


@pytest.mark.campaign
@pytest.mark.parametrize(("kind", "n"), sample(EVERY, 20, seed=14))
def test_a_hostile_file_is_one_message_in_bounded_time_and_memory(kind: str, n: int) -> None:
    began = time.perf_counter()
    said = outcome(KINDS[kind](n))
    assert time.perf_counter() - began < LONGEST
    assert said
    assert "Traceback" not in said
    assert "\n" not in said.split("（")[0]


def test_a_worker_takes_no_more_memory_than_it_may() -> None:
    """In a process of its own: a worker begins with what its parent has."""
    command = [sys.executable, "-m", "tests.auditing.hostile_pdfs", "truncated" if not in_full() else "bomb"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout
    megabytes = int(printed.split()[-2])
    assert 0 < megabytes < MEMORY + BEGINNING


@pytest.mark.parametrize("kind", ["bomb", "page tree", "many pages", "encrypted", "truncated"])
def test_what_cannot_be_read_is_said_and_not_guessed(kind: str) -> None:
    assert "pages" not in outcome(KINDS[kind](3 if kind == "many pages" else 0))
