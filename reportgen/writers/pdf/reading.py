"""A PDF file read as a stranger reads it: by its own structure tree, never by the tree that it was made from.

What no element of the structure owns, and what is marked as nothing, counts as paragraphs at the end: text that is
on a page and cannot be reached in order must not pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...tree.seen import BLANK, Seen, SeenCell, SeenGrid, SeenTable
from .reading_file import PdfFile, text_of
from .reading_page import Fonts, Page, read_page

Element = dict[str, Any]


def read_back(payload: bytes) -> Seen:
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
        for number, reference in enumerate(self._references(self._catalog["/Pages"])):
            self._numbers[reference] = number
            page = file.get(reference)
            self._pages.append(read_page(file.stream(page["/Contents"]), fonts.of(page)))
        self._paragraphs: list[str] = []
        self._tables: list[SeenTable] = []
        self._spans: list[range] = []
        self._below_table = False

    def seen(self) -> Seen:
        """All of it."""
        self._walk(self._file.get(self._catalog["/StructTreeRoot"]))
        for page in self._pages:
            self._paragraphs += [text for text in (*page.loose, *page.marks.values()) if text]
        tables = [replace(table, repeated=self._repeated(n)) for n, table in enumerate(self._tables)]
        title = text_of(self._file.get(self._file.trailer["/Info"])["/Title"])
        return Seen(title, tuple(self._paragraphs), tuple(tables), tuple(self._outline(self._catalog["/Outlines"])))

    def _references(self, node: Any) -> Iterator[int]:
        for kid in self._file.get(node)["/Kids"]:
            if self._file.get(kid)["/Type"] == "/Pages":
                yield from self._references(kid)
            else:
                yield kid

    def _outline(self, parent: Any) -> Iterator[str]:
        entry = self._file.get(parent).get("/First")
        while entry is not None:
            found = self._file.get(entry)
            yield text_of(found["/Title"])
            yield from self._outline(entry)
            entry = found.get("/Next")

    def _walk(self, parent: Element) -> None:
        for kid in self._elements(parent):
            kind = kid["/S"]
            if kind == "/Table":
                self._tables.append(self._table(kid))
                self._below_table = True
            elif kind == "/Note" and self._below_table:
                table, note = self._tables[-1], self._text(kid)
                self._tables[-1] = replace(table, notes=(*table.notes, note))
            elif next(self._elements(kid), None):
                self._walk(kid)
            elif (text := self._text(kid)).strip():
                self._paragraphs.append(text)
                self._below_table = False

    def _kids(self, element: Element) -> list[Any]:
        kids = self._file.get(element.get("/K", []))
        return kids if isinstance(kids, list) else [kids]

    def _elements(self, element: Element) -> Iterator[Element]:
        for kid in self._kids(element):
            found = self._file.get(kid)
            if isinstance(found, dict) and "/S" in found:
                yield found

    def _text(self, element: Element) -> str:
        """The text of an element, taken off the pages it stands on."""
        parts = []
        for kid in self._kids(element):
            found = self._file.get(kid)
            if isinstance(found, int):
                parts.append(self._take(element["/Pg"], found))
            elif "/S" in found:
                parts.append(self._text(found))
            elif "/MCID" in found:
                parts.append(self._take(found.get("/Pg", element.get("/Pg")), found["/MCID"]))
        return "".join(parts)

    def _take(self, page: int, mark: int) -> str:
        return self._pages[self._numbers[page]].marks.pop(mark, "")

    def _table(self, element: Element) -> SeenTable:
        parts = {part["/S"]: part for part in self._elements(element)}
        label, title, left, right = (self._text(line) for line in self._elements(parts["/Caption"]))
        self._spans.append(self._further_pages(element, parts["/TBody"]))
        head, body = self._grid(parts["/THead"]), self._grid(parts["/TBody"])
        return SeenTable(label, title, left, right, head, body, after=len(self._paragraphs))

    def _further_pages(self, table: Element, body: Element) -> range:
        """The pages on which a table goes on: after its first, up to that of its last row with anything in it."""
        first = next(self._on(table), len(self._pages))
        ends = (max(self._on(row), default=first) for row in reversed(list(self._elements(body))))
        return range(first + 1, next((end for end in ends if end > first), first) + 1)

    def _on(self, element: Element) -> Iterator[int]:
        """The pages where an element stands, in order of reading."""
        for kid in self._kids(element):
            found = self._file.get(kid)
            if isinstance(found, dict) and "/S" in found:
                yield from self._on(found)
            else:
                page = found.get("/Pg") if isinstance(found, dict) else None
                yield self._numbers[page or element["/Pg"]]

    def _grid(self, group: Element) -> SeenGrid:
        rows: list[list[SeenCell]] = []
        hanging: dict[int, int] = {}
        for row in self._elements(group):
            line: list[SeenCell] = []
            for cell in self._elements(row):
                _skip(line, hanging)
                look = self._file.get(cell.get("/A", {}))
                across, down = look.get("/ColSpan", 1), look.get("/RowSpan", 1)
                hanging |= dict.fromkeys(range(len(line), len(line) + across), down - 1) if down > 1 else {}
                line += [SeenCell(self._text(cell)), *[BLANK] * (across - 1)]
            _skip(line, hanging)
            rows.append(line)
        return tuple(map(tuple, rows))

    def _repeated(self, number: int) -> tuple[tuple[str, ...], ...]:
        """What the pages on which a table goes on show again."""
        return tuple(tuple(self._pages[page].repeated) for page in self._spans[number])


def _skip(line: list[SeenCell], hanging: dict[int, int]) -> None:
    """Pass the places that cells of rows above cover."""
    while hanging.get(len(line), 0) > 0:
        hanging[len(line)] -= 1
        line.append(BLANK)
