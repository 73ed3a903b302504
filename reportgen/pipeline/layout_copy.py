"""Copy a file that a layout takes from those it extends into its own folder, complete, to be changed there."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import OutputError, UsageError, os_error_reason
from ..core.paths import shipped
from ..layout.complete_file import complete_file, named
from ..layout.load import load_layout


def copy_file(layout: str, file: str) -> Path:
    """Write a file of a layout, complete, into the layout's own folder; return its path.

    Raises:
        UsageError: there is no such layout or file, its folder has the file already, or it is a shipped one.
        LayoutError: something in the layout is wrong.
        OutputError: the file cannot be written.
    """
    known = load_layout(layout)
    target = known.folders[0] / named(file, known)
    if known.folders[0].parent == shipped("layouts"):
        message, hint = "“{name}”是随程序安装的版式，不在里面改", "先新建：reportgen layout new 我的城市 --from {name}"
        raise UsageError(message, hint, name=known.name)
    if target.exists():
        raise UsageError("“{path}”已经有了，没有改动它", "直接改它；全文用 layout print 看", path=str(target))
    text = complete_file(layout, file)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError("写不了 {path}：{why}", path=str(target), why=os_error_reason(error)) from None
    return target
