"""WordprocessingML from strings: the only module in which text of a document becomes mark-up.

Written as text because objects are too slow for tables of thousands of rows; safe because every text goes
through :func:`.opc.escaped`. Element orders follow ECMA-376 part 1 (transitional), §17.
"""

from __future__ import annotations

import re

from ..opc import R, escaped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'

_PLAIN = re.compile(r'[^\x00-\x1f"&<>\ud800-\udfff\ufffe\uffff]*')  # nothing to refuse, to escape or to break
_BREAKS = re.compile(r"(\r\n|\r|\n|\t)")
_AMBIGUOUS = re.compile(r"[\x80-\u2e7f\ue000-\uf8ff\ufb00-\ufb4f]")
"""Characters of Latin and East Asian fonts alike (“ ” — … ① ×), which the Latin one would set half wide: the hint
selects the East Asian one. For all others the choice follows from the character (§17.3.2.26)."""
_EAST_ASIAN = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def run(text: str, where: str) -> str:
    """Return ``text`` as one ``w:r`` (nothing if empty); line ends become ``w:br``, tabs ``w:tab``."""
    if not text:
        return ""
    properties = _EAST_ASIAN if needs_hint(text) else ""
    if _PLAIN.fullmatch(text):
        return f"<w:r>{properties}{_text(text)}</w:r>"
    clean = escaped(text, where)
    return f"<w:r>{properties}{''.join(map(_piece, _BREAKS.split(clean)))}</w:r>"


def needs_hint(text: str) -> bool:
    """Return whether ``text`` has characters of Latin and East Asian fonts alike, to be set in the East Asian font."""
    return bool(_AMBIGUOUS.search(text))


def _piece(text: str) -> str:
    if not text:
        return ""
    if text == "\t":
        return "<w:tab/>"
    return "<w:br/>" if text[0] in "\r\n" else _text(text)


def _text(text: str) -> str:
    """A ``w:t``; it says that blanks belong to the text where a reader would otherwise drop them."""
    if text[0] == " " or text[-1] == " " or "  " in text:
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"


def paragraph(style: str, content: str, *direct: str) -> str:
    """Return a ``w:p`` of the style with id ``style``; ``direct`` are further ``w:pPr`` children in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"".join(direct)}</w:pPr>{content}</w:p>'


def field(instruction: str, result: str) -> str:
    """Return a complex field (§17.16.18) with its cached ``result``; both are mark-up already."""
    return (
        f'{field_mark("begin")}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{field_mark('separate')}{result}{field_mark('end')}"
    )


def field_mark(kind: str) -> str:
    """Return one of the marks ``begin``, ``separate``, ``end`` of a complex field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def twips(points: float) -> int:
    """Return ``points`` in twentieths of a point, the unit of most lengths in the format."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Return ``millimetres`` in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)
