"""Amounts on their way into the file: whole 分 inside, 元 with two decimals outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_PLAIN = json.JSONEncoder(ensure_ascii=False).encode


class Yuan(int):
    """An amount in 分 that is written in 元, digit by digit: ``Yuan(123456)`` as ``1234.56``."""

    def __str__(self) -> str:
        """The amount as it stands in the file."""
        return f"{self // 100}.{self % 100:02d}"


def text(document: dict[str, Any]) -> str:
    """The document as JSON, a record to a line as a person would write it."""
    return "".join(_lines(document)) + "\n"


def _lines(value: dict[str, Any]) -> Iterator[str]:
    yield "{"
    for n, (name, one) in enumerate(value.items()):
        yield f"{',' if n else ''}\n  {_PLAIN(name)}: "
        if isinstance(one, list) and one:
            yield "[\n    " + ",\n    ".join(_flat(record) for record in one) + "\n  ]"
        else:
            yield _flat(one)
    yield "\n}"


def _flat(value: Any) -> str:
    if isinstance(value, Yuan):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_PLAIN(name)}: {_flat(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return _PLAIN(value)
