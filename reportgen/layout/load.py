"""Load a folder under ``layouts/`` as a :class:`Layout`; ``extends`` is followed, the nearest file wins."""

from __future__ import annotations

import os.path
from collections.abc import Mapping as AnyMapping
from functools import lru_cache
from pathlib import Path, PurePath

from ..core.errors import LayoutError, UsageError
from ..core.paths import shipped
from .checks import check_layout
from .fields import build
from .fields import shown as shown_name
from .folder import LAYOUT, STYLE, TABLES, Stamp, printable, read_folder, shown, stamp
from .limits import REASON_SHOWN
from .spec import Layout, LayoutFile, TableSpec
from .style import read_style
from .yaml_mapping import Mapping, merged

DEFAULT = "zhejiang"
PANEL = {"columns", "rows", "total", "foot", "where", "where_not", "sort_by", "group_by"}
"""What a table without ``panels`` states of its only one."""

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
    content = build(LayoutFile, data)
    defaults = data.get("tables", Mapping())
    layout = Layout(
        name=folders[0].name,
        title=content.title,
        folders=tuple(folders),
        printing=content.printing,
        document=content.document,
        numbering=content.numbering,
        table_lines=content.table_lines,
        outline=content.outline,
        tables=_tables(files, defaults),
        style=read_style(_merged_files(files, STYLE), folders),
        fixed_numerals=content.fixed_numerals,
        ties=content.ties,
        rules_off=content.rules_off,
    )
    check_layout(layout, data)
    return layout


def _folder(name: str) -> Path:
    if name in {path.name for path in shipped("layouts").iterdir() if path.is_dir()}:
        return shipped("layouts") / name
    if os.path.isfile(os.path.join(name, LAYOUT)):
        return Path(name).resolve()
    hint, shown = "可用的版式：{names}", printable(name if len(name) <= REASON_SHOWN else f"{name[:REASON_SHOWN]}…")
    raise UsageError("没有“{name}”这个版式", hint, name=shown, names="、".join(names()))


def _chain(folder: Path) -> list[Part]:
    """Return the folder and those it extends, the nearest first."""
    chain = [(folder, stamp(folder))]
    while (base := read_folder(*chain[-1]).get(LAYOUT, Mapping()).get("extends")) is not None:
        extended = _extended(shown_name(base), [known for known, _ in chain])
        chain.append((extended, stamp(extended)))
    return chain


def _extended(name: str, chain: list[Path]) -> Path:
    for parent in (chain[-1].parent, shipped("layouts")):
        candidate = parent / name
        if not {"/", "\\", "\0"} & set(name) and os.path.isdir(candidate) and candidate not in chain:
            return candidate
    raise LayoutError("{file}：extends 的“{name}”不存在或绕回自身", file=shown(chain[-1] / LAYOUT), name=name)


def _merged_files(folders: list[Files], name: str) -> Mapping:
    result = Mapping()
    for files in reversed(folders):
        if name in files:
            result = merged(result, files[name])
    return result


def _tables(folders: list[Files], defaults: Mapping) -> dict[str, TableSpec]:
    nearest = {
        name: data for files in reversed(folders) for name, data in files.items() if name.startswith(f"{TABLES}/")
    }
    stated = Mapping({name: value for name, value in defaults.items() if value is not None})
    stated.places = defaults.places
    return {
        (stem := PurePath(name).stem): _table(_with_place(merged(stated, data), data), stem)
        for name, data in nearest.items()
    }


def _with_place(data: Mapping, file: Mapping) -> Mapping:
    """Return ``data`` with the place of the file that it is of."""
    data.place = file.place
    return data


def _table(data: Mapping, name: str) -> TableSpec:
    """Return the table of a file; one without ``panels`` has a single panel: its columns, rows, total and foot."""
    if "panels" not in data:
        whole = data.part(set(data) - PANEL)
        whole["panels"] = [data.part(PANEL)]
        data = whole
    return build(TableSpec, data, name=name)
