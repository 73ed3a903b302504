"""Widths of a table's columns, in units of the workbook's default type (see :mod:`.text_size`)."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Table
from ...tree.style import Page, Style
from ..tables.column_widths import shrunk, with_wanted
from ..tables.head_words import line_count
from .origin_cells import OriginCell
from .text_size import INDENT, PADDING, longest_word, units

_SHORTER = 0.65  # of its width; no column is made narrower for the heads of others
_LEAST_PADDING = 0.3  # units; LibreOffice keeps a third of a millimetre free on both sides
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
    least = [min(width, max(needs)) for width, *needs in zip(widths, floors, comforts, strict=True)]
    widths = _for_heads(table, widths, least, cells, style, max(largest, sum(widths)))
    return [min(round(width, 2), _WIDEST) for width in widths]


def _for_heads(
    table: Table, widths: list[float], least: list[float], cells: Sequence[OriginCell], style: Style, most: float
) -> list[float]:
    """The widths with room for lines of heads that end between words: from columns with spare width, or up to ``most``.

    If that is not enough, first heads of figures with room for longer lines than they need get shorter ones, then those
    that still break within a word.
    """
    scale = 2 * style.text["table-head"].size / style.text["table-cell"].size
    heads = [(c.column, c.text) for c in cells if c.role == "table-head" and c.cell.colspan == 1 and c.text]
    wanted = [(column, _good_width(head, widths[column], scale)) for column, head in heads]
    found = with_wanted(widths, least, wanted, most - sum(widths))
    if all(found[column] >= width for column, width in wanted):
        return found
    tight = list(widths)
    for column, head in heads:
        if table.columns[column].align == "right":
            tight[column] = min(tight[column], _good_width(head, max(least[column], _SHORTER * widths[column]), scale))
    found = with_wanted(tight, least, wanted, most - sum(tight))
    for column, head in heads:
        if _good_width(head, found[column], scale) > found[column]:
            narrower = _good_width(head, max(least[column], _SHORTER * found[column]), scale)
            found[column] = min(found[column], narrower)
    return found


def _good_width(head: str, width: float, scale: float) -> float:
    """The least width from ``width`` on at which no line of ``head`` ends within a word.

    A line may be a little longer than :data:`PADDING` says, for some readers keep less of a cell free.
    """
    counts = {int((width - free) / scale) for free in (PADDING, _LEAST_PADDING)}
    if all(line_count(head, count) for count in counts):
        return width
    fits = max(min(counts), 1)
    return next((n for n in range(fits, len(head)) if line_count(head, n)), len(head)) * scale + PADDING


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
