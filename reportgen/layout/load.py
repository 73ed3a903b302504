"""Load a folder under ``layouts/`` as a :class:`Layout`; ``extends`` is followed, the nearest file wins."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from ..core.errors import LayoutError, UsageError
from ..core.paths import shipped
from ..core.settings import DisabledRule, Printing, Tie
from .folder import LAYOUT, STYLE, TABLES, Stamp, read_folder, shown, stamp
from .spec import (
    BlockSpec,
    ColumnSpec,
    Layout,
    Names,
    Numbering,
    PanelSpec,
    RowSpec,
    SectionSpec,
    TableLines,
    TableSpec,
    TotalSpec,
)
from .style import read_style
from .yaml_mapping import Mapping, build, merged

DEFAULT = "zhejiang"

Part = tuple[Path, Stamp]
"""A folder and the stamp of its files."""
Files = AnyMapping[str, Mapping]
"""The content of the files of a folder, by their names."""


def names() -> tuple[str, ...]:
    """Return the names of the shipped layouts that can be used as they are (a base without an outline cannot)."""
    found = (path.parent for path in shipped("layouts").glob("*/layout.yaml"))
    return tuple(sorted(folder.name for folder in found))


def load_layout(name: str) -> Layout:
    """Return the shipped layout ``name``, or the layout in a folder given by its path.

    Raises:
        UsageError: there is no such layout.
        LayoutError: something in it is wrong; file and line are named.
    """
    parts = _chain(_folder(name))
    return _built(tuple(parts), stamp(shipped("fonts"), ("",)))


@lru_cache(maxsize=8)
def _built(parts: tuple[Part, ...], fonts: Stamp) -> Layout:
    """Return the layout of these folders; one that has not changed is not built again."""
    folders = [folder for folder, _ in parts]
    files = [read_folder(*part) for part in parts]
    data = _merged_files(files, LAYOUT)
    for key in ("title", "document", "table_lines", "outline"):
        if key not in data:
            raise LayoutError("{place}：缺“{name}”", place=data.place, name=key)
    return Layout(
        name=folders[0].name,
        title=data["title"],
        folders=tuple(folders),
        printing=_printing(data.get("printing", Mapping())),
        document=build(Names, data["document"]),
        numbering=build(Numbering, data.get("numbering", Mapping())),
        table_lines=build(TableLines, data["table_lines"]),
        outline=tuple(_section(section) for section in data["outline"]),
        tables=_tables(files),
        style=read_style(_merged_files(files, STYLE), folders),
        fixed_numerals=tuple(str(one) for one in data.get("fixed_numerals", ())),
        ties=tuple(_tie(tie) for tie in data.get("ties", ())),
        rules_off=tuple(build(DisabledRule, one) for one in data.get("rules_off", ())),
    )


def _folder(name: str) -> Path:
    if name in {path.name for path in shipped("layouts").iterdir() if path.is_dir()}:
        return shipped("layouts") / name
    if (Path(name) / "layout.yaml").is_file():
        return Path(name).resolve()
    raise UsageError("没有“{name}”这个版式", "可用的版式：{names}", name=name, names="、".join(names()))


def _chain(folder: Path) -> list[Part]:
    """Return the folder and those it extends, the nearest first."""
    chain = [(folder, stamp(folder))]
    while (base := read_folder(*chain[-1]).get(LAYOUT, Mapping()).get("extends")) is not None:
        extended = _extended(str(base), [known for known, _ in chain])
        chain.append((extended, stamp(extended)))
    return chain


def _extended(name: str, chain: list[Path]) -> Path:
    for parent in (chain[-1].parent, shipped("layouts")):
        candidate = parent / name
        if "/" not in name and "\\" not in name and candidate.is_dir() and candidate not in chain:
            return candidate
    raise LayoutError("{file}：extends 的“{name}”不存在或绕回自身", file=shown(chain[-1] / LAYOUT), name=name)


def _merged_files(folders: list[Files], name: str) -> Mapping:
    result = Mapping()
    for files in reversed(folders):
        if name in files:
            result = merged(result, files[name])
    return result


def _printing(data: Mapping) -> Printing:
    printing = build(Printing, data)
    return replace(printing, flat_below=Decimal(str(printing.flat_below)))


def _tie(data: Mapping) -> Tie:
    sides = {side: tuple(str(name) for name in data.get(side, ())) for side in ("left", "right")}
    return build(Tie, data, **sides)


def _section(data: Mapping) -> SectionSpec:
    blocks = tuple(_block(block) for block in data.get("blocks", ()))
    return build(SectionSpec, data, place=data.place, blocks=blocks, cover=tuple(data.get("cover", ())))


def _block(data: Mapping) -> BlockSpec:
    block = build(BlockSpec, data, place=data.place)
    if not (block.heading or block.table):
        raise LayoutError("{place}：一段要有 heading 或 table", place=data.place)
    return block


def _tables(folders: list[Files]) -> dict[str, TableSpec]:
    nearest = {
        name: data for files in reversed(folders) for name, data in files.items() if name.startswith(f"{TABLES}/")
    }
    return {(stem := PurePath(name).stem): _table(data, stem) for name, data in nearest.items()}


def _table(data: Mapping, name: str) -> TableSpec:
    whole = Mapping({key: value for key, value in data.items() if key not in ("columns", "rows", "total", "foot")})
    whole.place = data.place
    panels = data.get("panels") or [_only(data)]
    return build(TableSpec, whole, name=name, place=data.place, panels=tuple(_panel(panel) for panel in panels))


def _only(data: Mapping) -> Mapping:
    """Return the panel of a table whose file has no ``panels``: its columns, rows, total and foot."""
    panel = Mapping({key: data[key] for key in ("columns", "rows", "total", "foot") if key in data})
    panel.place = data.place
    return panel


def _panel(data: Mapping) -> PanelSpec:
    given: dict[str, Any] = {"columns": tuple(_column(column) for column in data.get("columns", ()))}
    if isinstance(data.get("rows"), list):
        given["rows"] = tuple(_row(row) for row in data["rows"])
    if "total" in data:
        given["total"] = build(TotalSpec, data["total"])
    given["foot"] = tuple(_row(row) for row in data.get("foot", ()))
    return build(PanelSpec, data, **given)


def _column(data: Mapping) -> ColumnSpec:
    return build(ColumnSpec, data, columns=tuple(_column(column) for column in data.get("columns", ())))


def _row(data: Mapping) -> RowSpec:
    return build(RowSpec, data, row=tuple(str(cell) for cell in data.get("row", ())))
