"""Read a DOCX file back: the text and the tables of its main part; names of styles say what a paragraph is.

Only the bytes are used, none of the writer's code. Spans are resolved here anew, and the parts of a
cell that is cut over pages (each further part is open above, its upper rule is ``nil``) are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...tree.readback import BLANK, ReadCell, ReadChart, ReadDocument, ReadGrid, ReadTable
from .readback_charts import read_embedded
from .readback_package import open_within_limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_P, _TABLE, _ROW, _CELL, _TEXT = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc", f"{_W}t"
_PROPERTIES, _STYLE, _OUTLINE = f"{_W}pPr", f"{_W}pStyle", f"{_W}outlineLvl"
_HEADER = f"{_W}trPr/{_W}tblHeader"
_SPAN, _MERGE, _BORDERS, _TOP = f"{_W}gridSpan", f"{_W}vMerge", f"{_W}tcBorders", f"{_W}top"
_SHOWN = {_TEXT: "", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_OF_A_ROW = (_CELL, _P, _SPAN, _MERGE, _BORDERS, *_SHOWN)
_LABEL, _NAME, _LINE, _NOTE = "TableLabel", "TableTitle", "TableLine", "TableNote"
_DRAWING, _CHART_CAPTION = f"{_W}drawing", "ChartCaption"
_INVISIBLE = 2  # half points: type of this size is there for the navigation pane only
_NO_OUTLINE = 9

_Origin = list[str]


def read_back(payload: bytes) -> ReadDocument:
    """Return what the file shows.

    Raises:
        Exception: it is no DOCX file, or none of the kind that this writer makes.
    """
    word = open_within_limits(payload)
    reading = _Reading(word.styles.element, word.part)
    reading.read(word.element)
    return ReadDocument(
        word.core_properties.title, tuple(reading.paragraphs), tuple(reading.tables), tuple(reading.outline),
        charts=tuple(reading.charts),
    )  # fmt: skip


class _Reading:
    def __init__(self, styles: Any, main: Any) -> None:
        self._main = main
        self._levels: dict[str, int] = {}
        self._invisible: set[str] = set()
        for style in styles.iter(f"{_W}style"):
            id = style.get(f"{_W}styleId")
            self._levels[id] = int(_val(style.find(f"{_PROPERTIES}/{_OUTLINE}")) or _NO_OUTLINE)
            if int(_val(style.find(f"{_W}rPr/{_W}sz")) or _INVISIBLE + 1) <= _INVISIBLE:
                self._invisible.add(id)
        self.paragraphs: list[str] = []
        self.outline: list[str] = []
        self.tables: list[ReadTable] = []
        self.charts: list[ReadChart] = []
        self._below_table = False

    def read(self, parent: Any) -> None:
        """Read an element of the main part, block by block."""
        for block in parent:
            if block.tag == _P:
                self._paragraph(block)
            elif block.tag == _TABLE:
                self.tables.append(replace(_table(block), after=len(self.paragraphs)))
                self._below_table = True
            else:
                self.read(block)

    def _paragraph(self, paragraph: Any) -> None:
        style, text = _style(paragraph), _text(paragraph)
        for drawing in paragraph.iter(_DRAWING):
            chart = read_embedded(drawing, self._main)
            self.charts.append(replace(chart, after=len(self.paragraphs)))
            self._below_table = False
        if style == _CHART_CAPTION and self.charts and not self.charts[-1].caption:
            self.charts[-1] = replace(self.charts[-1], caption=text)
            return
        own = _val(paragraph.find(f"{_PROPERTIES}/{_OUTLINE}"))
        if text and int(own or self._levels.get(style, _NO_OUTLINE)) < _NO_OUTLINE:
            self.outline.append(text)
        if style in self._invisible or not text.strip():
            return
        if self._below_table and style == _NOTE:
            table = self.tables[-1]
            self.tables[-1] = replace(table, notes=(*table.notes, text))
        else:
            self.paragraphs.append(text)
            self._below_table = False


def _val(element: Any) -> str:
    return "" if element is None else element.get(_VAL) or ""


def _style(paragraph: Any) -> str:
    return _val(paragraph.find(f"{_PROPERTIES}/{_STYLE}"))


def _text(element: Any) -> str:
    return "".join([_SHOWN[piece.tag] or piece.text or "" for piece in element.iter(*_SHOWN)])


def _table(table: Any) -> ReadTable:
    lines = {_LABEL: "", _NAME: "", _LINE: ""}
    right, head, body = "", [], []
    for row in table.iter(_ROW):
        if row.find(_HEADER) is None:
            body.append(row)
            continue
        texts = {_style(paragraph): _text(paragraph) for paragraph in row.iter(_P)}
        if not texts.keys() & lines.keys():
            head.append(row)
        elif _LINE in texts:
            lines[_LINE], right = texts[_LINE], texts.get(_LABEL, "")
        else:
            lines |= texts
    return ReadTable(lines[_LABEL], lines[_NAME], lines[_LINE], right, _grid(head), _grid(body))


def _grid(rows: Sequence[Any]) -> ReadGrid:
    """The rows with each text in the first place of its span."""
    above: list[_Origin] = []
    grid: list[list[_Origin | None]] = []
    for row in rows:
        line: list[_Origin | None] = []
        here: list[_Origin] = []
        for cell in _cells(row):
            origin = cell.parts
            if cell.goes_on:
                origin = above[len(here)]
                origin += cell.parts
            line.append(None if cell.goes_on else origin)
            here.append(origin)
            if cell.across > 1:
                line += [None] * (cell.across - 1)
                here += [origin] * (cell.across - 1)
        grid.append(line)
        above = here
    return tuple([tuple([ReadCell("".join(origin)) if origin else BLANK for origin in line]) for line in grid])


class _Cell:
    """A cell of a row: its text in parts, the columns that it covers, whether it continues the one above."""

    __slots__ = ("across", "goes_on", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.across = 1
        self.goes_on = False

    def apply(self, cell_property: Any) -> None:
        """Set what a property of the cell says of its place."""
        if cell_property.tag == _SPAN:
            self.across = int(cell_property.get(_VAL))
        elif cell_property.tag == _MERGE:
            self.goes_on = self.goes_on or cell_property.get(_VAL) != "restart"
        else:
            self.goes_on = self.goes_on or _val(cell_property.find(_TOP)) == "nil"


def _cells(row: Any) -> list[_Cell]:
    """The cells of a row, in one pass over all that can matter."""
    cells: list[_Cell] = []
    is_first = True
    for piece in row.iter(*_OF_A_ROW):
        tag = piece.tag
        if tag == _CELL:
            cell = _Cell()
            cells.append(cell)
            is_first = True
        elif tag == _TEXT:
            if text := piece.text:
                cell.parts.append(text)
        elif tag == _P:
            if not is_first:
                cell.parts.append("\n")
            is_first = False
        elif shown := _SHOWN.get(tag):
            cell.parts.append(shown)
        else:
            cell.apply(piece)
    return cells
