"""Places in a document by the keys of its rows: ``expenditure[2080101，一般公共预算].total``.

A JSON pointer has the position of a row, which changes when rows are added; a key place stays. It is for people, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

from .model import Budget
from .row_keys import key_of


def key_place(budget: Budget, pointer: str) -> str:
    """Return the key place of the JSON pointer ``pointer``; what the document does not have stays as it is.

    Rows that share a key differ by their number among these: ``projects[101，信息化]#2``.
    """
    place = ""
    value: Any = budget
    for part in filter(None, pointer.split("/")):
        if isinstance(value, tuple):
            place += _row(value, part)
            value = value[int(part)] if part.isdecimal() and int(part) < len(value) else None
        else:
            place += f".{part}" if place else part
            value = value.get(part) if isinstance(value, Mapping) else getattr(value, part, None)
    return place


def _row(rows: tuple[Any, ...], part: str) -> str:
    """Return the key of the row number ``part`` in brackets; its number if the rows have no keys."""
    if not (part.isdecimal() and int(part) < len(rows)) or not is_dataclass(rows[int(part)]):
        return f"[{part}]"
    key = key_of(rows[int(part)])
    same = sum(key_of(row) == key for row in rows[: int(part)])
    text = "，".join(str(value) for value in key[1] if value is not None)
    return f"[{text}]" + (f"#{same + 1}" if same else "")
