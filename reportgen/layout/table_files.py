"""The tables of a layout from its files; a table may extend another one and state only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import fields
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from ..core.errors import LayoutError
from ..core.suggest import nearest
from .fields import build
from .fields import shown as shown_name
from .folder import TABLES
from .table_spec import TableDefaults, TableSpec
from .yaml_mapping import Mapping, merged

PANEL = {"columns", "rows", "total", "foot", "where", "where_not", "sort_by", "group_by", "record_rows"}
"""What a table without ``panels`` states of its only one."""
EXTENDS, CHANGE, AFTER, ORDER = "extends", "change", "after", "order"
LISTS = ("panels", "columns", "rows", "record_rows", "foot")

Files = AnyMapping[str, Mapping]
"""The content of the files of a folder, by their names."""


def read_tables(folders: Sequence[Files], defaults: Mapping) -> dict[str, TableSpec]:
    """Return the tables in ``folders``, the nearest first, by the names of their files.

    ``defaults`` is what ``layout.yaml`` says of all tables.

    Raises:
        LayoutError: something in a file is wrong; file and line are named.
    """
    stems = dict.fromkeys(
        PurePath(name).stem for files in reversed(folders) for name in files if name.startswith(f"{TABLES}/")
    )
    stated = defaults.part({field.name for field in fields(TableDefaults)} & set(defaults))
    return {stem: _table(stem, _resolved(folders, stem), stated) for stem in stems}


def resolved_table(folders: Sequence[Files], stem: str) -> Mapping:
    """Return the content of the table ``stem`` with that of the tables it extends."""
    return _resolved(folders, stem)


def _table(stem: str, data: Mapping, defaults: Mapping) -> TableSpec:
    """Return a table; one without ``panels`` has a single panel: its columns, rows, total and foot."""
    place = data.place
    data = merged(defaults, data)
    data.place = place
    if "panels" not in data:
        whole = data.part(set(data) - PANEL)
        whole["panels"] = [data.part(PANEL)]
        data = whole
    return build(TableSpec, data, name=stem)


def _resolved(folders: Sequence[Files], stem: str, first: int = 0, seen: tuple[tuple[int, str], ...] = ()) -> Mapping:
    """Return the content of the table ``stem`` from the folder ``first`` on, with that of the tables it extends."""
    at, data = next(
        (n, files[name]) for n, files in enumerate(folders) if n >= first and (name := f"{TABLES}/{stem}.yaml") in files
    )
    if EXTENDS not in data:
        return data
    base, place = shown_name(data[EXTENDS]), data.at(EXTENDS)
    start = at + 1 if base == stem else 0
    known = {PurePath(name).stem for files in folders[start:] for name in files if name.startswith(f"{TABLES}/")}
    if base not in known or (start, base) in seen:
        near = nearest(base, known)
        hint = "是否想写 {near}？" if near else "写 tables/ 里另一个文件的名称，不带 .yaml"
        raise LayoutError("{place}：extends 的表格“{name}”不存在或绕回自身", hint, place=place, name=base, near=near)
    under = _resolved(folders, base, start, (*seen, (start, base)))
    over = data.part(set(data) - {EXTENDS, CHANGE, ORDER})
    result = merged(under, over)
    result.place = data.place
    if CHANGE in data:
        result = _changed(result, data)
    return _ordered(result, data) if ORDER in data else result


def _changed(table: Mapping, data: Mapping) -> Mapping:
    """Return a table with its columns and rows as ``change`` of its file says."""
    changes = data[CHANGE]
    if not isinstance(changes, Mapping):
        raise LayoutError(
            "{place}：应为“名称: 值”的映射，读到 {found}",
            "一行一个“名称: 值”，冒号后空一格",
            place=data.at(CHANGE),
            found=shown_name(changes),
        )
    used: set[str] = set()
    result = _changed_panel(table, changes, used)
    panels = table.get("panels")
    if isinstance(panels, list):
        result["panels"] = [_changed_panel(one, changes, used) if isinstance(one, Mapping) else one for one in panels]
    for name in changes:
        if name not in used:
            raise _no_name(name, set(_names(table)), changes.at(name))
    return result


def _ordered(table: Mapping, data: Mapping) -> Mapping:
    """Return a table with the columns and rows that ``order`` of its file names first, in this order."""
    order = data[ORDER]
    if not isinstance(order, list) or not all(isinstance(name, str) for name in order):
        message, hint = "{place}：order 应为一列栏或行的名称，读到 {found}", "如 order: [name, code]"
        raise LayoutError(message, hint, place=data.at(ORDER), found=shown_name(order))
    known = set(_names(table))
    for name in order:
        if name not in known:
            raise _no_name(name, known, data.at(ORDER))
    places = {name: n for n, name in reversed(list(enumerate(order)))}
    result = _ordered_lists(table, places)
    _check_order(result, order, data.at(ORDER))
    return result


def _check_order(table: Mapping, order: Sequence[str], place: str) -> None:
    """Raise an error if two names are in groups of the head, which are not ordered by the columns inside them."""
    moved = set(_inside(table, set(order)))  # they went with their group, and are ordered inside it
    names = list(_names(table))
    last = {name: n for n, name in enumerate(names)}
    for one, other in pairwise(name for name in order if name not in moved):
        if names.index(one) > last[other]:
            message = "{place}：“{name}”排不到“{other}”前面：它们在不同的组里"
            hint = "组与组的先后写组的 head；同一组里各栏的先后写各栏的名称"
            raise LayoutError(message, hint, place=place, name=shown_name(one), other=shown_name(other))


def _inside(table: Mapping, groups: set[str]) -> Iterator[str]:
    """Iterate over the names of the columns inside ``groups``."""
    for key in LISTS:
        inner = table.get(key)
        for entry in inner if isinstance(inner, list) else ():
            if isinstance(entry, Mapping):
                yield from _names(entry) if groups.intersection(_names_of(entry)) else _inside(entry, groups)


def _ordered_lists(table: Mapping, places: AnyMapping[str, int]) -> Mapping:
    result = Mapping(table)
    result.place, result.places = table.place, table.places
    for key in LISTS:
        if isinstance(table.get(key), list):
            inner = [_ordered_lists(one, places) if isinstance(one, Mapping) else one for one in table[key]]
            result[key] = inner if key == "panels" else sorted(inner, key=lambda entry: _place_of(entry, places))
    return result


def _place_of(entry: object, places: AnyMapping[str, int]) -> int:
    """Return the place of a column or row; those that are not named keep their order after those that are."""
    named = [places[name] for name in _names_of(entry) if name in places] if isinstance(entry, Mapping) else []
    return min(named, default=len(places))


def _no_name(name: str, known: set[str], place: str) -> LayoutError:
    near = nearest(name, known)
    hint = "是否想写 {near}？" if near else "写栏目的 value 或 head，或一行的名称"
    message = "{place}：表格里没有“{name}”这一栏或这一行"
    return LayoutError(message, hint, place=place, name=shown_name(name), near=near)


def _changed_panel(panel: Mapping, changes: Mapping, used: set[str]) -> Mapping:
    result = Mapping(panel)
    result.place, result.places = panel.place, panel.places
    for key in ("columns", "rows", "record_rows", "foot"):
        if isinstance(panel.get(key), list):
            result[key] = list(_changed_list(panel[key], changes, used))
    return result


def _changed_list(entries: Sequence[Any], changes: Mapping, used: set[str]) -> Iterator[Any]:
    """Iterate over columns or rows: changed, dropped (null), followed by further ones (``after``)."""
    for entry in entries:
        if not isinstance(entry, Mapping):
            yield entry
            continue
        name = next((name for name in _names_of(entry) if name in changes), None)
        if name is None:
            yield from _with_inner(entry, changes, used)
            continue
        used.add(name)
        change = changes[name]
        if change is None:
            continue
        if not isinstance(change, Mapping):
            raise LayoutError(
                "{place}：应为“名称: 值”的映射，读到 {found}",
                "一行一个“名称: 值”，冒号后空一格",
                place=changes.at(name),
                found=shown_name(change),
            )
        yield from _with_inner(merged(entry, change.part(set(change) - {AFTER})), changes, used)
        further = change.get(AFTER, [])
        yield from further if isinstance(further, list) else [further]


def _with_inner(entry: Mapping, changes: Mapping, used: set[str]) -> Iterator[Mapping]:
    """Iterate over an entry with the columns inside it changed; a group that has lost all of them is left out."""
    if not isinstance(entry.get("columns"), list):
        yield entry
        return
    changed = _changed_panel(entry, changes, used)
    if changed["columns"]:
        yield changed


def _names_of(entry: Mapping) -> Iterator[str]:
    """Iterate over the names by which a column (``value``, ``head``) or a row (its label) is changed."""
    yield from (entry[key] for key in ("value", "head") if isinstance(entry.get(key), str))
    row = entry.get("row")
    if isinstance(row, list) and row and isinstance(row[0], str):
        yield row[0]


def _names(table: Mapping) -> Iterator[str]:
    """Iterate over the names of all columns and rows of a table."""
    for key in LISTS:
        inner = table.get(key)
        for entry in inner if isinstance(inner, list) else ():
            if isinstance(entry, Mapping):
                yield from _names_of(entry)
                yield from _names(entry)
