"""The parts of an Office file beside its content: content types, relationships, properties (ECMA-376 part 2).

DOCX and XLSX are packages of the Open Packaging Conventions. Their parts are written as text, so the one function
that makes character data of a text is here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..tree.nodes import Document

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How each part begins."""

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""The namespace of an Office file's relationships, and how their types begin."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, §2.2
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_PROPERTIES = {
    _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    _APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def escaped(text: str, where: str) -> str:
    """Return ``text`` as character data, also fit for a double-quoted attribute.

    Raises:
        ValueError: XML forbids a character of it; the message names the block ``where`` and the character.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise ValueError(f"{where}: character U+{ord(forbidden.group()):04X} cannot be written into XML")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def package_parts(document: Document, main: str, types: Mapping[str, str]) -> dict[str, str]:
    """Return the parts beside a file's content: content types, the relationship to its ``main`` part, properties.

    ``types`` are the content types of the content's parts by their names; ``main`` is one of the names.
    """
    return {
        "[Content_Types].xml": content_types({**types, **_PROPERTIES}),
        "_rels/.rels": relationships(
            ("rId1", f"{R}/officeDocument", main),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", _CORE),
            ("rId3", f"{R}/extended-properties", _APP),
        ),
        _CORE: _core_properties(document),
        _APP: app_properties(document.author),
    }


def relationships(*rows: tuple[str, str, str]) -> str:
    """Return a part of relationships, given as id, type and target."""
    inner = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in rows)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def content_types(types: Mapping[str, str]) -> str:
    """Return ``[Content_Types].xml`` for parts (name → content type)."""
    overrides = "".join(f'<Override PartName="/{n}" ContentType="{kind}"/>' for n, kind in types.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _core_properties(document: Document) -> str:
    """Title, author and dates of the document; the dates are the document's, not those of the run."""
    when = f"{document.date.isoformat()}T00:00:00Z"
    fields = (
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", document.author),
        ("cp:keywords", ", ".join(document.keywords)),
        ("cp:lastModifiedBy", document.author),
        ("cp:revision", "1"),
        ("dc:language", document.language),
    )
    plain = "".join(f"<{name}>{escaped(value, 'document')}</{name}>" for name, value in fields)
    stamp = 'xsi:type="dcterms:W3CDTF"'
    dates = "".join(f"<dcterms:{n} {stamp}>{when}</dcterms:{n}>" for n in ("created", "modified"))
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{plain}{dates}</cp:coreProperties>'
    )


def app_properties(author: str) -> str:
    """Return ``docProps/app.xml``: the program that made the file, and the organisation ``author`` it was made for."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'{DECLARATION}<Properties xmlns="{kind}"><Application>reportgen</Application>'
        f"<Company>{escaped(author, 'document')}</Company></Properties>"
    )
