"""The DOCX package through python-docx: opening, saving, core properties.

Tables and prose stay out of python-docx's object model, which is quadratic for tables (docs/adr/0002): the body is put
into the package as text before python-docx parses it, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO

from docx import Document as open_package
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from ...tree.nodes import Document
from .. import zips
from ..opc import content_types, escaped, relationships
from .part_names import MAIN

_AROUND_A_BODY = {
    "[Content_Types].xml": content_types({MAIN: CONTENT_TYPE.WML_DOCUMENT_MAIN}).encode(),
    "_rels/.rels": relationships(("rId1", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, MAIN)).encode(),
}
_LONGEST_PROPERTY = 255  # characters; python-docx refuses longer ones
_TEXT_PROPERTIES = {  # python-docx's name → element of docProps/core.xml
    "title": "dc:title",
    "subject": "dc:subject",
    "author": "dc:creator",
    "keywords": "cp:keywords",
    "last_modified_by": "cp:lastModifiedBy",
    "language": "dc:language",
}


def opened(parts: Mapping[str, bytes]) -> WordDocument:
    """Return the package of these parts (name → content) as python-docx opens it."""
    return open_package(BytesIO(zips.stored(parts)))


def opened_body(body: bytes) -> WordDocument:
    """Return a package that holds nothing but ``body`` as its main part: the rest of a file is neither read nor needed.

    python-docx resolves no entities, loads no DTD, opens no connection, and takes no huge texts or depths.

    Raises:
        etree.XMLSyntaxError: the body is no XML.
    """
    return opened({**_AROUND_A_BODY, MAIN: body})


def saved(word: WordDocument, when: date) -> bytes:
    """Return the bytes of the package, the same for the same content; python-docx would date them by the clock."""
    target = BytesIO()
    word.save(target)
    return zips.dated(target.getvalue(), when)


def set_core_properties(word: WordDocument, document: Document) -> None:
    """Say in the package's properties what the document is; the dates are the document's, not those of the run.

    Raises:
        ValueError: a text holds a character that XML forbids.
    """
    properties = word.core_properties
    texts = {
        "title": document.title,
        "subject": document.subject,
        "author": document.author,
        "keywords": ", ".join(document.keywords),
        "last_modified_by": document.author,
        "language": document.language,
    }
    for name, text in texts.items():
        escaped(text, "document")
        setattr(properties, name, text[:_LONGEST_PROPERTY])
        if len(text) > _LONGEST_PROPERTY:
            part = word.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
            part.element.find(qn(_TEXT_PROPERTIES[name])).text = text
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(document.date, time())
