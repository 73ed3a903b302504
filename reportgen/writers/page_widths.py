"""Wide pages for tables whose figures do not fit their page in readable type: the same ones in all formats.

Figures are never broken and make the type of their table smaller; so a table whose figures leave no space for that
goes on the page setup ``wide`` of the style, if there is one that is wider.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ..tree.grid import starts
from ..tree.nodes import Block, Document, Figure, Section, Table
from ..tree.style import Page, Style
from .tables.estimate import ems

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
    is_wide = [isinstance(block, Table) and not _fits(block, style, _width(page)) for block in section.blocks]
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


def _fits(table: Table, style: Style, width: float) -> bool:
    """Return whether all figures fit ``width`` points in readable type."""
    needs = _figure_needs(table)
    return sum(needs) * _READABLE + len(needs) * (2 * style.table.pad_x + 1) <= width


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
