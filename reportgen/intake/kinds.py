"""Which kind of file something is: its first bytes say so, never its name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from enum import Enum

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-"
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.I | re.S)
_MARKED = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks."""
_HEAD = 4096


class Kind(Enum):
    """A kind of file; the value is what a message calls it."""

    JSON = "JSON"
    XLSX = "Excel 工作簿（.xlsx）"
    XLS = "旧版 Excel 或 WPS 工作簿（.xls、.et）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    ODS = "OpenDocument 表格（.ods）"
    DOCX = "Word 文件（.docx）"
    DOC = "旧版 Word 文件（.doc）"
    ENCRYPTED = "有密码的 Office 文件"
    ARCHIVE = "压缩包，或损坏的 Office 文件"
    OLE_OTHER = "旧版 Office 文件"
    PDF = "PDF 文件"
    HTML = "网页（常有系统把网页存成 .xls）"
    IMAGE = "图片"
    PACKED = "压缩包（.rar、.7z 等）"
    PROGRAM = "程序文件"
    SPREADSHEET_XML = "XML 表格（Excel 2003 的 XML 格式）"
    TEXT = "文本"
    UNKNOWN = "不认识的文件"


WORKBOOKS = frozenset({Kind.XLSX, Kind.XLS, Kind.HTML})
"""The kinds of file that are read as workbooks."""
_MARKS: Mapping[Kind, tuple[bytes, ...]] = {
    Kind.IMAGE: (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
    Kind.PACKED: (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"),
    Kind.PROGRAM: (b"MZ", b"\x7fELF"),
}
"""The first bytes of files that are never read, though clerks choose them."""
_MAIN_PARTS = {"xl/workbook.xml": Kind.XLSX, "xl/workbook.bin": Kind.XLSB, "word/document.xml": Kind.DOCX}


def kind_of(payload: bytes) -> Kind:
    """Return the kind of the file whose content is ``payload``."""
    if payload.startswith(ZIP):
        return _archive(payload)
    if payload.startswith(OLE):
        return _compound(payload)
    if payload.startswith(PDF):
        return Kind.PDF
    known = (kind for kind, marks in _MARKS.items() if payload.startswith(marks))
    return next(known, None) or _text(payload)


def _archive(payload: bytes) -> Kind:
    from zipfile import BadZipFile, ZipFile  # most files are JSON

    try:
        with ZipFile(io.BytesIO(payload)) as archive:
            return _office(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return Kind.ARCHIVE


def _office(names: Iterable[str]) -> Kind:
    parts = {name.replace("\\", "/").lstrip("/").lower() for name in names}
    for part, kind in _MAIN_PARTS.items():
        if part in parts:
            return kind
    return Kind.ODS if {"mimetype", "content.xml"} <= parts else Kind.ARCHIVE


def _compound(payload: bytes) -> Kind:
    """Tell OLE files apart by the names of their streams, which stand in the directory as UTF-16."""
    for kind, *streams in (
        (Kind.ENCRYPTED, "EncryptedPackage", "EncryptionInfo"),
        (Kind.XLS, "Workbook", "Book"),
        (Kind.DOC, "WordDocument"),
    ):
        if any(f"{stream}\0".encode("utf-16-le") in payload for stream in streams):
            return kind
    return Kind.OLE_OTHER


def _text(payload: bytes) -> Kind:
    head = payload[:_HEAD]
    for mark in _MARKED:
        head = head.removeprefix(mark)
    head = head.lstrip()
    if head[:1] in (b"{", b"["):
        return Kind.JSON
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Kind.SPREADSHEET_XML
    if _HTML.match(head):
        return Kind.HTML
    if head.startswith(b"<?xml"):
        return Kind.HTML if b"<html" in head.lower() else Kind.UNKNOWN
    return Kind.UNKNOWN if b"\0" in head and not payload.startswith(_MARKED) else Kind.TEXT


def is_workbook(payload: bytes) -> bool:
    """Whether a file is read as a workbook; JSON, which most are, is known by its first bytes."""
    return kind_of(payload) in WORKBOOKS
