"""A table as an element: caption, columns, head and body; cells that name rows and columns are their headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...tree.grid import starts
from ...tree.nodes import Cell, Column, Figure, Row, Table, plain
from ..opc import escaped
from .markup import RunMarkup, element

_SHORT_ALIGN = {"left": "", "center": "c", "right": "r"}
_DEEPEST_INDENT = 8


def table_markup(table: Table, id: str, runs: RunMarkup) -> str:
    """Return the table in a box that scrolls sideways, by the keyboard too.

    Raises:
        ValueError: its spans do not close, or a text has a character that no mark-up can have.
    """
    caption = _caption(table, f"{id}_caption", runs)
    columns = element("colgroup", "<col>" * len(table.columns))
    head = element("thead", "\n".join(_rows(table.head, table, lambda cell, place: escaped(cell.text, place))))
    body = element("tbody", "\n".join(_rows(table.body, table, lambda cell, place: runs.runs(cell.runs, place))))
    content = "\n".join([caption, columns, *([head] if table.head else []), body])
    whole = element("table", f"\n{content}\n", id=id)
    return element("div", f"\n{whole}\n", class_="scroll", role="region", tabindex=0, aria_labelledby=f"{id}_caption")


def _caption(table: Table, id: str, runs: RunMarkup) -> str:
    """Label, title, department and unit, each in an element of its own also where it is empty."""
    title = runs.runs(table.title, f"{table.id}/title")
    lines = {"label": table.label, "left": plain(table.left), "right": plain(table.right)}
    parts = {name: escaped(text, table.id) for name, text in lines.items()} | {"title": title}
    spans = [element("span", parts[name], class_=name) for name in ("label", "title", "left", "right")]
    return element("caption", "\n".join(spans), id=id)


def _rows(rows: Sequence[Row], table: Table, content: Callable[[Cell, str], str]) -> Iterator[str]:
    """Yield the rows, each cell with its ``content`` at its place; figures of heads have no names.

    A row in which no cell begins is left out, and the cells over it are one row shorter.
    """
    for n, (row, columns) in enumerate(zip(rows, starts(rows, len(table.columns)), strict=True)):
        if not row.cells:
            continue
        naming = set(row_headers(row.cells))
        cells = []
        for k, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            over = sum(bool(other.cells) for other in rows[n : n + cell.rowspan])
            scope = "col" if row.role == "head" else "row" if k in naming and row.role != "number" else ""
            place = f"{row.id}/{column + 1}"
            cells.append(_cell(cell, table.columns[column], scope, over, content(cell, place)))
        yield element("tr", "".join(cells), class_="" if row.role == "item" else row.role)


def _cell(cell: Cell, column: Column, scope: str, rows: int, content: str) -> str:
    """A cell: a header with its scope, or a cell of data; a blank cell is never a header."""
    has_text = bool(cell.text.strip())
    align = "" if scope == "col" else _SHORT_ALIGN[cell.align or column.align]
    kinds = [align, f"i{min(cell.indent, _DEEPEST_INDENT)}" if cell.indent > 0 else ""]
    return element(
        "th" if scope and has_text else "td", content, scope=scope if has_text else None,
        class_=" ".join(filter(None, kinds)),
        rowspan=rows if rows > 1 else None, colspan=cell.colspan if cell.colspan > 1 else None,
    )  # fmt: skip


def row_headers(cells: Sequence[Cell]) -> Iterator[int]:
    """Yield the positions of the cells that name the figures to their right: the last label before them.

    A table of two sides has one on each (收入 | 数额 | 支出 | 数额).
    """
    header = None
    for position, cell in enumerate(cells):
        if any(isinstance(run, Figure) for run in cell.runs):
            if header is not None:
                yield header
            header = None
        elif cell.text.strip():
            header = position
