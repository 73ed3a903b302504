"""The rows of a sheet put into the document: the inverse of :mod:`.rows`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import singledispatch
from typing import Any

from ...core.finding import Severity
from ...core.suggest import nearest
from ...recognise.cell_values import is_blank, is_ellipsis
from ...recognise.grid import GridCell
from .columns import Column
from .locate import FoundSheet, plain
from .reading import Path, Reading
from .sheets import (
    CATEGORY,
    CONTENT,
    ITEM,
    KEY,
    KIND,
    LEAF_KINDS,
    POINTER,
    PROGRAM_PARTS,
    VALUE,
    FormSheet,
    IndicatorSheet,
    LeafSheet,
    LineSheet,
    ListSheet,
    MapSheet,
    TotalSheet,
    UnitTextSheet,
    ValueSheet,
)

_TEXT, _NUMBER, _BOOLEAN, _NO_ITEMS, _NO_MEMBERS = LEAF_KINDS
Cells = Mapping[str, GridCell]
"""The cells of one row by the heads of their columns."""


def filled_rows(found: FoundSheet) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of a sheet that hold something: their numbers and their cells that are not blank."""
    at = {heads[0].column: head for head, heads in found.heads.items()}
    for row, cells in found.data_rows():
        own = {at[column]: cell for column, cell in cells.items() if column in at and not is_blank(cell)}
        if own and not all(map(is_ellipsis, own.values())):
            yield row, own


@singledispatch
def assemble(sheet: FormSheet, found: FoundSheet, reading: Reading) -> int:
    """Put the rows of a sheet into the document; return how many there were."""
    raise TypeError(type(sheet).__name__)


@assemble.register
def _(sheet: LineSheet, found: FoundSheet, reading: Reading) -> int:
    count = 0
    for row, cells in filled_rows(found):
        path: Path = (*sheet.path, count)
        reading.put(path, {})
        _put_line(sheet.columns, cells, found, row, reading, path)
        count += 1
    return count


def _put_line(
    columns: tuple[Column, ...], cells: Cells, found: FoundSheet, row: int, reading: Reading, path: Path
) -> None:
    """Put the cells of a row into the object at ``path``."""
    for column in columns:
        own = (*path, *column.path)
        place = found.place(row, column.head)
        value = reading.value(column, cells.get(column.head), place, own)
        if value is not None:
            reading.put(own, value)


@assemble.register
def _(sheet: ListSheet, found: FoundSheet, reading: Reading) -> int:
    (column,) = sheet.columns
    count = 0
    for row, cells in filled_rows(found):
        path: Path = (*sheet.path, count)
        value = reading.value(column, cells.get(column.head), found.place(row, column.head), path)
        reading.put(path, value)
        count += 1
    return count


@assemble.register
def _(sheet: ValueSheet, found: FoundSheet, reading: Reading) -> int:
    known = {plain(value.head): value for value in sheet.values}
    count = 0
    for row, cells, column in _labelled(found, reading, known):
        value = reading.value(column, cells.get(CONTENT), found.place(row, CONTENT), column.path)
        if value is not None:
            reading.put(column.path, value)
            count += 1
    return count


@assemble.register
def _(sheet: TotalSheet, found: FoundSheet, reading: Reading) -> int:
    known = {plain(name): key for name, key in sheet.keys.items()}
    own = tuple(column for column in sheet.columns if column.path)
    count = 0
    for row, cells, key in _labelled(found, reading, known):
        _put_line(own, cells, found, row, reading, (*sheet.path, key))
        count += len(cells) > 1
    return count


def _labelled(found: FoundSheet, reading: Reading, known: Mapping[str, Any]) -> Iterator[tuple[int, Cells, Any]]:
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


@assemble.register
def _(sheet: MapSheet, found: FoundSheet, reading: Reading) -> int:
    category, content = (sheet.columns[0] if len(sheet.maps) > 1 else None), sheet.columns[-1]
    key_column = next(column for column in sheet.columns if column.head == KEY)
    places: dict[Path, str] = {}
    count = 0
    for row, cells in filled_rows(found):
        count += 1
        place = found.place(row, KEY)
        missing = [column for column in sheet.columns if column.head not in cells]
        if missing == [content]:
            _add_empty(reading, place, str(cells[KEY].value))
            continue
        if missing:
            _add_incomplete(reading, found, row, missing)
            continue
        name = reading.value(category, cells[CATEGORY], found.place(row, CATEGORY)) if category else ""
        key = reading.value(key_column, cells[KEY], place)
        if key is None or name is None:
            continue
        path: Path = (*sheet.maps[name], key)
        if sheet.path == ("sections",):
            path = (*path, sum(1 for known in places if known[:-1] == path))
        elif path in places:
            message, hint = "“{name}”写了两行", "合成一行"
            reading.add_finding("XL108", Severity.ERROR, message, (places[path], place), hint, {"name": key[:40]})
            continue
        places[path] = place
        reading.cells.setdefault("".join(f"/{step}" for step in path[:2]), place)
        value = reading.value(content, cells.get(content.head), found.place(row, content.head), path)
        reading.put(path, value)
    return count


def _add_empty(reading: Reading, place: str, name: str) -> None:
    """Note a name without content: the workbook lists the names that a layout quotes."""
    reading.add_finding("XL109", Severity.NOTE, "“{name}”没有写内容，没有读", (place,), values={"name": name[:40]})


def _add_incomplete(reading: Reading, found: FoundSheet, row: int, missing: Sequence[Column]) -> None:
    """Record which cells of a row are empty that say what the row is."""
    for column in missing:
        message, hint = "这一行没有写“{name}”", "补上，或把整行清空"
        reading.add_finding(
            "XL109", Severity.ERROR, message, (found.place(row, column.head),), hint, {"name": column.head}
        )


@assemble.register
def _(sheet: IndicatorSheet, found: FoundSheet, reading: Reading) -> int:
    projects = _numbered(reading.data.get(sheet.path[0], []), ("unit", "name"))
    unit, name, stage, *own = sheet.columns
    counts: Counter[Path] = Counter()
    count = 0
    for row, cells in filled_rows(found):
        count += 1
        missing = [column for column in (unit, name, stage) if column.head not in cells]
        if missing:
            _add_incomplete(reading, found, row, missing)
            continue
        values = [
            reading.value(column, cells.get(column.head), found.place(row, column.head))
            for column in (unit, name, stage, own[-1])
        ]
        if None in values[:3]:
            continue
        index = projects.get((values[0], values[1], values[3] or 1))
        if index is None:
            message = "“绩效项目”表里没有单位 {unit} 的“{name}”"
            shown = {"unit": values[0], "name": values[1][:60]}
            hint = "单位代码和项目名称与“绩效项目”表写得一样，或在那里补上项目"
            reading.add_finding("XL110", Severity.ERROR, message, (found.place(row, name.head),), hint, shown)
            continue
        part: Path = (*sheet.path, index, sheet.stages[values[2]], "indicators")
        path: Path = (*part, counts[part])
        counts[part] += 1
        reading.put(path, {})
        _put_line(tuple(column for column in own if column.path), cells, found, row, reading, path)
    return count


@assemble.register
def _(sheet: UnitTextSheet, found: FoundSheet, reading: Reading) -> int:
    unit, category, key, text, nth = sheet.columns
    units = _numbered(reading.data.get("department", {}).get("units", []), ("name",))
    counts: Counter[Path] = Counter()
    count = 0
    for row, cells in filled_rows(found):
        count += 1
        missing = [column for column in (unit, category, text) if column.head not in cells]
        if missing:
            _add_incomplete(reading, found, row, missing)
            continue
        name, part, word, number = (
            reading.value(column, cells.get(column.head), found.place(row, column.head))
            for column in (unit, category, key, nth)
        )
        index = units.get((name, number or 1))
        if name is not None and index is None:
            message, hint = "“预算单位”表里没有“{name}”", "单位名称与“预算单位”表写得一样，或在那里补上单位"
            place = found.place(row, unit.head)
            reading.add_finding("XL110", Severity.ERROR, message, (place,), hint, {"name": name[:60]})
        elif part is not None and index is not None:
            if sheet.parts[part] == "sections" and word is None:
                _add_incomplete(reading, found, row, [key])
                continue
            own: Path = (*sheet.path, index, sheet.parts[part], *((word,) if sheet.parts[part] == "sections" else ()))
            path: Path = (*own, counts[own])
            counts[own] += 1
            reading.put(path, reading.value(text, cells[text.head], found.place(row, text.head), path))
    return count


def _numbered(lines: list[dict[str, Any]], names: tuple[str, ...]) -> dict[tuple[Any, ...], int]:
    """Return the position of each line by the values of its key fields and which of those with the same ones it is."""
    seen: Counter[tuple[Any, ...]] = Counter()
    found = {}
    for n, line in enumerate(lines):
        key = tuple(line.get(name, "") for name in names)
        seen[key] += 1
        found[(*key, seen[key])] = n
    return found


@assemble.register
def _(sheet: LeafSheet, found: FoundSheet, reading: Reading) -> int:
    count = 0
    for row, cells in filled_rows(found):
        pointer, kind, value = (str(cells[head].value) if head in cells else "" for head in (POINTER, KIND, VALUE))
        path = tuple(int(step) if step.isdigit() else step for step in pointer.split("/")[1:])
        try:
            _put_leaf(reading, path, _leaf(kind, value))
            reading.cells[pointer] = found.place(row, VALUE)
            count += 1
        except (ValueError, InvalidOperation, TypeError, AttributeError, IndexError, KeyError):
            message, hint = "程序写入的内容被改动过，读不懂", "这张表不要改；用 reportgen workbook --from 重做"
            reading.add_finding("XL111", Severity.ERROR, message, (found.place(row, POINTER),), hint)
    return count


def _put_leaf(reading: Reading, path: Path, value: Any) -> None:
    maps = path[:1] in (("assets",), ("sections",), ("counts",)) or path[:2] == ("department", "units")
    empty_map = maps and value == {}
    if path[:1] and path[0] not in PROGRAM_PARTS and not empty_map:
        raise ValueError(path)
    reading.put(path, value)


def _leaf(kind: str, value: str) -> Any:
    if kind in (_NO_ITEMS, _NO_MEMBERS):
        return [] if kind == _NO_ITEMS else {}
    if kind == _NUMBER:
        return Decimal(value)
    if kind == _BOOLEAN:
        return {"是": True, "否": False}[value]
    if kind != _TEXT:
        raise ValueError(kind)
    return value
