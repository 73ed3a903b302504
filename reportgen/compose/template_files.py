"""The template files of a layout's folders: UTF-8, not too long, and never outside these folders."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path

from ..core.errors import LayoutError, os_error_reason
from ..core.suggest import nearest
from ..layout.folder import check_inside, printable
from ..layout.limits import TEMPLATE_BYTES

FOLDER = "text"
"""The folder of the templates in a layout's folder."""


class MissingTemplate(TemplateNotFound):
    """There is no such template; ``near`` is the name of the one most like it, or ""."""

    def __init__(self, name: str, near: str) -> None:
        """Make the error for the template ``name``."""
        super().__init__(name)
        self.near = near


class TemplateFiles(BaseLoader):
    """Templates by their names, from the nearest of the folders that has one."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """``folders`` are those of the layout, the nearest first."""
        self._folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its path, and the function that says whether it is unchanged.

        Raises:
            LayoutError: the file cannot be read, is not UTF-8, too long, or a link that leads out of the folders.
            TemplateNotFound: there is no such file.
        """
        parts = split_template_path(template)
        for folder in self._folders:
            path = os.path.join(folder, FOLDER, *parts)
            if os.path.isfile(path):
                return _text(Path(path), self._folders), path, _unchanged(path)
        raise MissingTemplate(template, self._nearest(template))

    def _nearest(self, template: str) -> str:
        """Return the name of the template file most like ``template``, or "" where none is similar."""
        files = (path.name for folder in self._folders for path in (folder / FOLDER).glob("*.j2"))
        return nearest(template, {printable(name) for name in files})


def _text(path: Path, folders: tuple[Path, ...]) -> str:
    place = printable(f"{FOLDER}/{path.name}")
    check_inside(path, folders)
    try:
        with path.open("rb") as file:
            payload = file.read(TEMPLATE_BYTES + 1)
    except OSError as error:
        raise LayoutError("{file}：读不了：{why}", "检查文件的权限", file=place, why=os_error_reason(error)) from None
    if len(payload) > TEMPLATE_BYTES:
        raise LayoutError("{file}：模板过长（超过 {most} 字节）", "分成几个模板", file=place, most=str(TEMPLATE_BYTES))
    try:
        return payload.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = str(payload[: error.start].count(b"\n") + 1)
        raise LayoutError("{file}:{line}：不是 UTF-8", "用 UTF-8 另存这个文件", file=place, line=line) from None


def _unchanged(path: str) -> Callable[[], bool]:
    time = os.path.getmtime(path)

    def unchanged() -> bool:
        try:
            return os.path.getmtime(path) == time
        except OSError:
            return False

    return unchanged
