"""The parts beside the text: what kinds of parts there are, how they hang together, settings (ECMA-376 part 1)."""

from __future__ import annotations

from collections.abc import Mapping

from ..opc import DECLARATION, R, relationships
from .markup import NAMESPACES

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
_COMPATIBILITY = (  # the settings of a document made by a Chinese Word 2013 or later
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
)


def kinds(footers: Mapping[str, str]) -> dict[str, str]:
    """The types of this writer's parts and its ``footers``."""
    return {f"word/{name}.xml": f"{_MAIN}.{kind}+xml" for name, kind in _KINDS.items()} | {
        f"word/{name}.xml": f"{_MAIN}.footer+xml" for name in footers
    }


def document_relationships(footers: Mapping[str, str]) -> str:
    """``word/_rels/document.xml.rels``; ``footers`` are footer name → relationship id."""
    return relationships(
        ("rId1", f"{R}/styles", "styles.xml"),
        ("rId2", f"{R}/settings", "settings.xml"),
        ("rId3", f"{R}/fontTable", "fontTable.xml"),
        *((id, f"{R}/footer", f"{name}.xml") for name, id in footers.items()),
    )


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
