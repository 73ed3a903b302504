"""The error of a name that does not exist, with the names among which it was sought."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import UndefinedError


class UnknownName(UndefinedError):
    """A template or a table reads a name that does not exist."""

    def __init__(self, name: str, known: Iterable[str] | None) -> None:
        """``known`` are the names beside which it was sought; None for the names that every template has."""
        super().__init__(name)
        self.name, self.known = name, known
