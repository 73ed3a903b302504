"""A finished PDF file read by its own structure tree, without the document that it was made from.

Shares no code with the writing side. Text that no element owns, and text without a tag, counts as paragraphs at the
end: text that is on a page and cannot be reached in order must not pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ....tree.readback import BLANK, ReadCell, ReadChart, ReadDocument, ReadGrid, ReadTable
from .elements import Element, elements
from .file import PdfFile, text_of
from .page import FontMaps, PageText, read_page


def read_back(payload: bytes) -> ReadDocument:
    """Return what the file shows.

    Raises:
        Unreadable, or another exception: it is no PDF file, or none of the kind that this writer makes.
    """
    return _Reading(PdfFile(payload)).document()


class _Reading:
    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._catalog = file.get(file.trailer["/Root"])
        self._numbers: dict[int, int] = {}
        self._pages: list[PageText] = []
        fonts = FontMaps(file)
        for number, (reference, page, resources) in enumerate(self._leaves(self._catalog["/Pages"], {})):
            self._numbers[reference] = number
            self._pages.append(read_page(file.stream(page["/Contents"]), fonts.of(resources)))
        self._paragraphs: list[str] = []
        self._tables: list[ReadTable] = []
        self._charts: list[ReadChart] = []
        self._below_table = False

    def document(self) -> ReadDocument:
        """Return all that the file shows."""
        self._walk(elements(self._file, self._catalog["/StructTreeRoot"], self._numbers))
        for page in self._pages:
            self._paragraphs += [text for text in (*page.untagged, *page.marked.values()) if text]
        title = text_of(self._file.get(self._file.trailer["/Info"])["/Title"])
        outline = tuple(self._outline(self._catalog["/Outlines"]))
        charts = tuple(self._charts)
        return ReadDocument(title, tuple(self._paragraphs), tuple(self._tables), outline, charts=charts)

    def _leaves(self, node: Any, resources: Any) -> Iterator[tuple[int, dict[str, Any], Any]]:
        """Return the pages below a node of the page tree, with the resources of each: its own or inherited."""
        entries = self._file.get(node)
        resources = entries.get("/Resources", resources)
        if entries["/Type"] != "/Pages":
            yield node, entries, resources
            return
        for kid in self._file.get(entries["/Kids"]):
            yield from self._leaves(kid, resources)

    def _outline(self, parent: Any) -> Iterator[str]:
        item = self._file.get(parent).get("/First")
        while item is not None:
            entries = self._file.get(item)
            yield text_of(entries["/Title"])
            yield from self._outline(item)
            item = entries.get("/Next")

    def _walk(self, children: Sequence[Element]) -> None:
        for child in children:
            if child.kind == "/Table":
                self._tables.append(self._table(child))
                self._below_table = True
            elif child.kind == "/Figure":
                self._charts.append(self._chart(child))
                self._below_table = False
            elif child.kind == "/Note" and self._below_table:
                table, note = self._tables[-1], self._text(child)
                self._tables[-1] = replace(table, notes=(*table.notes, note))
            elif child.elements:
                self._walk(child.elements)
            elif (text := self._text(child)).strip():
                self._paragraphs.append(text)
                self._below_table = False

    def _text(self, element: Element) -> str:
        """Return the text of an element, and remove it from its pages."""
        children, pages = element.children, self._pages
        if len(children) == 1 and isinstance(children[0], tuple):
            page, mcid = children[0]
            return pages[page].marked.pop(mcid, "")
        parts = [
            pages[child[0]].marked.pop(child[1], "") if isinstance(child, tuple) else self._text(child)
            for child in children
        ]
        return "".join(parts)

    def _chart(self, element: Element) -> ReadChart:
        """Return a chart: its texts in order, and its caption."""
        *parts, caption = element.elements
        texts = [text for part in parts if (text := self._text(part))]
        shown = tuple(ReadCell(text) for text in texts)
        return ReadChart(self._text(caption), element.alternative, shown, after=len(self._paragraphs))

    def _table(self, element: Element) -> ReadTable:
        parts = {part.kind: part for part in element.elements}
        label, title, left, right = (self._text(line) for line in parts["/Caption"].elements)
        further = _further_pages(element, parts["/TBody"])
        head, body = self._grid(parts["/THead"]), self._grid(parts["/TBody"])
        repeated = tuple(tuple(self._pages[page].repeated) for page in further)
        return ReadTable(label, title, left, right, head, body, after=len(self._paragraphs), repeated=repeated)

    def _grid(self, group: Element) -> ReadGrid:
        rows: list[tuple[ReadCell, ...]] = []
        covered: dict[int, int] = {}  # by column: rows still covered by a cell above
        for row in group.elements:
            line: list[ReadCell] = []
            for cell in row.elements:
                if covered:
                    _skip_covered(line, covered)
                across, down = cell.columns, cell.rows
                if down > 1:
                    covered |= dict.fromkeys(range(len(line), len(line) + across), down - 1)
                text = self._text(cell)
                line.append(ReadCell(text) if text else BLANK)
                if across > 1:
                    line += [BLANK] * (across - 1)
            _skip_covered(line, covered)
            rows.append(tuple(line))
        return tuple(rows)


def _further_pages(table: Element, body: Element) -> range:
    """Return the pages on which a table continues: after its first, up to that of its last row with content."""
    first = next(table.pages(), None)
    if first is None:
        return range(0)
    ends = (max(row.pages(), default=first) for row in reversed(body.elements))
    return range(first + 1, next((end for end in ends if end > first), first) + 1)


def _skip_covered(line: list[ReadCell], covered: dict[int, int]) -> None:
    """Add blanks for the places that cells of rows above cover."""
    while covered.get(len(line), 0) > 0:
        covered[len(line)] -= 1
        line.append(BLANK)
