"""Hostile PDFs end in one message each, or are read, in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib

import pytest

from reportgen.core.errors import InputError
from reportgen.intake.readers.pdf.stream_sizes import LARGEST, refuse_bombs
from tests.intake.raw_pdfs import one_page
from tests.population import in_full, sample

from .hostile_pdfs import EACH, KINDS, hostile, outcome

pytest.importorskip("pypdfium2")
EVERY = list(hostile())
MOST = 300
"""MB of a whole worker process."""
LONGEST = 45
"""Seconds that one file may take on a busy machine; alone each takes less than ten."""


def test_there_are_a_hundred_of_ten_kinds() -> None:
    assert len(EVERY) == len(set(EVERY)) == 100
    assert len({KINDS[kind](n) for kind, n in EVERY}) > 90, "different files"
    assert KINDS["bomb"](0) == KINDS["bomb"](0), "the same in every run"
    assert EACH == 10


@pytest.mark.campaign
@pytest.mark.parametrize(("kind", "n"), sample(EVERY, 12, seed=14))
def test_a_hostile_file_is_one_message_in_bounded_time_and_memory(kind: str, n: int) -> None:
    began = time.perf_counter()
    said = outcome(KINDS[kind](n))
    assert time.perf_counter() - began < LONGEST
    assert said
    assert "Traceback" not in said
    assert "\n" not in said.split("（")[0]


def test_a_worker_takes_no_more_memory_than_it_may() -> None:
    """In a process of its own: a worker begins with what its parent has."""
    kinds = [] if in_full() else ["truncated"]
    command = [sys.executable, "-m", "tests.auditing.hostile_pdfs", *kinds]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout
    megabytes = int(printed.split()[-2])
    assert 0 < megabytes < MOST


@pytest.mark.parametrize("n", [2, 4, 9])
def test_a_stream_that_unpacks_to_too_much_is_refused_before_it_is_read(n: int) -> None:
    with pytest.raises(InputError, match="展开后超过 8 MB"):
        refuse_bombs(KINDS["bomb"](n))


def test_pictures_typefaces_and_damaged_streams_are_not_refused() -> None:
    large = zlib.compress(b"0" * (LARGEST + 9))
    said = b"/Filter /FlateDecode"
    for kind in (b"/Subtype /Image", b"/Length1 9000000"):
        refuse_bombs(one_page(b"<< %s %s >>\nstream\n%s\nendstream" % (kind, said, large)))
    refuse_bombs(one_page(b"<< %s >>\nstream\n%s\nendstream" % (said, b"x" * 9_000)))
    refuse_bombs(one_page(b"<< %s >>\nstream\n%s" % (said, zlib.compress(b"0" * LARGEST))))
    with pytest.raises(InputError):
        refuse_bombs(one_page(b"<< %s >>\nstream\n%s" % (said, large)))


@pytest.mark.parametrize("kind", ["bomb", "page tree", "many pages", "encrypted", "truncated"])
def test_what_cannot_be_read_is_said_and_not_guessed(kind: str) -> None:
    assert "pages" not in outcome(KINDS[kind](3 if kind == "many pages" else 0))
