"""Read and write ``manifest.json``: the files of a folder, the hashes of what each was made from and of its contents.

The manifest may be published with the files: it holds hashes, and no text of the source (that is in
:mod:`.state`). It is untrusted input: one that is damaged or of another form counts as missing, and then all files are
made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ..core.files import safe_name
from ..core.stored_data import json_object, read_regular, typed
from . import NAME
from .findings import check_findings
from .hashes import fingerprint_hash, of_bytes
from .state import FORM as STATE_FORM
from .state import State

FORM = "reportgen-manifest/2"
OLD_FORM = "reportgen-manifest/1"
"""The form of version 0.2 and before, which held the source too."""
YEARS = range(2000, 2101)
RENAMED = {"ground": "fingerprint"}
"""Old names of an entry's fields, from version 0.2, whose manifests are still read."""
MOVED = ("source", "data", "findings", "blocks")
"""Fields of an entry of the old form that are in the state now."""


@dataclass(frozen=True, slots=True)
class File:
    """An output file: ``sha256`` of its bytes, ``state`` (hash of its fingerprint), ``key`` of its contents.

    ``known`` are the hashes of other versions that may be replaced: the one before it, and an edited one whose edits
    were pulled into the data.
    """

    format: str
    sha256: str
    size: int
    state: str
    key: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: its year, ``fingerprint``, files by name.

    ``department`` and ``name`` are the hashes of the department (scope and code) and of its name, "" in manifests of
    version 0.3 and before.
    """

    year: int
    fingerprint: Mapping[str, str]
    version: str
    files: Mapping[str, File] = field(default_factory=dict)
    department: str = ""
    name: str = ""


def read(folder: Path) -> dict[str, Entry]:
    """Return the entries of the manifest in ``folder`` by the documents' file names; none without a valid one."""
    return parse(read_regular(folder / NAME))


def parse(payload: bytes | None) -> dict[str, Entry]:
    """Return the entries of a manifest, also of the old form, by the documents' file names; none if it is not valid."""
    try:
        form, documents = _documents(payload)
        return {slug: _entry(_without_source(entry) if form == OLD_FORM else entry) for slug, entry in documents}
    except ValueError:
        return {}


def states_inside(payload: bytes | None) -> dict[str, State]:
    """Return the states that a manifest of the old form holds, by the documents' file names; none if it is damaged."""
    if OLD_FORM.encode() not in (payload or b""):
        return {}
    try:
        form, documents = _documents(payload)
        old = documents if form == OLD_FORM else ()
        return {slug: _state(entry) for slug, entry in old if safe_name(slug) == slug}
    except ValueError:
        return {}


def written(entries: Mapping[str, Entry]) -> bytes:
    """Return the manifest of ``entries``; equal entries give equal bytes."""
    data = {"form": FORM, "documents": {slug: asdict(entries[slug]) for slug in sorted(entries)}}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def with_known(entry: Entry, name: str, payload: bytes) -> Entry:
    """Return the entry after the edits of its file ``name``, which now is ``payload``, were pulled into the data."""
    file = entry.files[name]
    return replace(entry, files={**entry.files, name: replace(file, known=(*file.known, of_bytes(payload)))})


def _documents(payload: bytes | None) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    """The form of a manifest, and the data of its documents by their file names."""
    data = json_object(payload)
    form, documents = data.get("form"), data.get("documents")
    if form not in (FORM, OLD_FORM) or not isinstance(documents, dict):
        raise ValueError("no documents")
    if any(not isinstance(entry, dict) or not _is_name(slug) for slug, entry in documents.items()):
        raise ValueError("no documents")
    return form, list(documents.items())


def _entry(data: Mapping[str, Any]) -> Entry:
    entry = typed(Entry, {"department": "", "name": "", **data})
    if not all(map(_is_name, entry.files)):
        raise ValueError("a file of a folder has no path")
    if entry.year not in YEARS:
        raise ValueError("no year")
    return entry


def _is_name(name: str) -> bool:
    return Path(name).name == name and name != ".." and "\0" not in name


def _without_source(data: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the old form without what is in the state now."""
    if not data.keys() >= set(MOVED) or not isinstance(data.get("files"), dict):
        raise ValueError("no entry of the old form")
    kept = {RENAMED.get(name, name): value for name, value in data.items() if name not in MOVED}
    files = data["files"].items()
    kept["files"] = {
        name: {key: value for key, value in file.items() if key != "findings"} if isinstance(file, dict) else file
        for name, file in files
    }
    return kept


def _state(data: Mapping[str, Any]) -> State:
    entry = _entry(_without_source(data))
    moved = {name: data[name] for name in MOVED}
    hashed = fingerprint_hash(entry.fingerprint)
    state = typed(State, {"form": STATE_FORM, "fingerprint": hashed, "last": "", "pulled": "", **moved})
    check_findings(state.findings)
    return state
