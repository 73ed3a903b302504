"""Where the files of a run go: a folder on this machine, or a store (:mod:`.store`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ..pipeline import LocalFolder
from .store import Store


class OutputTarget(Protocol):
    """A place for the summary."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file ``name``, or None if there is none."""
        ...

    def holds(self, name: str) -> bool:
        """Return whether there is a file ``name``."""
        ...

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """Write these files.

        Raises:
            OutputError: they cannot be written.
        """
        ...

    def remove_leftovers(self) -> None:
        """Remove temporary files of this run and of killed runs."""
        ...


class LocalTarget(LocalFolder):
    """A folder on this machine; all files are written or none."""

    def holds(self, name: str) -> bool:
        """Return whether there is a file ``name``."""
        return (self.path / name).is_file()


def is_url(out: str) -> bool:
    """Return whether ``out`` is the URL of a store rather than a folder."""
    return "://" in out


def output_target(out: str) -> LocalTarget | Store:
    """Return the folder or the store that ``out``, a path or a URL, names.

    Raises:
        UsageError: as :class:`Store` does.
    """
    return Store(out) if is_url(out) else LocalTarget(Path(out))
