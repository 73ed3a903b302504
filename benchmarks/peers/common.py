"""What several peers need to know of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.tree.grid import Placed, place
from reportgen.tree.nodes import Cell, Figure, Row, Table, plain
from reportgen.tree.style import Page, Style, TextStyle
from reportgen.writers.tables.estimate import TableFit, fit_table

MM = 72 / 25.4
FULL_SPACE = "\u3000"


def type_width(page: Page) -> float:
    """The width between the margins, in points."""
    return (page.width - page.left - page.right) * MM


def fitted(table: Table, page: Page, style: Style) -> TableFit:
    """Type size and column widths of the table."""
    return fit_table(table, style, type_width(page))


def leading(text: TextStyle, page: Page) -> float:
    """The distance of lines: the style's, else the page's grid's, else a comfortable one."""
    if text.leading:
        return text.leading
    return (page.height - page.top - page.bottom) * MM / page.lines if page.lines else text.size * 1.5


def origins(rows: tuple[Row, ...], columns: int) -> Iterator[tuple[Row, Placed]]:
    """Each written cell with its row and its place."""
    for r, line in enumerate(place(rows, columns)):
        for c, placed in enumerate(line):
            if (placed.row, placed.column) == (r, c):
                yield rows[r], placed


def figure_of(cell: Cell) -> Figure | None:
    """The figure that is all there is in the cell."""
    return cell.runs[0] if len(cell.runs) == 1 and isinstance(cell.runs[0], Figure) else None


def align_of(row: Row, placed: Placed, table: Table) -> str:
    """Left, center or right."""
    if row.role in ("head", "number"):
        return placed.cell.align or "center"
    return placed.cell.align or table.columns[placed.column].align


def shown(cell: Cell) -> str:
    """The cell's text with its indent as full-width spaces."""
    return FULL_SPACE * cell.indent + cell.text


def masthead(table: Table) -> tuple[str, str, str, str]:
    """Label, title, left and right line."""
    return table.label, plain(table.title), plain(table.left), plain(table.right)


def role_of(row: Row) -> str:
    """The text style of the row's cells."""
    names = {"head": "table-head", "number": "table-number", "total": "table-total"}
    return names.get(row.role, "table-cell")
