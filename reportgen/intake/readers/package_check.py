"""Check an XLSX package before a library opens it: sizes, entities, how many cells it fills, what else it carries.

A library takes the file's word for what it holds. A workbook of 6 KB can name a range of 17 billion cells, or an XML
entity that unfolds to gigabytes; so everything is counted here while it streams through, and nothing is kept.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from ...core.errors import InputError

LARGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes of all XML parts together; a real book with 3,380 styled rows on 17 sheets has under 10 MB."""
MOST_PARTS = 2_000
MOST_CELLS = 150_000
"""Cells with or without content, merged ones included."""
SMALLEST_RATIO_CHECKED = 1024 * 1024
"""Bytes of a part: smaller ones may be packed as tightly as they like."""
HIGHEST_RATIO = 400
"""Unpacked to packed bytes of one part; tables of empty styled cells reach about 60."""
_COUNTED = re.compile(r"xl/(workbook|worksheets/[^/]+)\.xml", re.I)
_XML = re.compile(r".+\.(xml|rels|vml)", re.I)
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_CHUNK = 1 << 16
_IGNORED = {
    "宏": re.compile(r"xl/vbaProject\.bin", re.I),
    "图片": re.compile(r"xl/(media/|drawings/drawing).+", re.I),
    "批注": re.compile(r"xl/(comments|threadedComments/).+", re.I),
    "指向别的文件的链接": re.compile(r"xl/externalLinks/.+", re.I),
    "数据透视表": re.compile(r"xl/pivotTables/.+", re.I),
    "嵌入的对象": re.compile(r"xl/(embeddings|activeX|ctrlProps)/.+", re.I),
}
"""What a message calls the parts of a workbook that are never read."""


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """How large a package may be: bytes of all XML parts together, cells with or without content."""

    unpacked: int = LARGEST_UNPACKED
    cells: int = MOST_CELLS


LEDGER = PackageLimits(unpacked=2 << 30, cells=40_000_000)
"""For a ledger, whose rows are streamed: a sheet can have 1,048,576 of them."""


@dataclass
class PackageSummary:
    """What the check saw: ``ignored`` names what is never read, ``formulas`` is whether any cell is calculated.

    ``sheets`` and ``cells`` count what the workbook says it has.
    """

    ignored: tuple[str, ...] = ()
    formulas: bool = False
    sheets: int = 0
    cells: int = 0


def check_package(payload: bytes, limits: PackageLimits = PackageLimits()) -> PackageSummary:
    """Return what an XLSX package holds beside its cells.

    Raises:
        InputError: it is damaged, or so large or so made that reading it is not safe.
    """
    try:
        with ZipFile(io.BytesIO(payload)) as archive:
            return _checked(archive, limits)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise InputError("工作簿损坏，读不了", "在 Excel 或 WPS 里打开，另存为新的 .xlsx") from error


def check_word_package(payload: bytes) -> None:
    """Raise InputError, in words for a Word file, if reading its package is not safe."""
    try:
        check_package(payload)
    except InputError as error:
        message = "Word 文件损坏，或不像是 Word、WPS 存的，没有读"
        raise InputError(message, "在 Word 或 WPS 里打开，另存为新的 .docx") from error


def _checked(archive: ZipFile, limits: PackageLimits) -> PackageSummary:
    entries = archive.infolist()
    _check_sizes(entries, limits.unpacked)
    ignored = tuple(name for name, part in _IGNORED.items() if any(part.fullmatch(e.filename) for e in entries))
    summary = PackageSummary(ignored)
    for entry in entries:
        if _XML.fullmatch(entry.filename):
            with archive.open(entry) as stream:
                _check_part(stream, summary, limits.cells if _COUNTED.fullmatch(entry.filename) else None)
    return summary


def _check_sizes(entries: list[ZipInfo], largest: int) -> None:
    hint = "删去图片和用不着的工作表、空行空列，另存为新的 .xlsx"
    xml = [entry for entry in entries if _XML.fullmatch(entry.filename)]
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise InputError("工作簿的压缩方式不常见，没有读", "在 Excel 或 WPS 里另存为新的 .xlsx")
    if len(entries) > MOST_PARTS:
        message = "工作簿有 {count} 个部件，多于 {most} 个，没有读"
        raise InputError(message, hint, count=str(len(entries)), most=str(MOST_PARTS))
    if sum(entry.file_size for entry in xml) > largest:
        raise InputError("工作簿展开后超过 {most} MB，没有读", hint, most=str(largest >> 20))
    for entry in xml:
        if entry.file_size > max(SMALLEST_RATIO_CHECKED, HIGHEST_RATIO * entry.compress_size):
            raise InputError("工作簿里的 {part} 压缩得不合常理，没有读", hint, part=entry.filename[-60:])


def _check_part(stream: IO[bytes], summary: PackageSummary, most_cells: int | None) -> None:
    """Read one part to its end; its size is limited already, and where cells are, they are counted as they pass."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if most_cells is not None:
        most = most_cells
        parser.StartElementHandler = lambda name, attributes: _count(name.rpartition(":")[2], attributes, summary, most)
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadZipFile(str(error)) from error


def _refuse_doctype(*_: object) -> None:
    hint = "Excel 和 WPS 不会这样写；请在其中打开，另存为新的 .xlsx"
    raise InputError("工作簿的 XML 里有实体定义（DOCTYPE），没有读", hint)


def _count(name: str, attributes: dict[str, str], summary: PackageSummary, most: int) -> None:
    if name == "f":
        summary.formulas = True
    elif name == "sheet":
        summary.sheets += 1
    elif name == "c":
        summary.cells += 1
    elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", "").upper())):
        left, top, right, bottom = (_column(found[1]), int(found[2]), _column(found[3]), int(found[4]))
        summary.cells += max(0, right - left + 1) * max(0, bottom - top + 1)
    if summary.cells > most:
        hint = "多半是整行整列设了格式或合并；只留有内容的行和列，另存为新的 .xlsx"
        raise InputError("工作簿的单元格（含合并的）多于 {most} 个，没有读", hint, most=str(most))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
