"""Read a web page as a published document: paragraphs, headings and tables in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ...core.errors import InputError
from ...recognise.blocks import Block, ReadDocument, ReadParagraph, ReadTable
from ...recognise.grid import Grid
from .before_tables import rows_above, take_lines_above
from .headings import contents_entry, heading_level, is_contents_heading
from .html import DEEPEST, holds_no_table, is_shown, joined, parse_page, table_cells
from .page_styles import PageStyles
from .places import caption_place, paragraph_place, table_cell_place, table_name

_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rp|rt|ruby|s|samp|small|span"
    r"|strike|strong|sub|sup|time|tt|u|var|wbr"
)
"""Elements within a line; all others begin and end one."""
_HEADING = re.compile(r"h([1-6])")
_LINE_OF_CONTENTS = re.compile(r"\bmsotoc[0-9]", re.I)


def read_web_page(payload: bytes) -> ReadDocument:
    """Return paragraphs and tables of a web page; it has no pages.

    Raises:
        InputError: it is damaged, has no text, or a table that is too large.
    """
    root = parse_page(payload)
    reading = _Reading(PageStyles(root))
    reading.walk(root, _Context())
    reading.end_line()
    if not reading.blocks:
        raise InputError("网页里没有文字", "检查是否选错了文件")
    return ReadDocument(tuple(block for block, _ in reading.blocks))


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around a text say of it."""

    level: int = 0
    centred: bool = False
    contents: bool = False
    depth: int = 0

    def within(self, element: Any, alignment: str) -> _Context:
        """Return what the elements around a text in ``element`` say."""
        heading = _HEADING.fullmatch(element.tag)
        return _Context(
            int(heading[1]) if heading else self.level,
            (alignment or ("center" if self.centred or element.tag == "center" else "")) == "center",
            self.contents or element.tag == "nav" or bool(_LINE_OF_CONTENTS.search(element.get("class", ""))),
            self.depth + 1,
        )


@dataclass
class _Reading:
    """The blocks so far, each with whether it stands in the middle of its line, and the line that is open."""

    styles: PageStyles
    blocks: list[tuple[Block, bool]] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    contents: bool = False
    line: list[str] = field(default_factory=list)
    context: _Context = field(default_factory=_Context)

    def walk(self, element: Any, context: _Context) -> None:
        """Read an element and all in it."""
        if not is_shown(element, self.styles) or context.depth > DEEPEST:
            return
        if element.tag == "table" and holds_no_table(element):
            self.end_line()
            self._table(element)
            return
        inside = context.within(element, self.styles.alignment(element))
        self._boundary(element, inside)
        self._text(element.text, inside)
        for child in element:
            self.walk(child, inside)
            self._text(child.tail, inside)
        self._boundary(element, inside)

    def _boundary(self, element: Any, context: _Context) -> None:
        if not _INLINE.fullmatch(element.tag):
            self.end_line()
        self.context = context

    def _text(self, text: str | None, context: _Context) -> None:
        if text:
            self.line.append(joined(text))
            self.context = context

    def end_line(self) -> None:
        """End the paragraph that is open."""
        text = " ".join("".join(self.line).split(" ")).strip()
        self.line.clear()
        if text:
            self.paragraphs += 1
            self._paragraph(text, paragraph_place(0, self.paragraphs), self.context)

    def _paragraph(self, text: str, place: str, context: _Context) -> None:
        entry = contents_entry(text)
        if is_contents_heading(text):
            self.contents, paragraph = True, ReadParagraph(text, place, level=context.level or 1)
        elif context.contents or (entry and self.contents):
            paragraph = ReadParagraph("\t".join(entry) if entry else text, place, in_contents=True)
        else:
            self.contents = False
            paragraph = ReadParagraph(text, place, level=context.level or heading_level(text))
        self.blocks.append((paragraph, context.centred))

    def _table(self, table: Any) -> None:
        self.tables += 1
        number = self.tables
        self._caption(table, number)
        above = take_lines_above(self.blocks)
        cells, merged = table_cells(table, self.styles, partial(table_cell_place, number), len(above))
        columns = max((column for _, column in cells), default=0)
        if columns > 1:
            grid = Grid(table_name(number), {**rows_above(above, columns), **cells}, merged)
            self.blocks.append((ReadTable(grid), False))
            return
        self.blocks.extend((one, False) for one in above)
        for cell in cells.values():  # a frame around prose
            for text in str(cell.value).split("\n"):
                self.blocks.append((ReadParagraph(text.strip(), cell.place, level=heading_level(text)), False))

    def _caption(self, table: Any, number: int) -> None:
        """Add the title of a table; each element in it is a line, with the figures and links within it."""
        for caption in table.iterchildren("caption"):
            texts = (" ".join(joined(text).split(" ")).strip() for text in _lines_of(caption))
            for line, text in enumerate(filter(None, texts), 1):
                self.blocks.append((ReadParagraph(text, caption_place(number, line)), True))


def _lines_of(caption: Any) -> list[str]:
    """Return the texts of a title: each element in it is a line, or several if one within it is not of a line."""
    from lxml.etree import iterwalk

    lines = [""]
    for event, part in iterwalk(caption, events=("start", "end", "comment", "pi")):
        if part is not caption and isinstance(part.tag, str):
            ends = part.getparent() is caption or not _INLINE.fullmatch(part.tag)
            lines += [""] if ends else []
        text = part.text if event == "start" else part.tail if part is not caption else ""
        lines[-1] += text or ""
    return lines
