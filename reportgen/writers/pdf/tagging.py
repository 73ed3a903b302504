"""What the type on a page belongs to: the elements of a tagged file, and artifacts (ISO 32000-1, 14.7 and 14.8).

The elements are made where the blocks are set, in reading order; they are written by ``structure``.
"""

from __future__ import annotations

from dataclasses import dataclass


class Element:
    """A structure element: its standard type, its id (stable: made of block ids), what is in it.

    ``look`` is its attribute dictionary, empty for none; ``reference`` and ``parent`` are given when it is written. A
    file has thousands of elements, so this is no dataclass, and those of cells share one empty tuple of ``kids``.
    """

    __slots__ = ("id", "kids", "kind", "look", "parent", "reference")

    def __init__(self, kind: str, id: str = "", look: str = "") -> None:
        """An element with nothing in it."""
        self.kind, self.id, self.look = kind, id, look
        self.reference = self.parent = ""
        self.kids: list[Element] | tuple[()] = ()

    def add(self, kind: str, id: str = "", look: str = "") -> Element:
        """A new element, the last in this one."""
        made = Element(kind, id, look)
        if isinstance(self.kids, list):
            self.kids.append(made)
        else:
            self.kids = [made]
        return made


@dataclass(slots=True, eq=False)
class Artifact:
    """Type that is no part of the text; ``kind`` is its property list."""

    kind: str


def repeated() -> Artifact:
    """What a page shows again because a table goes on on it."""
    return Artifact("<< /Type /Pagination /Subtype /Header >>")


def page_number() -> Artifact:
    """The number of a page."""
    return Artifact("<< /Type /Pagination /Subtype /Footer >>")


def decoration() -> Artifact:
    """What leads the eye and says nothing."""
    return Artifact("<< /Type /Layout >>")


Tag = Element | Artifact
_TABLE = "/A<</O/Table"


def cell_element(id: str, head: bool, rows: int, columns: int) -> Element:
    """The element of a table's cell over ``rows`` and ``columns``; a head's cell heads its columns."""
    if not head and rows == 1 == columns:
        return Element("TD", id)
    look = "/Scope/Column" if head else ""
    look += f"/RowSpan {rows}" if rows > 1 else ""
    look += f"/ColSpan {columns}" if columns > 1 else ""
    return Element("TH" if head else "TD", id, f"{_TABLE}{look}>>")


def head_of_row(cell: Element) -> None:
    """Let a cell of the body head its row."""
    cell.kind, cell.look = "TH", f"{_TABLE}/Scope/Row{cell.look.removeprefix(_TABLE) or '>>'}"
