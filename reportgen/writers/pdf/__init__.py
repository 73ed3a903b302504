"""The PDF writer: what the public sees, page for page in the official layout.

The way of the data, each step a module that knows only those before it::

    truetype ─ fonts ─ breaking ─ setting ─▶ prose ┐
                       (characters)          cells ├▶ sheets ─▶ operators ─▶ store
                                   columns ─ paging ┘  layout    marks, embedding

Text is measured (``fonts``), broken into lines (``breaking``), set in a style (``setting``), put on pages
(``prose``, ``tables``) and only then drawn (``operators``). No typesetting of reportlab's is used: its
object layer writes the file.
"""

from __future__ import annotations

from ...tree.nodes import Document
from ...tree.style import Style
from .embedding import embed
from .layout import lay_out
from .marks import destinations, link, outline
from .operators import contents
from .setting import Setter
from .sheets import MM, Sheet
from .store import Store, language

SUFFIX = ".pdf"


def write(document: Document, style: Style) -> bytes:
    """The document as a PDF 1.7 file; the same tree and style give the same bytes.

    Raises:
        MissingGlyph: no typeface of the style has a character; the message names it and its block.
        SpanError, NoRoom: a table whose spans do not close, or whose head fills a page.
        NoTarget: the contents list a block that is not there.
    """
    setter = Setter(style)
    sheets = lay_out(document, setter)
    store = Store(document)
    root, resources = store.reserve(), store.reserve()
    pages = [store.reserve() for _ in sheets]
    places = destinations(sheets, pages)
    for sheet, page in zip(sheets, pages, strict=True):
        drawn = store.stream(contents(sheet, style.table.rule).encode("ascii"))
        store.fill(page, _page(sheet, root, resources, drawn, places))
    fonts = " ".join(f"/{font.name} {embed(font, store)}" for font in setter.fonts.used)
    store.fill(resources, f"<< /Font << {fonts} >> >>")
    store.fill(root, f"<< /Type /Pages /Kids [{' '.join(pages)}] /Count {len(pages)} >>")
    marks = outline(sheets, places, store)
    return store.finish(
        f"<< /Type /Catalog /Pages {root} /Outlines {marks} /PageMode /UseOutlines /Lang {language(document.language)}"
        " /ViewerPreferences << /DisplayDocTitle true >> >>"
    )


def _page(sheet: Sheet, root: str, resources: str, drawn: str, places: dict[str, str]) -> str:
    width, height = sheet.frame.page.width * MM, sheet.frame.page.height * MM
    links = " ".join(link(one, height, places) for one in sheet.links)
    return (
        f"<< /Type /Page /Parent {root} /MediaBox [0 0 {width:.2f} {height:.2f}] /Resources {resources}"
        f" /Contents {drawn}{f' /Annots [{links}]' if links else ''} >>"
    )
