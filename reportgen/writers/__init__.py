"""The writers: one folder a format, found by looking. Each holds ``SUFFIX``, ``write`` and ``read_back``.

A writer sees the tree and its style, never the budget or the facts: it cannot invent a figure.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ..tree.nodes import Document
from ..tree.seen import Seen
from ..tree.style import Style


class Writer(Protocol):
    """What every folder in here offers."""

    SUFFIX: str

    def write(self, document: Document, style: Style) -> bytes:
        """The whole file. The same tree and style give the same bytes, on any machine."""
        ...

    def read_back(self, payload: bytes) -> Seen:
        """What a file shows to a stranger, found without a look at the tree or at the code that wrote it."""
        ...


def formats() -> tuple[str, ...]:
    """The names of all formats, in order of the alphabet."""
    here = Path(__file__).parent
    return tuple(sorted(path.parent.name for path in here.glob("*/__init__.py")))


def writer(name: str) -> Writer:
    """The writer of the format ``name`` (one of :func:`formats`)."""
    return cast(Writer, import_module(f"{__name__}.{name}"))


def read_back(name: str, payload: bytes) -> Seen:
    """What a file of the format ``name`` shows, or what keeps it from being read."""
    try:
        return writer(name).read_back(payload)
    except Exception as error:  # a broken file may break its reader anywhere: whatever it is, nobody can read the file
        return Seen("", None, (), trouble=f"{type(error).__name__}: {error}")
