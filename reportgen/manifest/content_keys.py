"""Keys of contents: blocks, documents and styles with equal keys are equal in every word, figure, role and length."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from pathlib import PurePath
from typing import Any

from ..tree.nodes import Block, Document
from ..tree.style import Style
from .hashes import of_bytes

LENGTH = 16
"""Hexadecimal digits of a block's key: 64 bits are enough for the few hundred blocks of a document."""


def block_keys(document: Document) -> dict[str, str]:
    """Return the key of each block by its id, in the document's order."""
    return {block.id: _key(block)[:LENGTH] for block in document.blocks()}


def document_key(document: Document, blocks: Mapping[str, str]) -> str:
    """Return the key of a document: its names, its pages, and its ``blocks`` (of :func:`block_keys`) in their order."""
    sections = [(section.id, section.page, [block.id for block in section.blocks]) for section in document.sections]
    names = (document.title, document.author, document.subject, document.slug, document.language, document.keywords)
    return of_bytes(json.dumps([names, document.date.isoformat(), sections, list(blocks.items())]).encode())


def style_key(style: Style) -> str:
    """Return the key of a style, with typefaces by their files' names."""
    return _key(style)


def _key(value: Block | Style) -> str:
    return of_bytes(_ENCODE(value).encode())


class _Converters(dict[type, Callable[[Any], Any]]):
    """How values of each class become JSON: a dataclass as its name and fields, a path as its name, others as text."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        """Return the converter of a class at its first value."""
        converter: Callable[[Any], Any] = attrgetter("name") if issubclass(kind, PurePath) else str
        if is_dataclass(kind):
            name, values = kind.__name__, attrgetter(*(field.name for field in fields(kind)))
            converter = lambda value: (name, values(value))  # noqa: E731
        return self.setdefault(kind, converter)


_CONVERTERS = _Converters()


def _as_json(value: object) -> Any:
    return _CONVERTERS[type(value)](value)


_ENCODE = json.JSONEncoder(default=_as_json, ensure_ascii=False, check_circular=False).encode
