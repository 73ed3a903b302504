"""Files that would harm a reader, made here: each with its name, its bytes and words of the message it must get."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def book(rows: int = 2) -> bytes:
    workbook = Workbook()
    for row in range(1, rows + 1):
        workbook.active.append([f"甲{row}", row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def changed(method: int = ZIP_DEFLATED, **parts: bytes | None) -> bytes:
    """A small workbook with parts (``sheet``, ``strings``, or a whole name) replaced, added, or left out (None)."""
    names = {"sheet": SHEET, "strings": STRINGS}
    new = {names.get(name, name): content for name, content in parts.items()}
    out = io.BytesIO()
    with ZipFile(io.BytesIO(book())) as old, ZipFile(out, "w", method) as archive:
        for name in old.namelist():
            content = new.pop(name, old.read(name))
            if content is not None:
                archive.writestr(name, content)
        for name, content in new.items():
            archive.writestr(name, content or b"")
    return out.getvalue()


def sheet(inner: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'.encode()


def cells(*names: str) -> bytes:
    rows = "".join(f'<row r="{n.lstrip("ABCDEFX")}"><c r="{n}"><v>1</v></c></row>' for n in names)
    return sheet(f"<sheetData>{rows}</sheetData>")


LAUGHS = (
    "<!DOCTYPE sst ["
    + '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f']><sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'
).encode()
OUTSIDE = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s>&x;</s>'


def stuffed(entries: int) -> bytes:
    out = io.BytesIO(changed())
    with ZipFile(out, "a") as archive:
        for n in range(entries):
            archive.writestr(f"xl/x{n}.xml", "")
    return out.getvalue()


def damaged_entry() -> bytes:
    payload = bytearray(book())
    with ZipFile(io.BytesIO(bytes(payload))) as archive:
        at = archive.getinfo(SHEET).header_offset + 80
    payload[at : at + 40] = bytes(40)
    return bytes(payload)


@dataclass(frozen=True)
class Hostile:
    name: str
    make: Callable[[], bytes]
    says: str

    def __str__(self) -> str:
        return self.name


STREAM = "Workbook\0".encode("utf-16-le")
SPANNED = b"<tr><td rowspan=900 colspan=900>1</td></tr>"
MANY = "".join(f'<row r="{r}">{"<c/>" * 100}</row>' for r in range(1, 1700))
HOSTILE = [
    Hostile("merge of the whole sheet", lambda: changed(sheet=sheet(
        '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')), "多于 150000 个"),
    Hostile("170,000 cells", lambda: changed(sheet=sheet(f"<sheetData>{MANY}</sheetData>")), "多于 150000 个"),
    Hostile("entities that unfold", lambda: changed(strings=LAUGHS), "DOCTYPE"),
    Hostile("entity of a file outside", lambda: changed(strings=OUTSIDE), "DOCTYPE"),
    Hostile("entity in a relation", lambda: changed(**{"xl/_rels/workbook.xml.rels": LAUGHS}), "DOCTYPE"),
    Hostile("zip bomb", lambda: changed(sheet=b" " * 39_000_000), "压缩得不合常理"),
    Hostile("larger bomb", lambda: changed(sheet=b" " * 80_000_000), "超过 40 MB"),
    Hostile("bomb in a style sheet", lambda: changed(**{"xl/styles.xml": b" " * 39_000_000}), "压缩得不合常理"),
    Hostile("2,100 parts", lambda: stuffed(2_100), "部件"),
    Hostile("lzma", lambda: changed(ZIP_LZMA), "压缩方式不常见"),
    Hostile("cut off", lambda: book()[:3000], "压缩包"),
    Hostile("damaged part", damaged_entry, "损坏"),
    Hostile("no sheet", lambda: changed(sheet=None), "损坏"),
    Hostile("a text that is not there", lambda: changed(
        sheet=sheet('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>')), "损坏"),
    Hostile("not XML", lambda: changed(sheet=b"<worksheet"), "损坏"),
    Hostile("nested 100,000 deep", lambda: changed(sheet=sheet("<a>" * 100_000 + "</a>" * 100_000)), ""),
    Hostile("OLE and nothing else", lambda: OLE + bytes(600), "旧版 Office 文件"),
    Hostile("OLE that says it is a workbook", lambda: OLE + bytes(600) + STREAM * 9, "损坏"),
    Hostile("password", lambda: OLE + bytes(600) + "EncryptedPackage\0".encode("utf-16-le"), "有密码"),
    Hostile("page of one endless cell", lambda: b"<table>" + SPANNED * 9, "多于"),
    Hostile("page without a table", lambda: b"<html>" + b"<div>" * 100_000, "网页"),
    Hostile("binary workbook", lambda: zipped("xl/workbook.bin"), "xlsb"),
    Hostile("OpenDocument", lambda: zipped("mimetype", "content.xml"), "ods"),
    Hostile("XML of Excel 2003", lambda:
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 2003"),
    Hostile("noise", lambda: bytes(range(256)) * 40, "不认识"),
    Hostile("nothing", lambda: b"", "空的"),
]  # fmt: skip


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return out.getvalue()
