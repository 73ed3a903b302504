"""Whether the files in a folder are still what a build would make, and whether they may be replaced."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .fingerprint import Fingerprint
from .hashes import of_bytes, of_file
from .record import Entry, File


def state(fingerprint: Fingerprint) -> str:
    """The fingerprint as one hash."""
    return of_bytes(json.dumps(fingerprint, sort_keys=True).encode())


def made_from(entries: Mapping[str, Entry], payload: bytes) -> Iterator[tuple[str, Entry]]:
    """The entries whose files were made of the JSON document ``payload``."""
    digest = of_bytes(payload)
    return ((slug, entry) for slug, entry in entries.items() if entry.fingerprint.get("data") == digest)


def current(folder: Path, entry: Entry, wanted: Iterable[str], now: str) -> list[Path] | None:
    """The files of the ``wanted`` formats if all in ``folder`` are as made, in the state ``now``; else None."""
    stands = {file.format: folder / name for name, file in entry.files.items() if file.state == now}
    places = [stands.get(one) for one in wanted]
    if any(place is None or of_file(place) != entry.files[place.name].sha256 for place in places):
        return None
    return [place for place in places if place is not None]


def unchanged(folder: Path, name: str, before: File | None, key: str) -> bool:
    """Whether the file ``name`` already says and shows what ``key`` stands for, and is as it was made."""
    return before is not None and before.key == key and of_file(folder / name) == before.sha256


def edited(folder: Path, name: str, before: File | None, new: str) -> bool:
    """Whether somebody changed the file ``name`` since it was made: replacing it by ``new`` would lose that."""
    found = of_file(folder / name)
    return before is not None and bool(found) and found not in (new, before.sha256, *before.known)
