"""Ids of paragraph styles, and names of bookmarks made from block ids.

Headings and tables are what the contents link to; paragraphs are marked so that a clerk's edited file can be brought
back (``docs/pull.md``). The underscore hides the latter from Word's list of bookmarks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2s

from ...tree.nodes import Document, Heading, Paragraph, heading_of, plain

COVER, COVER_LINE = "Title", "CoverLine"
CONTENTS_TITLE, BODY, ITEM, FOOTER = "TOCHeading", "OfficialBody", "OfficialItem", "Footer"
HIDDEN_HEADING, ANCHOR = "TableHeading", "SectionAnchor"
TABLE, TABLE_TITLE, TABLE_LABEL, TABLE_LINE = "BudgetTable", "TableTitle", "TableLabel", "TableLine"
TABLE_HEAD, TABLE_NUMBER, TABLE_NOTE = "TableHead", "TableNumber", "TableNote"
TABLE_TEXT, TABLE_FIGURE = "TableText", "TableFigure"
CHART, CHART_CAPTION = "ChartFrame", "ChartCaption"
TOTAL_TEXT, TOTAL_FIGURE = "TotalText", "TotalFigure"

STATE = "_s_"
_LONGEST = 40  # Word cuts longer bookmark names
_NOT_A_LETTER = re.compile(r"[^\w]|[^\x00-\x7f\u4e00-\u9fff]")


def heading(level: int) -> str:
    """Return the style id of a heading of ``level`` 1 to 4."""
    return f"Heading{level}"


def contents(level: int) -> str:
    """Return the style id of a contents line; there are two levels."""
    return f"TOC{min(level, 2)}"


def sized(style: str, size: float, usual: float) -> str:
    """Return the id of ``style`` at ``size`` points: itself at its ``usual`` size, else its smaller twin."""
    return style if size == usual else f"{style}{round(size * 2)}"


def bookmarks(document: Document) -> dict[str, str]:
    """Return block id → bookmark name, for every heading and table: at most 40 letters, unique also to Word.

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
    """Return a bookmark name that depends on ``id`` alone, not on the rest of the document.

    The digest distinguishes names that are equal for Word, which ignores case, or without forbidden characters.
    """
    tail = digest(id)
    readable = _NOT_A_LETTER.sub("_", id)[: _LONGEST - len(tail) - 3]
    return f"b_{readable}_{tail}"


def digest(id: str) -> str:
    """Return ten hexadecimal digits that depend on ``id`` alone."""
    return blake2s(id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def hidden_bookmarks(document: Document) -> dict[int, str]:
    """Return hidden bookmark names by ``id()`` of the block: one a paragraph of prose, the state for the first heading.

    If two paragraphs have one id (a term explained twice), the second name is made with its count.
    """
    seen: Counter[str] = Counter()
    names: dict[int, str] = {}
    for block in document.prose():
        if isinstance(block, Paragraph):
            seen[block.id] += 1
            names[id(block)] = paragraph_bookmark(block.id, seen[block.id])
    first = next((block for block in document.prose() if isinstance(block, Heading)), None)
    return names if first is None else {**names, id(first): state_bookmark(document)}


def state_bookmark(document: Document) -> str:
    """Return a name that identifies the document by its title, and the state of its prose by a digest."""
    prose = "\0".join(f"{block.id}\0{plain(block.runs)}" for block in document.prose())
    return f"{STATE}{digest(document.title)}_{digest(prose)}"


def paragraph_bookmark(block: str, count: int = 1) -> str:
    """Return the hidden bookmark name of the ``count``-th paragraph with the id ``block``.

    >>> paragraph_bookmark("三公/接待")
    '_p_96bd53256a'
    """
    counted = block if count == 1 else f"{block}\0{count}"
    return f"_p_{digest(counted)}"


def linked(names: Mapping[str, str], target: str, where: str) -> str:
    """Return the bookmark of ``target``.

    Raises:
        ValueError: the entry of the contents block ``where`` points at nothing.
    """
    if target not in names:
        raise ValueError(f"{where}: no heading or table has the id {target!r}")
    return names[target]


def _targets(document: Document) -> Iterator[str]:
    for block in document.blocks():
        if heading := heading_of(block):
            yield heading.id
            if block.id != heading.id:
                yield block.id
