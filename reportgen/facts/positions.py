"""Where rows are in the document: a layout can print them in the order of the file (``sort_by: [position]``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .fact import FactGroup


def put_positions(rows: Iterable[FactGroup], codes: Sequence[str]) -> None:
    """Put ``position`` into rows by code: the number of the first line, from 0, of the code or of a code below it.

    ``codes`` are those of the lines in the order of the document; a row without a line comes last.
    """
    first: dict[str, int] = {}
    for n, code in enumerate(codes):
        for length in (3, 5, len(code)):
            first.setdefault(code[:length], n)
    for row in rows:
        row.put(position=first.get(row.key, len(codes)))
