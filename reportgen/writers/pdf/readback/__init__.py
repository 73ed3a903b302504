"""A PDF file read as a stranger reads it: by its own structure tree, never by the tree that it was made from.

What no element of the structure owns, and what is marked as nothing, counts as paragraphs at the end: text that is
on a page and cannot be reached in order must not pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ....tree.readback import BLANK, ReadCell, ReadDocument, ReadGrid, ReadTable
from .elements import Element, elements
from .file import PdfFile, text_of
from .page import Fonts, Page, read_page


def read_back(payload: bytes) -> ReadDocument:
    """What the file shows.

    Raises:
        Exception: it is no PDF file, or none of the kind that this writer makes.
    """
    return _Reading(PdfFile(payload)).seen()


class _Reading:
    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._catalog = file.get(file.trailer["/Root"])
        self._numbers: dict[int, int] = {}
        self._pages: list[Page] = []
        fonts = Fonts(file)
        for number, (reference, page, resources) in enumerate(self._leaves(self._catalog["/Pages"], {})):
            self._numbers[reference] = number
            self._pages.append(read_page(file.stream(page["/Contents"]), fonts.of(resources)))
        self._paragraphs: list[str] = []
        self._tables: list[ReadTable] = []
        self._below_table = False

    def seen(self) -> ReadDocument:
        """All of it."""
        self._walk(elements(self._file, self._catalog["/StructTreeRoot"], self._numbers))
        for page in self._pages:
            self._paragraphs += [text for text in (*page.loose, *page.marks.values()) if text]
        title = text_of(self._file.get(self._file.trailer["/Info"])["/Title"])
        outline = tuple(self._outline(self._catalog["/Outlines"]))
        return ReadDocument(title, tuple(self._paragraphs), tuple(self._tables), outline)

    def _leaves(self, node: Any, resources: Any) -> Iterator[tuple[int, dict[str, Any], Any]]:
        """The pages below a node of the tree of pages, with the resources of each: its own or handed down."""
        found = self._file.get(node)
        resources = found.get("/Resources", resources)
        if found["/Type"] != "/Pages":
            yield node, found, resources
            return
        for kid in self._file.get(found["/Kids"]):
            yield from self._leaves(kid, resources)

    def _outline(self, parent: Any) -> Iterator[str]:
        entry = self._file.get(parent).get("/First")
        while entry is not None:
            found = self._file.get(entry)
            yield text_of(found["/Title"])
            yield from self._outline(entry)
            entry = found.get("/Next")

    def _walk(self, kids: Sequence[Element]) -> None:
        for kid in kids:
            if kid.kind == "/Table":
                self._tables.append(self._table(kid))
                self._below_table = True
            elif kid.kind == "/Note" and self._below_table:
                table, note = self._tables[-1], self._text(kid)
                self._tables[-1] = replace(table, notes=(*table.notes, note))
            elif kid.elements:
                self._walk(kid.elements)
            elif (text := self._text(kid)).strip():
                self._paragraphs.append(text)
                self._below_table = False

    def _text(self, element: Element) -> str:
        """The text of an element, taken off the pages it stands on."""
        kids, pages = element.kids, self._pages
        if len(kids) == 1 and isinstance(kids[0], tuple):
            page, mark = kids[0]
            return pages[page].marks.pop(mark, "")
        parts = [
            pages[kid[0]].marks.pop(kid[1], "") if isinstance(kid, tuple) else self._text(kid) for kid in element.kids
        ]
        return "".join(parts)

    def _table(self, element: Element) -> ReadTable:
        parts = {part.kind: part for part in element.elements}
        label, title, left, right = (self._text(line) for line in parts["/Caption"].elements)
        further = _further_pages(element, parts["/TBody"])
        head, body = self._grid(parts["/THead"]), self._grid(parts["/TBody"])
        repeated = tuple(tuple(self._pages[page].repeated) for page in further)
        return ReadTable(label, title, left, right, head, body, after=len(self._paragraphs), repeated=repeated)

    def _grid(self, group: Element) -> ReadGrid:
        rows: list[tuple[ReadCell, ...]] = []
        hanging: dict[int, int] = {}
        for row in group.elements:
            line: list[ReadCell] = []
            for cell in row.elements:
                if hanging:
                    _skip(line, hanging)
                across, down = cell.columns, cell.rows
                if down > 1:
                    hanging |= dict.fromkeys(range(len(line), len(line) + across), down - 1)
                text = self._text(cell)
                line.append(ReadCell(text) if text else BLANK)
                if across > 1:
                    line += [BLANK] * (across - 1)
            _skip(line, hanging)
            rows.append(tuple(line))
        return tuple(rows)


def _further_pages(table: Element, body: Element) -> range:
    """The pages on which a table goes on: after its first, up to that of its last row with anything in it."""
    first = next(table.pages(), None)
    if first is None:
        return range(0)
    ends = (max(row.pages(), default=first) for row in reversed(body.elements))
    return range(first + 1, next((end for end in ends if end > first), first) + 1)


def _skip(line: list[ReadCell], hanging: dict[int, int]) -> None:
    """Pass the places that cells of rows above cover."""
    while hanging.get(len(line), 0) > 0:
        hanging[len(line)] -= 1
        line.append(BLANK)
