"""DOCX: real Word (named styles, outline, contents field, page grid) in a package that python-docx owns.

First the sizes that its tables need, for styles and body must agree on them. Then the body as WordprocessingML text,
which goes into the template of the style. python-docx opens that, sets pages and properties, and saves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...tree.nodes import Chart, Document, Table
from ...tree.readback import ReadDocument
from ...tree.style import Style
from ..opc import DECLARATION
from ..tables import estimate
from . import sections, style_ids
from .blocks import BodyContext, blocks_markup
from .chart_markup import type_width as chart_width
from .figure_bookmarks import FigureBookmarks
from .markup import NAMESPACES
from .table import type_width

__all__ = ["SUFFIX", "read_back", "write", "write_redline"]

SUFFIX = ".docx"
DEFAULT = True


def write(document: Document, style: Style) -> bytes:
    """Return the whole file, the same bytes for the same ``document`` and ``style``.

    Raises:
        ValueError: a text has a character that XML forbids, two blocks share an id, a contents entry has no
            target, the spans of a table do not close. The message names the block.
        KeyError: a section asks for a page setup that ``style`` does not have.
    """
    fits = _fits(document, style)
    return _file(document, style, fits, _body(document, style, fits), _charts(document, style))


def read_back(payload: bytes) -> ReadDocument:
    """Return what the file shows.

    Raises:
        Exception: it is no DOCX file, or none of the kind that this writer makes.
    """
    from .readback import read_back

    return read_back(payload)


def write_redline(old: Document, new: Document, style: Style) -> bytes:
    """Return the ``new`` document with tracked changes: accepting all gives it, rejecting all gives the ``old`` one.

    Raises:
        ValueError, KeyError: as for :func:`write`.
    """
    from .redline import redline_body  # lxml is loaded only where it is needed

    fits, old_fits = _fits(new, style), _fits(old, style)
    for table in old.tables():  # deleted rows are shown in the columns of the new table
        own = fits.get(table.id)
        if own and len(own.widths) == len(table.columns):
            old_fits[table.id] = own
    body = redline_body(old, new, style, old_fits, fits)
    return _file(new, style, {**old_fits, **fits}, body, [*_charts(new, style), *_charts(old, style)])


def _file(
    document: Document, style: Style, fits: Mapping[str, estimate.TableFit], body: str,
    charts: Sequence[tuple[Chart, float]],
) -> bytes:  # fmt: skip
    """The file of a ``body`` that has the sections of ``document`` and refers to ``charts``."""
    from .package import saved, set_core_properties  # python-docx is loaded only where a file is written or read
    from .page_setup import set_pages
    from .template import filled_template

    word = filled_template(style, document, (fit.size for fit in fits.values()), body, has_charts=bool(charts))
    if charts:
        from .chart_parts import add_chart_parts  # and openpyxl only where a document has a chart

        add_chart_parts(word, charts, style, document)
    set_pages(word, [style.pages[section.page] for section in document.sections], style)
    set_core_properties(word, document)
    return saved(word, document.date)


def _body(document: Document, style: Style, fits: Mapping[str, estimate.TableFit]) -> str:
    bookmarks = style_ids.bookmarks(document)
    ids = {name: number for number, name in enumerate(bookmarks.values())}
    hidden, figures = style_ids.hidden_bookmarks(document), FigureBookmarks(len(ids))
    pieces: list[str] = []
    for k, section in enumerate(document.sections, 1):
        page = style.pages[section.page]
        setup = sections.section_markup(page, style)
        blocks = list(blocks_markup(section, BodyContext(style, page, bookmarks, hidden, ids, fits, figures)))
        last = k == len(document.sections)
        pieces.append("".join(blocks) + setup if last else sections.closed(blocks, setup))
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(pieces)}</w:body></w:document>"


def _charts(document: Document, style: Style) -> list[tuple[Chart, float]]:
    """The charts of a document, each with the width in which it is shown."""
    blocks = document.blocks_with_page()
    return [(block, chart_width(style.pages[page])) for page, block in blocks if isinstance(block, Chart)]


def _fits(document: Document, style: Style) -> dict[str, estimate.TableFit]:
    """Type size and columns of each table by its id."""
    return {
        block.id: estimate.fit_table(block, style, type_width(style.pages[page]))
        for page, block in document.blocks_with_page()
        if isinstance(block, Table)
    }
