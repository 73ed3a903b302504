"""The range of a number that is read from a file, as an annotation of the field that holds it."""

from __future__ import annotations

from typing import NamedTuple


class Within(NamedTuple):
    """``Annotated[int, Within(0, 8)]``: the least and the greatest value that a file may state."""

    least: float
    most: float
