"""Zips whose bytes follow from their entries and one date: no clock, no trace of the system that wrote them.

DOCX and XLSX are zip packages after ECMA-376 part 2 (Open Packaging Conventions). In ASCII order the names
of a package are already in the order that consumers prefer: ``[Content_Types].xml``, ``_rels/.rels``, the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from struct import Struct, pack_into, unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

_EARLIEST = 1980  # a zip has no earlier year
_LEVEL = 5  # a twentieth larger than the default, in five sixths of its time

# Records of a zip (APPNOTE.TXT 6.3.10, §4.3.12 and §4.3.16), and where a field begins in them.
_CENTRAL, _END = Struct("<46x"), Struct("<12xLL2x")
_LOCAL_TIME, _SYSTEM, _TIME, _LENGTHS, _ATTRIBUTES, _OFFSET = 10, 5, 12, 28, 38, 42


def pack(parts: Mapping[str, bytes | str], when: date) -> bytes:
    """Return a zip of ``parts`` (name → content; text becomes UTF-8), ordered by name, all dated ``when``."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in sorted(parts):
            content = parts[name]
            payload = content.encode("utf-8") if isinstance(content, str) else content
            archive.writestr(_entry(name, when), payload, compresslevel=_LEVEL)
    return target.getvalue()


def stored(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``parts`` (name → content) without compression, for a library that reads nothing but zips."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def unpacked(payload: bytes) -> dict[str, bytes]:
    """Return the entries of a zip (name → content), whatever their size: only for zips of our own."""
    with ZipFile(BytesIO(payload)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def check(archive: ZipFile, most: int, entries: int) -> None:
    """Do nothing if the zip can be read safely: at most so many ``entries``, ``most`` bytes when unpacked.

    Only stored and deflated entries are taken: for other methods :mod:`zipfile` unpacks without a limit. For these two
    it never unpacks more than the size that was checked here.

    Raises:
        BadZipFile: it cannot.
    """
    infos = archive.infolist()
    if len(infos) > entries or sum(info.file_size for info in infos) > most:
        raise BadZipFile("too many or too large entries")
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise BadZipFile("an entry is compressed in another way than deflated")


def dated(payload: bytes, when: date) -> bytes:
    """Return a zip that :mod:`zipfile` wrote with all entries dated ``when`` and its directory ordered by name.

    The entries stay where they are, compressed as they are.
    """
    data = bytearray(payload)
    size, start = _END.unpack_from(data, len(data) - _END.size)
    moment = (0, _years(when) << 9 | when.month << 5 | when.day)
    records = []
    for at, end in _central_records(data, start, start + size):
        pack_into("<B", data, at + _SYSTEM, 0)  # the library writes down which system it runs on
        pack_into("<2H", data, at + _TIME, *moment)
        pack_into("<L", data, at + _ATTRIBUTES, 0)
        (local,) = unpack_from("<L", data, at + _OFFSET)
        pack_into("<2H", data, local + _LOCAL_TIME, *moment)
        records.append((data[at + _CENTRAL.size : end], data[at:end]))
    data[start : start + size] = b"".join(record for _, record in sorted(records))
    return bytes(data)


def _central_records(data: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each record of the directory begins and ends; it ends with the entry's name, extra field and comment."""
    while start < end:
        after = start + _CENTRAL.size + sum(unpack_from("<3H", data, start + _LENGTHS))
        yield start, after
        start = after


def _years(when: date) -> int:
    return max(when.year - _EARLIEST, 0)


def _entry(name: str, when: date) -> ZipInfo:
    entry = ZipInfo(name, (max(when.year, _EARLIEST), when.month, when.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # the library writes down which system it runs on
    return entry
