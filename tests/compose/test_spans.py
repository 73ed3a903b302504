"""Cells of a column that say the same, one below the other, become one cell."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.compose.tables import _spans
from reportgen.facts import FactGroup

ROW = FactGroup("row")


@pytest.mark.parametrize(
    ("values", "spans"),
    [
        ([], []),
        (["a"], [1]),
        (["a", "a"], [2, 0]),
        (["a", "a", "b", "b", "b"], [2, 0, 3, 0, 0]),
        (["a", "b", "a"], [1, 1, 1]),
        (["a", "a", "a"], [3, 0, 0]),
    ],
)
def test_neighbours_that_are_equal_share_a_cell(values: list[Any], spans: list[int]) -> None:
    assert _spans([ROW] * len(values), values) == spans


def test_rows_without_a_record_stay_alone() -> None:
    assert _spans([ROW, None, ROW, ROW], ["a", "a", "a", "a"]) == [1, 1, 2, 0]
