"""Suggest the known name that is most like a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like ``name``, or "" where none is similar.

    >>> nearest("expediture", ["revenue", "expenditure"]), nearest("x", ["revenue"])
    ('expenditure', '')
    """
    from difflib import get_close_matches  # slow to import, and most runs do not need it

    return "".join(get_close_matches(name, sorted(known), 1))
