"""Refuse a PDF whose streams unpack to far more than a page has, before pdfium takes the memory for it.

A stream is unpacked piece by piece and nothing of it is kept. Pictures are left out: they are not read. What this does
not see (streams without Flate, or that say to be pictures) is held by the limit of memory while the file is read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from ....core.errors import InputError

LARGEST = 8 << 20
"""Bytes that one stream may unpack to; the content of a page of a disclosure has a few hundred thousand."""
LARGEST_FONT = 64 << 20
"""The same of a typeface."""
MOST_FILTERS = 4
_PIECE = 1 << 16
_HIGHEST_RATIO = 1_032
"""By how much Flate can make something smaller."""
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2_000
"""Bytes before a stream that its dictionary is looked for in."""
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b")


def refuse_bombs(payload: bytes) -> None:
    """Raise an error if a stream of a PDF unpacks to more than a document needs.

    Raises:
        InputError: one does.
    """
    for filters, most, start, end in _streams(payload):
        if _unpacks_to_more(payload[start:end], filters, most):
            message = "PDF 里有一段内容展开后超过 {most} MB，没有读"
            hint = "公开的文件没有这么大的内容；用“打印为 PDF”另存一份"
            raise InputError(message, hint, most=str(most >> 20))


def _streams(payload: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield of each packed stream how often it is packed, what it may unpack to, and where it begins and ends."""
    for match in _STREAM.finditer(payload):
        before = payload[max(0, match.start() - _DICTIONARY) : match.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        filters = len(_FLATE.findall(dictionary))
        if filters and not _PICTURE.search(dictionary):
            end = payload.find(b"endstream", match.end())
            end = end if end >= 0 else len(payload)
            most = LARGEST_FONT if _FONT.search(dictionary) else LARGEST
            if filters > 1 or (end - match.end()) * _HIGHEST_RATIO > most:
                yield min(filters, MOST_FILTERS), most, match.end(), end


def _unpacks_to_more(packed: bytes, filters: int, most: int) -> bool:
    size = 0
    pieces: Iterator[bytes] = iter((packed,))
    for _ in range(filters):
        pieces = _unpacked(pieces)
    try:
        for piece in pieces:
            size += len(piece)
            if size > most:
                return True
    except zlib.error:  # damaged: pdfium says what it can read
        pass
    return False


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what packed pieces unpack to, a little at a time."""
    unpacking = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not unpacking.eof:
            found = unpacking.decompress(rest, _PIECE)
            rest = unpacking.unconsumed_tail
            if found:
                yield found
            elif not rest:
                break
