"""The defaults of styles, figures and cells."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

from reportgen.tree.nodes import Cell, Figure
from reportgen.tree.style import Page, TableStyle, TextStyle


def test_a_text_style_without_more_has_no_indents_spaces_or_gap() -> None:
    style = asdict(TextStyle("fang", 16))
    assert style.pop("align") == "justify"
    assert (style.pop("face"), style.pop("size")) == ("fang", 16)
    assert not any(style.values())


def test_a_page_without_more_has_no_grid_and_no_numbers() -> None:
    page = Page(210, 297, 37, 35, 28, 26)
    assert (page.lines, page.chars, page.numbered, page.first_number) == (0, 0, False, None)
    assert not page.landscape
    assert Page(297, 210, 37, 35, 28, 26).landscape
    assert not Page(210, 210, 37, 35, 28, 26).landscape


def test_tables_have_thin_rules_and_a_smallest_size() -> None:
    style = TableStyle()
    assert (style.rule, style.pad_x, style.pad_y, style.row_height, style.smallest) == (0.5, 3, 2, 18, 6)


def test_a_figure_without_more_has_no_decimals_and_no_separators() -> None:
    figure = Figure("3", Decimal(3), "辆", "assets.cars")
    assert (figure.decimals, figure.grouped) == (0, False)
    assert (Cell().rowspan, Cell().colspan, Cell().indent, Cell().align, Cell().text) == (1, 1, 0, None, "")
