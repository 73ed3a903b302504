"""A cell's content in the words of SpreadsheetML: a number for a figure, text for the rest, never a formula.

The contents are written as XML text: an object for each cell takes openpyxl 30 µs, this takes 2 µs.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ...tree.nodes import Figure
from ..opc import escaped

BLANK = "/>"
"""The content of an empty cell."""

LONGEST_TEXT = 32767
"""The longest text of a cell that Excel reads, in UTF-16 code units."""

# Excel up to 2007 shows "####" in place of a longer text in the format "@".
_LONGEST_FORMATTED = 255

_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile(r'[\x00-\x1f&<>"_\ud800-\udfff\ufffe\uffff]')


class UnfitText(ValueError):
    """A text that no cell can hold: it is too long or has characters that XML forbids. Nothing is cut silently."""


def number(value: Decimal) -> str:
    """The content of a cell that holds ``value`` with all its digits."""
    return f"><v>{value}</v></c>"


def text(words: str) -> str:
    """The content of a cell that holds ``words`` as text, whatever they look like; "" is an empty cell.

    Raises:
        UnfitText: no cell can hold the words.
    """
    if not words:
        return BLANK
    if len(words) > LONGEST_TEXT // 2 and len(words.encode("utf-16-le", "replace")) // 2 > LONGEST_TEXT:
        raise UnfitText(f"{len(words)} characters, a cell holds {LONGEST_TEXT}: {words[:40]}…")
    written = _escaped(words) if _SPECIAL.search(words) else words
    space = ' xml:space="preserve"' if words[0].isspace() or words[-1].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{written}</t></is></c>'


def _escaped(words: str) -> str:
    try:
        return escaped(coded(words), "cell").replace("\r", "&#13;")
    except ValueError as error:
        raise UnfitText(f"{error}: {words[:40]!r}") from error


def coded(words: str) -> str:
    """``words`` so that a spreadsheet shows them unchanged: it would read ``_x0041_`` as ``A``.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    return _CODED.sub("_x005F_", words) if "_x" in words else words


def decoded(words: str) -> str:
    """What :func:`coded` was given, for whoever reads the file with a library that does not decode."""
    return words.replace("_x005F_", "_")


def number_format(figure: Figure) -> str:
    """The number format that prints ``figure.value`` as ``figure.text`` reads.

    A negative value that reads without its sign ("下降 5.46", or a rounded "0.00") gets a second part
    without one.

    >>> number_format(Figure("1,234.50", Decimal("1234.5"), "万元", "x", 2, True))
    '#,##0.00'
    """
    whole = "#,##0" if figure.grouped else "0"
    pattern = f"{whole}.{'0' * figure.decimals}" if figure.decimals > 0 else whole
    unsigned = figure.value < 0 and not figure.text.startswith(("-", "−", "－"))
    return f"{pattern};{pattern}" if unsigned else pattern


def text_format(words: str) -> str:
    """The number format of a text: "@" where a clerk's edit would make a number of a code."""
    return "@" if "0" <= words[:1] <= "9" and len(words) <= _LONGEST_FORMATTED else "General"


def is_quoted(words: str) -> bool:
    """Whether a spreadsheet would take ``words`` for a formula, were they typed in."""
    return words.startswith(("=", "+", "-", "@"))
