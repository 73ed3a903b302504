"""A sheet as a part of the file: what comes before and after its rows (ECMA-376 part 1, 18.3.1.99)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..opc import DECLARATION, R, escaped
from .markup import MAIN, quoted
from .sheet_builder import NamedFigure, SheetBuilder

DRAWING = CHART = "rId1"
"""The ids of the relationships from a sheet to its drawing, and from that to its chart: each has one."""
_LAST_COLUMN = 16383  # of any sheet, counted from 0


class Link(NamedTuple):
    """A link to the first cell of another sheet: the address of its cell, its text, the other sheet's name."""

    cell: str
    text: str
    sheet: str


class Worksheet(NamedTuple):
    """A finished sheet: its name, its part, what the workbook part says of it.

    Rows 1 to ``head`` are repeated on every page; ``corner`` is the last cell printed; ``figures`` get names.
    ``continued`` are the addresses of cells that go on with the text of the cell above, on the page before.
    ``drawing`` and ``chart`` are the parts of the chart on it, if it has one.
    """

    name: str
    part: str
    head: int
    corner: str
    figures: Sequence[NamedFigure]
    drawing: str = ""
    chart: str = ""
    continued: Sequence[str] = ()


def worksheet(
    name: str, builder: SheetBuilder, head: int, page: str, links: Sequence[Link] = (), has_drawing: bool = False
) -> Worksheet:
    """Return the sheet ``name`` with the rows of ``builder``; ``page`` is its end as :mod:`.page_setup` writes it.

    Rows 1 to ``head`` stay visible when the sheet is scrolled. ``has_drawing``: it refers to one.
    """
    corner = builder.corner
    drawing = f'<drawing xmlns:r="{R}" r:id="{DRAWING}"/>' if has_drawing else ""
    part = (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{corner.replace("$", "")}"/>{_view(head)}<sheetFormatPr defaultRowHeight="15"/>'
        f"{_columns(builder.widths)}<sheetData>{''.join(builder.rows)}</sheetData>{_merged(builder.merged)}"
        f"{_links(links)}{page}{_page_breaks(builder.page_starts)}{_ignored(builder.digit_ranges())}{drawing}</worksheet>"
    )
    return Worksheet(name, part, head, corner, builder.figures, continued=builder.continued_ranges())


def _view(head: int) -> str:
    """Without grid lines, and the first rows frozen."""
    return (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A1" sqref="A1"/></sheetView></sheetViews>'
    )


def _columns(widths: Sequence[float]) -> str:
    columns = (f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>' for n, width in enumerate(widths, 1))
    return f"<cols>{''.join(columns)}</cols>"


def _merged(ranges: Sequence[str]) -> str:
    if not ranges:
        return ""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in ranges)
    return f'<mergeCells count="{len(ranges)}">{cells}</mergeCells>'


def _page_breaks(starts: Sequence[int]) -> str:
    """The pages that end before the rows ``starts``."""
    if not starts:
        return ""
    breaks = "".join(f'<brk id="{start - 1}" max="{_LAST_COLUMN}" man="1"/>' for start in starts)
    return f'<rowBreaks count="{len(starts)}" manualBreakCount="{len(starts)}">{breaks}</rowBreaks>'


def _ignored(digits: Sequence[str]) -> str:
    """The ranges of codes: Excel would mark each as a number stored as text."""
    if not digits:
        return ""
    return f'<ignoredErrors><ignoredError sqref="{" ".join(digits)}" numberStoredAsText="1"/></ignoredErrors>'


def _links(links: Sequence[Link]) -> str:
    written = (
        f'<hyperlink ref="{cell}" location="{escaped(f"{quoted(name)}!A1", name)}" display="{escaped(text, name)}"/>'
        for cell, text, name in links
    )
    return f"<hyperlinks>{''.join(written)}</hyperlinks>" if links else ""
