"""A new layout folder that changes nothing yet: what it may state is in it as a comment."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import OutputError, UsageError, os_error_reason
from ..core.paths import shipped
from ..layout.folder import LAYOUT, TABLES
from ..layout.load import load_layout

TEXT = "new-layout.txt"
"""The file of ``layouts/`` that a new ``layout.yaml`` is made from."""


def new_layout(name: str, base: str, parent: Path) -> Path:
    """Make the folder of a layout ``name`` in ``parent`` that extends the layout ``base``; return it.

    Raises:
        UsageError: the name cannot be that of a folder, the folder is there already, or ``base`` is no name.
        OutputError: it cannot be written.
    """
    if not name or name in (".", "..") or any(char in name for char in '/\\\0:*?"<>|\n'):
        raise UsageError("“{name}”不能作版式的名称", "名称是一个文件夹的名称，不写路径；位置用 -o 指定", name=name)
    folder, known = parent / name, load_layout(base if (shipped("layouts") / base).is_dir() else str(parent / base))
    if folder.exists():
        raise UsageError("“{path}”已经有了，没有改动它", "换一个名称，或先移走它", path=str(folder))
    texts = sorted({path.name for each in known.folders for path in (each / "text").glob("*.j2")})
    content = (
        (shipped("layouts") / TEXT)
        .read_text(encoding="utf-8")
        .format(
            name=name,
            base=base,
            tables="\n".join(f"#   {TABLES}/{stem}.yaml" for stem in sorted(known.tables)),
            texts="\n".join(f"#   text/{text}" for text in texts),
        )
    )
    try:
        for made in (folder, folder / TABLES, folder / "text"):
            made.mkdir(parents=True)
        (folder / LAYOUT).write_text(content, encoding="utf-8")
    except OSError as error:
        raise OutputError("写不了 {path}：{why}", path=str(folder), why=os_error_reason(error)) from None
    return folder
