"""The list of those who have to publish (应公开名单): read from XLSX or CSV, columns by their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from ...bulk.other_departments_form import SUMS, normal
from ...bulk.typed_table import Row, TypedCell, read_table
from ...core.errors import InputError
from ...core.finding import Finding, Place, Severity
from ...recognise.cell_values import read_date
from ...recognise.grid import GridCell
from .roster_words import HEADS, NOT_EXEMPT, UNIT

_SUM = re.compile(f"(?:{'|'.join(sorted(SUMS))}|共计)(?:$|[0-9:：（(])|共[0-9]+[家个户]$")
"""A row of totals at the foot of a list: 合计, 合计：5家, 共5家."""
LOOKED_AT = 10
"""Rows in which the head is looked for."""
Kind = Literal["department", "unit"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One that has to publish: department or unit, its code and name, the one it belongs to, when it was approved.

    ``parent`` is the key of its department, its own for a department. ``place`` is the row in the list.
    """

    place: str
    code: str
    name: str
    kind: Kind = "department"
    parent: str = ""
    approved: date | None = None
    published: date | None = None
    file: str = ""
    exempt: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return self.code or normal(self.name)

    @property
    def label(self) -> str:
        """Its name, or its code where the list has no name."""
        return self.name or self.code


def read_roster(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a list in their order.

    Raises:
        InputError: it cannot be read, has no head, or something in it is wrong; ``findings`` name every cell.
    """
    rows = read_table(path)
    reader = _Reader()
    entries = reader.read(rows)
    if reader.findings:
        message, hint = "名单 {path} 有 {count} 处要改", "改正后再运行；格式见 docs/inspection.md"
        count = str(len(reader.findings))
        raise InputError(message, hint, findings=tuple(reader.findings), path=str(path), count=count)
    return entries


class _Reader:
    """One pass through a list; collects what is wrong."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def read(self, rows: Sequence[Row]) -> tuple[Entry, ...]:
        head = next((n for n, row in enumerate(rows[:LOOKED_AT]) if _is_head(row)), None)
        if head is None:
            self._wrong(
                None, "名单没有写着“名称”或“代码”的表头", "表头写：代码、名称、类别、主管部门、批复日期、公开日期"
            )
            return ()
        columns = dict(_columns(rows[head]))
        entries = [entry for row in rows[head + 1 :] if (entry := self._entry(row, columns)) is not None]
        if not entries and not self.findings:
            self._wrong(None, "名单里一家也没有", "在表头下面一行写一家")
        self._check_twice(entries)
        return tuple(self._placed(entries))

    def _wrong(self, cell: TypedCell | None, message: str, hint: str, **values: str) -> None:
        where = (Place(cell=cell.place),) if cell is not None else ()
        self.findings.append(Finding("AU163", Severity.ERROR, message, where, hint, values))

    def _entry(self, row: Row, columns: Mapping[str, int]) -> Entry | None:
        cells = {name: row[number] for name, number in columns.items() if number < len(row) and row[number].text}
        text = {name: "".join(cell.text.split()) for name, cell in cells.items()}
        if not cells or any(_SUM.match(text.get(column, "")) for column in ("name", "code", "kind", "parent")):
            return None
        if not (text.get("code") or text.get("name")):
            self._wrong(next(iter(cells.values())), "这一行没有代码，也没有名称", "至少写一个")
            return None
        first = cells.get("code") or cells["name"]
        kind: Kind = "unit" if UNIT in text.get("kind", "") else "department"
        if "kind" not in text and text.get("parent") not in (None, text.get("code"), text.get("name")):
            kind = "unit"
        exempt = text.get("exempt", "")
        return Entry(
            first.place, text.get("code", ""), text.get("name", ""), kind, text.get("parent", ""),
            self._date(cells.get("approved")), self._date(cells.get("published")), text.get("file", ""),
            "" if exempt in NOT_EXEMPT else exempt,
        )  # fmt: skip

    def _date(self, cell: TypedCell | None) -> date | None:
        if cell is None:
            return None
        text = re.sub(r"[ T]?00:00:00$", "", cell.text).strip()
        reading = read_date(GridCell(int(cell.number) if cell.number is not None else text, cell.place))
        try:
            return date.fromisoformat(reading.value or "")
        except ValueError:
            self._wrong(cell, "“{found}”不是日期", "写成 2026-01-20 或 2026年1月20日", found=cell.text[:40])
            return None

    def _check_twice(self, entries: Sequence[Entry]) -> None:
        seen: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            first = seen.setdefault((entry.kind, entry.key), entry)
            if first is not entry:
                message = "“{name}”在名单里有两行（另一行在 {first}）"
                place, values = TypedCell(entry.place, ""), {"name": entry.label, "first": first.place}
                self._wrong(place, message, "删去一行", **values)

    def _placed(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Yield the entries, each with the key of its department."""
        departments = [entry for entry in entries if entry.kind == "department"]
        by_key = {key: entry for entry in departments for key in (entry.code, normal(entry.name)) if key}
        for entry in entries:
            if entry.kind == "department":
                yield replace(entry, parent=entry.key)
                continue
            if entry.parent:
                owner = by_key.get(entry.parent) or by_key.get(normal(entry.parent))
                if owner is None and departments:
                    place, values = TypedCell(entry.place, ""), {"name": entry.label, "parent": entry.parent}
                    hint = "在名单里加上主管部门，或改正它的名称、代码"
                    self._wrong(place, "“{name}”的主管部门“{parent}”不在名单里", hint, **values)
            else:
                above = [one for one in departments if one.code and entry.code.startswith(one.code)]
                owner = max(above, key=lambda one: len(one.code), default=None)
            yield replace(entry, parent=owner.key if owner else entry.parent or entry.key)


def _is_head(row: Row) -> bool:
    found = dict(_columns(row))
    return bool({"name", "code"} & found.keys()) and (len(found) > 1 or len(row) == 1)


def _columns(row: Row) -> Iterator[tuple[str, int]]:
    """Yield the columns that are known, each with its number; the first of a kind counts."""
    seen: set[str] = set()
    for number, cell in enumerate(row):
        label = normal(cell.text)
        for name, labels in HEADS.items():
            if label in map(normal, labels) and name not in seen:
                seen.add(name)
                yield name, number
