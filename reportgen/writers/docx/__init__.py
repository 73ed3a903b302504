"""DOCX: real Word (named styles, outline, contents field, page grid), built as WordprocessingML text.

First the sizes that its tables need, for styles and body must agree on them; then all parts; then one zip.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...tree.nodes import Document, Table
from ...tree.style import Style
from .. import opc, zips
from ..opc import DECLARATION
from ..tables import estimate
from . import fonts, package, sections, style_ids
from .blocks import Frame, blocks_markup
from .figure_bookmarks import FigureMarks
from .markup import NAMESPACES
from .readback import read_back
from .styles import styles
from .table import type_width

__all__ = ["SUFFIX", "read_back", "write", "write_redline"]

SUFFIX = ".docx"
DEFAULT = True


def write(document: Document, style: Style) -> bytes:
    """The whole file, the same bytes for the same ``document`` and ``style``.

    Raises:
        ValueError: a text holds a character that XML forbids, two blocks share an id, a contents entry points
            at nothing, the spans of a table do not close. The message names the block.
        KeyError: a section asks for a page setup that ``style`` does not have.
    """
    fits = _fits(document, style)
    return zips.pack(_parts(document, style, fits, _body(document, style, fits)), document.date)


def write_redline(old: Document, new: Document, style: Style) -> bytes:
    """The ``new`` document with tracked changes: accepting all gives it, rejecting all gives the ``old`` one.

    Raises:
        ValueError, KeyError: as for :func:`write`.
    """
    from .redline import redline_body  # lxml is loaded only where it is needed

    fits, old_fits = _fits(new, style), _fits(old, style)
    for table in old.tables():  # rows that are gone stand in the columns of the new table
        own = fits.get(table.id)
        if own and len(own.widths) == len(table.columns):
            old_fits[table.id] = own
    body = redline_body(old, new, style, old_fits, fits)
    return zips.pack(_parts(new, style, {**old_fits, **fits}, body), new.date)


def _parts(document: Document, style: Style, fits: Mapping[str, estimate.Fit], body: str) -> dict[str, str]:
    footers = sections.footers(style)
    return {
        **opc.around(document, "word/document.xml", package.kinds(footers)),
        "word/_rels/document.xml.rels": package.document_relationships(sections.FOOTERS),
        "word/document.xml": body,
        "word/fontTable.xml": fonts.font_table(style),
        "word/settings.xml": package.settings(),
        "word/styles.xml": styles(style, document.language, (sizing.size for sizing in fits.values())),
        **{f"word/{name}.xml": part for name, part in footers.items()},
    }


def _body(document: Document, style: Style, fits: Mapping[str, estimate.Fit]) -> str:
    bookmarks = style_ids.bookmarks(document)
    ids = {name: number for number, name in enumerate(bookmarks.values())}
    marks, figures = style_ids.hidden_marks(document), FigureMarks(len(ids))
    pieces: list[str] = []
    for k, section in enumerate(document.sections, 1):
        page = style.pages[section.page]
        setup = sections.section_markup(page, style)
        blocks = list(blocks_markup(section, Frame(style, page, bookmarks, marks, ids, fits, figures)))
        last = k == len(document.sections)
        pieces.append("".join(blocks) + setup if last else sections.closed(blocks, setup))
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(pieces)}</w:body></w:document>"


def _fits(document: Document, style: Style) -> dict[str, estimate.Fit]:
    """Table id → type size and columns."""
    return {
        block.id: estimate.fit(block, style, type_width(style.pages[section.page]))
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    }
