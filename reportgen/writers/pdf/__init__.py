"""The PDF writer: what the public sees, page for page in the official layout.

The way of the data, each step a module that knows only those before it::

    (truetype) fonts ─ breaking ─ setting ─▶ prose ┐
                     (punctuation)           cells ├▶ sheets ─▶ operators ─▶ store
                                   columns ─ paging ┘  layout    marks, embedding, structure

Text is measured (``fonts``), broken into lines (``breaking``), set in a style (``setting``), put on pages
(``prose``, ``tables``) and only then drawn (``operators``). On the way every line learns which element of
the document it belongs to (``tagging``), and the elements are written as the file's structure (``structure``).
Those in brackets stand beside this room, for other writers too. The file is read back by ``reading``, ``reading_page``
and ``reading_file``, which know nothing of all this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.garbage_collection import rare_collections
from ...tree.nodes import Document
from ...tree.style import Style
from .fonts.embedding import embed
from .objects.file import Store, language
from .objects.metadata import claims, information
from .objects.navigation import destinations, figure_names, link, outline
from .objects.page_content import contents
from .objects.structure import Structure, level
from .pages.layout import lay_out
from .pages.sheets import MM, Sheet
from .readback import read_back
from .tagging import Element
from .typeset.set_text import Setter

__all__ = ["SUFFIX", "read_back", "write"]

SUFFIX = ".pdf"
DEFAULT = True


@rare_collections()
def write(document: Document, style: Style) -> bytes:
    """The document as a PDF 1.7 file; the same tree and style give the same bytes.

    Raises:
        MissingGlyph: no typeface of the style has a character; the message names it and its block.
        SpanError, NoRoom: a table whose spans do not close, or whose head fills a page.
        NoTarget: the contents list a block that is not there.
    """
    setter = Setter(style)
    top = Element("Document")
    sheets = lay_out(document, setter, top)
    level(top)
    store = Store()
    root, resources = store.reserve(), store.reserve()
    pages = [store.reserve() for _ in sheets]
    places, structure = destinations(sheets, pages), Structure(store, pages)
    for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True)):
        drawn, owners = contents(sheet, style.table.rule)
        entries = f"/Parent {root} /Resources {resources} /Contents {store.stream(drawn.encode('ascii'))}"
        entries += f" /StructParents {structure.page(number, owners)}"
        store.fill(page, _page(sheet, entries, _links(sheet, number, places, store, structure)))
    fonts = " ".join(f"/{font.name} {embed(font, store)}" for font in setter.fonts.used)
    store.fill(resources, f"<< /Font << {fonts} >> >>")
    store.fill(root, f"<< /Type /Pages /Kids [{' '.join(pages)}] /Count {len(pages)} >>")
    marks = outline(sheets, places, store)
    return store.finish(
        f"<< /Type /Catalog /Pages {root} /Outlines {marks} /PageMode /UseOutlines /Lang {language(document.language)}"
        f" /Names {figure_names(document, sheets, pages, store)}"
        f" /MarkInfo << /Marked true >> /StructTreeRoot {structure.finish(top)}"
        f" /ViewerPreferences << /DisplayDocTitle true >> {claims(document, store)} >>",
        information(document, store),
    )


def _page(sheet: Sheet, entries: str, links: Sequence[str]) -> str:
    width, height = sheet.frame.page.width * MM, sheet.frame.page.height * MM
    annotations = f" /Annots [{' '.join(links)}] /Tabs /S" if links else ""
    return f"<< /Type /Page /MediaBox [0 0 {width:.2f} {height:.2f}] {entries}{annotations} >>"


def _links(sheet: Sheet, number: int, places: Mapping[str, str], store: Store, structure: Structure) -> list[str]:
    """The links of a page as annotations, each a part of the element whose type it covers."""
    references, height = [], sheet.frame.page.height * MM
    for one in sheet.links:
        reference = store.add(link(one, height, places, structure.next_key()))
        structure.annotation(number, one.tag, reference)
        references.append(reference)
    return references
