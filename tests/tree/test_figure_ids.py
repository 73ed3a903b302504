"""The stable names of figures: they find a cell's column without the grid, and must find the grid's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.tree.grid import starts
from reportgen.tree.nodes import Cell, Row


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[Row], int]:
    """Rows whose cells cover a grid, each over as many rows and columns as was drawn and is free."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    rows = []
    for r in range(height):
        cells = []
        for c in range(width):
            if (r, c) in taken:
                continue
            down, across = draw(st.integers(1, height - r)), draw(st.integers(1, width - c))
            free = next((n for n in range(across) if (r, c + n) in taken), across)
            taken |= {(r + y, c + x) for y in range(down) for x in range(free)}
            cells.append(Cell(rowspan=down, colspan=free))
        rows.append(Row(f"r{r}", tuple(cells)))
    return rows, width


@given(tilings())
def test_cells_begin_where_they_cover_the_grid(tiling: tuple[list[Row], int]) -> None:
    rows, width = tiling
    covered = [
        (r + y, column + x)
        for r, (row, columns) in enumerate(zip(rows, starts(rows, width), strict=True))
        for column, cell in zip(columns, row.cells, strict=True)
        for y in range(cell.rowspan)
        for x in range(cell.colspan)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(rows)) for c in range(width)]
