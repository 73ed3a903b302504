"""The footers: page numbers (— 1 —), right on odd and left on even pages (GB/T 9704-2012 §7.5), or centred; or none."""

from __future__ import annotations

from ...tree.style import Style
from ..opc import DECLARATION
from . import style_ids
from .markup import NAMESPACES, field, paragraph, run, twips
from .properties import indents

ODD, EVEN, EMPTY = "footer-odd", "footer-even", "footer-none"
RELATIONSHIPS = {ODD: "rIdOdd", EVEN: "rIdEven", EMPTY: "rIdNone"}
"""The relationship by which the main part refers to each footer."""


def footers(style: Style) -> dict[str, str]:
    """Return the part of each footer by its name."""
    size = style.text["page-number"].size
    line = f'<w:spacing w:before="0" w:after="0" w:line="{twips(number_line(style))}" w:lineRule="exact"/>'
    before, after = (run(text, "footer") if text else "" for text in style.around_page_number())
    number = before + field("PAGE", run("1", "footer")) + after
    if style.text["page-number"].align == "center":
        odd = even = (indents(size), '<w:jc w:val="center"/>')
    else:
        odd = (indents(size, right=1), '<w:jc w:val="right"/>')
        even = (indents(size, left=1), '<w:jc w:val="left"/>')
    return {
        ODD: _footer(paragraph(style_ids.FOOTER, number, line, *odd)),
        EVEN: _footer(paragraph(style_ids.FOOTER, number, line, *even)),
        EMPTY: _footer(paragraph(style_ids.FOOTER, "")),
    }


def number_line(style: Style) -> float:
    """Return the height of the line of the page number, in points."""
    text = style.text["page-number"]
    return text.leading or text.size * 1.25


def _footer(content: str) -> str:
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{content}</w:ftr>"
