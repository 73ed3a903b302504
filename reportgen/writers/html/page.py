"""The whole page: what its head declares, its style sheet, and the sections of the document."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from ...tree.nodes import Document, Table
from ...tree.style import Style
from ..opc import escaped
from .blocks import BlockMarkup
from .markup import element
from .style_sheet import style_sheet
from .table_fit import PageTable

_POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
"""The content security policy: nothing is loaded, nothing runs, and only this style sheet applies."""


def page(document: Document, style: Style) -> str:
    """Return the page of ``document``.

    Raises:
        ValueError: as ``write`` of this package.
    """
    tables = _tables(document, style)
    rules = style_sheet(style, list(tables.values()))
    body = "\n".join(BlockMarkup(document, style, tables).sections())
    head = "\n".join(_head(document, rules))
    language = escaped(document.language, "document")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{head}\n</head>\n<body>\n<main>\n{body}\n</main>\n'
        "</body>\n</html>\n"
    )


def _tables(document: Document, style: Style) -> dict[str, PageTable]:
    """The tables by their ids, numbered in order."""
    tables: dict[str, PageTable] = {}
    for name, block in document.blocks_with_page():
        if isinstance(block, Table):
            tables[block.id] = PageTable.of(block, len(tables) + 1, style, style.pages[name].landscape)
    return tables


def _head(document: Document, rules: str) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest=digest)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield element("title", escaped(document.title, "document"))
    names = {"author": document.author, "description": document.subject, "keywords": ",".join(document.keywords)}
    for name, value in names.items():
        if value:
            yield f'<meta name="{name}" content="{escaped(value, "document")}">'
    yield f"<style>{rules}</style>"
