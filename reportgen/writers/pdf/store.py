"""The objects of a PDF file: numbered, packed and written with the way to find them.

Streams stand in the file by themselves, all else in object streams (ISO 32000-1, 7.5.7), which keeps the
thousands of elements of a tagged file a fifth of their size; so the cross references are a stream too (7.5.8).
reportlab writes neither, nor composite fonts, and its canvas opens every file with an unembedded Helvetica;
of its object layer we use the dictionary of information.
"""

from __future__ import annotations

import hashlib
import zlib
from itertools import accumulate

from reportlab.pdfbase import pdfdoc

from ...tree.nodes import Document

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 400  # objects in one object stream: more pack no better, and a reader unpacks a stream whole
_ROW = 6  # bytes of a cross reference: kind, place in three, index in two


class Store:
    """A PDF file in the making. References are the strings that stand in other objects ("12 0 R")."""

    def __init__(self, document: Document) -> None:
        """An empty file with the metadata of ``document``."""
        self._objects: list[bytes] = []
        self._streams: set[int] = set()
        self._info = self.add(_information(document))

    def reserve(self) -> str:
        """A reference to an object that :meth:`fill` will bring."""
        self._objects.append(b"null")
        return f"{len(self._objects)} 0 R"

    def fill(self, reference: str, content: str) -> None:
        """The content of a reserved object."""
        self._objects[_number(reference) - 1] = content.encode("latin-1")

    def add(self, content: str) -> str:
        """A new object; the reference to it."""
        self._objects.append(content.encode("latin-1"))
        return f"{len(self._objects)} 0 R"

    def stream(self, data: bytes, entries: str = "") -> str:
        """A new compressed stream, with more ``entries`` for its dictionary; the reference to it."""
        self._objects.append(_stream(data, entries))
        self._streams.add(len(self._objects))
        return f"{len(self._objects)} 0 R"

    def finish(self, catalog: str) -> bytes:
        """The file, with ``catalog`` (a dictionary) as its root."""
        root = self.add(catalog)
        digest = hashlib.md5(b"".join(self._objects), usedforsecurity=False).hexdigest()
        rows = self._pack()
        out, places = [_HEADER], list(rows)
        at = len(_HEADER)
        for number in sorted(self._streams):
            written = b"%d 0 obj\n%b\nendobj\n" % (number, self._objects[number - 1])
            places[number] = _row(1, at, 0)
            out.append(written)
            at += len(written)
        own = len(places)
        places.append(_row(1, at, 0))
        trailer = (
            f"/Type /XRef /W [1 3 2] /Size {own + 1} /Root {root} /Info {self._info} /ID [<{digest}> <{digest}>]"
            f" /DecodeParms << /Predictor 12 /Columns {_ROW} >>"
        )
        out.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, _stream(_predicted(places), trailer), at))
        return b"".join(out)

    def _pack(self) -> list[bytes]:
        """Put all objects that are no streams into object streams; the rows of the cross references."""
        rows = [_row(0, 0, 0xFFFF), *[b""] * len(self._objects)]
        loose = [number for number in range(1, len(self._objects) + 1) if number not in self._streams]
        for start in range(0, len(loose), _TOGETHER):
            numbers = loose[start : start + _TOGETHER]
            contents = [self._objects[number - 1] for number in numbers]
            places = accumulate((len(content) + 1 for content in contents), initial=0)
            head = " ".join([f"{number} {place}" for number, place in zip(numbers, places, strict=False)]) + "\n"
            self.stream(
                head.encode("ascii") + b" ".join(contents), f"/Type /ObjStm /N {len(numbers)} /First {len(head)}"
            )
            rows.append(b"")
            holder = len(self._objects)
            for index, number in enumerate(numbers):
                rows[number] = _row(2, holder, index)
        return rows


def _number(reference: str) -> int:
    return int(reference[:-4])


def _row(kind: int, place: int, index: int) -> bytes:
    return kind.to_bytes(1) + place.to_bytes(3) + index.to_bytes(2)


def _predicted(rows: list[bytes]) -> bytes:
    """The rows as differences from the row above (the PNG predictor *up*): most are then the same."""
    above, out = bytes(_ROW), bytearray()
    for row in rows:
        out.append(2)
        out += bytes([(new - old) & 0xFF for new, old in zip(row, above, strict=True)])
        above = row
    return bytes(out)


def _stream(data: bytes, entries: str) -> bytes:
    packed = zlib.compress(data)
    head = f"<< /Filter /FlateDecode /Length {len(packed)} {entries} >>\nstream\n"
    return head.encode("latin-1") + packed + b"\nendstream"


def _information(document: Document) -> str:
    pdf = pdfdoc.PDFDocument(invariant=1)
    info = pdf.info
    info.title, info.author, info.subject = document.title, document.author, document.subject
    info.keywords = ", ".join(document.keywords)
    info.creator = info.producer = "reportgen"
    pdf.setDateFormatter(lambda *_: f"D:{document.date:%Y%m%d}000000Z")
    written: bytes = info.format(pdf)
    return written.decode("latin-1")


def text(value: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2) in UTF-16BE."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


_ESCAPES = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\", "\r": "\\r"})


def byte_string(value: bytes) -> str:
    """A byte string (ISO 32000-1, 7.9.2.4) as literal characters."""
    return f"({value.decode('latin-1').translate(_ESCAPES)})"


def language(value: str) -> str:
    """A language tag (ISO 32000-1, 14.9.2): an ASCII string; other characters cannot stand in one."""
    return "(" + "".join(c for c in value if c.isascii() and (c.isalnum() or c == "-")) + ")"


def name(value: str) -> str:
    """A name object (ISO 32000-1, 7.3.5)."""
    return "/" + "".join(c if c.isascii() and (c.isalnum() or c in "+-_.") else f"#{ord(c) & 255:02X}" for c in value)
