"""Load a folder under ``layouts/`` as a :class:`Layout`; ``extends`` is followed, the nearest file wins."""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ..core.errors import LayoutError, UsageError
from ..core.paths import shipped
from ..core.suggest import nearest
from ..tree.style import Style
from .chart_files import read_charts
from .checks import check_layout
from .fields import build
from .fields import shown as shown_name
from .folder import LAYOUT, STYLE, Stamp, printable, read_folder, shown, stamp
from .limits import REASON_SHOWN
from .spec import Layout, LayoutFile
from .style import read_style
from .table_files import Files, read_tables
from .yaml_mapping import Mapping, merged

BASE = "gongwen"
"""The layout of official documents that the others extend."""
CITY = "city"
"""The folder in a layout with what the summary of a whole city has of its own."""
NOTICE = "notice"
"""The folder in the base layout with the looks of a notice."""

Part = tuple[Path, Stamp]
"""A folder and the stamp of its files."""


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


def layout_files(name: str) -> list[Files]:
    """Return the YAML files of a layout's folders, the nearest first.

    Raises:
        UsageError: there is no such layout.
        LayoutError: a file cannot be read, or is no YAML.
    """
    return [read_folder(*part) for part in _chain(_folder(name))]


def city_layout(layout: Layout) -> Layout:
    """Return the layout of a city's summary: what the folders ``city`` say over what ``layout`` has.

    Raises:
        LayoutError: something in it is wrong; file and line are named.
    """
    bases = (*layout.folders, shipped("layouts") / BASE)
    own = [folder / CITY for folder in dict.fromkeys(bases) if os.path.isfile(folder / CITY / LAYOUT)]
    return _built(tuple((folder, stamp(folder)) for folder in (*own, *layout.folders)), stamp(shipped("fonts"), ("",)))


def notice_style() -> Style:
    """Return the style of a notice (通知): that of official documents, with what the folder ``notice`` says over it.

    Raises:
        LayoutError: something in it is wrong; file and line are named.
    """
    folders = (shipped("layouts") / BASE / NOTICE, shipped("layouts") / BASE)
    return read_style(merged_files([read_folder(folder, stamp(folder)) for folder in folders], STYLE), folders)


@lru_cache(maxsize=8)
def _built(parts: tuple[Part, ...], fonts: Stamp) -> Layout:
    """Return the layout of these folders; one that has not changed is not built again."""
    folders = [folder for folder, _ in parts]
    files = [read_folder(*part) for part in parts]
    data = merged_files(files, LAYOUT)
    data.place = data.place or shown(folders[0] / LAYOUT)
    content = build(LayoutFile, data)
    tables, charts = data.get("tables", Mapping()), data.get("charts", Mapping())
    layout = Layout(
        name=folders[0].name,
        title=content.title,
        folders=tuple(folders),
        printing=content.printing,
        document=content.document,
        numbering=content.numbering,
        table_lines=content.table_lines,
        outline=content.outline,
        tables=read_tables(files, tables),
        style=read_style(merged_files(files, STYLE), folders),
        charts=read_charts(files, charts),
        chart_label=content.charts.label,
        words=content.words,
        unit_budget_words=content.unit_budget_words,
        fixed_numerals=content.fixed_numerals,
        ties=content.ties,
        rules_off=content.rules_off,
        stage=content.stage,
        project_table=content.project_table,
    )
    check_layout(layout, data)
    return layout


def _folder(name: str) -> Path:
    if name in {path.name for path in shipped("layouts").iterdir() if path.is_dir()}:
        return shipped("layouts") / name
    if os.path.isfile(os.path.join(name, LAYOUT)):
        return Path(name).resolve()
    shown = printable(name if len(name) <= REASON_SHOWN else f"{name[:REASON_SHOWN]}…")
    near = nearest(shown, names())
    hint = "是否想写 {near}？" if near else "可用的版式：{names}"
    raise UsageError("没有“{name}”这个版式", hint, name=shown, near=near, names="、".join(names()))


def _chain(folder: Path) -> list[Part]:
    """Return the folder and those it extends, the nearest first."""
    chain = [(folder, stamp(folder))]
    while (base := (file := read_folder(*chain[-1]).get(LAYOUT, Mapping())).get("extends")) is not None:
        extended = _extended(shown_name(base), [known for known, _ in chain], file.at("extends"))
        chain.append((extended, stamp(extended)))
    return chain


def _extended(name: str, chain: list[Path], place: str) -> Path:
    parents = (chain[-1].parent, shipped("layouts"))
    for parent in parents:
        candidate = parent / name
        if not {"/", "\\", "\0"} & set(name) and os.path.isdir(candidate) and candidate not in chain:
            return candidate
    folders = (path for parent in parents for path in parent.iterdir() if path.is_dir() and path not in chain)
    near = nearest(name, {printable(path.name) for path in folders})
    hint = "是否想写 {near}？" if near else "沿用的版式要在 layouts/ 里，或与这个版式在同一个文件夹里"
    raise LayoutError("{place}：extends 的“{name}”不存在或绕回自身", hint, place=place, name=name, near=near)


def merged_files(folders: Sequence[Files], name: str) -> Mapping:
    """Return what the file ``name`` says in the folders, the nearest first, each over those that come after it."""
    result = Mapping()
    for files in reversed(folders):
        if name in files:
            result = merged(result, files[name])
    return result
