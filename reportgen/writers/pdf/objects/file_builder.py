"""A PDF file built from its objects: numbered, compressed, with the cross references to find them.

Streams are objects of the file itself, all others are in object streams (ISO 32000-1, 7.5.7), which take the thousands
of elements of a tagged file down to a fifth of their size; so the cross references are a stream too (7.5.8).
"""

from __future__ import annotations

import hashlib
import zlib
from itertools import accumulate

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PER_STREAM = 400  # objects in one object stream: more compress no better, and a reader decompresses a stream whole
_LEVEL = 3  # of zlib: an eighth larger than the default level makes text, in half of the time
_COMPRESSED = "/Filter /FlateDecode"
_ROW = 7  # bytes of a cross reference: type, offset or number in four, index in two


class PdfBuilder:
    """Collects the objects of a PDF file and writes it. References are as they are written in objects ("12 0 R")."""

    def __init__(self) -> None:
        """Start without objects."""
        self._objects: list[str | bytes] = []

    @property
    def next_number(self) -> int:
        """The number that the next object gets."""
        return len(self._objects) + 1

    def reserve(self) -> str:
        """Return a reference to an object whose content :meth:`fill` sets."""
        self._objects.append("null")
        return f"{len(self._objects)} 0 R"

    def fill(self, reference: str, content: str) -> None:
        """Set the content of a reserved object."""
        self._objects[int(reference[:-4]) - 1] = content

    def add(self, content: str) -> str:
        """Add an object and return the reference to it."""
        self._objects.append(content)
        return f"{len(self._objects)} 0 R"

    def extend(self, contents: list[str]) -> None:
        """Add objects, numbered from :attr:`next_number` on."""
        self._objects += contents

    def stream(self, data: bytes, entries: str = "") -> str:
        """Add a compressed stream, with more ``entries`` in its dictionary, and return the reference to it."""
        self._objects.append(_stream(data, entries))
        return f"{len(self._objects)} 0 R"

    def outlines(self, data: bytes, entries: str) -> str:
        """Add a stream of glyph outlines, compressed by the frequency of its bytes alone; return the reference to it.

        Outlines hold few repetitions: looking for them takes twice as long and makes the stream a fifteenth smaller.
        """
        compressor = zlib.compressobj(_LEVEL, strategy=zlib.Z_HUFFMAN_ONLY)
        self._objects.append(_framed(compressor.compress(data) + compressor.flush(), f"{_COMPRESSED} {entries}"))
        return f"{len(self._objects)} 0 R"

    def plain(self, data: bytes, entries: str) -> str:
        """Add an uncompressed stream, which tools that cannot read PDF find too, and return the reference to it."""
        self._objects.append(_framed(data, entries))
        return f"{len(self._objects)} 0 R"

    def finish(self, catalog: str, information: str) -> bytes:
        """Return the file with ``catalog`` (a dictionary) as its root; ``information`` is a reference."""
        root = self.add(catalog)
        rows = self._pack()
        parts, offset, digest = [_HEADER], len(_HEADER), hashlib.md5(usedforsecurity=False)
        for number, content in enumerate(self._objects, 1):
            if isinstance(content, bytes):
                written = b"%d 0 obj\n%b\nendobj\n" % (number, content)
                rows[number] = _row(1, offset, 0)
                parts.append(written)
                offset += len(written)
                digest.update(content)
        rows.append(_row(1, offset, 0))
        trailer = (
            f"/Type /XRef /W [1 4 2] /Size {len(rows)} /Root {root} /Info {information}"
            f" /ID [<{digest.hexdigest()}> <{digest.hexdigest()}>]"
            f" /DecodeParms << /Predictor 12 /Columns {_ROW} >>"
        )
        references = _stream(_predicted(b"".join(rows)), trailer)
        parts.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows) - 1, references, offset))
        return b"".join(parts)

    def _pack(self) -> list[bytes]:
        """Put all objects that are no streams into object streams; return the rows of the cross references for them."""
        rows = [_row(0, 0, 0xFFFF), *[b""] * len(self._objects)]
        loose = [(number, content) for number, content in enumerate(self._objects, 1) if isinstance(content, str)]
        for start in range(0, len(loose), _PER_STREAM):
            packed = loose[start : start + _PER_STREAM]
            offsets = accumulate((len(content) + 1 for _, content in packed), initial=0)
            head = " ".join([f"{number} {offset}" for (number, _), offset in zip(packed, offsets, strict=False)])
            body = " ".join([content for _, content in packed])
            entries = f"/Type /ObjStm /N {len(packed)} /First {len(head) + 1}"
            self._objects.append(_stream(f"{head}\n{body}".encode("latin-1"), entries))
            rows.append(b"")
            first = _row(2, len(self._objects), 0)[:-2]
            for index, (number, _) in enumerate(packed):
                rows[number] = first + index.to_bytes(2)
        return rows


def _row(type: int, field: int, index: int) -> bytes:
    """Return a row of the cross references (ISO 32000-1, table 18)."""
    return (type << 48 | field << 16 | index).to_bytes(_ROW)


def _predicted(rows: bytes) -> bytes:
    """Return the rows as differences from the row above (the PNG predictor *up*): most are then equal.

    All bytes are subtracted at once, as one number: with its highest bit set, none borrows from its neighbour, and the
    highest bits are corrected afterwards.
    """
    length = len(rows)
    tops = int.from_bytes(b"\x80" * length)
    new, old = int.from_bytes(rows), int.from_bytes(rows[:-_ROW])
    differences = (((new | tops) - (old & ~tops)) ^ ((new ^ old ^ tops) & tops)).to_bytes(length)
    return b"\2" + b"\2".join([differences[n : n + _ROW] for n in range(0, length, _ROW)])


def _stream(data: bytes, entries: str) -> bytes:
    return _framed(zlib.compress(data, _LEVEL), f"{_COMPRESSED} {entries}")


def _framed(data: bytes, entries: str) -> bytes:
    """Return a stream. It ends in \\r\\n: after data ending in \\r, \\n alone could be taken for part of it."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode("latin-1") + data + b"\r\nendstream"
