"""Writes a :class:`TextStyle` as properties of paragraphs and runs, in the units of the format."""

from __future__ import annotations

from math import floor

from ...tree.style import Page, Style, TextStyle
from ..opc import escaped
from .markup import mm_twips, twips

# 0.7 pt is the least line that Word's dialogue allows
SMALLEST_LINE = '<w:spacing w:before="0" w:after="0" w:line="14" w:lineRule="exact"/>'
OFF_GRID = '<w:snapToGrid w:val="0"/>'
# no quarter em between 表 and 01: tables count on characters of one em and half an em
NO_AUTO_SPACE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def fonts(style: Style, role: str) -> str:
    """Return ``w:rFonts`` naming the face of ``role`` in all four slots."""
    name = escaped((style.faces.get(role) or style.fallback).name, "style")
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """Return ``w:sz`` and ``w:szCs``, which count half points."""
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def condensed(style: Style) -> str:
    """Return the ``w:spacing`` that puts the grid's ``chars`` characters on a line of the body; nothing without a grid.

    The grid of the page (``linesAndChars``) says the same, but LibreOffice gives a character wider than its cell
    two cells: 14 characters to the line. So the grid is declared, as the standard requires, and the styles ignore it:
    condensed type and an exact line put the same 28 × 22 characters on a page in every program. It is a
    twentieth of a point narrower than necessary, for LibreOffice rounds to hundredths of a millimetre and would break
    after 27.
    """
    return f'<w:spacing w:val="{condensing(style)}"/>' if any(page.chars for page in style.pages.values()) else ""


def condensing(style: Style) -> int:
    """Return the twips that :func:`condensed` adds to each character, mostly below 0; 0 without a grid."""
    for page in style.pages.values():
        if page.chars:
            width = mm_twips(page.width) - mm_twips(page.left) - mm_twips(page.right)
            return floor(width / page.chars - style.text["body"].size * 20) - 1
    return 0


def line_pitch(style: Style) -> int:
    """Return the twips from line to line on pages with a grid, rounded down so that the last line fits, or 0."""
    return next((pitch(page) for page in style.pages.values() if page.lines), 0)


def pitch(page: Page) -> int:
    """Return the twips from line to line on a page that has a grid."""
    return (mm_twips(page.height) - mm_twips(page.top) - mm_twips(page.bottom)) // page.lines


def spacing(text: TextStyle, grid_line: int = 0) -> str:
    """Return ``w:spacing``: an exact line; where ``leading`` is 0 it is ``grid_line`` twips, or a plain single line."""
    line, rule = (twips(text.leading) or grid_line, "exact") if text.leading or grid_line else (240, "auto")
    before, after = twips(text.before), twips(text.after)
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def hanging_indent(left: int, hanging: int) -> str:
    """Return ``w:ind`` in twips for further lines at ``left``; 0 characters, or those of the style would count."""
    return f'<w:ind w:leftChars="0" w:left="{left}" w:hangingChars="0" w:hanging="{hanging}"/>'


def indents(points: float, first: float = 0, left: float = 0, right: float = 0) -> str:
    """Return ``w:ind`` in characters of ``points``, and in twips for programs that do not count characters."""
    given = (("left", left), ("right", right), ("firstLine", first))
    sides = "".join(
        f' w:{side}Chars="{round(count * 100)}" w:{side}="{twips(count * points)}"' for side, count in given if count
    )
    return f"<w:ind{sides}/>" if sides else ""
