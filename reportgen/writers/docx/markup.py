"""WordprocessingML from strings: the only place where text of a document becomes mark-up.

Written as text because that is what makes a table of thousands of rows cheap; safe because every text goes
through :func:`.opc.escaped`. Element orders follow ECMA-376 part 1 (transitional), §17.
"""

from __future__ import annotations

import re

from ..opc import R, escaped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'

_PLAIN = re.compile(r'[^\x00-\x1f"&<>\ud800-\udfff\ufffe\uffff]*')  # nothing to refuse, to escape or to break
_BREAKS = re.compile(r"(\r\n|\r|\n|\t)")
_OF_BOTH = re.compile(r"[\x80-\u2e7f\ue000-\uf8ff\ufb00-\ufb4f]")
"""Characters of Latin and East Asian fonts alike (“ ” — … ① ×), which the Latin one would set half wide: the hint says
which to take. All others choose for themselves (§17.3.2.26)."""
_EAST_ASIAN = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def run(text: str, where: str) -> str:
    """``text`` as one ``w:r`` (nothing if empty); line ends become ``w:br``, tabs ``w:tab``."""
    if not text:
        return ""
    look = _EAST_ASIAN if is_of_both(text) else ""
    if _PLAIN.fullmatch(text):
        return f"<w:r>{look}{_words(text)}</w:r>"
    clean = escaped(text, where)
    return f"<w:r>{look}{''.join(map(_piece, _BREAKS.split(clean)))}</w:r>"


def is_of_both(text: str) -> bool:
    """Whether ``text`` needs the hint that its characters of Latin and East Asian fonts alike are East Asian."""
    return bool(_OF_BOTH.search(text))


def _piece(text: str) -> str:
    if not text:
        return ""
    if text == "\t":
        return "<w:tab/>"
    return "<w:br/>" if text[0] in "\r\n" else _words(text)


def _words(text: str) -> str:
    """A ``w:t``; where a reader might take blanks for the mark-up's own, it says that they are the text's."""
    if text[0] == " " or text[-1] == " " or "  " in text:
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"


def paragraph(style: str, content: str, *direct: str) -> str:
    """A ``w:p`` of the style with id ``style``; ``direct`` are further ``w:pPr`` children in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"".join(direct)}</w:pPr>{content}</w:p>'


def field(instruction: str, result: str) -> str:
    """A complex field (§17.16.18) with its cached ``result``; both are mark-up already."""
    return (
        f'{field_mark("begin")}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{field_mark('separate')}{result}{field_mark('end')}"
    )


def field_mark(kind: str) -> str:
    """One of the marks ``begin``, ``separate``, ``end`` of a complex field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def twips(points: float) -> int:
    """``points`` in twentieths of a point, the unit of most lengths in the format."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """``millimetres`` in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)
