"""Keys of what a document says: equal keys, equal words, figures, roles and shape."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from pathlib import PurePath
from typing import Any, cast

from ..tree.nodes import Block, Document
from ..tree.style import Style
from .hashes import of_bytes

LENGTH = 16
"""Hexadecimal digits of a block's key: 64 bits tell the few hundred blocks of a document apart."""


def block_keys(document: Document) -> dict[str, str]:
    """A key for each block, by its id, in the document's order."""
    return {block.id: _key(block)[:LENGTH] for section in document.sections for block in section.blocks}


def document_key(document: Document, blocks: Mapping[str, str]) -> str:
    """The key of the whole: its names, its pages, and the ``blocks`` (of :func:`block_keys`) in their order."""
    sections = [(section.id, section.page, [block.id for block in section.blocks]) for section in document.sections]
    names = (document.title, document.author, document.subject, document.slug, document.language, document.keywords)
    return of_bytes(json.dumps([names, document.date.isoformat(), sections, list(blocks.items())]).encode())


def look_key(style: Style) -> str:
    """The key of how it looks, typefaces by their files' names."""
    return _key(style)


def _key(value: Block | Style) -> str:
    return of_bytes(json.dumps(value, default=_members, ensure_ascii=False, check_circular=False).encode())


def _members(value: object) -> Any:
    """A value as the list of its class and members; a path as its last step, a decimal number as its text."""
    if is_dataclass(value):
        return (type(value).__name__, _getter(cast(Hashable, type(value)))(value))
    return value.name if isinstance(value, PurePath) else str(value)


@cache
def _getter(node: Any) -> attrgetter[Any]:
    return attrgetter(*(one.name for one in fields(node)))
