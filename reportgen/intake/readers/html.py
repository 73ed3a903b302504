"""Read the tables of a web page, which web systems hand out under the name .xls, with lxml."""

from __future__ import annotations

from typing import Any

from ...core.errors import InputError
from ...recognise.grid import Grid, GridCell, column_name
from .package_check import MOST_CELLS

_MOST_SPAN = 1_000
_NOT_SHOWN = frozenset({"script", "style", "noscript", "template"})
_LINES = frozenset({"br", "p", "div", "li"})
"""Elements that begin a line."""


def read_html(payload: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """Return each table of the page that holds no other table as a grid named 网页表格1, 网页表格2 …

    Raises:
        InputError: there is none, or they are too large.
    """
    from lxml import html

    parser = html.HTMLParser(encoding=_encoding(payload), no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(payload, parser=parser)
    except Exception as error:  # lxml raises several kinds
        raise InputError("网页损坏，读不了", "在 Excel 里打开，另存为 .xlsx") from error
    tables = [table for table in root.iter("table") if table.find(".//table") is None]
    if not tables:
        raise InputError("网页里没有表格", "从系统里重新导出；在 Excel 里能看到表格的，另存为 .xlsx")
    return tuple(_grid(f"网页表格{n}", table) for n, table in enumerate(tables, 1)), ()


def _encoding(payload: bytes) -> str:
    """UTF-8 if the page can be read so, else what Chinese systems write otherwise."""
    try:
        payload.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "gb18030"


def _grid(name: str, table: Any) -> Grid:
    cells: dict[tuple[int, int], GridCell] = {}
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr"), 1):
        column = 1
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((row + r, column + c) for r in range(down) for c in range(right))
            if len(taken) > MOST_CELLS:
                raise InputError("工作簿的单元格（含合并的）多于 {most} 个，没有读", "", most=str(MOST_CELLS))
            if down > 1 or right > 1:
                merged.append((row, column, row + down - 1, column + right - 1))
            if text := _text(cell):
                cells[row, column] = GridCell(text, f"{name}!{column_name(column)}{row}")
            column += right
    return Grid(name, cells, tuple(merged))


def _text(cell: Any) -> str:
    """Return what a cell shows: its lines, without scripts and styles."""
    pieces: list[str] = []
    for part in cell.iter():
        shown = isinstance(part.tag, str) and part.tag not in _NOT_SHOWN
        if part.tag in _LINES and pieces:
            pieces.append("\n")
        pieces.append((part.text or "") if shown else "")
        pieces.append((part.tail or "") if part is not cell else "")
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else 1
