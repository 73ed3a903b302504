"""Read an XLSX file back: cells as their number formats show them, and their exact values.

Only the bytes are used, none of the writer's code. The file itself says what its rows are: those that every page
repeats are label, title, line and head; ruled rows below them are the body, rows without rules the notes; a sheet of
links lists the tables; a sheet with a drawing has a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from lxml import etree

from ...tree.readback import BLANK, ReadCell, ReadChart, ReadDocument, ReadTable, Unreadable
from ..charts.readback import read_chart
from .readback_formats import Formats

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _FORMULA, _TEXT = f"{_S}row", f"{_S}c", f"{_S}v", f"{_S}f", f"{_S}t"
_OF_A_ROW = (_CELL, _VALUE, _FORMULA, _TEXT)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NAMED = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"
_STRINGS = "xl/sharedStrings.xml"
_TITLES = re.compile(r".*!\$\d+:\$(\d+)")
_CONTINUED = re.compile(r"\$([A-Z]+)\$(\d+):\$([A-Z]+)\$\d+")
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile("([A-Z]+)([0-9]+)")
_BLANKS_BETWEEN = "\u3000"
_BANDS = 3
_LETTERS = 26

_Cells = dict[int, ReadCell]


class _SheetRow(NamedTuple):
    """A row of a sheet: its number on the sheet, its cells by column, whether it is ruled."""

    number: int
    cells: _Cells
    ruled: bool


def read_back(payload: bytes) -> ReadDocument:
    """Return what the file shows.

    Raises:
        Exception: it is no XLSX file, or none of the kind that this writer makes.
    """
    parts = _opened(payload)
    reading = _reading(parts)
    index: list[tuple[str, ...]] = []
    tables: list[ReadTable] = []
    charts: list[ReadChart] = []
    for name, repeated, continued in _sheets(parts):
        sheet = parts[name]
        rows = reading.rows(sheet, continued)
        if sheet.find(f"{_S}drawing") is not None:
            charts.append(_chart(parts, name, rows))
        elif sheet.find(f"{_S}hyperlinks") is not None or (not tables and repeated <= _BANDS):
            index += (tuple(cell.text for cell in row.cells.values()) for row in rows)
        else:
            tables.append(_table(rows, repeated))
    title = parts["docProps/core.xml"].findtext(_TITLE) or ""
    return ReadDocument(title, None, tuple(tables), index=tuple(index), charts=tuple(charts))


def cells_of_first_sheet(payload: bytes) -> dict[str, ReadCell]:
    """Return the cells of the first sheet of a workbook by their addresses.

    Raises:
        Exception: it is no XLSX file.
    """
    parts = _opened(payload)
    name, _, _ = next(_sheets(parts))
    return _by_address(_reading(parts).rows(parts[name]))


def _opened(payload: bytes) -> dict[str, Any]:
    parser = etree.XMLParser(resolve_entities=False)
    with ZipFile(BytesIO(payload)) as archive:
        return {name: etree.fromstring(archive.read(name), parser) for name in archive.namelist()}


def _reading(parts: Mapping[str, Any]) -> _Reading:
    strings = ["".join(item.itertext(_TEXT)) for item in parts.get(_STRINGS, ())]
    return _Reading(Formats(parts["xl/styles.xml"]), strings)


def _chart(parts: Mapping[str, Any], sheet: str, rows: Sequence[_SheetRow]) -> ReadChart:
    """The chart on a sheet: the drawing that the sheet refers to has it; the first row is its caption."""
    drawing = _target(parts, sheet)
    cells = _by_address(rows)
    chart = read_chart(parts[_target(parts, drawing)], lambda _, address: cells.get(address, BLANK))
    caption = "".join(cell.text for cell in rows[0].cells.values())
    described = next(parts[drawing].iter(_NAMED)).get("descr")
    return ReadChart(caption, described, chart.shown, chart.source, chart.kind)


def _target(parts: Mapping[str, Any], name: str) -> str:
    """The name of the part that the only relationship of a part leads to."""
    folder, _, file = name.rpartition("/")
    (link,) = parts[f"{folder}/_rels/{file}.rels"]
    target: str = link.get("Target")
    return "xl/" + target.removeprefix("../")


def _by_address(rows: Sequence[_SheetRow]) -> dict[str, ReadCell]:
    """The cells of rows by their addresses; charts use the first 26 columns."""
    return {
        f"{chr(ord('A') + column - 1)}{row.number}": cell
        for row in rows
        for column, cell in row.cells.items()
        if column <= _LETTERS
    }


def _sheets(parts: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """The part of each sheet, the last of the rows that its pages repeat, the cells that continue one from above."""
    book, links = parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
    targets = {link.get("Id"): link.get("Target").removeprefix("/xl/") for link in links}
    titles, continued = {}, {}
    for name in book.iter(f"{_S}definedName"):
        if name.get("name") == "_xlnm.Print_Titles":
            rows = _TITLES.fullmatch(name.text or "")
            titles[name.get("localSheetId")] = int(rows[1]) if rows else 0
        elif name.get("name") == "_continued":
            continued[name.get("localSheetId")] = name.text or ""
    for number, sheet in enumerate(book.iter(f"{_S}sheet")):
        yield f"xl/{targets[sheet.get(_LINK)]}", titles.get(str(number), 0), continued.get(str(number), "")


class _Reading:
    """Reads sheets whose cells have the styles and strings of one workbook."""

    def __init__(self, formats: Formats, strings: Sequence[str]) -> None:
        self._formats = formats
        self._strings = strings
        self._columns: dict[str, int] = {}

    def rows(self, sheet: Any, continued: str = "") -> list[_SheetRow]:
        """Return the rows without those that only continue cells from above: a row too tall for a sheet is several.

        A text of the cells ``continued`` is added to the cell above it that began last.
        """
        covered, going_on = self._covered(sheet), self._going_on(continued)
        rows: list[_SheetRow] = []
        origins: dict[int, _Cells] = {}
        for row in sheet.iter(_ROW):
            number = int(row.get("r"))
            hidden, more = covered.get(number, set()), going_on.get(number, set())
            cells, ruled, begun = self._cells(row, hidden, more)
            for column in more & cells.keys():
                if text := cells[column].text:
                    origins[column][column] = ReadCell(origins[column][column].text + text)
                cells[column] = BLANK
            if begun:
                rows.append(_SheetRow(number, cells, ruled))
                origins |= {column: cells for column in cells.keys() - hidden - more}
        return rows

    def _going_on(self, continued: str) -> dict[int, set[int]]:
        """The columns by row of the areas in the text of a name."""
        found: dict[int, set[int]] = {}
        for left, row, right in _CONTINUED.findall(continued):
            found.setdefault(int(row), set()).update(range(self._column(left), self._column(right) + 1))
        return found

    def _cells(self, row: Any, hidden: set[int], going_on: set[int]) -> tuple[_Cells, bool, bool]:
        """The cells of a row, whether it is ruled, whether a cell begins in it.

        ``hidden`` are covered columns; a cell of the columns ``going_on`` continues one above.
        """
        cells: _Cells = {}
        ruled = begun = is_formula = False
        for piece in row.iter(*_OF_A_ROW):
            tag = piece.tag
            if tag == _CELL:
                cell, is_formula = piece, False
                letters = cell.get("r").rstrip("0123456789")
                column = self._columns.get(letters) or self._column(letters)
                cells[column] = BLANK
                ruled = ruled or self._formats.ruled(int(cell.get("s", 0)))
                begun = begun or not (column in hidden or column in going_on)
            elif column in hidden or is_formula:
                continue
            elif tag == _TEXT:
                cells[column] = ReadCell(cells[column].text + _decoded(piece.text or ""))
            elif tag == _VALUE:
                cells[column] = self._value(cell, piece.text or "")
            else:
                cells[column], is_formula = ReadCell(f"={piece.text}"), True
        return cells, ruled, begun

    def _value(self, cell: Any, written: str) -> ReadCell:
        kind = cell.get("t", "n")
        if kind == "s":
            return ReadCell(_decoded(self._strings[int(written)]))
        if kind != "n":
            raise Unreadable(f"cell {cell.get('r')} is of the kind {kind}")
        return self._formats.number(written, int(cell.get("s", 0)))

    def _covered(self, sheet: Any) -> dict[int, set[int]]:
        """The columns in each row that merged ranges cover without beginning there."""
        covered: dict[int, set[int]] = {}
        for merged in sheet.iter(f"{_S}mergeCell"):
            (left, top), (right, bottom) = _ADDRESS.findall(merged.get("ref"))
            first, columns = self._column(left), range(self._column(left), self._column(right) + 1)
            for row in range(int(top), int(bottom) + 1):
                covered.setdefault(row, set()).update(columns)
            covered[int(top)].discard(first)
        return covered

    def _column(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = number
        return number


def _decoded(text: str) -> str:
    """The text as a spreadsheet shows it (ECMA-376 part 1, 22.9.2.19)."""
    return _CODED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _table(rows: list[_SheetRow], repeated: int) -> ReadTable:
    bands, rest = rows[:_BANDS], rows[_BANDS:]
    label, title = ("".join(cell.text for cell in row.cells.values()) for row in bands[:2])
    head = tuple(tuple(row.cells.values()) for row in rest if row.number <= repeated)
    body = tuple(tuple(row.cells.values()) for row in rest if row.number > repeated and row.ruled)
    notes = ("".join(cell.text for cell in row.cells.values()) for row in rest if not row.ruled)
    return ReadTable(label, title, *_sides(bands[2].cells), head, body, tuple(notes))


def _sides(cells: _Cells) -> tuple[str, str]:
    """The texts on the left and on the right; a sheet of a single column has both in one cell."""
    first, *others = (cell.text for cell in cells.values())
    if not others:
        left, _, right = first.rpartition(_BLANKS_BETWEEN)
        return left, right
    return first, "".join(others)
