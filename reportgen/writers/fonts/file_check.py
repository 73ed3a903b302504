"""Check of a typeface file before it is used: its tables are whole, unchanged since the file was made, and consistent.

A file cut short or damaged still opens in HarfBuzz, with empty glyphs: figures would be invisible in the PDF. Tables
and checksums are those of the OpenType specification (*Font file*, *Calculating checksums*).
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Iterator, Mapping
from operator import le
from pathlib import Path
from sys import byteorder
from typing import NamedTuple

from ...core import cache as disk_cache
from ...core.errors import LayoutError
from ...core.file_stamp import are_settled, stamp_of

REQUIRED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_READ = frozenset((*REQUIRED, "cmap", "OS/2", "cvt ", "fpgm", "prep"))
"""The tables that are read or embedded: their checksums must be right. All others need only be in the file."""

_SIZES = {"head": 54, "hhea": 36, "maxp": 32}
_VERSIONS = (b"\0\1\0\0", b"true", b"OTTO")
_COLLECTION = b"ttcf"
_CHUNK = 4096
_LANES = int.from_bytes(b"\0\0\0\0\xff\xff\xff\xff" * (_CHUNK // 8))
_HINT = "请重新取得完整的字体文件，或在版式的 style.yaml 里换一个字体文件"


class FontError(LayoutError):
    """The file is damaged, or no typeface that can be embedded. The message names it and what is missing."""


class _Table(NamedTuple):
    checksum: int
    start: int
    length: int


def check_file(path: Path) -> None:
    """Check the typeface at ``path``; a file found right is not read again until it is changed.

    Raises:
        FontError: a table is missing, outside the file, changed since it was made, or contradicts another.
        OSError: it cannot be opened.
    """
    stamp = stamp_of(path)
    key = f"typeface 1 {stamp}"
    if disk_cache.load(key) is not None:
        return
    with path.open("rb") as file:
        if stamp[1]:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                _check(data, path.name)
        else:
            _require_tables({}, path.name)
    if are_settled([stamp]):
        disk_cache.save(key, b"right")


def _check(data: mmap.mmap, file: str) -> None:
    tables = _tables(data, file)
    _require_tables(tables, file)
    for tag, table in tables.items():
        if table.start + table.length > len(data):
            raise FontError("字体文件 {file} 不完整：{table} 表超出文件末尾", _HINT, file=file, table=tag)
        if tag in _READ and _checksum(data, tag, table) != table.checksum:
            raise FontError("字体文件 {file} 已损坏：{table} 表的校验和不符", _HINT, file=file, table=tag)
    wrong = next(_inconsistent(data, tables), "")
    if wrong:
        raise FontError("字体文件 {file} 已损坏：{table} 表的内容不对", _HINT, file=file, table=wrong)


def _tables(data: mmap.mmap, file: str) -> Mapping[str, _Table]:
    """Return the tables that the file lists, of a collection its first face; none if it is no typeface."""
    start = int.from_bytes(data[12:16]) if data[:4] == _COLLECTION else 0
    if data[start : start + 4] not in _VERSIONS:
        return {}
    end = start + 12 + 16 * int.from_bytes(data[start + 4 : start + 6])
    if end > len(data):
        raise FontError("字体文件 {file} 不完整：表的目录超出文件末尾", _HINT, file=file)
    tables: dict[str, _Table] = {}
    for tag, *place in struct.iter_unpack(">4s3L", data[start + 12 : end]):
        tables[tag.decode("latin-1")] = _Table(*place)
    return tables


def _require_tables(tables: Mapping[str, _Table], file: str) -> None:
    lacking = [tag for tag in REQUIRED if tag not in tables or not tables[tag].length]
    if lacking:
        message = "字体文件 {file} 没有 {tables} 表，不是带 TrueType 轮廓的字体，不能嵌入 PDF"
        raise FontError(message, _HINT, file=file, tables="、".join(lacking))


def _checksum(data: mmap.mmap, tag: str, table: _Table) -> int:
    """Return the sum of a table's 32-bit words; ``head`` holds the sum of the whole file, which does not count.

    Words are added many at once, as numbers of 64 bits side by side in one large number.
    """
    lanes = 0
    for start in range(table.start, table.start + table.length, _CHUNK):
        chunk = data[start : min(start + _CHUNK, table.start + table.length)]
        if tag == "head":
            chunk = chunk[:8] + bytes(4) + chunk[12:]
        words = int.from_bytes(chunk.ljust(_CHUNK, b"\0"))
        lanes += (words & _LANES) + (words >> 32 & _LANES)
    return sum(array("Q", lanes.to_bytes(_CHUNK + 8, byteorder))) & 0xFFFFFFFF


def _inconsistent(data: mmap.mmap, tables: Mapping[str, _Table]) -> Iterator[str]:
    """Return the tables whose contents cannot be right, given the others."""
    yield from (tag for tag, size in _SIZES.items() if tables[tag].length < size)

    def number(tag: str, offset: int, format: str = ">H") -> int:
        (value,) = struct.unpack_from(format, data, tables[tag].start + offset)
        return int(value)

    if number("head", 12, ">L") != 0x5F0F3CF5 or not 16 <= number("head", 18) <= 16384 or number("head", 50) > 1:
        yield "head"
    glyphs, metrics = number("maxp", 4), number("hhea", 34)
    if number("maxp", 0, ">L") != 0x10000 or not glyphs:
        yield "maxp"
    if number("hhea", 0) != 1 or number("hhea", 32) or not 0 < metrics <= glyphs:
        yield "hhea"
    if tables["hmtx"].length < 2 * (glyphs + metrics):
        yield "hmtx"
    places = _glyph_places(data, tables["loca"], is_long=bool(number("head", 50)))[: glyphs + 1]
    if len(places) <= glyphs or not all(map(le, places, places[1:])):
        yield "loca"
    elif places[-1] * (1 if number("head", 50) else 2) > tables["glyf"].length:
        yield "glyf"


def _glyph_places(data: mmap.mmap, loca: _Table, *, is_long: bool) -> array[int]:
    size = 4 if is_long else 2
    places = array("I" if is_long else "H", data[loca.start : loca.start + loca.length // size * size])
    if byteorder == "little":
        places.byteswap()
    return places
