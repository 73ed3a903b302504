"""The place for one document's output files: a folder of this machine, or anything that offers the same."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from ..core.errors import OutputError, os_error_reason
from ..core.files import save_all
from ..core.run_lock import exclusive, remove_leftovers
from ..core.stored_data import read_regular
from ..manifest.hashes import of_file


class OutputStorage(Protocol):
    """Where the files of a document are kept, each under a name without a path."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file ``name``, or None if there is none."""
        ...

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file ``name``, "" if there is none, and another text if it cannot be read."""
        ...

    def location(self, name: str) -> str:
        """Return where the file ``name`` is, as a message names it."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the place against other runs, for a file that is read, changed and saved."""
        ...

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """Write all files or none; what was there stays until all are complete.

        Raises:
            OutputError: they cannot be written.
        """
        ...

    def remove_leftovers(self) -> None:
        """Remove temporary files of runs that were killed."""
        ...


class LocalFolder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        """Name the folder ``path``; it is made when something is saved."""
        self.path = path

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file ``name``, or None if it cannot be read (see :func:`read_regular`)."""
        return read_regular(self.path / name)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file ``name``, "" if there is none, and another text if it cannot be read."""
        return of_file(self.path / name) or ("unreadable" if os.path.lexists(self.path / name) else "")

    def location(self, name: str) -> str:
        """Return the path of the file ``name``."""
        return str(self.path / name)

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the folder (see :func:`~reportgen.core.run_lock.exclusive`)."""
        return exclusive(self.path)

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """Write all files or none (see :func:`~reportgen.core.files.save_all`)."""
        save_all(self.path, payloads)

    def remove(self, name: str) -> None:
        """Remove the file ``name``, if it is there.

        Raises:
            OutputError: it cannot be removed.
        """
        try:
            (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            message, why = "删不了旧名的文件 {path}：{why}", os_error_reason(error)
            raise OutputError(message, "关掉打开它的程序，再运行一次", path=self.location(name), why=why) from None

    def remove_leftovers(self) -> None:
        """Remove temporary files of runs that were killed."""
        remove_leftovers(self.path)
