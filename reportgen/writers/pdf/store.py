"""The objects of a PDF file, numbered and written by reportlab's object layer.

Not reportlab's canvas: that opens every file with an unembedded Helvetica, has no composite fonts, and packs
page contents into ASCII85. The object layer writes the file's frame: numbers, cross references, trailer.
"""

from __future__ import annotations

import hashlib
import zlib

from reportlab.pdfbase import pdfdoc

from ...tree.nodes import Document

_VERSION = (1, 7)


class _Object(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose bytes we write ourselves."""

    def __init__(self, content: bytes) -> None:
        """An object of these bytes."""
        self.content = content

    def format(self, document: object) -> bytes:
        """The bytes."""
        return self.content


class Store:
    """A PDF file in the making. References are the strings that stand in other objects ("12 0 R")."""

    def __init__(self, document: Document) -> None:
        """An empty file with the metadata of ``document``."""
        self._pdf = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=_VERSION)
        self._objects: dict[str, _Object] = {}
        info = self._pdf.info
        info.title, info.author, info.subject = document.title, document.author, document.subject
        info.keywords = ", ".join(document.keywords)
        info.creator = info.producer = "reportgen"
        stamp = f"D:{document.date:%Y%m%d}000000Z"
        self._pdf.setDateFormatter(lambda *_: stamp)

    def reserve(self) -> str:
        """A reference to an object that :meth:`fill` will bring."""
        made = _Object(b"null")
        reference = self._pdf.Reference(made)
        number, generation = self._pdf.idToObjectNumberAndVersion[reference.name]
        key = f"{number} {generation} R"
        self._objects[key] = made
        return key

    def fill(self, reference: str, content: str) -> None:
        """The content of a reserved object."""
        self._objects[reference].content = content.encode("latin-1")

    def add(self, content: str) -> str:
        """A new object; the reference to it."""
        reference = self.reserve()
        self.fill(reference, content)
        return reference

    def stream(self, data: bytes, entries: str = "") -> str:
        """A new compressed stream, with more ``entries`` for its dictionary; the reference to it."""
        packed = zlib.compress(data)
        head = f"<< /Filter /FlateDecode /Length {len(packed)} {entries} >>\nstream\n"
        reference = self.reserve()
        self._objects[reference].content = head.encode("latin-1") + packed + b"\nendstream"
        return reference

    def finish(self, catalog: str) -> bytes:
        """The file, with ``catalog`` (a dictionary) as its root."""
        # the object layer mixes SOURCE_DATE_EPOCH into the file's id: the same document must be the same file
        content = b"".join(made.content for made in self._objects.values())
        self._pdf.signature = hashlib.md5(content, usedforsecurity=False)
        self._pdf.Catalog = _Object(catalog.encode("latin-1"))
        return bytes(self._pdf.format())


def text(value: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2) in UTF-16BE."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def language(value: str) -> str:
    """A language tag (ISO 32000-1, 14.9.2): an ASCII string; other characters cannot stand in one."""
    return "(" + "".join(c for c in value if c.isascii() and (c.isalnum() or c == "-")) + ")"


def name(value: str) -> str:
    """A name object (ISO 32000-1, 7.3.5)."""
    return "/" + "".join(c if c.isascii() and (c.isalnum() or c in "+-_.") else f"#{ord(c) & 255:02X}" for c in value)
