"""Page setups and their footers (§17.6): GB/T 9704-2012 §5 and §7.5 in the words of the format."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.style import Page, Style
from ..opc import DECLARATION
from . import style_ids
from .markup import NAMESPACES, field, mm_twips, paragraph, run, twips
from .properties import indents, pitch

FOOTERS = {"footer-odd": "rIdOdd", "footer-even": "rIdEven", "footer-none": "rIdNone"}
_NUMBER_BELOW = 7.0  # mm from the type area down to the dashes of the number line, GB/T 9704-2012 §7.5
_LEAST_DISTANCE = 5.0  # mm from the edge that printers can reach
_ROOM_FOR_ENTRY = 1.0  # mm below tables, for the unseen heading above them: so they break where those of the PDF do
_HEADER = 15.0  # mm; there is no header


def section_markup(page: Page, style: Style) -> str:
    """The ``w:sectPr`` of ``page``; every section names its footers, for a missing one is inherited."""
    odd, even = ("rIdOdd", "rIdEven") if page.numbered else ("rIdNone", "rIdNone")
    turned = ' w:orient="landscape"' if page.landscape else ""
    start = "" if page.first_number is None else f'<w:pgNumType w:start="{page.first_number}"/>'
    return (
        f'<w:sectPr><w:footerReference w:type="even" r:id="{even}"/>'
        f'<w:footerReference w:type="default" r:id="{odd}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{mm_twips(page.width)}" w:h="{mm_twips(page.height)}"{turned}/>'
        f'{_margins(page, style)}{start}<w:cols w:space="425"/>{_grid(page, style)}</w:sectPr>'
    )


def _margins(page: Page, style: Style) -> str:
    lower = page.bottom if page.lines else page.bottom - _ROOM_FOR_ENTRY
    sides = {"top": page.top, "right": page.right, "bottom": lower, "left": page.left}
    given = " ".join(f'w:{side}="{mm_twips(width)}"' for side, width in sides.items())
    header, footer = mm_twips(min(_HEADER, page.top)), mm_twips(_footer_distance(page, style))
    return f'<w:pgMar {given} w:header="{header}" w:footer="{footer}" w:gutter="0"/>'


def _grid(page: Page, style: Style) -> str:
    """The document grid of the standard (GB/T 9704-2012 §5.2.3: 22 lines of 28 characters); see ``looks.condensed``."""
    if not page.lines:
        return ""
    if not page.chars:
        return f'<w:docGrid w:type="lines" w:linePitch="{pitch(page)}"/>'
    width = (page.width - page.left - page.right) / 25.4 * 72 / page.chars
    space = round((width - style.text["body"].size) * 4096)
    return f'<w:docGrid w:type="linesAndChars" w:linePitch="{pitch(page)}" w:charSpace="{space}"/>'


def _footer_distance(page: Page, style: Style) -> float:
    half_line = _number_line(style) / 2 / 72 * 25.4
    return max(_LEAST_DISTANCE, page.bottom - _NUMBER_BELOW - half_line)


def _number_line(style: Style) -> float:
    text = style.text["page-number"]
    return text.leading or text.size * 1.25


def footers(style: Style) -> dict[str, str]:
    """Footer name → part: numbers on the right of odd pages, on the left of even ones, and none."""
    size = style.text["page-number"].size
    line = f'<w:spacing w:before="0" w:after="0" w:line="{twips(_number_line(style))}" w:lineRule="exact"/>'
    number = run("— ", "footer") + field("PAGE", run("1", "footer")) + run(" —", "footer")
    odd = (indents(size, right=1), '<w:jc w:val="right"/>')
    even = (indents(size, left=1), '<w:jc w:val="left"/>')
    return {
        "footer-odd": _footer(paragraph(style_ids.FOOTER, number, line, *odd)),
        "footer-even": _footer(paragraph(style_ids.FOOTER, number, line, *even)),
        "footer-none": _footer(paragraph(style_ids.FOOTER, "")),
    }


def _footer(content: str) -> str:
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{content}</w:ftr>"


def closed(blocks: Sequence[str], section: str) -> str:
    """The body mark-up of a section that is not the last: its ``w:sectPr`` goes into its last paragraph.

    Where a table or the contents come last, a paragraph too small to push anything to a new page carries it.
    """
    *before, last = blocks or ("",)
    if not last.endswith("</w:p>"):
        before, last = [*before, last], paragraph(style_ids.ANCHOR, "")
    head, mark, tail = last.rpartition("</w:pPr>")
    return f"{''.join(before)}{head}{section}{mark}{tail}"
