"""The first sheet: a list of the tables and charts, each a link to its sheet."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.locations import chart_name
from ...tree.nodes import Align, Chart, Contents, Document, Table, plain
from ...tree.style import Page, Style
from .cell_styles import CellStyle, CellStyles
from .cells import is_quoted, text_content, text_format
from .column_widths import printable_width
from .markup import letters
from .page_setup import page_setup
from .row_heights import band_height
from .sheet_builder import BandText, SheetBuilder
from .worksheet import Link, Worksheet, worksheet

TITLE = "目录"
"""The name of the sheet, and its title where the document has no contents of its own."""

_HEADS = ("表号", "表名", "单位")
_HEAD_ALIGNS: tuple[Align, ...] = ("center", "center", "center")
_ALIGNS: tuple[Align, ...] = ("center", "left", "center")
_SHARES = (0.15, 0.65, 0.2)
_TITLES = 1
"""The column of titles, which takes the width of one that is left out."""


def contents_sheet(document: Document, names: Sequence[str], style: Style, cell_styles: CellStyles) -> Worksheet:
    """Return the sheet that lists the tables and charts, whose sheets have ``names``.

    A column that none of them has anything for is left out: numbers, units.
    """
    page, title = _contents(document, style)
    width = printable_width(page, style)
    listed = [_listed(block) for _, block in sheets_of(document)]
    kept = [n for n in range(len(_HEADS)) if n == _TITLES or any(texts[n] for texts in listed)]
    shares = [_SHARES[n] if n != _TITLES else 1 - sum(_SHARES[other] for other in kept if other != n) for n in kept]
    builder = SheetBuilder(cell_styles, [round(share * width, 2) for share in shares])
    for role, line in (("contents-title", title), ("table-line", document.title)):
        builder.band(role, [BandText(line, len(kept), "center")], band_height([(line, width)], role, style))
    _row(builder, "table-head", [_HEADS[n] for n in kept], [_HEAD_ALIGNS[n] for n in kept], style)
    head, links = builder.last, []
    for texts, name in zip(listed, names, strict=True):
        _row(builder, "table-cell", [texts[n] for n in kept], [_ALIGNS[n] for n in kept], style)
        links.append(Link(f"{letters(kept.index(_TITLES) + 1)}{builder.last}", texts[_TITLES], name))
    return worksheet(TITLE, builder, head, page_setup(page, style), links)


def sheets_of(document: Document) -> list[tuple[str, Table | Chart]]:
    """Return each table and chart with the name of its section's page set-up, in order."""
    return [(page, block) for page, block in document.blocks_with_page() if isinstance(block, Table | Chart)]


def _listed(block: Table | Chart) -> tuple[str, str, str]:
    """The number, the title and the unit of a table; the figures of a chart have their units with them."""
    if isinstance(block, Chart):
        return chart_name(block), plain(block.caption), ""
    return block.label, plain(block.title), plain(block.right).removeprefix("单位：").strip()


def _contents(document: Document, style: Style) -> tuple[Page, str]:
    """The page and the title of the document's own contents, or the page of its first section and :data:`TITLE`."""
    for page, block in document.blocks_with_page():
        if isinstance(block, Contents):
            return style.pages[page], block.title
    return style.pages[document.sections[0].page], TITLE


def _row(builder: SheetBuilder, role: str, texts: Sequence[str], aligns: Sequence[Align], style: Style) -> None:
    contents = []
    for text, align in zip(texts, aligns, strict=True):
        cell_style = CellStyle(role, align, number_format=text_format(text), quoted=is_quoted(text))
        contents.append((builder.cell_styles.index(cell_style), text_content(text)))
    height = band_height(zip(texts, builder.widths, strict=True), role, style)
    builder.row(contents, max(height, style.table.row_height))
