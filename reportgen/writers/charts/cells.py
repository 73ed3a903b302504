"""The cells that hold the figures of a chart: names in the first column, a series in each further one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartCells:
    """Cells of the sheet ``sheet`` (as formulas quote it): the row of the series' names, and the rows below it."""

    sheet: str
    head: int
    count: int

    def series_name(self, n: int) -> str:
        """Return the address of the name of the ``n``-th series, from 0."""
        return f"{self.sheet}!{self._cell(n + 1, self.head)}"

    def categories(self) -> str:
        """Return the range of the categories' names."""
        return self._range(0)

    def figures(self, n: int) -> str:
        """Return the range of the figures of the ``n``-th series, from 0."""
        return self._range(n + 1)

    def _range(self, column: int) -> str:
        first, last = self._cell(column, self.head + 1), self._cell(column, self.head + self.count)
        return f"{self.sheet}!{first}:{last}"

    def _cell(self, column: int, row: int) -> str:
        return f"${chr(ord('A') + column)}${row}"
