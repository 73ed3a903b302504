"""Type sizes and column widths of tables, without font metrics."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.tree.nodes import Column, Row
from reportgen.writers.tables import estimate
from tests import nodes


def test_text_in_many_columns_shrinks_the_type_but_not_below_its_least_size() -> None:
    style = nodes.style()
    width = (297 - 40) / 25.4 * 72
    assert estimate.fit_table(nodes.spending_table(3), style, width).size == style.text["table-cell"].size
    small = estimate.fit_table(nodes.indicator_table(3), style, width)
    assert small.size == style.table.smallest_text
    assert sum(small.widths) == pytest.approx(width)
    assert small.widths[-1] > estimate.ems("440720") * small.size  # given 1 % of the table


def test_figures_make_the_type_smaller_than_text_does() -> None:
    style = nodes.style()
    columns = (Column(15), *(Column(5, "right") for _ in range(16)))
    body = (Row("r", (nodes.cell("合计"), *(nodes.amount("30011029.45") for _ in range(16)))),)
    figures = replace(nodes.empty_table(), columns=columns, head=(), body=body)
    size = estimate.fit_table(figures, style, (297 - 40) / 25.4 * 72).size
    assert style.table.smallest <= size < style.table.smallest_text
    larger = replace(style, table=replace(style.table, smallest=8))
    assert estimate.fit_table(figures, larger, (297 - 40) / 25.4 * 72).size == 8


def test_a_text_cut_in_two_is_whole_and_parts_no_figure() -> None:
    text = "支出17633.63万元，" * 20
    for room in range(1, 12):
        head, tail = estimate.split_text(text, 60, 10, room)
        assert head + tail == text
        assert not (head[-1:].isdigit() and tail[:1].isdigit())
        assert estimate.line_count(head, 60, 10) <= room + 1
    assert estimate.split_text("短", 60, 10, 1) == ("短", "")


def test_the_leading_is_that_of_the_style_or_a_third_more_than_the_type() -> None:
    style = nodes.style()
    cell = style.text["table-cell"]
    for leading, expected in ((20.0, 20.0), (0.0, cell.size * 1.3)):
        own = replace(style, text={**style.text, "table-cell": replace(cell, leading=leading)})
        fit = estimate.fit_table(nodes.spending_table(3), own, 700)
        assert (fit.size, fit.leading) == (cell.size, pytest.approx(expected))
