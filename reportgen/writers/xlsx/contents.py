"""The first sheet: a list of the tables, each a link to its sheet."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Align, Contents, Document, Table, plain
from ...tree.style import Page, Style
from .cell_styles import Look, Looks
from .cells import is_quoted, text, text_format
from .column_widths import printable_width
from .page_setup import page_setup
from .row_heights import band_height
from .sheet_builder import Paper, Part
from .worksheet import Link, Sheet, sheet

TITLE = "目录"
"""The name of the sheet, and its title where the document has no contents of its own."""

_HEADS = ("表号", "表名", "单位")
_HEAD_ALIGNS: tuple[Align, ...] = ("center", "center", "center")
_ALIGNS: tuple[Align, ...] = ("center", "left", "center")
_SHARES = (0.15, 0.65, 0.2)


def contents_sheet(document: Document, names: Sequence[str], style: Style, looks: Looks) -> Sheet:
    """The list of the tables, whose sheets have ``names``."""
    page, title = _contents(document, style)
    width = printable_width(page, style)
    paper = Paper(looks, [round(share * width, 2) for share in _SHARES])
    for role, line in (("contents-title", title), ("table-line", document.title)):
        paper.band(role, [Part(line, len(_HEADS), "center")], band_height([(line, width)], role, style))
    _row(paper, "table-head", _HEADS, _HEAD_ALIGNS, style)
    head, links = paper.last, []
    for (_, table), name in zip(tables_of(document), names, strict=True):
        words = (table.label, plain(table.title), plain(table.right).removeprefix("单位：").strip())
        _row(paper, "table-cell", words, _ALIGNS, style)
        links.append(Link(f"B{paper.last}", words[1], name))
    return sheet(TITLE, paper, head, page_setup(page, style), links)


def tables_of(document: Document) -> list[tuple[str, Table]]:
    """Each table with the name of its section's page setup, in order."""
    return [(page, block) for page, block in document.blocks_with_page() if isinstance(block, Table)]


def _contents(document: Document, style: Style) -> tuple[Page, str]:
    """The page and the title of the document's own contents, or those of its first section and our word."""
    for page, block in document.blocks_with_page():
        if isinstance(block, Contents):
            return style.pages[page], block.title
    return style.pages[document.sections[0].page], TITLE


def _row(paper: Paper, role: str, words: Sequence[str], aligns: Sequence[Align], style: Style) -> None:
    contents = []
    for word, align in zip(words, aligns, strict=True):
        look = Look(role, align, number=text_format(word), quoted=is_quoted(word))
        contents.append((paper.looks.number(look), text(word)))
    height = band_height(zip(words, paper.widths, strict=True), role, style)
    paper.row(contents, max(height, style.table.row_height))
