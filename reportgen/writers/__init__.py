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
    """What every folder in here offers."""

    SUFFIX: str

    def write(self, document: Document, style: Style) -> bytes:
        """The whole file. The same tree and style give the same bytes, on any machine."""
        ...

    def read_back(self, payload: bytes) -> ReadDocument:
        """What a file shows to a stranger, found without a look at the tree or at the code that wrote it."""
        ...


_DECLARED = re.compile(r"^(SUFFIX|DEFAULT)\b.*= *(.+)$", re.MULTILINE)


def formats() -> tuple[str, ...]:
    """The names of all formats, in alphabetical order."""
    return tuple(_declarations())


def default_formats() -> tuple[str, ...]:
    """The names of the formats that ``build`` writes unless told otherwise."""
    return tuple(name for name, declared in _declarations().items() if declared.get("DEFAULT") == "True")


@cache
def _declarations() -> dict[str, dict[str, str]]:
    """What each writer's ``__init__`` declares, read from its text: importing all writers would take too long."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*/__init__.py")):
        declared: dict[str, str] = dict(_DECLARED.findall(path.read_text(encoding="utf-8")))
        if "SUFFIX" in declared:
            found[path.parent.name] = declared
    return found


def writer(name: str) -> Writer:
    """The writer of the format ``name`` (one of :func:`formats`)."""
    return cast(Writer, import_module(f"{__name__}.{name}"))


def read_back(name: str, payload: bytes) -> ReadDocument:
    """What a file of the format ``name`` shows, or what keeps it from being read."""
    try:
        return writer(name).read_back(payload)
    except Exception as error:  # a broken file may break its reader anywhere: whatever it is, nobody can read the file
        return ReadDocument("", None, (), trouble=f"{type(error).__name__}: {error}")
