"""The rows of a sheet that hold something, and what the kinds of sheets have in common when they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...core.finding import Severity
from ...core.suggest import nearest
from ...recognise.cell_values import is_blank, is_ellipsis
from ...recognise.grid import GridCell
from .columns import Column
from .locate import FoundSheet, plain
from .reading import Path, Reading
from .sheet_kinds import ITEM

Cells = Mapping[str, GridCell]
"""The cells of one row by the heads of their columns."""


def filled_rows(found: FoundSheet) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of a sheet that hold something: their numbers and their cells that are not blank."""
    at = {heads[0].column: head for head, heads in found.heads.items()}
    for row, cells in found.data_rows():
        own = {at[column]: cell for column, cell in cells.items() if column in at and not is_blank(cell)}
        if own and not all(map(is_ellipsis, own.values())):
            yield row, own


def put_line(
    columns: tuple[Column, ...], cells: Cells, found: FoundSheet, row: int, reading: Reading, path: Path
) -> None:
    """Put the cells of a row into the object at ``path``."""
    for column in columns:
        own = (*path, *column.path)
        place = found.place(row, column.head)
        value = reading.value(column, cells.get(column.head), place, own)
        if value is not None:
            reading.put(own, value)


def labelled(found: FoundSheet, reading: Reading, known: Mapping[str, Any]) -> Iterator[tuple[int, Cells, Any]]:
    """Yield the rows of a sheet whose first column says what they are: number, cells, what it stands for."""
    seen: dict[str, int] = {}
    for row, cells in filled_rows(found):
        label = plain(str(cells[ITEM].value)) if ITEM in cells else ""
        place = found.place(row, ITEM)
        if label in seen and len(cells) > 1:
            message, hint = "“{name}”写了两行", "只留一行"
            places = (found.place(seen[label], ITEM), place)
            reading.add_finding("XL108", Severity.ERROR, message, places, hint, {"name": str(cells[ITEM].value)})
        elif label in known:
            seen[label] = row
            yield row, cells, known[label]
        elif len(cells) > (ITEM in cells):
            _add_unknown(reading, place, str(cells[ITEM].value) if ITEM in cells else "", known)


def _add_unknown(reading: Reading, place: str, name: str, known: Mapping[str, Any]) -> None:
    near = nearest(name, known) if name and len(name) <= 40 else ""
    message = "这张表没有“{name}”这一项" if name else "这一行写了内容，没有写是哪一项"
    hint = "是否想写 {near}？" if near else "项目的名称照空白的填报表写"
    reading.add_finding("XL107", Severity.ERROR, message, (place,), hint, {"name": name[:40], "near": near})


def add_empty(reading: Reading, place: str, name: str) -> None:
    """Note a name without content: the workbook lists the names that a layout quotes."""
    reading.add_finding("XL109", Severity.NOTE, "“{name}”没有写内容，没有读", (place,), "", {"name": name[:40]})


def add_incomplete(reading: Reading, found: FoundSheet, row: int, missing: Sequence[Column]) -> None:
    """Record which cells of a row are empty that say what the row is."""
    for column in missing:
        message, hint = "这一行没有写“{name}”", "补上，或把整行清空"
        reading.add_finding(
            "XL109", Severity.ERROR, message, (found.place(row, column.head),), hint, {"name": column.head}
        )


def numbered(lines: list[dict[str, Any]], names: tuple[str, ...]) -> dict[tuple[Any, ...], int]:
    """Return the position of each line by the values of its key fields and which of those with the same ones it is."""
    seen: Counter[tuple[Any, ...]] = Counter()
    found = {}
    for n, line in enumerate(lines):
        key = tuple(line.get(name, "") for name in names)
        seen[key] += 1
        found[(*key, seen[key])] = n
    return found
