"""Record in the manifest that a file's edits are in the data, so that the next build may replace the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..core.files import save_all
from ..core.run_lock import exclusive
from ..manifest import NAME, record
from ..manifest.hashes import of_bytes
from ..manifest.state import packed
from ..pipeline import LocalFolder
from ..pipeline.state_folder import move_source_out, state_records


def mark_pulled(edited: Path, payload: bytes, document: bytes, state: Path | None) -> None:
    """Record beside ``edited``, if the manifest there lists it, that ``payload`` may be replaced with its edits.

    The manifest gets the hash of ``payload``, the state the JSON ``document`` that has the edits: a build from one that
    lacks them is refused. Without a state nothing is recorded.
    The source that a manifest of an earlier version holds moves to the folder ``state`` or else to the default place.

    Raises:
        UsageError: ``state`` is inside the folder.
        OutputError: the manifest or the state cannot be written.
    """
    folder = LocalFolder(edited.parent)
    states = state_records(folder, LocalFolder(state) if state else None)
    move_source_out(folder, states)
    with exclusive(edited.parent):
        entries = record.read(edited.parent)
        for slug, entry in list(entries.items()):
            file = entry.files.get(edited.name)
            before = states.read(slug) if file else None
            if before is None:
                continue
            states.save({slug: replace(before, pulled=packed(document))})
            if file and of_bytes(payload) not in (file.sha256, *file.known):
                entries[slug] = record.with_known(entry, edited.name, payload)
                save_all(edited.parent, {NAME: record.written(entries)})
