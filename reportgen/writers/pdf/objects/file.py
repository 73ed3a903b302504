"""The objects of a PDF file: numbered, packed and written with the way to find them.

Streams stand in the file by themselves, all else in object streams (ISO 32000-1, 7.5.7), which keeps the
thousands of elements of a tagged file a fifth of their size; so the cross references are a stream too (7.5.8).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from itertools import accumulate

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 400  # objects in one object stream: more pack no better, and a reader unpacks a stream whole
_LEVEL = 3  # packs text an eighth larger than the default in half of its time
_PACKED = "/Filter /FlateDecode"
_ROW = 7  # bytes of a cross reference: kind, place in four, index in two


class Store:
    """A PDF file in the making. References are the strings that stand in other objects ("12 0 R")."""

    def __init__(self) -> None:
        """An empty file."""
        self._objects: list[str | bytes] = []

    @property
    def next_number(self) -> int:
        """The number of the object that comes next."""
        return len(self._objects) + 1

    def reserve(self) -> str:
        """A reference to an object that :meth:`fill` will bring."""
        self._objects.append("null")
        return f"{len(self._objects)} 0 R"

    def fill(self, reference: str, content: str) -> None:
        """The content of a reserved object."""
        self._objects[int(reference[:-4]) - 1] = content

    def add(self, content: str) -> str:
        """A new object; the reference to it."""
        self._objects.append(content)
        return f"{len(self._objects)} 0 R"

    def extend(self, contents: list[str]) -> None:
        """New objects, whose numbers follow from :attr:`next_number`."""
        self._objects += contents

    def stream(self, data: bytes, entries: str = "") -> str:
        """A new packed stream, with more ``entries`` for its dictionary; the reference to it."""
        self._objects.append(_stream(data, entries))
        return f"{len(self._objects)} 0 R"

    def outlines(self, data: bytes, entries: str) -> str:
        """A new stream of outlines, in which little is said twice: packed by the frequency of its bytes alone.

        Looking for repetitions makes them a fifteenth smaller and takes twice as long.
        """
        packer = zlib.compressobj(_LEVEL, strategy=zlib.Z_HUFFMAN_ONLY)
        self._objects.append(_framed(packer.compress(data) + packer.flush(), f"{_PACKED} {entries}"))
        return f"{len(self._objects)} 0 R"

    def plain(self, data: bytes, entries: str) -> str:
        """A new stream that is not compressed, so that a tool that knows no PDF finds what it holds."""
        self._objects.append(_framed(data, entries))
        return f"{len(self._objects)} 0 R"

    def finish(self, catalog: str, information: str) -> bytes:
        """The file, with ``catalog`` (a dictionary) as its root and a reference to its dictionary of information."""
        root = self.add(catalog)
        rows = self._pack()
        out, at, digest = [_HEADER], len(_HEADER), hashlib.md5(usedforsecurity=False)
        for number, content in enumerate(self._objects, 1):
            if isinstance(content, bytes):
                written = b"%d 0 obj\n%b\nendobj\n" % (number, content)
                rows[number] = _row(1, at, 0)
                out.append(written)
                at += len(written)
                digest.update(content)
        rows.append(_row(1, at, 0))
        trailer = (
            f"/Type /XRef /W [1 4 2] /Size {len(rows)} /Root {root} /Info {information}"
            f" /ID [<{digest.hexdigest()}> <{digest.hexdigest()}>]"
            f" /DecodeParms << /Predictor 12 /Columns {_ROW} >>"
        )
        references = _stream(_predicted(b"".join(rows)), trailer)
        out.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows) - 1, references, at))
        return b"".join(out)

    def _pack(self) -> list[bytes]:
        """Put all objects that are no streams into object streams; the rows of the cross references for them."""
        rows = [_row(0, 0, 0xFFFF), *[b""] * len(self._objects)]
        loose = [(number, content) for number, content in enumerate(self._objects, 1) if isinstance(content, str)]
        for start in range(0, len(loose), _TOGETHER):
            some = loose[start : start + _TOGETHER]
            places = accumulate((len(content) + 1 for _, content in some), initial=0)
            head = " ".join([f"{number} {place}" for (number, _), place in zip(some, places, strict=False)])
            body = " ".join([content for _, content in some])
            entries = f"/Type /ObjStm /N {len(some)} /First {len(head) + 1}"
            self._objects.append(_stream(f"{head}\n{body}".encode("latin-1"), entries))
            rows.append(b"")
            first = _row(2, len(self._objects), 0)[:-2]
            for index, (number, _) in enumerate(some):
                rows[number] = first + index.to_bytes(2)
        return rows


def _row(kind: int, place: int, index: int) -> bytes:
    return (kind << 48 | place << 16 | index).to_bytes(_ROW)


def _predicted(rows: bytes) -> bytes:
    """The rows as differences from the row above (the PNG predictor *up*): most are then the same.

    All bytes are subtracted at once, as one number: with its highest bit set, none borrows from its neighbour, and the
    bit that it should have had is put right afterwards.
    """
    length = len(rows)
    tops = int.from_bytes(b"\x80" * length)
    new, old = int.from_bytes(rows), int.from_bytes(rows[:-_ROW])
    differences = (((new | tops) - (old & ~tops)) ^ ((new ^ old ^ tops) & tops)).to_bytes(length)
    return b"\2" + b"\2".join([differences[at : at + _ROW] for at in range(0, length, _ROW)])


def _stream(data: bytes, entries: str) -> bytes:
    return _framed(zlib.compress(data, _LEVEL), f"{_PACKED} {entries}")


def _framed(data: bytes, entries: str) -> bytes:
    """A stream. After a packed \\r, a line end of \\n alone would look two bytes long and the data one too short."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode("latin-1") + data + b"\r\nendstream"


def text(value: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2) in UTF-16BE."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


_REGULAR = frozenset("+-_.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_SPECIAL = re.compile(r"[()\\\r]")


def literal(value: str) -> str:
    """``value`` in UTF-8 as the inside of a literal byte string (ISO 32000-1, 7.3.4.2)."""
    if "(" in value or ")" in value or "\\" in value or "\r" in value:  # a search by pattern takes four times as long
        value = _SPECIAL.sub(lambda found: "\\r" if found.group() == "\r" else f"\\{found.group()}", value)
    return value if value.isascii() else value.encode("utf-8").decode("latin-1")


def language(value: str) -> str:
    """A language tag (ISO 32000-1, 14.9.2): an ASCII string; other characters cannot stand in one."""
    return "(" + "".join(c for c in value if c.isascii() and (c.isalnum() or c == "-")) + ")"


def name(value: str) -> str:
    """A name object (ISO 32000-1, 7.3.5), in UTF-8."""
    return "/" + "".join([chr(b) if chr(b) in _REGULAR else f"#{b:02X}" for b in value.encode("utf-8")])
