"""How the workbook looks: typefaces, colours, borders, number formats, widths."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from ...budget.field_types import Amount, Boolean, Choice, Code, Date, Integer, Text
from ...core.money import MoneyUnit
from .columns import Column
from .values import choices_of

TYPEFACE, HEAD_TYPEFACE = "宋体", "黑体"
RED, GREEN, GREY, BLUE = "FFC00000", "FF2E7D32", "FF7F7F7F", "FF1F3864"


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour, bgColor=colour)


def _font(size: float, bold: bool = False, colour: str = "FF000000", name: str = TYPEFACE) -> Font:
    return Font(name=name, size=size, bold=bold, color=colour, charset=134)


TITLE, SUBTITLE = _font(16, True, BLUE, HEAD_TYPEFACE), _font(10, colour=GREY)
BODY, BODY_BOLD, NOTE, AUTOMATIC = _font(10.5), _font(10.5, True), _font(9, colour=GREY), _font(10, colour=GREY)
HEAD = _font(10.5, True, BLUE, HEAD_TYPEFACE)
LINK = Font(name=TYPEFACE, size=10.5, color="FF1155CC", underline="single", charset=134)
HEAD_FILL, AUTOMATIC_HEAD_FILL = _fill("FFD6E2F0"), _fill("FFE2E2E2")
REQUIRED_HEAD_FILL, LAST_HEAD_FILL = _fill("FFFFDF9A"), _fill("FFD3E6C9")
REQUIRED_FILL, LAST_FILL, AUTOMATIC_FILL = _fill("FFFFF8E1"), _fill("FFF1F7ED"), _fill("FFF3F3F3")
SUM_FILL, GOOD_FILL, BAD_FILL = _fill("FFEAF1F9"), _fill("FFE2F0D9"), _fill("FFFBE0DD")
_LINE = Side("thin", color="FFBFBFBF")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
ABOVE = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
ONE_LINE = Alignment(vertical="center")
SHRUNK = Alignment(horizontal="left", vertical="center", shrink_to_fit=True)
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)


def amount_format(unit: MoneyUnit, blank_zero: bool = False) -> str:
    """Return the number format of amounts; computed sums that are zero stay blank."""
    shown = "#,##0.00" if unit == "元" else "#,##0.00####"
    return f"{shown};-{shown};" if blank_zero else shown


def number_format(column: Column, unit: MoneyUnit) -> str:
    """Return the number format of a column; all that is no number is text, so that codes keep their zeros."""
    if column.is_amount:
        return amount_format(unit)
    if isinstance(column.type, Integer):
        return "0"
    return "yyyy-mm-dd" if isinstance(column.type, Date) else "@"


def alignment(column: Column) -> Alignment:
    """Return how the cells of a column are aligned."""
    if column.is_number:
        return RIGHT
    return LEFT if isinstance(column.type, Text) else CENTRED


def width(column: Column) -> float:
    """Return the width of a column in characters."""
    match column.type:
        case Amount():
            return 16
        case Boolean():
            return 13
        case Integer():
            return 9
        case Date():
            return 13
        case Code():
            return 12
        case Choice():
            return min(22.0, max(10.0, 2.2 * max(map(len, choices_of(column)), default=5)))
        case Text(max_length=longest):
            return 12 if longest <= 40 else 20 if longest <= 100 else 30 if longest <= 1000 else 44
    return 20


LEAST_HEIGHT, LINE_HEIGHT = 20.0, 14.5
"""Points: of a row of one line, and of each line of a row that has more."""


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row, in points, in which each text is wrapped in a column of a width in characters."""
    lines = max((sum(_lines(part, wide) for part in text.split("\n")) for text, wide in texts), default=1)
    return min(400.0, max(LEAST_HEIGHT, 6 + lines * LINE_HEIGHT))


def _lines(text: str, wide: float) -> int:
    size = sum(1 if char.isascii() else 2 for char in text) * 1.08
    return max(1, -int(-size // wide))
