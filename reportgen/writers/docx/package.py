"""The parts around the text: content types, relationships, settings, properties (ECMA-376 parts 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping

from ...tree.nodes import Document
from .markup import DECLARATION, NAMESPACES, R, escaped

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
_COMPATIBILITY = (  # the settings of a document made by a Chinese Word 2013 or later
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
)


def content_types(footers: Mapping[str, str]) -> str:
    """``[Content_Types].xml`` for the parts of this writer and its ``footers``."""
    kinds = {f"word/{name}.xml": f"{_MAIN}.{kind}+xml" for name, kind in _KINDS.items()}
    kinds |= {f"word/{name}.xml": f"{_MAIN}.footer+xml" for name in footers}
    kinds["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    kinds["docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    overrides = "".join(f'<Override PartName="/{n}" ContentType="{kind}"/>' for n, kind in kinds.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def package_relationships() -> str:
    """``_rels/.rels``: where the document and its properties are."""
    return _relationships(
        ("rId1", f"{R}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
    )


def document_relationships(footers: Mapping[str, str]) -> str:
    """``word/_rels/document.xml.rels``; ``footers`` are footer name → relationship id."""
    return _relationships(
        ("rId1", f"{R}/styles", "styles.xml"),
        ("rId2", f"{R}/settings", "settings.xml"),
        ("rId3", f"{R}/fontTable", "fontTable.xml"),
        *((id, f"{R}/footer", f"{name}.xml") for name, id in footers.items()),
    )


def _relationships(*rows: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in rows)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def settings() -> str:
    """``word/settings.xml``: two kinds of pages, punctuation compressed, 禁则 as Word has it by default."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in _COMPATIBILITY
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        f"<w:doNotExpandShiftReturn/><w:useFELayout/>{modes}</w:compat>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def core_properties(document: Document) -> str:
    """``docProps/core.xml``; the date is the document's, never the clock's."""
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


def app_properties(document: Document) -> str:
    """``docProps/app.xml``: who made the file, and for whom."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    company = escaped(document.author, "document")
    return (
        f'{DECLARATION}<Properties xmlns="{kind}"><Application>reportgen</Application>'
        f"<Company>{company}</Company></Properties>"
    )
