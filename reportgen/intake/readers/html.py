"""Read the tables of a web page, which web systems hand out under the name .xls, with lxml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...core.errors import InputError
from ...recognise.grid import Grid, GridCell, column_name
from .package_check import MOST_CELLS
from .page_styles import PageStyles

NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "svg", "select", "button", "textarea"}
)
"""Elements whose text is no part of the text of a page."""
DEEPEST = 250
"""How deep elements may stand within others; what is deeper is not read."""
_MOST_SPAN = 1_000
_LINES = frozenset({"br", "p", "div", "li", "tr"})
"""Elements that begin a line within a cell."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def read_html(payload: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """Return each table of the page that holds no other table as a grid named 网页表格1, 网页表格2 …

    Raises:
        InputError: there is none, or they are too large.
    """
    root = parse_page(payload)
    tables = [table for table in root.iter("table") if holds_no_table(table)]
    if not tables:
        raise InputError("网页里没有表格", "从系统里重新导出；在 Excel 里能看到表格的，另存为 .xlsx")
    styles = PageStyles(root)
    return tuple(_sheet(f"网页表格{n}", table, styles) for n, table in enumerate(tables, 1)), ()


def parse_page(payload: bytes) -> Any:
    """Return the root element of a web page.

    Raises:
        InputError: it is damaged.
    """
    from lxml import html

    parser = html.HTMLParser(encoding=_encoding(payload), no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(payload, parser=parser)
    except Exception as error:  # lxml raises several kinds
        raise InputError("网页损坏，读不了", "在 Excel 里打开，另存为 .xlsx") from error


def holds_no_table(table: Any) -> bool:
    """Whether a table is one of content; pages also use tables to arrange others."""
    return table.find(".//table") is None


def is_shown(element: Any, styles: PageStyles) -> bool:
    """Whether an element and its text are shown (comments are not)."""
    return isinstance(element.tag, str) and element.tag not in NOT_SHOWN and not styles.hides(element)


def _encoding(payload: bytes) -> str:
    """UTF-8 if the page can be read so, else what Chinese systems write otherwise."""
    try:
        payload.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "gb18030"


def _sheet(name: str, table: Any, styles: PageStyles) -> Grid:
    cells, merged = table_cells(table, styles, lambda row, column: f"{name}!{column_name(column)}{row}")
    return Grid(name, cells, merged)


def table_cells(
    table: Any, styles: PageStyles, place: Callable[[int, int], str], above: int = 0
) -> tuple[dict[tuple[int, int], GridCell], tuple[tuple[int, int, int, int], ...]]:
    """Return the cells of a table and its merged areas, ``above`` rows further down.

    ``place`` gives the place of a cell from its row and column in the table.

    Raises:
        InputError: it has too many cells.
    """
    cells: dict[tuple[int, int], GridCell] = {}
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for number, line in enumerate(table.iter("tr"), 1):
        row, column = above + number, 1
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((row + r, column + c) for r in range(down) for c in range(right))
            if len(taken) > MOST_CELLS:
                raise InputError("工作簿的单元格（含合并的）多于 {most} 个，没有读", "", most=str(MOST_CELLS))
            if down > 1 or right > 1:
                merged.append((row, column, row + down - 1, column + right - 1))
            if text := _text(cell, styles):
                cells[row, column] = GridCell(text, place(number, column), indent=_indent(cell, styles))
            column += right
    return cells, tuple(merged)


def _text(cell: Any, styles: PageStyles) -> str:
    """Return what a cell shows: its lines; blanks of a fixed width before the first one are its indent."""
    lines = [line.rstrip() for line in "".join(_shown(cell, styles)).split("\n") if line.strip()]
    return "\n".join(line.lstrip(" ") if at == 0 else line.strip() for at, line in enumerate(lines))


def _shown(element: Any, styles: PageStyles, depth: int = 0) -> Iterator[str]:
    yield joined(element.text)
    for child in element:
        if depth < DEEPEST and is_shown(child, styles):
            if child.tag in _LINES:
                yield "\n"
            yield from _shown(child, styles, depth + 1)
        yield joined(child.tail)


def joined(text: str | None) -> str:
    """Return a text of a page with each run of blanks and line ends as one blank; other white space stays."""
    return _BLANKS.sub(" ", text or "")


def _indent(cell: Any, styles: PageStyles) -> int:
    """Return by how many steps a cell, or the first element in it, is indented."""
    inner = [child for child in cell[:1] if isinstance(child.tag, str)]
    return max(styles.indent(element) for element in (cell, *inner))


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else 1
