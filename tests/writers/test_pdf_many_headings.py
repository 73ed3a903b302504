"""A document with thousands of headings in a row takes no more time for each than one with a few."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from reportgen.writers.pdf.pages.prose_flow import _can_begin


class Counted(list[Any]):
    """A list that counts how often one of its items is read."""

    reads = 0

    def __getitem__(self, index: Any) -> Any:
        self.reads += 1
        return super().__getitem__(index)


def block(keep_next: bool, lines: int = 1) -> SimpleNamespace:
    return SimpleNamespace(before=0, after=2, leading=20, lines=["x"] * lines, least_lines=1, keep_next=keep_next)


def test_of_a_long_row_of_headings_only_those_that_a_page_holds_are_read() -> None:
    queue = Counted([block(keep_next=True)] * 10_000)
    assert not _can_begin(queue, 0, 600)
    assert queue.reads < 30


@pytest.mark.parametrize(("free", "fits"), [(63.9, False), (64, True)])
def test_headings_need_the_start_of_what_follows(free: float, fits: bool) -> None:
    """Two headings of 22 points each and one line of the paragraph: 64 points."""
    queue: Any = [block(keep_next=True), block(keep_next=True), block(keep_next=False, lines=9), block(keep_next=True)]
    assert _can_begin(queue, 0, free) is fits
