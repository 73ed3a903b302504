"""How a spreadsheet shows a number, and which cells are ruled: the part of a file that says so (ECMA-376, 18.8)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...tree.readback import ReadCell
from ..shown_numbers import shown

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 49: "@"}


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
