"""How a spreadsheet shows a number, and which cells are ruled: the part of a file that says so (ECMA-376, 18.8)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from ...tree.readback import ReadCell

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 49: "@"}
_BLANK = "_ "  # space after the number
_QUOTED = re.compile(f'"([^"]*)"(?:{_BLANK})?')
_PATTERN = re.compile(rf"(#,##)?0(?:\.(0+))?(?:{_BLANK})?")


class Formats:
    """Number formats and rules of cells by the index of their style."""

    def __init__(self, styles: Any) -> None:
        """Read the part with the styles."""
        codes = dict(_BUILT_IN)
        for made in styles.iterfind(f"{_S}numFmts/{_S}numFmt"):
            codes[int(made.get("numFmtId", 0))] = made.get("formatCode", "")
        ruled = [any(side.get("style") for side in border) for border in styles.iterfind(f"{_S}borders/{_S}border")]
        self._styles = [
            (codes.get(int(cell_format.get("numFmtId", 0)), ""), ruled[int(cell_format.get("borderId", 0))])
            for cell_format in styles.iterfind(f"{_S}cellXfs/{_S}xf")
        ]
        self._known: dict[tuple[str, int], ReadCell] = {}

    def ruled(self, style: int) -> bool:
        """Return whether a cell of that style has rules around it."""
        return self._styles[style][1]

    def number(self, written: str, style: int) -> ReadCell:
        """Return a number as a cell of that style shows it, and its value; figures repeat, so they are read once."""
        cell = self._known.get((written, style))
        if cell is None:
            value = Decimal(written)
            cell = self._known[written, style] = ReadCell(shown(value, self._styles[style][0]), value)
        return cell


def shown(value: Decimal, code: str) -> str:
    """Return ``value`` in the number format ``code``; in one that this reader does not know, all its digits.

    >>> shown(Decimal("-5.455"), "0.00;0.00"), shown(Decimal("-1234.5"), "#,##0")
    ('5.46', '-1,235')
    >>> shown(Decimal(0), '0.00;-0.00;"-"'), shown(Decimal(-2), '0.00;-0.00;"-"')
    ('-', '-2.00')
    """
    positive, _, others = code.partition(";")
    negative, _, zero = others.partition(";")
    if zero:
        if not value and (text := _QUOTED.fullmatch(zero)):
            return text[1]
        code = positive if negative == f"-{positive}" else ""
    grouping, last, is_signed = _pattern(code, value < 0)
    if last is None:
        return f"{value:f}"
    digits = abs(value).quantize(last, ROUND_HALF_UP)
    return f"{'-' if is_signed else ''}{digits:{grouping}f}"


@lru_cache(maxsize=64)
def _pattern(code: str, negative: bool) -> tuple[str, Decimal | None, bool]:
    """What a format prescribes: the mark between thousands, the last digit shown (None: unknown), a sign."""
    positive, _, other = code.partition(";")
    pattern = _PATTERN.fullmatch(other if other and negative else positive)
    if not pattern:
        return "", None, False
    return "," if pattern[1] else "", Decimal(1).scaleb(-len(pattern[2] or "")), negative and not other
