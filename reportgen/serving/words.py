"""What pages need of a language: its messages, and the words of the document that have a translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol


class Words(Protocol):
    """One language of the pages."""

    code: str

    def gettext(self, message: str) -> str:
        """Return a message in this language, its named places unfilled."""
        ...

    def message(self, template: str, values: Mapping[str, str] | None = None) -> str:
        """Return a message with its named places filled."""
        ...

    def value(self, text: str) -> str:
        """Return a term or a label in this language."""
        ...

    def location(self, printed: str) -> str:
        """Return a printed location in this language."""
        ...

    def mark(self, mark: str) -> str:
        """Return a Chinese mark, or what this language has for it with its blanks."""
        ...

    def joined(self, parts: Iterable[str], mark: str) -> str:
        """Return the parts with a Chinese mark between them, or with the one that this language has for it."""
        ...
