"""One file of a layout complete, with what it says and what it takes from the layouts that it extends."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ..core.errors import UsageError
from ..core.suggest import nearest
from .fields import shown as shown_name
from .folder import CHARTS, LAYOUT, STYLE, TABLES
from .limits import NAME_SHOWN
from .load import layout_files, load_layout, merged_files
from .spec import Layout
from .table_files import resolved_table
from .yaml_mapping import Mapping

TEXT = "text"


def complete_file(layout: str, file: str) -> str:
    """Return the text of a file of a layout as a file that extends nothing: a template, or YAML.

    ``file`` is a name below the folder (``tables/03-expenditure.yaml``) or the end of one (``03-expenditure``). A
    table has the columns and rows that ``change`` and ``order`` of all files leave.

    Raises:
        UsageError: there is no such layout, or it has no such file.
        LayoutError: something in the layout is wrong.
    """
    known = load_layout(layout)
    name = named(file, known)
    if name.startswith(f"{TEXT}/"):
        return next(path for folder in known.folders if (path := folder / name).is_file()).read_text(encoding="utf-8")
    files = layout_files(layout)
    if name.startswith(f"{TABLES}/"):
        content = resolved_table(files, PurePath(name).stem)
    else:
        content = merged_files(files, name)
        content.pop("extends", None)
    from .yaml_writer import written  # the YAML library takes long to import

    return written(_plain(content))


def named(file: str, layout: Layout) -> str:
    """Return the name below the folder of the file that is meant.

    Raises:
        UsageError: the layout has no such file.
    """
    texts = {path.name for folder in layout.folders for path in (folder / TEXT).glob("*.j2")}
    known = [
        LAYOUT,
        STYLE,
        *(f"{TABLES}/{name}.yaml" for name in layout.tables),
        *(f"{CHARTS}/{name}.yaml" for name in layout.charts),
        *(f"{TEXT}/{name}" for name in sorted(texts)),
    ]
    found = [name for name in known if file in (name, PurePath(name).name)]
    found = found or [name for name in known if file == PurePath(name).stem]
    if len(found) == 1:
        return found[0]
    if found:
        message, hint = "“{file}”有几个：{names}", "写全文件名"
        raise UsageError(message, hint, file=file, names="、".join(found))
    near = nearest(file, {part for name in known for part in (name, PurePath(name).name)})
    hint = "是否想写 {near}？" if near else "可写 layout.yaml、style.yaml，或 tables、charts、text 里的文件名"
    raise UsageError("版式“{name}”没有文件“{file}”", hint, name=layout.name, file=file[:NAME_SHOWN], near=near)


def _plain(value: Any) -> Any:
    """Return what a file says as plain dictionaries and lists."""
    if isinstance(value, Mapping):
        return {shown_name(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
