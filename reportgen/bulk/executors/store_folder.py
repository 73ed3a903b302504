"""A department's folder in a store, as the place where the pipeline reads and saves its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import PurePosixPath

from ...manifest import NAME as MANIFEST
from ...manifest import record
from ...manifest.hashes import of_bytes
from ..store import Store


class StoreFolder:
    """An :class:`~reportgen.pipeline.OutputStorage`. Each file is read once; saved files wait for :meth:`commit`."""

    def __init__(self, store: Store, name: str) -> None:
        """Use the folder ``name`` of ``store``; nothing is read yet."""
        self._store = store
        self._name = name
        self._read: dict[str, bytes | None] = {}
        self._saved: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file ``name`` (as saved, if it was), or None if there is none."""
        if name in self._saved:
            return self._saved[name]
        if name not in self._read:
            self._read[name] = self._store.read(f"{self._name}/{name}") if _is_file_name(name) else None
        return self._read[name]

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file ``name``, or "" if there is none."""
        payload = self.read(name)
        return "" if payload is None else of_bytes(payload)

    def location(self, name: str) -> str:
        """Return the URL of the file ``name``."""
        return f"{self._store.url}/{self._name}/{name}"

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold nothing: one worker at a time has a department's folder."""
        return nullcontext()

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """Keep ``payloads`` until :meth:`commit`."""
        self._saved.update(payloads)

    def remove_leftovers(self) -> None:
        """Do nothing: the run removes what killed runs left in the store."""

    def commit(self, always: Sequence[str] = ()) -> None:
        """Write the saved files to the store, as far as they differ from what is there.

        If any differs, the files ``always`` are written too.

        Raises:
            OutputError: the store refuses.
        """
        payloads = dict(self._saved)
        self._saved.clear()
        changed = {name: payload for name, payload in payloads.items() if payload != self.read(name)}
        if changed:
            complete = {name: payloads.get(name) or self.read(name) or b"" for name in always}
            self._store.save({**changed, **complete}, self._name)
            self._read.update(payloads)


class SizedStoreFolder(StoreFolder):
    """The same, judging files by the sizes in the manifest: they are not transferred to find that they are current."""

    def digest(self, name: str) -> str:
        """Return the digest that the manifest has for a file of the same size; of another file that of its bytes."""
        digest, size = self._recorded.get(name, ("", -1))
        return digest if self._sizes.get(name) == size else super().digest(name)

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        return self._store.sizes(self._name)

    @cached_property
    def _recorded(self) -> Mapping[str, tuple[str, int]]:
        entries = record.parse(self.read(MANIFEST)).values()
        return {name: (file.sha256, file.size) for entry in entries for name, file in entry.files.items()}


def _is_file_name(name: str) -> bool:
    """Return whether ``name`` leads nowhere out of the folder; a manifest in a store is data from outside."""
    return PurePosixPath(name).name == name and name != ".."
