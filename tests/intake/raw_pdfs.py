"""PDFs of numbered objects, as wrong as their makers want them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping


def raw(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """A PDF of numbered objects, without a table of where they are: libraries look for them."""
    parts = [b"%PDF-1.7\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in objects.items()]
    return b"".join(parts) + b"trailer\n<< /Root %d 0 R /Size %d >>\n%%%%EOF\n" % (root, max(objects) + 1)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def one_page(content: bytes, resources: bytes = b"<< >>", more: Mapping[int, bytes] | None = None) -> bytes:
    return raw(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % resources,
            4: content,
            **(more or {}),
        }
    )
