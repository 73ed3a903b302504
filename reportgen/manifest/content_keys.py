"""Keys of what a document says: equal keys, equal words, figures, roles and shape."""

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
"""Hexadecimal digits of a block's key: 64 bits tell the few hundred blocks of a document apart."""


def block_keys(document: Document) -> dict[str, str]:
    """A key for each block, by its id, in the document's order."""
    return {block.id: _key(block)[:LENGTH] for block in document.blocks()}


def document_key(document: Document, blocks: Mapping[str, str]) -> str:
    """The key of the whole: its names, its pages, and the ``blocks`` (of :func:`block_keys`) in their order."""
    sections = [(section.id, section.page, [block.id for block in section.blocks]) for section in document.sections]
    names = (document.title, document.author, document.subject, document.slug, document.language, document.keywords)
    return of_bytes(json.dumps([names, document.date.isoformat(), sections, list(blocks.items())]).encode())


def look_key(style: Style) -> str:
    """The key of how it looks, typefaces by their files' names."""
    return _key(style)


def _key(value: Block | Style) -> str:
    return of_bytes(_WRITE(value).encode())


class _Kinds(dict[type, Callable[[Any], Any]]):
    """How a value of each class is told: of thousands of cells each is asked for."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        """How to tell a class not met before."""
        teller = self[kind] = _teller(kind)
        return teller


def _teller(kind: type) -> Callable[[Any], Any]:
    """A value as the list of its class and members; a path as its last step, a decimal number as its text."""
    if is_dataclass(kind):
        name, members = kind.__name__, attrgetter(*(one.name for one in fields(kind)))
        return lambda value: (name, members(value))
    return attrgetter("name") if issubclass(kind, PurePath) else str


_KINDS = _Kinds()


def _told(value: object) -> Any:
    return _KINDS[type(value)](value)


_WRITE = json.JSONEncoder(default=_told, ensure_ascii=False, check_circular=False).encode
