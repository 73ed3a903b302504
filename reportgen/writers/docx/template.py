"""The template of a style: a Word document with its named styles, footers and settings, and no text of its own.

The writer puts the body of a document into it. ``template.docx`` in a layout's folder is the same template with a
sample of each style, for people to open; ``style.yaml`` alone decides how documents are set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import PartFactory
from docx.package import Package

from ...tree.nodes import Document
from ...tree.style import Style
from .. import zips
from ..opc import DECLARATION, app_properties
from .fonts import font_table
from .footers import RELATIONSHIPS, footers
from .markup import NAMESPACES, paragraph, run
from .package import opened, saved, set_core_properties
from .page_setup import set_pages
from .part_names import APP, FONT_TABLE, MAIN, SETTINGS, STYLES
from .sections import section_markup
from .settings import settings
from .styles import PARAGRAPH_STYLES, chart_styles, cover_styles, smaller_styles, styles

_EMPTY = f"{DECLARATION}<w:document {NAMESPACES}><w:body/></w:document>"
_ABOUT = Document("公文样式", "", "", "template", date(2023, 1, 1), ())


def filled_template(
    style: Style, document: Document, sizes: Iterable[float], body: str, has_charts: bool = False
) -> WordDocument:
    """Return the template of ``style`` with ``body`` as its main part, for the author of ``document``.

    ``sizes`` are the points to which the type of tables shrinks; ``has_charts``: it has the styles of charts too.
    """
    parts = dict(template_parts(style, document.language))
    added = cover_styles(style) + smaller_styles(style, sizes) + (chart_styles(style) if has_charts else "")
    head, end, _ = parts[STYLES].rpartition(b"</w:styles>")
    parts[STYLES] = head + added.encode() + end
    parts[APP] = app_properties(document.author).encode()
    parts[MAIN] = body.encode()
    return opened(parts)


def template_parts(style: Style, language: str) -> Mapping[str, bytes]:
    """Return the parts of the template by their names; they are made once for equal styles.

    ``language`` is that of East Asian text, such as ``zh-CN``.
    """
    return _parts(styles(style, language), font_table(style), tuple(footers(style).items()))


def template_file(style: Style, language: str = "zh-CN") -> bytes:
    """Return the template as a file in which each paragraph style sets its own name.

    The same style gives the same bytes.
    """
    page = style.pages["prose"]
    samples = "".join(
        paragraph(
            spec.id,
            run(
                f"{spec.name}（{spec.id}，style.yaml：{spec.role}）",
                spec.id,
            ),
        )
        for spec in PARAGRAPH_STYLES
    )
    body = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{samples}{section_markup(page, style)}</w:body></w:document>"
    word = opened({**template_parts(style, language), MAIN: body.encode()})
    set_pages(word, [page], style)
    return saved(word, _ABOUT.date)


@lru_cache(maxsize=8)
def _parts(styles_part: str, font_table_part: str, footer_parts: tuple[tuple[str, str], ...]) -> Mapping[str, bytes]:
    package = Package()
    main = _part(package, MAIN, CONTENT_TYPE.WML_DOCUMENT_MAIN, _EMPTY)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    app = _part(package, APP, CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, app_properties(""))
    package.relate_to(app, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    for name, content_type, relationship, text in (
        (STYLES, CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles_part),
        (SETTINGS, CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings()),
        (FONT_TABLE, CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, font_table_part),
    ):
        main.relate_to(_part(package, name, content_type, text), relationship)
    for name, text in footer_parts:
        footer = _part(package, f"word/{name}.xml", CONTENT_TYPE.WML_FOOTER, text)
        main.rels.add_relationship(RELATIONSHIP_TYPE.FOOTER, footer, RELATIONSHIPS[name])
    main.document.settings.odd_and_even_pages_header_footer = True
    set_core_properties(main.document, _ABOUT)
    return MappingProxyType(zips.unpacked(saved(main.document, _ABOUT.date)))


def _part(package: Package, name: str, content_type: str, text: str) -> Any:
    """A part of ``package``, parsed where python-docx has a class for such parts, kept as it is elsewhere."""
    return PartFactory(PackURI(f"/{name}"), content_type, "", text.encode(), package)
