"""Typst with its source lying ready: compiling alone. Of use cold only, for the source is one document's."""

from __future__ import annotations

from reportgen.tree.nodes import Document
from reportgen.tree.style import Style

from .typst_markup import source
from .typst_pdf import compiled

NAME, FORMAT = "Typst (source lies ready)", "pdf"


def ready(document: Document, style: Style) -> bytes:
    return source(document, style).encode()


def write(document: Document, style: Style, ready: bytes) -> bytes:
    return compiled(ready.decode(), style)
