"""Ids of paragraph styles, and names of bookmarks made from block ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2s

from ...tree.nodes import Document, Heading, Table

COVER, CONTENTS_TITLE, BODY, ITEM, FOOTER = "Title", "TOCHeading", "OfficialBody", "OfficialItem", "Footer"
HIDDEN_HEADING, ANCHOR = "TableHeading", "SectionAnchor"
TABLE, TABLE_TITLE, TABLE_LABEL, TABLE_LINE = "BudgetTable", "TableTitle", "TableLabel", "TableLine"
TABLE_HEAD, TABLE_NUMBER, TABLE_NOTE = "TableHead", "TableNumber", "TableNote"
TABLE_TEXT, TABLE_FIGURE = "TableText", "TableFigure"
TOTAL_TEXT, TOTAL_FIGURE = "TotalText", "TotalFigure"

_LONGEST = 40  # Word cuts longer bookmark names
_NOT_A_LETTER = re.compile(r"[^\w]|[^\x00-\x7f\u4e00-\u9fff]")


def heading(level: int) -> str:
    """The style id of a heading of ``level`` 1 to 4."""
    return f"Heading{level}"


def contents(level: int) -> str:
    """The style id of a contents line; the form knows two levels."""
    return f"TOC{min(level, 2)}"


def sized(style: str, size: float, usual: float) -> str:
    """The id of ``style`` at ``size`` points: itself at its ``usual`` size, else its smaller twin."""
    return style if size == usual else f"{style}{round(size * 2)}"


def bookmarks(document: Document) -> dict[str, str]:
    """Block id → bookmark name, for every heading and table: at most 40 letters, unique also to Word.

    Raises:
        ValueError: two blocks have the same id.
    """
    names: dict[str, str] = {}
    for id in _targets(document):
        if id in names:
            raise ValueError(f"{id}: two headings or tables have this id")
        names[id] = bookmark(id)
    return names


def bookmark(id: str) -> str:
    """A bookmark name that follows from ``id`` alone, whatever else the document holds.

    The digest keeps apart what Word takes for the same: it ignores case, and we drop what it forbids.
    """
    tail = digest(id)
    readable = _NOT_A_LETTER.sub("_", id)[: _LONGEST - len(tail) - 3]
    return f"b_{readable}_{tail}"


def digest(id: str) -> str:
    """Ten hexadecimal digits that follow from ``id``."""
    return blake2s(id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def linked(names: Mapping[str, str], target: str, where: str) -> str:
    """The bookmark of ``target``.

    Raises:
        ValueError: the entry of the contents block ``where`` points at nothing.
    """
    if target not in names:
        raise ValueError(f"{where}: no heading or table has the id {target!r}")
    return names[target]


def _targets(document: Document) -> Iterator[str]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                yield block.id
            elif isinstance(block, Table):
                yield block.heading.id
                if block.id != block.heading.id:
                    yield block.id
