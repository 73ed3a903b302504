"""The rows of a sheet from a document: each a mapping from the heads of its columns to plain values of JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import singledispatch
from typing import Any, TypeAlias

from ...budget.terms import BUDGET
from .asset_names import shown_key
from .columns import Column
from .plan import SheetPlan, plans
from .sheet_kinds import (
    CATEGORY,
    CONTENT,
    ITEM,
    KEY,
    KIND,
    LEAF_KINDS,
    NTH,
    POINTER,
    PROGRAM_PARTS,
    STAGE,
    TEXT,
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
from .sheets import form_sheets

Row: TypeAlias = Mapping[str, Any]
"""The values of one row by the heads of their columns; an empty cell is absent."""
_WORDS, _NUMBER, _BOOLEAN, _NO_ITEMS, _NO_MEMBERS = LEAF_KINDS


def filled_sheets(
    data: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[SheetPlan, list[Row], tuple[str, ...]]]:
    """Yield the sheets of the form of a document, their rows, and those of the ``names`` by sheet that a layout quotes.

    A quoted name that the document lacks has a row without a value.
    """
    for name, plan in plans(str(data.get("stage", BUDGET))).items():
        rows, quoted = rows_of(plan.sheet, data), names.get(name, ())
        if isinstance(plan.sheet, MapSheet):
            known = {row[KEY] for row in rows}
            rows += [{KEY: one} for one in quoted if one not in known]
        yield plan, rows, quoted


@singledispatch
def rows_of(sheet: FormSheet, data: Mapping[str, Any]) -> list[Row]:
    """Return the rows of ``sheet`` that hold its part of a document in the present version of the contract."""
    raise TypeError(type(sheet).__name__)


@rows_of.register
def _(sheet: ValueSheet, data: Mapping[str, Any]) -> list[Row]:
    return [{ITEM: value.head, **_given(CONTENT, look_up(data, value.path))} for value in sheet.values]


@rows_of.register
def _(sheet: TotalSheet, data: Mapping[str, Any]) -> list[Row]:
    part = look_up(data, sheet.path) or {}
    return [{ITEM: name, **_cells(sheet.columns, part.get(key, {}))} for name, key in sheet.keys.items()]


@rows_of.register
def _(sheet: ListSheet, data: Mapping[str, Any]) -> list[Row]:
    return [{sheet.columns[0].head: text} for text in look_up(data, sheet.path) or ()]


@rows_of.register
def _(sheet: LineSheet, data: Mapping[str, Any]) -> list[Row]:
    return [_cells(sheet.columns, line) for line in look_up(data, sheet.path) or ()]


@rows_of.register
def _(sheet: MapSheet, data: Mapping[str, Any]) -> list[Row]:
    return [row for name, path in sheet.maps.items() for row in _map_rows(sheet, name, path, look_up(data, path))]


@rows_of.register
def _(sheet: IndicatorSheet, data: Mapping[str, Any]) -> list[Row]:
    return list(_indicator_rows(sheet, look_up(data, sheet.path) or ()))


@rows_of.register
def _(sheet: UnitTextSheet, data: Mapping[str, Any]) -> list[Row]:
    return list(_unit_text_rows(sheet, look_up(data, sheet.path) or ()))


@rows_of.register
def _(sheet: LeafSheet, data: Mapping[str, Any]) -> list[Row]:
    return list(_leaf_rows(data))


def look_up(data: Any, path: Sequence[str]) -> Any:
    """Return the value at a path of names, or None where there is none."""
    for name in path:
        if not isinstance(data, Mapping) or name not in data:
            return None
        data = data[name]
    return data


def _given(head: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {head: value}


def _cells(columns: Sequence[Column], line: Any) -> dict[str, Any]:
    """Return the cells of an object of the document."""
    return {
        column.head: value for column in columns if column.path and (value := look_up(line, column.path)) is not None
    }


def _map_rows(sheet: MapSheet, name: str, path: tuple[str, ...], part: Mapping[str, Any] | None) -> Iterator[Row]:
    """Yield a row for each value of a map; a list of texts has a row for each."""
    content = sheet.columns[-1].head
    for key, value in (part or {}).items():
        for one in value if isinstance(value, list) else (value,):
            yield {**({CATEGORY: name} if name else {}), KEY: shown_key(path, key), content: one}


def _indicator_rows(sheet: IndicatorSheet, projects: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield the indicators of each project, its goals one after the other."""
    unit, name = (column for column in sheet.columns[:2])
    own = [column for column in sheet.columns[3:] if column.path]
    seen: Counter[tuple[str, str]] = Counter()
    for project in projects:
        key = (project["unit"], project["name"])
        seen[key] += 1
        for term, stage in sheet.stages.items():
            for indicator in look_up(project, (stage, "indicators")) or ():
                row = {unit.head: key[0], name.head: key[1], STAGE: term, **_cells(own, indicator)}
                yield {**row, NTH: seen[key]} if seen[key] > 1 else row


def _unit_text_rows(sheet: UnitTextSheet, units: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield the texts of each unit: those of a list, then those of a map by their keys."""
    seen: Counter[str] = Counter()
    for unit in units:
        name = unit["name"]
        seen[name] += 1
        known = {sheet.columns[0].head: name, **({NTH: seen[name]} if seen[name] > 1 else {})}
        for term, part in sheet.parts.items():
            texts = unit.get(part, ())
            for key, own in texts.items() if isinstance(texts, dict) else (("", texts),):
                yield from ({**known, CATEGORY: term, **({KEY: key} if key else {}), TEXT: text} for text in own)


def _leaf_rows(data: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the leaves of the parts that only the program writes, and the maps that are there and empty."""
    for sheet in form_sheets(data.get("stage", BUDGET)):
        for path in sheet.maps.values() if isinstance(sheet, MapSheet) else ():
            if look_up(data, path) == {}:
                yield {POINTER: f"/{'/'.join(path)}", KIND: _NO_MEMBERS}
    for n, unit in enumerate(look_up(data, ("department", "units")) or ()):
        if unit.get("sections") == {}:
            yield {POINTER: f"/department/units/{n}/sections", KIND: _NO_MEMBERS}
    for part in PROGRAM_PARTS:
        if part in data:
            yield from _leaves(data[part], f"/{part}")


def _leaves(value: Any, pointer: str) -> Iterator[Row]:
    """Yield each leaf below a pointer, and each list and object that is empty."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from _leaves(member, f"{pointer}/{name}")
    match value:
        case dict() | list():
            if not value:
                yield {POINTER: pointer, KIND: _NO_MEMBERS if isinstance(value, dict) else _NO_ITEMS}
        case bool():
            yield {POINTER: pointer, KIND: _BOOLEAN, VALUE: "是" if value else "否"}
        case int() | Decimal():
            yield {POINTER: pointer, KIND: _NUMBER, VALUE: f"{value:f}" if isinstance(value, Decimal) else str(value)}
        case str():
            yield {POINTER: pointer, KIND: _WORDS, VALUE: value}
