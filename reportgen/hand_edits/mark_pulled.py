"""Record in the manifest that a file's edits are in the data, so that the next build may replace the file."""

from __future__ import annotations

from pathlib import Path

from ..core.files import save_all
from ..core.run_lock import exclusive
from ..manifest import NAME, record
from ..manifest.hashes import of_bytes
from ..pipeline import LocalFolder
from ..pipeline.state_folder import move_source_out, state_records


def mark_pulled(edited: Path, payload: bytes, state: Path | None) -> None:
    """Record in the manifest beside ``edited``, if it lists this file, that ``payload`` may be replaced.

    The source that a manifest of an earlier version holds moves to the folder ``state`` or else to the default place.

    Raises:
        UsageError: ``state`` is inside the folder.
        OutputError: the manifest or the state cannot be written.
    """
    folder = LocalFolder(edited.parent)
    move_source_out(folder, state_records(folder, LocalFolder(state) if state else None))
    with exclusive(edited.parent):
        entries = record.read(edited.parent)
        for slug, entry in list(entries.items()):
            file = entry.files.get(edited.name)
            if file and of_bytes(payload) not in (file.sha256, *file.known):
                entries[slug] = record.with_known(entry, edited.name, payload)
                save_all(edited.parent, {NAME: record.written(entries)})
