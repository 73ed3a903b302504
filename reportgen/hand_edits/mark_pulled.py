"""Record in the manifest that a file's edits are in the data, so that the next build may replace the file."""

from __future__ import annotations

from pathlib import Path

from ..core.files import save_all
from ..manifest import NAME, record
from ..manifest.hashes import of_bytes


def mark_pulled(edited: Path, payload: bytes) -> None:
    """Record in the manifest beside ``edited``, if it lists this file, that ``payload`` may be replaced.

    Raises:
        OutputError: the manifest cannot be written.
    """
    entries = record.read(edited.parent)
    for slug, entry in entries.items():
        file = entry.files.get(edited.name)
        if file and of_bytes(payload) not in (file.sha256, *file.known):
            known = {**entries, slug: record.with_known(entry, edited.name, payload)}
            save_all(edited.parent, {NAME: record.written(known)})
