"""A DOCX file read as a stranger reads it: the text and the tables of its main part, names of styles for what is what.

Looks at nothing but the bytes. Spans are resolved here anew, and the parts of a cell that is cut over pages (each
further part is open above, its upper rule is ``nil``) are put together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import IO, Any
from zipfile import ZipFile

from lxml import etree

from ...tree.seen import BLANK, Seen, SeenCell, SeenGrid, SeenTable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_VAL = f"{_W}val"
_P, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_PROPERTIES, _STYLE, _OUTLINE = f"{_W}pPr", f"{_W}pStyle", f"{_W}outlineLvl"
_SHOWN = {f"{_W}t": "", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_LABEL, _NAME, _LINE, _NOTE = "TableLabel", "TableTitle", "TableLine", "TableNote"
_UNSEEN = 2  # half points: type of this size is there for the navigation pane, nobody sees it
_NO_OUTLINE = 9

_Origin = list[str]


def read_back(payload: bytes) -> Seen:
    """What the file shows.

    Raises:
        Exception: it is no DOCX file, or none of the kind that this writer makes.
    """
    with ZipFile(BytesIO(payload)) as archive:
        title = etree.fromstring(archive.read("docProps/core.xml")).findtext(_TITLE) or ""
        reading = _Reading(etree.fromstring(archive.read("word/styles.xml")))
        with archive.open("word/document.xml") as part:
            reading.read(part)
    return Seen(title, tuple(reading.paragraphs), tuple(reading.tables), tuple(reading.outline))


class _Reading:
    def __init__(self, styles: Any) -> None:
        self._levels: dict[str, int] = {}
        self._unseen: set[str] = set()
        for style in styles.iter(f"{_W}style"):
            id = style.get(f"{_W}styleId")
            self._levels[id] = int(_val(style.find(f"{_PROPERTIES}/{_OUTLINE}")) or _NO_OUTLINE)
            if int(_val(style.find(f"{_W}rPr/{_W}sz")) or _UNSEEN + 1) <= _UNSEEN:
                self._unseen.add(id)
        self.paragraphs: list[str] = []
        self.outline: list[str] = []
        self.tables: list[SeenTable] = []
        self._below_table = False

    def read(self, part: IO[bytes]) -> None:
        """Read the main part, block by block."""
        for _, block in etree.iterparse(part, events=("end",), tag=(_P, _TABLE), resolve_entities=False):
            if block.tag == _TABLE:
                self.tables.append(replace(_table(block), after=len(self.paragraphs)))
                self._below_table = True
                block.clear()
            elif block.getparent().tag != _CELL:
                self._paragraph(block)

    def _paragraph(self, paragraph: Any) -> None:
        style, text = _style(paragraph), _text(paragraph)
        own = _val(paragraph.find(f"{_PROPERTIES}/{_OUTLINE}"))
        if text and int(own or self._levels.get(style, _NO_OUTLINE)) < _NO_OUTLINE:
            self.outline.append(text)
        if style in self._unseen or not text.strip():
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


def _table(table: Any) -> SeenTable:
    lines = {_LABEL: "", _NAME: "", _LINE: ""}
    right, head, body = "", [], []
    for row in table.iter(_ROW):
        if row.find(f"{_W}trPr/{_W}tblHeader") is None:
            body.append(row)
            continue
        texts = {_style(paragraph): _text(paragraph) for paragraph in row.iter(_P)}
        if not texts.keys() & lines.keys():
            head.append(row)
        elif _LINE in texts:
            lines[_LINE], right = texts[_LINE], texts.get(_LABEL, "")
        else:
            lines |= texts
    return SeenTable(lines[_LABEL], lines[_NAME], lines[_LINE], right, _grid(head), _grid(body))


def _grid(rows: Sequence[Any]) -> SeenGrid:
    """The rows with each text in the first place of its span."""
    above: list[_Origin] = []
    grid: list[list[_Origin | None]] = []
    for row in rows:
        line: list[_Origin | None] = []
        here: list[_Origin] = []
        for across, goes_on, text in _cells(row):
            origin = above[len(here)] if goes_on else [text]
            if goes_on and text:
                origin.append(text)
            line += [None if goes_on else origin, *[None] * (across - 1)]
            here += [origin] * across
        grid.append(line)
        above = here
    return tuple(tuple([SeenCell("".join(origin)) if origin else BLANK for origin in line]) for line in grid)


def _cells(row: Any) -> Iterator[tuple[int, bool, str]]:
    """The columns that each cell of a row covers, whether it continues the one above, its text."""
    for cell in row.iterchildren(_CELL):
        across, goes_on = 1, False
        for look in cell[0]:
            if look.tag == f"{_W}gridSpan":
                across = int(look.get(_VAL))
            elif look.tag == f"{_W}vMerge":
                goes_on = goes_on or look.get(_VAL) != "restart"
            elif look.tag == f"{_W}tcBorders":
                goes_on = goes_on or _val(look.find(f"{_W}top")) == "nil"
        yield across, goes_on, "\n".join([_text(paragraph) for paragraph in cell.iterchildren(_P)])
