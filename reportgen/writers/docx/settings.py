"""``word/settings.xml``: how Word is to set the document (ECMA-376 part 1, §17.15)."""

from __future__ import annotations

from ..opc import DECLARATION
from .markup import NAMESPACES

_WORD_NAMESPACE = "http://schemas.microsoft.com/office/word"
_COMPATIBILITY = (  # the settings of a document made by a Chinese Word 2013 or later
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
)


def settings() -> str:
    """Return the part: punctuation compressed, 禁则 as Word has it by default.

    Different footers on odd and even pages are switched on by :mod:`.template`.
    """
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_WORD_NAMESPACE}" w:val="{value}"/>'
        for name, value in _COMPATIBILITY
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        f"<w:doNotExpandShiftReturn/><w:useFELayout/>{modes}</w:compat>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
