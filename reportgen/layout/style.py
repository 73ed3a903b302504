"""``style.yaml`` → :class:`~reportgen.tree.style.Style`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.errors import LayoutError
from ..core.paths import shipped
from ..tree.style import Face, Page, Style, TableStyle, TextStyle
from .yaml_mapping import Mapping, build


def read_style(data: Mapping, folders: Sequence[Path] = ()) -> Style:
    """Return the style that ``style.yaml`` (already merged with what it extends) describes.

    Typefaces are searched in the ``fonts`` of the layout's own ``folders``, then in the shipped ones.
    """
    return Style(
        faces={role: _face(face, folders) for role, face in data["faces"].items()},
        fallback=_face(data["fallback"], folders),
        text={role: build(TextStyle, text) for role, text in data["text"].items()},
        pages={name: build(Page, page) for name, page in data["pages"].items()},
        table=build(TableStyle, data["table"]),
    )


def _face(data: Mapping, folders: Sequence[Path]) -> Face:
    file = str(data["file"])
    if Path(file).name != file:
        raise LayoutError("{place}：字体只写文件名，不写路径：{file}", place=data.place, file=file)
    for folder in (*(folder / "fonts" for folder in folders), shipped("fonts")):
        if (folder / file).is_file():
            return Face(data["name"], folder / file, data.get("alternative", ""))
    raise LayoutError("{place}：没有字体文件 {file}", "放进 fonts/ 或版式的 fonts/ 文件夹", place=data.place, file=file)
