"""The writers, one package a format: each declares ``SUFFIX`` and offers ``write`` and ``read_back``.

Packages in this folder without a ``SUFFIX`` are shared helpers. ``DEFAULT = True`` marks the formats that ``build``
writes unasked.

A writer sees the tree and its style, never the budget or the facts: it cannot invent a figure.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ..tree.nodes import Document
from ..tree.readback import ReadDocument
from ..tree.style import Style


class Writer(Protocol):
    """What the package of every format offers."""

    SUFFIX: str

    def write(self, document: Document, style: Style) -> bytes:
        """Return the whole file: the same bytes for the same document and style, on any machine."""
        ...

    def read_back(self, payload: bytes) -> ReadDocument:
        """Return what a file shows, read without the document and without the code that wrote it."""
        ...


_DECLARED = re.compile(r"^(SUFFIX|DEFAULT)\b.*= *(.+)$", re.MULTILINE)


def formats() -> tuple[str, ...]:
    """Return the names of all formats, in alphabetical order."""
    return tuple(_declarations())


def default_formats() -> tuple[str, ...]:
    """Return the names of the formats that ``build`` writes unasked."""
    return tuple(name for name, declared in _declarations().items() if declared.get("DEFAULT") == "True")


@cache
def _declarations() -> dict[str, dict[str, str]]:
    """What each writer's ``__init__`` declares, read from its text: importing all writers would take too long."""
    declarations = {}
    for path in sorted(Path(__file__).parent.glob("*/__init__.py")):
        declared: dict[str, str] = dict(_DECLARED.findall(path.read_text(encoding="utf-8")))
        if "SUFFIX" in declared:
            declarations[path.parent.name] = declared
    return declarations


def writer(name: str) -> Writer:
    """Return the writer of the format ``name`` (one of :func:`formats`)."""
    return cast(Writer, import_module(f"{__name__}.{name}"))


def read_back(name: str, payload: bytes) -> ReadDocument:
    """Return what a file of the format ``name`` shows; ``trouble`` says why it cannot be read."""
    try:
        return writer(name).read_back(payload)
    except Exception as error:  # a broken file may raise anything in its reader: it cannot be read
        return ReadDocument("", None, (), trouble=f"{type(error).__name__}: {error}")
