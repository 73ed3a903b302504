"""Open a DOCX file for reading back, within limits that python-docx does not have."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument

from ..zips import check

_MOST_PARTS = 500  # of a file of this writer, which has a dozen, and three for each chart
_LARGEST_PACKAGE = 1 << 30  # bytes, unpacked


def open_within_limits(payload: bytes) -> WordDocument:
    """Return a whole file as python-docx opens it.

    Raises:
        Exception: it is no DOCX file, or has more parts or bytes than this writer would make.
    """
    with ZipFile(BytesIO(payload)) as archive:
        check(archive, _LARGEST_PACKAGE, _MOST_PARTS)
    return Document(BytesIO(payload))
