"""A cell's content in SpreadsheetML: a number for a figure, text for the rest, never a formula.

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

_FREE_BLANK = "_ "  # ECMA-376 part 1, 18.8.31: as much space as the character after the underline is wide

_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)\s*%?\s*")
_NUMBER_ENDS = frozenset("0123456789.,% ")
_SPECIAL = re.compile(r'[\x00-\x1f&<>"_\ud800-\udfff\ufffe\uffff]')


class UnfitText(ValueError):
    """A text that no cell can hold: it is too long or has characters that XML forbids. Nothing is cut silently."""


def number_content(value: Decimal) -> str:
    """Return the content of a cell that holds ``value`` with all its digits, however the document spells it.

    >>> number_content(Decimal("2940000.00")), number_content(Decimal("1E+1"))
    ('><v>2940000</v></c>', '><v>10</v></c>')
    """
    return f"><v>{value.normalize():f}</v></c>"


def text_content(text: str) -> str:
    """Return the content of a cell that holds ``text`` as text, even if it reads as a number; "" is an empty cell.

    Raises:
        UnfitText: no cell can hold the text.
    """
    if not text:
        return BLANK
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "replace")) // 2 > LONGEST_TEXT:
        raise UnfitText(f"{len(text)} characters, a cell holds {LONGEST_TEXT}: {text[:40]}…")
    written = _escaped(text) if _SPECIAL.search(text) else text
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{written}</t></is></c>'


def _escaped(text: str) -> str:
    try:
        return escaped(coded(text), "cell").replace("\r", "&#13;")
    except ValueError as error:
        raise UnfitText(f"{error}: {text[:40]!r}") from error


def coded(text: str) -> str:
    """Return ``text`` written so that a spreadsheet shows it unchanged: it would read ``_x0041_`` as ``A``.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    return _CODED.sub("_x005F_", text) if "_x" in text else text


def decoded(text: str) -> str:
    """Return what :func:`coded` was given, for readers with a library that does not decode."""
    return text.replace("_x005F_", "_")


def number_format(figure: Figure, at_right: bool = False) -> str:
    """Return the number format that prints ``figure.value`` as ``figure.text`` reads.

    ``at_right`` keeps a blank free after the last digit, or a text in the next column would touch it.
    A negative value that reads without its sign ("下降 5.46", or a rounded "0.00") gets a second part
    without one; a zero that reads as a dash has a third part with the dash.

    >>> number_format(Figure("1,234.50", Decimal("1234.5"), "万元", "x", 2, True), at_right=True)
    '#,##0.00_ '
    >>> number_format(Figure("-", Decimal(0), "万元", "x", 2))
    '0.00;-0.00;"-"'
    """
    whole = "#,##0" if figure.grouped else "0"
    blank = _FREE_BLANK if at_right else ""
    pattern = f"{whole}.{'0' * figure.decimals}{blank}" if figure.decimals > 0 else f"{whole}{blank}"
    if figure.text in ("-", "—"):
        return f'{pattern};-{pattern};"{figure.text}"{blank}'
    unsigned = figure.value < 0 and not figure.text.startswith(("-", "−", "－"))
    return f"{pattern};{pattern}" if unsigned else pattern


def text_format(text: str) -> str:
    """Return the number format of a text: "@" where a clerk's edit would make a number of a code."""
    return "@" if "0" <= text[:1] <= "9" and len(text) <= _LONGEST_FORMATTED else "General"


def reads_as_number(text: str) -> bool:
    """Return whether a spreadsheet marks ``text`` with a green triangle: as a number stored as text.

    >>> reads_as_number("2080199"), reads_as_number("-3.5%"), reads_as_number("301 工资"), reads_as_number("")
    (True, True, False, False)
    """
    return text[-1:] in _NUMBER_ENDS and _NUMBER.fullmatch(text) is not None


def is_quoted(text: str) -> bool:
    """Return whether a spreadsheet would take ``text`` for a formula if it were typed in."""
    return text.startswith(("=", "+", "-", "@"))
