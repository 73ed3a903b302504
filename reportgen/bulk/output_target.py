"""Where a run's files go: a folder of this machine, or a store (:mod:`.store`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ..core.files import save_all
from ..core.run_lock import sweep
from .store import Store


class Output(Protocol):
    """Where the summary goes."""

    def read(self, name: str) -> bytes | None:
        """The contents of the file ``name``, or None if there is none."""
        ...

    def holds(self, name: str) -> bool:
        """Whether there is a file ``name``."""
        ...

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """Write these files."""
        ...

    def tidy(self) -> None:
        """Remove what dead runs left."""
        ...


class LocalFolder:
    """A folder of this machine, where :func:`~reportgen.core.files.save_all` gives all or nothing."""

    def __init__(self, place: Path) -> None:
        """The folder ``place``; it need not exist."""
        self.place = place

    def read(self, name: str) -> bytes | None:
        """The contents of a file, or None."""
        try:
            return (self.place / name).read_bytes()
        except OSError:
            return None

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.place / name).is_file()

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """All files or none."""
        save_all(self.place, payloads)

    def tidy(self) -> None:
        """Remove what dead runs left."""
        sweep(self.place)


def is_url(out: str) -> bool:
    """Whether ``out`` names a store rather than a folder of this machine."""
    return "://" in out


def output(out: str) -> LocalFolder | Store:
    """The output that ``out``, a path or a URL, names.

    Raises:
        UsageError: as :class:`Store` does.
    """
    return Store(out) if is_url(out) else LocalFolder(Path(out))
