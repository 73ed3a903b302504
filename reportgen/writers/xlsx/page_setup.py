"""The printed page of a sheet: paper, margins, page number."""

from __future__ import annotations

from ...tree.style import Page, Style
from ..opc import escaped

_PAPERS = {(297, 420): 8, (210, 297): 9}  # millimetres, upright; numbers of ECMA-376 part 1, 18.3.1.63
_FOOTER_LIFT = 7.0  # millimetres from the type area to the page number (GB/T 9704-2012, 7.5)
_INCH = 25.4


def page_setup(page: Page, style: Style, first_number: int | None = None) -> str:
    """Return the end of a sheet's part: printed on ``page``, all columns side by side, on as many pages as needed.

    Page numbers begin at ``first_number``; a sheet without one goes on from the sheet before it when all are
    printed together.
    """
    size = _PAPERS.get((round(min(page.width, page.height)), round(max(page.width, page.height))))
    paper = f' paperSize="{size}"' if size else ""
    begin = "" if first_number is None else f' firstPageNumber="{first_number}"'
    used = "" if first_number is None else ' useFirstPageNumber="1"'
    orientation = "landscape" if page.landscape else "portrait"
    return (
        f'<printOptions horizontalCentered="1"/>{_margins(page, style)}'
        f'<pageSetup{paper}{begin} fitToWidth="1" fitToHeight="0" orientation="{orientation}"{used}/>'
        f"{_page_numbers(style) if page.numbered else ''}"
    )


def _margins(page: Page, style: Style) -> str:
    number_height = style.text["page-number"].size / 72 * _INCH
    sides = {
        "left": page.left,
        "right": page.right,
        "top": page.top,
        "bottom": page.bottom,
        "header": page.top / 2,
        "footer": max(page.bottom - _FOOTER_LIFT - number_height, page.bottom / 4),
    }
    inches = " ".join(f'{name}="{size / _INCH:.6g}"' for name, size in sides.items())
    return f"<pageMargins {inches}/>"


def _page_numbers(style: Style) -> str:
    """Page numbers (— 1 —) one character from the edge, odd pages right, even pages left, or all in the middle."""
    text = style.text["page-number"]
    face = escaped(f'&"{style.faces[text.face].name},Regular"&{round(text.size)}', "style")
    before, after = (escaped(part.replace("&", "&&"), "style") for part in style.around_page_number())
    number = f"{before}&amp;P{after}"
    odd, even = f"&amp;R{face}{number}　", f"&amp;L{face}　{number}"
    if text.align == "center":
        odd = even = f"&amp;C{face}{number}"
    return (
        '<headerFooter differentOddEven="1" scaleWithDoc="0">'
        f"<oddFooter>{odd}</oddFooter><evenFooter>{even}</evenFooter></headerFooter>"
    )
