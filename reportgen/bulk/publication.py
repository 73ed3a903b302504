"""The package for a publishing platform: files under names by a pattern, and ``目录.xlsx``, which lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..core.errors import UsageError
from ..core.files import safe_name
from .summary.sheets import Value, add_sheet, new_book, packed

LIST = "目录.xlsx"
PATTERN = "{code}_{title}"
"""The usual pattern of file names."""
PLACES = ("code", "name", "year", "title")
"""What a pattern may contain in braces: the department's code and name, the budget year, the title of the file."""
PROJECT_PATTERN, PROJECT_PLACES = PATTERN, (*PLACES, "project")
"""The usual pattern of the files of single projects, and what it may contain: the name of the project, too."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_HEAD = ("代码", "部门或单位", "标题", "文件", "链接")


@dataclass(frozen=True, slots=True)
class Published:
    """A document to be published: its department or unit, and its files by their suffixes (``.pdf``).

    ``project`` names the project whose table it is; "" for the document of a department or unit.
    """

    code: str
    name: str
    year: int
    title: str
    files: Mapping[str, bytes] = field(repr=False)
    project: str = ""


def publication(
    documents: Sequence[Published], pattern: str = PATTERN, project_pattern: str = PROJECT_PATTERN
) -> dict[str, bytes]:
    """Return the files of the package by their names, first the list; the same documents give the same bytes.

    The list has a row for each document and each table of a project, with an empty column for the address under which
    it is published. Names that would be equal are numbered.

    Raises:
        UsageError: a pattern has a place that is not known.
    """
    _check(pattern, PLACES)
    _check(project_pattern, PROJECT_PLACES)
    package: dict[str, bytes] = {LIST: b""}
    rows: list[Sequence[Value]] = []
    taken: set[str] = set()
    for document in documents:
        stem = _unused(_named(document, project_pattern if document.project else pattern), taken)
        names = {f"{stem}{suffix}": payload for suffix, payload in document.files.items()}
        package |= names
        rows.append((document.code, document.name, document.title, "；".join(names), ""))
    package[LIST] = _list(rows, date(max((one.year for one in documents), default=2000), 1, 1))
    return package


def _check(pattern: str, places: Sequence[str]) -> None:
    unknown = [place for place in _PLACE.findall(pattern) if place not in places]
    if unknown or _PLACE.sub("", pattern).strip("{}") != _PLACE.sub("", pattern):
        hint = "可以用：{known}，如 {usual}"
        known = "、".join(f"{{{name}}}" for name in places)
        raise UsageError("文件名的样式“{pattern}”写得不对", hint, pattern=pattern[:80], known=known, usual=PATTERN)


def _named(document: Published, pattern: str) -> str:
    values = {"code": document.code, "name": document.name, "year": str(document.year), "title": document.title}
    values["project"] = document.project
    return safe_name(_PLACE.sub(lambda found: values[found[1]], pattern))


def _unused(stem: str, taken: set[str]) -> str:
    """The name, numbered if it is taken; file systems may take no notice of case."""
    count, chosen = 1, stem
    while chosen.casefold() in taken:
        count += 1
        chosen = f"{stem}-{count}"
    taken.add(chosen.casefold())
    return chosen


def _list(rows: Sequence[Sequence[Value]], when: date) -> bytes:
    book = new_book(when)
    add_sheet(book, "目录", _HEAD, rows, (12, 30, 40, 60, 50))
    return packed(book, when)
