"""A file whose edits are in the data may be replaced by the next build: the manifest beside it is told so."""

from __future__ import annotations

from pathlib import Path

from ..core.files import save_all
from ..manifest import NAME, record
from ..manifest.hashes import of_bytes


def remember(edited: Path, payload: bytes) -> None:
    """Note in the manifest beside ``edited``, if it tells of this file, that its version ``payload`` is known.

    Raises:
        OutputError: the manifest cannot be written.
    """
    entries = record.read(edited.parent)
    for slug, entry in entries.items():
        file = entry.files.get(edited.name)
        if file and of_bytes(payload) not in (file.sha256, *file.known):
            known = {**entries, slug: record.with_known(entry, edited.name, payload)}
            save_all(edited.parent, {NAME: record.written(known)})
