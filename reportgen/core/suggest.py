"""Names that are nearly another: a slip of the keyboard gets the name that was meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, or "" where none is like it.

    >>> nearest("expediture", ["revenue", "expenditure"]), nearest("x", ["revenue"])
    ('expenditure', '')
    """
    from difflib import get_close_matches  # most runs have no slip and need not wait for it

    return "".join(get_close_matches(name, sorted(known), 1))
