"""Read a Word file as a published document: paragraphs, headings and tables in the order of the body.

The XML is read with lxml: python-docx has no order of paragraphs and tables over content controls, which hold the
table of contents.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from ...budget.radicals import with_hanzi
from ...core.errors import InputError
from ...recognise.blocks import Block, ReadDocument, ReadParagraph, ReadTable
from ...recognise.grid import Grid, GridCell
from .before_tables import rows_above, take_lines_above
from .headings import contents_entry, heading_level, is_contents_heading
from .package_check import MOST_CELLS, check_word_package
from .places import paragraph_place, table_cell_place, table_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_SPAN = 500
_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_TOC = re.compile(r"toc\s*[1-9]$|目录\s*[1-9]$", re.I)
_HALF_EM = 105
"""Twentieths of a point in half a character of ordinary size, the unit in which indents are counted."""
_HIDDEN = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr"))
_OTHER_TEXT = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(payload: bytes) -> ReadDocument:
    """Return paragraphs and tables of a Word file; it has no pages.

    Raises:
        InputError: the file is damaged, reading it is not safe, or it has no text.
    """
    check_word_package(payload)
    from lxml import etree

    try:
        with ZipFile(io.BytesIO(payload)) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            body = etree.fromstring(archive.read("word/document.xml"), parser).find(f"{W}body")
            names = archive.namelist()
            styles = etree.fromstring(archive.read("word/styles.xml"), parser) if "word/styles.xml" in names else None
    except MemoryError:
        raise
    except Exception as error:  # lxml and zipfile raise many kinds for a damaged part
        raise InputError("Word 文件损坏，读不了", "在 Word 或 WPS 里打开，另存为新的 .docx") from error
    if body is None:
        raise InputError("Word 文件损坏，读不了", "在 Word 或 WPS 里打开，另存为新的 .docx")
    reading = _Reading(_style_names(styles))
    for element in _elements(body):
        reading.take(element)
    if not reading.blocks:
        raise InputError("Word 文件里没有文字", "内容是图片的读不了；检查是否选错了文件")
    return ReadDocument(tuple(block for block, _ in reading.blocks))


def _elements(holder: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a body, also those in content controls and in inserted text."""
    for element in holder:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag == f"{W}sdt":
            yield from (found for content in element.iterchildren(f"{W}sdtContent") for found in _elements(content))
        elif element.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _elements(element)


def _style_names(styles: Any) -> dict[str, tuple[str, int]]:
    """Return name and outline level (1 is the highest, 0 is none) of each paragraph style by its id."""
    found: dict[str, tuple[str, int]] = {}
    for style in () if styles is None else styles.iterchildren(f"{W}style"):
        name, outline = style.find(f"{W}name"), style.find(f"{W}pPr/{W}outlineLvl")
        level = _number(outline) + 1 if outline is not None else 0
        found[style.get(f"{W}styleId", "")] = (name.get(f"{W}val", "") if name is not None else "", level)
    return found


def _number(element: Any, name: str = "val", other: int = 0) -> int:
    text = element.get(f"{W}{name}", "") if element is not None else ""
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else other


@dataclass
class _Reading:
    """The blocks so far, each with whether it stands in the middle of its line."""

    styles: dict[str, tuple[str, int]]
    blocks: list[tuple[Block, bool]] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    contents: bool = False

    def take(self, element: Any) -> None:
        """Add what a paragraph or a table holds."""
        if element.tag == f"{W}tbl":
            self._table(element)
        else:
            self.paragraphs += 1
            if text := _text(element).strip():
                self._paragraph(element, text, paragraph_place(0, self.paragraphs))

    def _paragraph(self, element: Any, text: str, place: str) -> None:
        properties = element.find(f"{W}pPr")
        name, level = self._style(properties)
        entry = contents_entry(text)
        centred = properties is not None and _value(properties, "jc") == "center"
        if is_contents_heading(text):
            self.contents, paragraph = True, ReadParagraph(text, place, level=level or 1)
        elif _TOC.search(name) or (entry and self.contents):
            paragraph = ReadParagraph("\t".join(entry) if entry else text, place, in_contents=True)
        else:
            self.contents = False
            paragraph = ReadParagraph(text, place, level=level or heading_level(text))
        self.blocks.append((paragraph, centred))

    def _style(self, properties: Any) -> tuple[str, int]:
        """Return the name of a paragraph's style, and the level of heading that it makes of the paragraph."""
        if properties is None:
            return "", 0
        name, level = self.styles.get(_value(properties, "pStyle"), ("", 0))
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None:
            level = _number(outline) + 1
        if found := _STYLE.search(name):
            level = int(found[1])
        return name, level if level < 10 else 0

    def _table(self, element: Any) -> None:
        self.tables += 1
        table = _Table(self.tables, take_lines_above(self.blocks))
        table.read(element)
        if table.columns > 1 and table.cells:
            self.blocks.append((ReadTable(Grid(table_name(self.tables), table.cells, tuple(table.merged))), False))
            table.frames.clear()
        elif not table.nested:
            for cell in table.cells.values():  # a frame around prose
                text = str(cell.value).strip()
                self.blocks.append((ReadParagraph(text, cell.place, level=heading_level(text)), False))
        for held, place in table.frames if table.nested else ():
            self._held(held, place)
        for inner in table.nested if not table.frames else ():
            self._table(inner)

    def _held(self, cell: Any, place: str) -> None:
        """Add what a cell holds that lays out paragraphs and tables."""
        for element in _elements(cell):
            if element.tag == f"{W}tbl":
                self._table(element)
            elif text := _text(element).strip():
                self.blocks.append((ReadParagraph(text, place, level=heading_level(text)), False))


def _value(properties: Any, name: str) -> str:
    element = properties.find(f"{W}{name}")
    return str(element.get(f"{W}val", "")) if element is not None else ""


def _text(element: Any) -> str:
    """Return the text of a paragraph or of all paragraphs of a cell, without what was deleted or is a field's code."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif child.tag not in _HIDDEN and child.tag != _OTHER_TEXT:
            parts.append(_text(child))
    return with_hanzi("".join(parts))


@dataclass
class _Table:
    """A table while its rows are read."""

    number: int
    above: list[ReadParagraph]
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    columns: int = 0
    nested: list[Any] = field(default_factory=list)
    frames: list[tuple[Any, str]] = field(default_factory=list)
    """The tables within cells, and all cells with their places: a table that lays out a page is none itself."""
    _open: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Cells that go on downwards, by their first column: their first row, and their last column."""

    def read(self, element: Any) -> None:
        """Read the rows, below the lines above the table."""
        first = len(self.above) + 1
        row = first - 1
        for line in _rows(element):
            row += 1
            self._row(line, row, row - first + 1)
        self._close(row, set())
        self.cells.update(rows_above(self.above, self.columns))

    def _row(self, line: Any, row: int, number: int) -> None:
        properties = line.find(f"{W}trPr")
        column = 1 + min(_number(properties.find(f"{W}gridBefore")) if properties is not None else 0, _MOST_SPAN)
        going_on: set[int] = set()
        for cell in _cells(line):
            shape = cell.find(f"{W}tcPr")
            wide = max(1, min(_number(shape.find(f"{W}gridSpan"), other=1) if shape is not None else 1, _MOST_SPAN))
            down = shape.find(f"{W}vMerge") if shape is not None else None
            last = column + wide - 1
            if down is not None and down.get(f"{W}val", "continue") == "continue" and column in self._open:
                going_on.add(column)
            else:
                self._cell(cell, row, column, last, table_cell_place(self.number, number, column))
                if down is not None:
                    self._close(row - 1, set(self._open) - {column})
                    self._open[column] = (row, last)
                    going_on.add(column)
                elif wide > 1:
                    self.merged.append((row, column, row, last))
            column = last + 1
            self.columns = max(self.columns, last)
        self._close(row - 1, going_on)

    def _close(self, bottom: int, going_on: set[int]) -> None:
        """End the cells that do not go on in the next row."""
        for column in [one for one in self._open if one not in going_on]:
            top, last = self._open.pop(column)
            if bottom > top or last > column:
                self.merged.append((top, column, bottom, last))

    def _cell(self, cell: Any, row: int, column: int, last: int, place: str) -> None:
        if len(self.cells) > MOST_CELLS:
            raise InputError("表格的单元格多于 {most} 个，没有读", "", most=str(MOST_CELLS))
        held = list(_elements(cell))
        self.nested += (one for one in held if one.tag == f"{W}tbl")
        self.frames.append((cell, place))
        paragraphs = [one for one in held if one.tag == f"{W}p"]
        text = "".join(_text(one).replace("\n", "") for one in paragraphs).rstrip()
        if text.strip():
            self.cells[row, column] = GridCell(" " * _indent(paragraphs[0]) + text, place)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is None:  # else deleted, in a revision that was not accepted yet
                yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(element)


def _indent(paragraph: Any) -> int:
    """Return how far a paragraph is indented, in halves of a character."""
    indent = paragraph.find(f"{W}pPr/{W}ind")
    if indent is None:
        return 0
    characters = sum(_number(indent, name) for name in ("leftChars", "startChars", "firstLineChars"))
    if characters:
        return max(0, min(round(characters / 50), 40))
    points = sum(_number(indent, name) for name in ("left", "start", "firstLine"))
    return max(0, min(round(points / _HALF_EM), 40))
