"""A workbook becomes a document: our own fill-in form by its sheets, anybody else's by its official tables."""

from __future__ import annotations

from ..core.errors import InputError
from .imported import Imported
from .readers import read_file


def import_workbook(payload: bytes, isolated: bool = True) -> Imported:
    """Return the document in a workbook; problems of its cells are findings.

    Args:
        payload: the content of the file.
        isolated: read it in a worker process of its own; otherwise the caller is in one.

    Raises:
        InputError: the file cannot be read, or nothing in it is known.
    """
    read_file(payload, isolated)
    raise InputError("没有认出一张表", "")
