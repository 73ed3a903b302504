"""The PDF writer: the pages of the document in the official layout, as a tagged archive file.

Packages, each of which imports only those before it:

1. ``tagging``: structure elements and artifacts that lines of type are tagged as;
2. ``fonts``: the fonts of a document; characters are measured, and numbered as they are printed;
3. ``typeset``: text broken into lines, blocks set in lines, tables set in cells;
4. ``charts``: the shapes of charts as operators;
5. ``pages``: lines, cells and charts placed on pages;
6. ``objects``: pages, fonts and structure as PDF objects, and the file;
7. ``places``: where everything stands on the pages, for viewers.

``readback`` reads a finished file and imports none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...tree.nodes import Document
from ...tree.style import Style
from .objects.file_builder import PdfBuilder
from .objects.font_objects import embed
from .objects.metadata import information, metadata_entries
from .objects.navigation import destinations, figure_names, link_annotation, outline
from .objects.page_content import content_of
from .objects.structure import StructureTree, renumber_headings
from .objects.syntax import language
from .pages.layout import lay_out
from .pages.page import Page
from .places import PrintedBox, PrintedFigure, PrintedPlaces, places_of
from .readback import read_back
from .tagging import Element
from .typeset.text import Typesetter
from .typeset.type_area import MM

__all__ = ["SUFFIX", "PrintedBox", "PrintedFigure", "PrintedPlaces", "read_back", "write", "write_with_places"]

SUFFIX = ".pdf"
DEFAULT = True


def write(document: Document, style: Style) -> bytes:
    """Return the document as a PDF 1.7 file; the same document and style give the same bytes.

    Raises:
        MissingGlyph: no typeface of the style has a character; the message names it and its block.
        FontError: a typeface cannot be embedded.
        SpanError, HeadTooTall: a table whose spans do not close, or whose head fills a page.
        MissingTarget: the contents list a block that the document does not hold.
    """
    typesetter, top = Typesetter(style), Element("Document")
    return _file(document, style, typesetter, lay_out(document, typesetter, top), top)


def write_with_places(document: Document, style: Style) -> tuple[bytes, PrintedPlaces]:
    """Return the file, and where everything stands on its pages.

    Raises:
        the same as :func:`write`.
    """
    typesetter, top = Typesetter(style), Element("Document")
    pages = lay_out(document, typesetter, top)
    return _file(document, style, typesetter, pages, top), places_of(document, pages)


def _file(document: Document, style: Style, typesetter: Typesetter, pages: Sequence[Page], top: Element) -> bytes:
    """Return the file of a document that is laid out on ``pages``, with the structure element ``top``."""
    renumber_headings(top)
    builder = PdfBuilder()
    root, resources = builder.reserve(), builder.reserve()
    references = [builder.reserve() for _ in pages]
    targets, structure = destinations(pages, references), StructureTree(builder, references)
    for number, (page, reference) in enumerate(zip(pages, references, strict=True)):
        content, owners = content_of(page, style.table.rule)
        entries = f"/Parent {root} /Resources {resources} /Contents {builder.stream(content.encode('ascii'))}"
        entries += f" /StructParents {structure.add_page(number, owners)}"
        builder.fill(reference, _page(page, entries, _links(page, number, targets, builder, structure)))
    fonts = " ".join(f"/{font.name} {embed(font, builder)}" for font in typesetter.fonts.used)
    builder.fill(resources, f"<< /Font << {fonts} >> >>")
    builder.fill(root, f"<< /Type /Pages /Kids [{' '.join(references)}] /Count {len(references)} >>")
    outlines = outline(pages, targets, builder)
    return builder.finish(
        f"<< /Type /Catalog /Pages {root} /Outlines {outlines} /PageMode /UseOutlines"
        f" /Lang {language(document.language)} /Names {figure_names(document, pages, references, builder)}"
        f" /MarkInfo << /Marked true >> /StructTreeRoot {structure.finish(top)}"
        f" /ViewerPreferences << /DisplayDocTitle true >> {metadata_entries(document, builder)} >>",
        information(document, builder),
    )


def _page(page: Page, entries: str, links: Sequence[str]) -> str:
    width, height = page.area.setup.width * MM, page.area.setup.height * MM
    annotations = f" /Annots [{' '.join(links)}] /Tabs /S" if links else ""
    return f"<< /Type /Page /MediaBox [0 0 {width:.2f} {height:.2f}] {entries}{annotations} >>"


def _links(
    page: Page, number: int, targets: Mapping[str, str], builder: PdfBuilder, structure: StructureTree
) -> list[str]:
    """Add the links of a page as annotations, each assigned to its element; return the references to them."""
    references, height = [], page.area.setup.height * MM
    for link in page.links:
        reference = builder.add(link_annotation(link, height, targets, structure.next_key()))
        structure.add_annotation(number, link.tag, reference)
        references.append(reference)
    return references
