"""An XLSX file read as a stranger reads it: cells as they show through their number formats, and their exact values.

Looks at nothing but the bytes, and knows what is what from what the file itself says: the rows that every page
repeats are label, title, line and head; ruled rows below them are the body, rows without rules the notes; a sheet of
links lists the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

from ...tree.seen import BLANK, Seen, SeenCell, SeenTable, Unreadable
from .reading_formats import Formats

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TITLES = re.compile(r".*!\$\d+:\$(\d+)")
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile("([A-Z]+)([0-9]+)")
_BLANKS_BETWEEN = "\u3000"
_BANDS = 3

_Row = dict[int, SeenCell]


class _Line(NamedTuple):
    """A row of a table: its number on the sheet, its cells by column, whether it is ruled."""

    number: int
    cells: _Row
    ruled: bool


def read_back(payload: bytes) -> Seen:
    """What the file shows.

    Raises:
        Exception: it is no XLSX file, or none of the kind that this writer makes.
    """
    with ZipFile(BytesIO(payload)) as archive:
        title = ElementTree.fromstring(archive.read("docProps/core.xml")).findtext(_TITLE) or ""
        formats = Formats(ElementTree.fromstring(archive.read("xl/styles.xml")))
        index: list[tuple[str, ...]] = []
        tables: list[SeenTable] = []
        for part, repeated in _sheets(archive):
            sheet = ElementTree.fromstring(archive.read(part))
            lines = _lines(sheet, formats)
            if sheet.find(f"{_S}hyperlinks") is not None or (not tables and repeated <= _BANDS):
                index += (tuple(cell.text for cell in line.cells.values()) for line in lines)
            else:
                tables.append(_table(lines, repeated))
    return Seen(title, None, tuple(tables), index=tuple(index))


def _sheets(archive: ZipFile) -> Iterator[tuple[str, int]]:
    """The part of each sheet, and the last of the rows that its pages repeat."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    parts = {link.get("Id"): (link.get("Target") or "").removeprefix("/xl/") for link in links}
    titles = {}
    for name in book.iterfind(f"{_S}definedNames/{_S}definedName"):
        if name.get("name") == "_xlnm.Print_Titles":
            found = _TITLES.fullmatch(name.text or "")
            titles[name.get("localSheetId")] = int(found[1]) if found else 0
    for number, sheet in enumerate(book.iterfind(f"{_S}sheets/{_S}sheet")):
        yield f"xl/{parts[sheet.get(_LINK)]}", titles.get(str(number), 0)


def _lines(sheet: ElementTree.Element, formats: Formats) -> list[_Line]:
    """The rows, without those that only carry on cells from above (a row too tall for a sheet is several)."""
    covered = set(_covered(sheet))
    lines = []
    for row in sheet.iterfind(f"{_S}sheetData/{_S}row"):
        cells: _Row = {}
        number, ruled, begun = int(row.get("r", 0)), False, False
        for cell in row:
            column = _column(cell.get("r", ""))
            hidden = (number, column) in covered
            begun = begun or not hidden
            style = int(cell.get("s", 0))
            ruled = ruled or formats.ruled(style)
            cells[column] = BLANK if hidden else _cell(cell, style, formats)
        if begun:
            lines.append(_Line(number, cells, ruled))
    return lines


def _covered(sheet: ElementTree.Element) -> Iterator[tuple[int, int]]:
    """The places of merged ranges but their first."""
    for merged in sheet.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        (left, top), (right, bottom) = _ADDRESS.findall(merged.get("ref", ""))
        first = (int(top), _column(left))
        for row in range(int(top), int(bottom) + 1):
            yield from ((row, c) for c in range(first[1], _column(right) + 1) if (row, c) != first)


def _column(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cell(cell: ElementTree.Element, style: int, formats: Formats) -> SeenCell:
    if not len(cell):
        return BLANK
    kind, formula = cell.get("t", "n"), cell.find(f"{_S}f")
    if formula is not None:
        return SeenCell(f"={formula.text}")
    if kind == "inlineStr":
        return SeenCell(_CODED.sub(_decoded, "".join([text.text or "" for text in cell.iter(f"{_S}t")])))
    if kind != "n":
        raise Unreadable(f"cell {cell.get('r')} is of the kind {kind}")
    return formats.number(cell.findtext(f"{_S}v") or "", style)


def _decoded(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _table(lines: list[_Line], repeated: int) -> SeenTable:
    bands, rest = lines[:_BANDS], lines[_BANDS:]
    label, title = ("".join(cell.text for cell in line.cells.values()) for line in bands[:2])
    head = tuple(tuple(line.cells.values()) for line in rest if line.number <= repeated)
    body = tuple(tuple(line.cells.values()) for line in rest if line.number > repeated and line.ruled)
    notes = ("".join(cell.text for cell in line.cells.values()) for line in rest if not line.ruled)
    return SeenTable(label, title, *_sides(bands[2].cells), head, body, tuple(notes))


def _sides(cells: _Row) -> tuple[str, str]:
    """What stands left and right; a sheet of a single column has both in one cell."""
    first, *others = (cell.text for cell in cells.values())
    if not others:
        left, _, right = first.rpartition(_BLANKS_BETWEEN)
        return left, right
    return first, "".join(others)
