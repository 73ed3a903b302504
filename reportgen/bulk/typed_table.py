"""Read a small table that a user typed, from XLSX or CSV, as rows of cells that know their places.

The file is data from outside: it is bounded in bytes, rows and columns, and whatever is wrong is one message.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..core.errors import InputError, os_error_reason
from ..core.stored_data import open_regular

LARGEST = 4 * 1024 * 1024
"""Bytes of the file, and of CSV text."""
LARGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes of all parts of a workbook together."""
MOST_ROWS, MOST_COLUMNS = 5_000, 50
SUFFIXES = (".xlsx", ".csv")
TOO_MANY = "{path} 超过 {rows} 行或 {columns} 列"
FIRST_SHEET = "把表放在第一张工作表，删去其余的"


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell: its ``place`` (B3, or 第 3 行第 2 列), its ``text`` without outer blanks, its ``number`` if it has one.

    ``formula`` is whether it is computed by the spreadsheet; then it has no number.
    """

    place: str
    text: str
    number: Decimal | None = None
    formula: bool = False


Row = tuple[TypedCell, ...]


def read_table(path: Path) -> list[Row]:
    """Return the rows of the table in ``path`` that are not blank.

    Raises:
        InputError: the file cannot be read, is too large, or is of another kind.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        hint = "在 Excel 或 WPS 里另存为 .xlsx 或 .csv"
        raise InputError("{path} 不是 .xlsx 或 .csv 文件", hint, path=str(path))
    payload = _payload(path)
    rows = _workbook(payload, path) if suffix == ".xlsx" else _comma_separated(payload, path)
    return [row for row in _bounded(rows, path) if any(cell.text for cell in row)]


def _payload(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            payload = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError("读不了 {path}：{why}", path=str(path), why=os_error_reason(error)) from None
    if len(payload) > LARGEST:
        raise InputError("{path} 超过 {most} MB，没有读", path=str(path), most=str(LARGEST >> 20))
    return payload


def _bounded(rows: Iterator[Row], path: Path) -> Iterator[Row]:
    for n, row in enumerate(rows):
        if n >= MOST_ROWS or len(row) > MOST_COLUMNS:
            raise _too_many(path)
        yield row


def _too_many(path: Path) -> InputError:
    return InputError(TOO_MANY, "删去多余的行和列", path=str(path), rows=str(MOST_ROWS), columns=str(MOST_COLUMNS))


def _comma_separated(payload: bytes, path: Path) -> Iterator[Row]:
    text = _decoded(payload, path)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first and "," not in first else ",")
    try:
        for cells in reader:
            line = reader.line_num
            yield tuple(TypedCell(f"第 {line} 行第 {n} 列", cell.strip()) for n, cell in enumerate(cells, 1))
    except csv.Error as error:
        raise InputError(
            "{path} 第 {line} 行不是 CSV：{why}", "在 Excel 或 WPS 里另存为 .xlsx 再试",
            path=str(path), line=str(reader.line_num), why=str(error)[:100],
        ) from None  # fmt: skip


def _decoded(payload: bytes, path: Path) -> str:
    """Return the text of a CSV file, which is UTF-8 or GBK, as the Chinese Excel saves it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError("{path} 不是 UTF-8 或 GBK 的文字", "在 Excel 或 WPS 里另存为“CSV UTF-8”", path=str(path))


def _workbook(payload: bytes, path: Path) -> Iterator[Row]:
    from openpyxl import load_workbook  # slow to import, and few runs need it

    _check_package(payload, path)
    try:
        book = load_workbook(io.BytesIO(payload), read_only=True, keep_links=False)
        first, *others = book.worksheets
        if any(cell is not None for sheet in others for row in _values(sheet) for cell in row):
            raise InputError("{path} 有几张工作表", FIRST_SHEET, path=str(path))
        for n, row in enumerate(_values(first), 1):
            yield tuple(_cell(value, f"{_letters(column)}{n}") for column, value in enumerate(row, 1))
    except InputError:
        raise
    except Exception as error:  # whatever openpyxl raises for a damaged workbook
        raise _unreadable(path, f"{type(error).__name__}") from None


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the values of a sheet's rows; one row and one column more than are allowed, so that these are noticed."""
    sheet.reset_dimensions()  # the size that the file states may be anything
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True)
    for row in rows:
        filled = [n for n, value in enumerate(row, 1) if value is not None]
        yield row[: max(filled, default=0)]


def _check_package(payload: bytes, path: Path) -> None:
    """Refuse a file that is no zip archive, unpacks to too much, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise _unreadable(path, "解压后过大")
            if any(b"<!DOCTYPE" in archive.read(member) for member in members if member.filename.endswith(".xml")):
                raise _unreadable(path, "不是普通的工作簿")
    except InputError:
        raise
    except Exception as error:  # zipfile raises many kinds for a damaged archive
        raise _unreadable(path, type(error).__name__) from None


def _unreadable(path: Path, why: str) -> InputError:
    return InputError("{path} 打不开：{why}", "用 Excel 或 WPS 打开，另存为 .xlsx 再试", path=str(path), why=why)


def _cell(value: Any, place: str) -> TypedCell:
    if value is None:
        return TypedCell(place, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{value:.15g}"  # what a spreadsheet shows of it: 0.1 and not 0.1000000000000000055
        return TypedCell(place, text, Decimal(text))
    text = str(value).strip()
    return TypedCell(place, text, formula=text.startswith("="))


def _letters(column: int) -> str:
    """Return the letters of a column: A, B … Z, AA …"""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)
