"""Other programs that write the same document from the same tree: what reportgen is measured beside.

Each module is one peer: ``NAME``, ``FORMAT``, ``NEEDS`` (the module it imports), ``ready`` for what is made once
and kept (a template), ``write`` for the file. The code is what a good engineer would write on a working day with
that library: no tricks, no waste. Column widths and type sizes come from ``reportgen.writers.tables.estimate``, so that
all peers fill about the same pages.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from reportgen.tree.nodes import Document
from reportgen.tree.style import Style

ALL = {
    "platypus": "reportlab",
    "typst_pdf": "typst",
    "typst_source": "typst",
    "docxtpl_docx": "docxtpl",
    "xlsxwriter_xlsx": "xlsxwriter",
    "openpyxl_xlsx": "openpyxl",
}
"""Module of the peer → module it needs."""


class Peer(Protocol):
    """What every module in here offers."""

    NAME: str
    FORMAT: str

    def ready(self, document: Document, style: Style) -> bytes:
        """What is made once for all documents of the layout; its time is not counted."""
        ...

    def write(self, document: Document, style: Style, ready: bytes) -> bytes:
        """The whole file."""
        ...


def peer(name: str) -> Peer:
    """The peer called ``name`` (one of :data:`ALL`)."""
    return cast(Peer, import_module(f"peers.{name}"))


def installed(name: str) -> bool:
    """Whether the library that the peer ``name`` needs is there."""
    return find_spec(ALL[name]) is not None
