"""Tables placed on pages: what every page repeats (label, title, department and unit, head), then the rows.

A table begins a new page, where only headings may be above it, unless it goes on below prose (``Table.new_page``). Its
notes are below its last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ....tree.nodes import Table, Text, plain
from ..tagging import Element, Tag, repeated_header
from ..typeset.captions import typeset_caption
from ..typeset.prose import typeset_prose
from ..typeset.row_headers import tag_row_headers
from ..typeset.table_cells import TableTypesetter, TypesetCell, TypesetRows
from ..typeset.text import TypesetLine, Typesetter
from ..typeset.type_area import TypeArea
from .page import Bookmark, Page, Pages, RuledCells
from .prose_flow import flow, height_of
from .row_pager import CellPart, RowPager, WholeCells


class TablePages:
    """The pages of one table, as they are made."""

    def __init__(self, table: Table, area: TypeArea, typesetter: Typesetter, pages: Pages, parent: Element) -> None:
        """Set ``table`` in the width of the type area, to be placed on ``pages``; ``parent`` gets its element."""
        self._table, self._area, self._typesetter, self._pages, self._parent = table, area, typesetter, pages, parent
        self._first_caption = self._later_caption = typeset_caption(table, table.title, area, typesetter)
        if table.continued:
            self._later_caption = typeset_caption(table, (*table.title, Text(table.continued)), area, typesetter)
        cells = TableTypesetter(table, area.width, typesetter)
        self._head, self._body = cells.head(), cells.body()
        self._made: list[Page] = []
        self._caption_tags: list[Element] = []

    @property
    def height(self) -> float:
        """The height of the whole table with what is above and below it."""
        root = Element("Document")
        notes = [
            block for note in self._table.notes for block in typeset_prose(note, self._area, self._typesetter, root)
        ]
        return self._first_caption.height + sum(self._head.heights) + sum(self._body.heights) + height_of(notes)

    def put(self, below_headings: bool) -> None:
        """Place the table on pages, the first of which may hold headings already (``below_headings``).

        Raises:
            HeadTooTall: the head fills the page.
        """
        if not (below_headings or self._pages.is_blank):
            self._pages.turn()
        self._add_elements(self._parent.add("Table", self._table.id))
        area, typesetter, parent = self._area, self._typesetter, self._parent
        notes = [block for note in self._table.notes for block in typeset_prose(note, area, typesetter, parent)]
        pager = RowPager(self._table.id, self._body, height_of(notes), self._turn)
        pager.run()
        for page, parts in zip(self._made, pager.pages, strict=True):
            for part in parts:
                if isinstance(part, WholeCells):
                    self._put_whole_cells(part, page)
                else:
                    self._put_part(part, page)
        self._pages.y = pager.y
        flow(notes, self._pages)

    def _add_elements(self, table: Element) -> None:
        caption = table.add("Caption")
        texts = self._first_caption.texts
        self._caption_tags = [caption.add(text.kind, f"{self._table.id}/{text.name}") for text in texts]
        _add_rows(table.add("THead"), self._head)
        _add_rows(table.add("TBody"), self._body)
        tag_row_headers(self._body.cells)

    def _turn(self) -> tuple[float, float]:
        """Begin a page with all that is repeated; return where its rows begin and must end."""
        is_first = not self._made
        if not is_first:
            self._pages.turn()
        else:
            heading = self._table.heading
            ids = (self._table.id, heading.id)
            bookmark = Bookmark(ids, self._pages.y, heading.level, plain(heading.runs))
            self._pages.current.bookmarks.append(bookmark)
        self._made.append(self._pages.current)
        self._put_caption(is_first)
        self._put_head(again=not is_first)
        return self._pages.y, self._area.bottom

    def _put_caption(self, is_first: bool) -> None:
        caption = self._first_caption if is_first else self._later_caption
        for text, element in zip(caption.texts, self._caption_tags, strict=True):
            tag = element if is_first else repeated_header()
            for top, leading, line in text.lines:
                self._pages.current.put(self._area.left, self._pages.y + top, leading, line, tag)
        self._pages.y += caption.height

    def _put_head(self, again: bool) -> None:
        tops = list(accumulate(self._head.heights, initial=self._pages.y))
        for cell in (cell for cells in self._head.cells for cell in cells):
            top, bottom = tops[cell.row], tops[cell.last_row + 1]
            part = CellPart(cell, top, bottom - top, cell.lines, False, again)
            self._put_part(part, self._pages.current, self._typesetter.style.table.shaded_head)
        self._pages.y = tops[-1]

    def _put_whole_cells(self, row: WholeCells, page: Page) -> None:
        page.ruled.append(RuledCells(row.top, row.height, [self._x_and_width(cell) for cell in row.cells]))
        for cell in row.cells:
            if cell.lines:
                self._put_lines(cell, cell.lines, (row.top, row.height), page, cell.tag)

    def _put_part(self, part: CellPart, page: Page, shade: str = "") -> None:
        """Place a part of a cell: text in the middle of its height, text that is cut from its top."""
        page.ruled.append(RuledCells(part.top, part.height, [self._x_and_width(part.cell)], shade))
        tag = repeated_header() if part.again else part.cell.tag
        if part.lines:
            self._put_lines(part.cell, part.lines, (part.top, part.height), page, tag, part.cut)

    def _x_and_width(self, cell: TypesetCell) -> tuple[float, float]:
        return self._area.left + cell.box.x, cell.box.width

    def _put_lines(
        self, cell: TypesetCell, lines: Sequence[TypesetLine], place: tuple[float, float], page: Page, tag: Tag,
        cut: bool = False,
    ) -> None:  # fmt: skip
        """Place lines within ``place``, the top and the height of the cell."""
        box, (top, height) = cell.box, place
        free = height - 2 * box.padding - len(lines) * box.leading
        top += box.padding + (0 if cut else free / 2)
        x = self._area.left + box.x + self._typesetter.style.table.pad_x
        for line in lines:
            page.put(x, top, box.leading, line, tag)
            top += box.leading


def _add_rows(group: Element, rows: TypesetRows) -> None:
    for id, cells in zip(rows.ids, rows.cells, strict=True):
        group.add("TR", id).children = [cell.tag for cell in cells]
