"""Wide pages for tables that do not fit their page in readable type: the same ones in all formats.

Figures are never broken and make the type of their table smaller; a text takes more lines instead, and may make a group
of rows (a project with its indicators) higher than a page. So a table whose figures leave no space for that, or whose
groups grow so high, goes on the page setup ``wide`` of the style, if there is one that is wider.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby
from math import inf

from ..tree.grid import place, starts
from ..tree.nodes import Block, Document, Figure, Section, Table
from ..tree.style import Page, Style
from .tables.cell_measure import CellMeasure, row_heights
from .tables.estimate import ems, fit_table
from .tables.row_bands import bands, last_row

WIDE = "wide"
_MM = 72 / 25.4
_DIGITS = 1.12
"""Factor on the estimated width of figures: digits of a face that a word processor uses instead may be wider."""
_READABLE = 9.0
"""Points: heads and names take some space too, so that figures that fit at this size are printed at 7.5 or more."""
_LEAST_COLUMN = 2.0
"""Ems of a column without figures."""


def with_wide_pages(document: Document, style: Style) -> Document:
    """Return ``document`` with the tables that need it on wide pages; unchanged if none does."""
    if WIDE not in style.pages:
        return document
    sections = tuple(part for section in document.sections for part in _parts(section, style))
    return document if sections == document.sections else replace(document, sections=sections)


def _parts(section: Section, style: Style) -> Iterator[Section]:
    """Return the section, cut where its pages change; one whose page numbers start anew is not cut."""
    page, wide = style.pages[section.page], style.pages[WIDE]
    is_wide = [isinstance(block, Table) and not _fits(block, style, page) for block in section.blocks]
    if not any(is_wide) or page.first_number is not None or _width(wide) <= _width(page):
        yield section
        return
    for n, (name, blocks) in enumerate(_by_page(section, is_wide)):
        yield Section(f"{section.id}/{n + 1}" if n else section.id, name, blocks)


def _by_page(section: Section, is_wide: list[bool]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Return page setups and the blocks on them, in order; what is above a table goes with it."""
    pages: list[bool] = []
    below = False
    for block, wide in reversed(list(zip(section.blocks, is_wide, strict=True))):
        below = wide if isinstance(block, Table) else below
        pages.append(below)
    placed = zip(reversed(pages), section.blocks, strict=True)
    for wide, group in groupby(placed, key=lambda pair: pair[0]):
        yield WIDE if wide else section.page, tuple(block for _, block in group)


def _fits(table: Table, style: Style, page: Page) -> bool:
    """Return whether ``table`` fits ``page`` in readable type."""
    return _figures_fit(table, style, _width(page)) and _groups_fit(table, style, page)


def _figures_fit(table: Table, style: Style, width: float) -> bool:
    """Return whether all figures fit ``width`` points in readable type."""
    needs = _figure_needs(table)
    return sum(needs) * _READABLE + len(needs) * (2 * style.table.pad_x + 1) <= width


def _groups_fit(table: Table, style: Style, page: Page) -> bool:
    """Return whether each group of rows fits ``page``; groups of rows in larger type than the smallest may not."""
    tied = [(first, last) for first, last in bands(map(last_row, count(), table.body)) if last > first]
    fit = fit_table(table, style, _width(page)) if tied else None
    if fit is None or fit.size > style.table.text_floor:
        return True
    measure, columns = CellMeasure(fit, style.table), len(table.columns)
    head = sum(row_heights(place(table.head, columns), 0, len(table.head) - 1, measure, inf))
    above = 2 * style.text["table-line"].leading + style.text["table-title"].leading
    room = (page.height - page.top - page.bottom) * _MM - above - head
    grid = place(table.body, columns)
    return all(sum(row_heights(grid, first, last, measure, inf)) <= room for first, last in tied)


def _figure_needs(table: Table) -> list[float]:
    """Return the ems that the widest figure of each column needs."""
    longest = [""] * len(table.columns)
    for row, columns in zip(table.body, starts(table.body, len(table.columns)), strict=True):
        for column, cell in zip(columns, row.cells, strict=True):
            if len(cell.runs) == 1 and cell.colspan == 1 and isinstance(figure := cell.runs[0], Figure):
                longest[column] = max(longest[column], figure.text, key=len)
    return [max(ems(text) * _DIGITS, _LEAST_COLUMN) for text in longest]


def _width(page: Page) -> float:
    return (page.width - page.left - page.right) * _MM
