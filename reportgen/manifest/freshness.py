"""Decide whether the files in a folder are current (what a build would make) and whether they may be replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from .hashes import of_bytes
from .record import Entry, File


def entries_made_from(entries: Mapping[str, Entry], payload: bytes) -> Iterator[tuple[str, Entry]]:
    """Iterate over the entries whose files were made from the JSON document ``payload``."""
    digest = of_bytes(payload)
    return ((slug, entry) for slug, entry in entries.items() if entry.fingerprint.get("data") == digest)


def current_files(entry: Entry, formats: Iterable[str], now: str, digest: Callable[[str], str]) -> list[str] | None:
    """Return the names of the files of these ``formats`` if all are current; else None.

    ``now`` is the hash of the present fingerprint, ``digest`` returns the hash of the file of a name, "" if there is
    none.
    """
    names = {file.format: name for name, file in entry.files.items() if file.state == now}
    asked = [names.get(format) for format in formats]
    if any(name is None or digest(name) != entry.files[name].sha256 for name in asked):
        return None
    return [name for name in asked if name is not None]


def is_current(digest: str, before: File | None, key: str) -> bool:
    """Whether a file with the hash ``digest`` is as it was made ``before`` and has the content of the key ``key``."""
    return before is not None and before.key == key and digest == before.sha256


def is_edited(digest: str, before: File | None, new: str) -> bool:
    """Whether a file with the hash ``digest`` is not known to be as it was made: replacing it may lose something.

    ``new`` is the hash of what would replace it; ``before`` is what the manifest says, None if it says nothing.
    """
    ours = () if before is None else (before.sha256, *before.known)
    return bool(digest) and digest not in (new, *ours)
