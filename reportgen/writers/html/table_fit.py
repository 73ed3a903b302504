"""The widths of a table's columns and its type size in print, from the layout that all formats share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...tree.nodes import Table
from ...tree.style import Style
from ..tables.estimate import TableFit, fit_table

POINTS = 72 / 25.4
"""Points in a millimetre."""
SHORT, LONG, MARGIN = 210.0, 297.0, 18.0
"""The sides of A4 and the margins of a printed page, in millimetres."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of the page: its id in the style sheet, and its fit on a printed page."""

    id: str
    fit: TableFit

    @classmethod
    def of(cls, table: Table, number: int, style: Style, landscape: bool) -> PageTable:
        """Return the fit of the ``number``-th table of a page; ``landscape`` says how its printed page lies."""
        width = ((LONG if landscape else SHORT) - 2 * MARGIN) * POINTS
        return cls(f"_table_{number}", fit_table(table, style, width))

    def rules(self) -> Iterator[str]:
        """Yield the rules for screens: the shares of the columns, and the least width, in ems of the table's type."""
        total = sum(self.fit.widths)
        yield f"#{self.id}{{min-width:{total / self.fit.size:.1f}em}}"
        for n, width in enumerate(self.fit.widths, 1):
            yield f"#{self.id} col:nth-child({n}){{width:{100 * width / total:.2f}%}}"

    def print_rule(self) -> str:
        """Return the rule for print: the type size, and no least width."""
        return f"#{self.id}{{min-width:0;font-size:{self.fit.size:g}pt}}"
