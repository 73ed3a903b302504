"""What all formats share of table layout: roles, heights of rows, widths of columns, bands."""

from __future__ import annotations

import pytest

from reportgen.writers.tables.column_widths import shrunk, widened
from reportgen.writers.tables.roles import text_role
from reportgen.writers.tables.row_bands import bands
from reportgen.writers.tables.row_heights import TallCell, spread_tall_cells


def test_each_row_role_has_its_text_role() -> None:
    roles = {role: text_role(role) for role in ("head", "number", "total", "subtotal", "item", "filler")}  # type: ignore[arg-type]
    assert roles.pop("head") == "table-head"
    assert roles.pop("number") == "table-number"
    assert roles.pop("total") == "table-total"
    assert set(roles.values()) == {"table-cell"}


def test_short_spans_are_served_before_long_ones() -> None:
    heights = [10.0] * 4
    spread_tall_cells(heights, [TallCell(0, 4, 100.0), TallCell(1, 2, 60.0)])
    assert heights == pytest.approx([15.0, 35.0, 35.0, 15.0])


def test_a_cell_with_height_enough_changes_nothing() -> None:
    heights = [10.0, 12.0]
    spread_tall_cells(heights, [TallCell(0, 2, 22.0), TallCell(0, 2, 5.0)])
    assert heights == [10.0, 12.0]


def test_no_row_grows_above_the_highest() -> None:
    heights = [10.0, 30.0]
    spread_tall_cells(heights, [TallCell(0, 2, 400.0)], highest=100.0)
    assert heights == [100.0, 100.0]


def test_widened_columns_keep_their_sum() -> None:
    widths = widened([10, 50, 40], [25, 20, 35])
    assert widths == pytest.approx([25, 50 - 15 * 30 / 35, 40 - 15 * 5 / 35])
    assert sum(widths or ()) == pytest.approx(100)


def test_columns_wide_enough_stay_as_they_are() -> None:
    assert widened([10, 50], [10, 20]) == [10, 50]
    assert widened([10, 50], [10, 20], allowed=0) == [10, 50]


def test_givers_give_first_and_the_others_where_that_is_not_enough() -> None:
    assert widened([10, 50, 50], [20, 30, 30], givers=[False, True, False]) == pytest.approx([20, 40, 50])
    assert widened([10, 50, 50], [30, 30, 30], givers=[False, True, False]) == pytest.approx([30, 30, 50])
    assert widened([10, 50, 50], [34, 30, 30], givers=[False, True, False]) == pytest.approx([34, 38, 38])


def test_no_widths_where_too_much_would_have_to_move() -> None:
    assert widened([10, 50], [20, 40]) == pytest.approx([20, 40])
    assert widened([10, 50], [21, 40]) is None
    assert widened([10, 50], [20, 20], allowed=9.5) is None
    assert widened([10, 50], [20, 20], allowed=10) == pytest.approx([20, 40])


def test_shrunk_columns_stop_at_their_least_widths() -> None:
    assert shrunk([10, 30, 60], [10, 20, 20], 100) == [10, 30, 60]
    assert shrunk([10, 30, 60], [10, 20, 20], 120) == [10, 30, 60]
    assert shrunk([10, 30, 60], [10, 20, 20], 50) == pytest.approx([10, 20, 20])
    assert shrunk([10, 30, 60], [10, 20, 20], 7) == pytest.approx([10, 20, 20])


def test_rows_that_a_cell_reaches_are_one_band() -> None:
    assert list(bands([])) == []
    assert list(bands([0, 1])) == [(0, 0), (1, 1)]
    assert list(bands([1, 2, 2, 3])) == [(0, 2), (3, 3)]
    assert list(bands([2, 1, 2])) == [(0, 2)]
