"""Widths of a table's columns, in units of the workbook's default type (see :mod:`.text_size`)."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Table
from ...tree.style import Page, Style
from ..tables.column_widths import shrunk
from .origin_cells import OriginCell
from .text_size import INDENT, PADDING, longest_word, units

_WIDEST = 254.0  # a column's limit in Excel is 255
_LONGEST_WORD = 24  # a longer one (an address of a web site) is better broken than given a column's width
_LONGEST_TEXT = 400  # units that count for a comfortable width; a longer text is long in any column

# Lines that a cell may have before its column counts as too narrow: a head's, and those of a text in the body,
# which may be the more, the longer the text is: two and one more for each 20 Chinese characters.
_HEAD_LINES, _BODY_LINES, _UNITS_A_LINE = 4, 2, 40


def printable_width(page: Page, style: Style) -> float:
    """Return the width between the margins of ``page``, in units: a digit of 宋体 is half as wide as its size."""
    points = (page.width - page.left - page.right) * 72 / 25.4
    return points / (style.text["table-cell"].size / 2)


def column_widths(table: Table, cells: Sequence[OriginCell], page: Page, style: Style) -> list[float]:
    """Return a width for each column: its share of the printable width, but enough for its figures and longest words.

    A table of many columns is made wider than the page, and printed smaller, until its cells wrap into few
    lines; the type it is printed in stays above ``style.table.smallest_text`` as far as figures and words allow.
    """
    whole = sum(column.width for column in table.columns)
    shares = [column.width / whole for column in table.columns]
    floors, comforts = _needs(len(shares), cells, style)
    printable = printable_width(page, style)
    comfortable = max(comfort / share for comfort, share in zip(comforts, shares, strict=True))
    largest = printable * max(1.0, style.text["table-cell"].size / style.table.text_floor)
    total = min(max(printable, comfortable), largest)
    widths = [max(floor, share * total) for floor, share in zip(floors, shares, strict=True)]
    least = [min(width, max(needs)) for width, *needs in zip(widths, floors, comforts, strict=True)]
    widths = shrunk(shrunk(widths, least, total), floors, largest)
    return [min(round(width, 2), _WIDEST) for width in widths]


def _needs(count: int, cells: Sequence[OriginCell], style: Style) -> tuple[list[float], list[float]]:
    """For each column, the width below which a figure or a word breaks and the one at which text wraps well."""
    floors = [4 + PADDING] * count
    comforts = [0.0] * count
    normal = style.text["table-cell"].size
    scales = {role: text.size / normal for role, text in style.text.items()}
    sizes: dict[str, tuple[int, int]] = {}
    for origin in cells:
        if not origin.text:
            continue
        floor, comfort = _need(origin, scales[origin.role], sizes)
        span = origin.cell.colspan
        for column in range(origin.column, origin.column + span):
            if floor > floors[column] * span:
                floors[column] = floor / span
            if comfort > comforts[column] * span:
                comforts[column] = comfort / span
    return floors, comforts


def _need(origin: OriginCell, scale: float, sizes: dict[str, tuple[int, int]]) -> tuple[float, float]:
    """The two widths that one cell needs; ``sizes`` keeps length and longest word of each text."""
    _, _, cell, role, text, figure = origin
    around = PADDING + cell.indent * INDENT
    if figure:
        # The blank after the number and half a digit to spare: a number too wide for its column is shown as ####.
        width = (len(text) + 1.5) * scale + around
        return width, width
    size = sizes.get(text)
    if size is None:
        size = sizes[text] = min(units(text), _LONGEST_TEXT), min(longest_word(text), _LONGEST_WORD)
    length, word = size
    limit = _HEAD_LINES if role == "table-head" else _BODY_LINES + length / _UNITS_A_LINE
    return word * scale + around, length * scale / (limit * cell.rowspan) + around
