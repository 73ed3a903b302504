"""``style.yaml`` → :class:`~reportgen.tree.style.Style`."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import LayoutError
from ..core.paths import shipped
from ..core.suggest import nearest
from ..tree.style import (
    OTHERWISE_LIKE,
    PAGE_NUMBER,
    PROSE_PAGE,
    TEXT_ROLES,
    Face,
    Page,
    Style,
    TableStyle,
    TextStyle,
)
from .fields import NOT_PRINTABLE, build, check_names, mapping_of, shown
from .folder import check_inside
from .yaml_mapping import Mapping

PARTS = ("faces", "fallback", "text", "pages", "table")
"""The names of ``style.yaml``, with :data:`NUMBERS`, which it need not have."""
NUMBERS = "page_number"
LONGEST_NUMBER = 30
"""Characters of the pattern of page numbers."""
SMALLEST_AREA = 30
"""Millimetres that the margins of a page must leave, in both directions."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FaceSpec:
    """A typeface as a layout names it; ``file`` is the name of a file in a folder ``fonts``."""

    name: str
    file: str
    place: str
    alternative: str = ""


def read_style(data: Mapping, folders: Sequence[Path] = ()) -> Style:
    """Return the style that ``style.yaml`` (already merged with what it extends) describes.

    Typefaces are searched in the ``fonts`` of the layout's own ``folders``, then in the shipped ones.

    Raises:
        LayoutError: something in it is wrong; file and line are named.
    """
    check_names(data, (*PARTS, NUMBERS))
    _check_complete(data, PARTS, data.place or "style.yaml")
    faces = mapping_of(FaceSpec, data["faces"], data.at("faces"))
    text = mapping_of(TextStyle, data["text"], data.at("text"))
    pages = mapping_of(Page, data["pages"], data.at("pages"))
    check_names(data["text"], (*TEXT_ROLES, *OTHERWISE_LIKE))
    _check_complete(data["text"], TEXT_ROLES, data.at("text"))
    _check_complete(data["pages"], (PROSE_PAGE,), data.at("pages"))
    for role, setting in text.items():
        _check_face(setting.face, faces, data["text"][role].at("face"))
    for name, page in pages.items():
        _check_area(name, page, data["pages"].at(name))
    return Style(
        faces={role: _face(face, folders) for role, face in faces.items()},
        fallback=_face(build(FaceSpec, data["fallback"], data.at("fallback")), folders),
        text={**{role: text[like] for role, like in OTHERWISE_LIKE.items()}, **text},
        pages=pages,
        table=build(TableStyle, data["table"], data.at("table")),
        **_page_number(data),
    )


def _page_number(data: Mapping) -> dict[str, str]:
    """Return the pattern of page numbers, if the file states one.

    A spreadsheet takes a digit before the number for a type size.
    """
    if NUMBERS not in data:
        return {}
    pattern = data[NUMBERS]
    is_text = isinstance(pattern, str) and not NOT_PRINTABLE.search(pattern) and len(pattern) <= LONGEST_NUMBER
    rest = pattern.replace(PAGE_NUMBER, "", 1) if is_text else ""
    if not is_text or rest == pattern or any(char in "{}\n" or char.isdigit() for char in rest):
        message, hint = "{place}：页码的样子要有一处 {{n}}，没有别的数字：“{found}”", '如 page_number: "- {{n}} -"'
        raise LayoutError(message, hint, place=data.at(NUMBERS), found=shown(pattern))
    return {NUMBERS: pattern}


def _check_complete(data: Mapping, names: Sequence[str], place: str) -> None:
    for name in names:
        if name not in data:
            raise LayoutError("{place}：缺“{name}”", "补上这一项；各项见 layouts/README.md", place=place, name=name)


def _check_face(face: str, known: Iterable[str], place: str) -> None:
    if face not in known:
        near = nearest(face, known)
        hint = "是否想写 {near}？" if near else "可用的字体写在 style.yaml 的 faces 里"
        raise LayoutError("{place}：faces 里没有字体“{name}”", hint, place=place, name=shown(face), near=near)


def _check_area(name: str, page: Page, place: str) -> None:
    across, down = page.width - page.left - page.right, page.height - page.top - page.bottom
    if min(across, down) < SMALLEST_AREA:
        raise LayoutError(
            "{place}：页面“{name}”的页边过宽，版心只剩 {across}×{down} 毫米", "减小页边，或加大纸张",
            place=place, name=shown(name), across=f"{across:g}", down=f"{down:g}",
        )  # fmt: skip


def _face(face: FaceSpec, folders: Sequence[Path]) -> Face:
    file = face.file
    if Path(file).name != file:
        raise LayoutError(
            "{place}：字体只写文件名，不写路径：{file}",
            "文件放进版式的 fonts/ 文件夹",
            place=face.place,
            file=shown(file),
        )
    for folder in (*(folder / "fonts" for folder in folders), shipped("fonts")):
        if os.path.isfile(path := folder / file):
            check_inside(path, (*folders, shipped("fonts"), shipped("layouts")))
            return Face(face.name, path, face.alternative)
    message, hint = "{place}：没有字体文件 {file}", "放进 fonts/ 或版式的 fonts/ 文件夹"
    raise LayoutError(message, hint, place=face.place, file=shown(file))
