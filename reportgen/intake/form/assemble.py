"""The rows of a sheet put into the document: the inverse of :mod:`.rows`."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from functools import singledispatch
from typing import Any

from ...core.finding import Severity
from .asset_names import key_of
from .filled_rows import add_empty, add_incomplete, filled_rows, labelled, numbered, put_line
from .locate import FoundSheet, plain
from .reading import Path, Reading, pointer_of
from .sheet_kinds import (
    CATEGORY,
    CONTENT,
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


@singledispatch
def assemble(sheet: FormSheet, found: FoundSheet, reading: Reading) -> int:
    """Put the rows of a sheet into the document; return how many there were."""
    raise TypeError(type(sheet).__name__)


@assemble.register
def _(sheet: LineSheet, found: FoundSheet, reading: Reading) -> int:
    count, last = 0, found.head_row
    for row, cells in filled_rows(found):
        path: Path = (*sheet.path, count)
        reading.put(path, {})
        reading.cells[pointer_of(path)] = found.place(row, next(iter(cells)))
        put_line(sheet.columns, cells, found, row, reading, path)
        count, last = count + 1, row
    reading.blanks[pointer_of((*sheet.path, "-"))] = found.place(last + 1, sheet.columns[0].head)
    return count


@assemble.register
def _(sheet: ListSheet, found: FoundSheet, reading: Reading) -> int:
    (column,) = sheet.columns
    count, last = 0, found.head_row
    for row, cells in filled_rows(found):
        path: Path = (*sheet.path, count)
        value = reading.value(column, cells.get(column.head), found.place(row, column.head), path)
        reading.put(path, value)
        count, last = count + 1, row
    reading.blanks[pointer_of((*sheet.path, "-"))] = found.place(last + 1, column.head)
    return count


@assemble.register
def _(sheet: ValueSheet, found: FoundSheet, reading: Reading) -> int:
    known = {plain(value.head): value for value in sheet.values}
    known |= {plain(other): known[plain(head)] for other, head in sheet.other_heads.items()}
    count = 0
    for row, cells, column in labelled(found, reading, known):
        value = reading.value(column, cells.get(CONTENT), found.place(row, CONTENT), column.path)
        if value is not None:
            reading.put(column.path, value)
            count += 1
    return count


@assemble.register
def _(sheet: TotalSheet, found: FoundSheet, reading: Reading) -> int:
    known = {plain(name): key for name, key in (*sheet.other_names.items(), *sheet.keys.items())}
    own = tuple(column for column in sheet.columns if column.path)
    count = 0
    for row, cells, key in labelled(found, reading, known):
        put_line(own, cells, found, row, reading, (*sheet.path, key))
        count += len(cells) > 1
    return count


@assemble.register
def _(sheet: MapSheet, found: FoundSheet, reading: Reading) -> int:
    category, content = (sheet.columns[0] if len(sheet.maps) > 1 else None), sheet.columns[-1]
    key_column = next(column for column in sheet.columns if column.head == KEY)
    places: dict[Path, str] = {}
    counts: Counter[Path] = Counter()
    count, last = 0, found.head_row
    for row, cells in filled_rows(found):
        count, last = count + 1, row
        place = found.place(row, KEY)
        missing = [column for column in sheet.columns if column.head not in cells]
        if missing == [content]:
            add_empty(reading, place, str(cells[KEY].value))
            continue
        if missing:
            add_incomplete(reading, found, row, missing)
            continue
        name = reading.value(category, cells[CATEGORY], found.place(row, CATEGORY)) if category else ""
        key = reading.value(key_column, cells[KEY], place)
        if key is None or name is None:
            continue
        path: Path = (*sheet.maps[name], key_of(sheet.maps[name], key))
        if sheet.path == ("sections",):
            path, own = (*path, counts[path]), path
            counts[own] += 1
        elif path in places:
            message, hint = "“{name}”写了两行", "合成一行"
            reading.add_finding("XL108", Severity.ERROR, message, (places[path], place), hint, {"name": key[:40]})
            continue
        places[path] = place
        reading.cells.setdefault(pointer_of(path[:2]), place)
        value = reading.value(content, cells.get(content.head), found.place(row, content.head), path)
        reading.put(path, value)
    for own in sheet.maps.values():
        reading.blanks[pointer_of((*own, "-"))] = found.place(last + 1, sheet.columns[0].head)
    return count


@assemble.register
def _(sheet: IndicatorSheet, found: FoundSheet, reading: Reading) -> int:
    projects = numbered(reading.data.get(sheet.path[0], []), ("unit", "name"))
    unit, name, stage, *own = sheet.columns
    counts: Counter[Path] = Counter()
    count = 0
    for row, cells in filled_rows(found):
        count += 1
        missing = [column for column in (unit, name, stage) if column.head not in cells]
        if missing:
            add_incomplete(reading, found, row, missing)
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
        indicator: dict[str, Any] = {}
        reading.put(path, indicator)
        put_line(tuple(column for column in own if column.path), cells, found, row, reading, path)
        if indicator.get("unit") == "%" and indicator.get("value", "").endswith("%"):
            indicator["value"] = indicator["value"].removesuffix("%")  # a cell that shows 95%, beside the unit %
    return count


@assemble.register
def _(sheet: UnitTextSheet, found: FoundSheet, reading: Reading) -> int:
    unit, category, key, text, nth = sheet.columns
    units = numbered(reading.data.get("department", {}).get("units", []), ("name",))
    counts: Counter[Path] = Counter()
    count = 0
    for row, cells in filled_rows(found):
        count += 1
        missing = [column for column in (unit, category, text) if column.head not in cells]
        if missing:
            add_incomplete(reading, found, row, missing)
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
                add_incomplete(reading, found, row, [key])
                continue
            own: Path = (*sheet.path, index, sheet.parts[part], *((word,) if sheet.parts[part] == "sections" else ()))
            path: Path = (*own, counts[own])
            counts[own] += 1
            reading.put(path, reading.value(text, cells[text.head], found.place(row, text.head), path))
    return count


@assemble.register
def _(sheet: LeafSheet, found: FoundSheet, reading: Reading) -> int:
    count = 0
    for row, cells in filled_rows(found):
        pointer, kind, value = (str(cells[head].value) if head in cells else "" for head in (POINTER, KIND, VALUE))
        try:
            path = tuple(int(step) if step.isdecimal() else step for step in pointer.split("/")[1:])
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
