"""What the lines on a page are tagged as: structure elements or artifacts (ISO 32000-1, 14.7 and 14.8).

Elements are made where blocks are typeset, in reading order; ``objects/structure.py`` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass


class Element:
    """A structure element: its structure type (``kind``), its id (stable, made of block ids), its children.

    ``attributes`` is the entry of its attribute dictionary as it is written, empty for none; ``alternative`` is the
    text in place of a figure. ``reference`` and ``parent`` are set when it is written. A file has thousands of
    elements, so this is no dataclass, and elements without children share one empty tuple.
    """

    __slots__ = ("alternative", "attributes", "children", "id", "kind", "parent", "reference")

    def __init__(self, kind: str, id: str = "", attributes: str = "") -> None:
        """Make an element without children."""
        self.kind, self.id, self.attributes = kind, id, attributes
        self.reference = self.parent = self.alternative = ""
        self.children: list[Element] | tuple[()] = ()

    def add(self, kind: str, id: str = "", attributes: str = "") -> Element:
        """Add an element as the last child and return it."""
        child = Element(kind, id, attributes)
        if isinstance(self.children, list):
            self.children.append(child)
        else:
            self.children = [child]
        return child


@dataclass(slots=True, eq=False)
class Artifact:
    """Content that is no part of the document's text; ``properties`` is its property list as it is written."""

    properties: str


Tag = Element | Artifact


def repeated_header() -> Artifact:
    """Return the tag of what a page repeats because a table continues on it."""
    return Artifact("<< /Type /Pagination /Subtype /Header >>")


def page_number() -> Artifact:
    """Return the tag of a page's number."""
    return Artifact("<< /Type /Pagination /Subtype /Footer >>")


def leader_dots() -> Artifact:
    """Return the tag of the dots that lead to a page number, which are not read aloud."""
    return Artifact("<< /Type /Layout >>")


_TABLE = "/A<</O/Table"


def cell_element(id: str, is_header: bool, rows: int, columns: int) -> Element:
    """Return the element of a table cell over ``rows`` and ``columns``; a header cell is one for its columns."""
    if not is_header and rows == 1 == columns:
        return Element("TD", id)
    attributes = "/Scope/Column" if is_header else ""
    attributes += f"/RowSpan {rows}" if rows > 1 else ""
    attributes += f"/ColSpan {columns}" if columns > 1 else ""
    return Element("TH" if is_header else "TD", id, f"{_TABLE}{attributes}>>")


def make_row_header(cell: Element) -> None:
    """Turn the element of a body cell into the header of its row."""
    cell.kind, cell.attributes = "TH", f"{_TABLE}/Scope/Row{cell.attributes.removeprefix(_TABLE) or '>>'}"
