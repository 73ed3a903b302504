"""A new layout folder that changes nothing yet: what it may state is in it as a comment."""

from __future__ import annotations

import json
import os.path
from collections.abc import Mapping
from pathlib import Path

from ..core.errors import OutputError, UsageError, os_error_reason
from ..core.paths import shipped
from ..layout.folder import LAYOUT, TABLES
from ..layout.load import load_layout

TEXT = "new-layout.txt"
"""The file of ``layouts/`` that a new ``layout.yaml`` is made from."""


def new_layout(name: str, base: str, parent: Path) -> Path:
    """Make the folder of a layout ``name`` in ``parent`` that extends the layout ``base``; return it.

    ``base`` is the name of a shipped layout or of one in ``parent``, or the path of one in ``parent``.

    Raises:
        UsageError: the name cannot be that of a folder, the folder is there already, there is no layout ``base``, or it
            is in another folder than the new one, where ``extends`` would not find it.
        OutputError: it cannot be written.
    """
    if not name or name in (".", "..") or not name.isprintable() or any(char in name for char in '/\\:*?"<>|'):
        raise UsageError("“{name}”不能作版式的名称", "名称是一个文件夹的名称，不写路径；位置用 -o 指定", name=name)
    base = _name_beside(base, parent)
    beside = os.path.abspath(parent / base)  # where ``extends`` looks first
    folder, known = parent / name, load_layout(beside if os.path.isdir(beside) else base)
    if folder.exists():
        raise UsageError("“{path}”已经有了，没有改动它", "换一个名称，或先移走它", path=str(folder))
    texts = sorted({path.name for each in known.folders for path in (each / "text").glob("*.j2")})
    blocks = [block for section in known.outline for block in section.blocks]
    printed = {block.table for block in blocks if block.table}
    headings: dict[str, list[str]] = {}
    for block in (block for block in blocks if block.text):
        headings.setdefault(block.text, []).append(block.heading or block.id)
    content = (
        (shipped("layouts") / TEXT)
        .read_text(encoding="utf-8")
        .format(
            name=name,
            base=base,
            quoted=json.dumps(name, ensure_ascii=False)[1:-1],
            extends=json.dumps(base, ensure_ascii=False),
            tables=_listed({f"{TABLES}/{stem}.yaml": known.tables[stem].title for stem in sorted(printed)}),
            texts=_listed({f"text/{name}": "、".join(headings.get(name, ())) for name in texts}),
        )
    )
    try:
        for made in (folder, folder / TABLES, folder / "text"):
            made.mkdir(parents=True)
        (folder / LAYOUT).write_text(content, encoding="utf-8")
    except OSError as error:
        raise OutputError("写不了 {path}：{why}", path=str(folder), why=os_error_reason(error)) from None
    return folder


def _listed(files: Mapping[str, str]) -> str:
    """Return lines of a comment: files, each with what it is about."""
    width = max(map(len, files), default=0)
    return "\n".join(f"#   {name:{width}}  {' '.join(about.split())}".rstrip() for name, about in files.items())


def _name_beside(base: str, parent: Path) -> str:
    """Return the name by which a new layout in ``parent`` can extend ``base``, a name or a path.

    Raises:
        UsageError: ``base`` is a layout in another folder.
    """
    name, folder = os.path.basename(os.path.abspath(base)), os.path.dirname(os.path.abspath(base))
    beside = base == name and ((parent / base).is_dir() or (shipped("layouts") / base).is_dir())
    if beside or not (Path(base) / LAYOUT).is_file():  # one that is nowhere is reported where it is loaded
        return base
    if os.path.realpath(folder) != os.path.realpath(parent):
        message, hint = (
            "沿用的版式“{base}”与新版式不在同一个文件夹里；没有新建",
            "加 -o {folder}，或先把它移到 {parent}",
        )
        raise UsageError(message, hint, base=base, folder=folder, parent=str(parent))
    return name
