"""Typst: a source generated from the tree, compiled by the library of the Python package ``typst``."""

from __future__ import annotations

from pathlib import Path

import typst

from reportgen.tree.nodes import Document
from reportgen.tree.style import Style

from .typst_markup import source

NAME, FORMAT = "Typst (source made from the tree)", "pdf"


def ready(document: Document, style: Style) -> bytes:
    return b""


def write(document: Document, style: Style, ready: bytes) -> bytes:
    return compiled(source(document, style), style)


def compiled(text: str, style: Style) -> bytes:
    """The PDF, a tagged one like ours (the library's default)."""
    fonts: Path = style.fallback.file.parent
    made = typst.compile(text.encode(), font_paths=[str(fonts)], ignore_system_fonts=True, format="pdf")
    return bytes(made)
