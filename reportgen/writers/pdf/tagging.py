"""What the type on a page belongs to: the elements of a tagged file, and artifacts (ISO 32000-1, 14.7 and 14.8).

The elements are made where the blocks are set, in reading order; they are written by ``structure``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Element:
    """A structure element: its standard type, its id (stable: made of block ids), what is in it.

    ``marks`` are the stretches of page content that belong to it (page and number on the page), ``notes``
    its annotations (page and reference). ``look`` is its attribute dictionary, empty for none.
    """

    kind: str
    id: str = ""
    look: str = ""
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def add(self, kind: str, id: str = "", look: str = "") -> Element:
        """A new element, the last in this one."""
        made = Element(kind, id, look)
        self.kids.append(made)
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


Tag = Element | Artifact


def cell_element(id: str, head: bool, rows: int, columns: int) -> Element:
    """The element of a table's cell over ``rows`` and ``columns``; a head's cell heads its columns."""
    look = " /Scope /Column" if head else ""
    look += f" /RowSpan {rows}" if rows > 1 else ""
    look += f" /ColSpan {columns}" if columns > 1 else ""
    return Element("TH" if head else "TD", id, f"<< /O /Table{look} >>" if look else "")
