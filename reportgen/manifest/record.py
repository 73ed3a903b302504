"""Read and write ``manifest.json``: the files of a folder, what each was made from, its findings and contents.

The manifest is untrusted input: one that is damaged or of another form counts as missing, and then all files are made
again.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ..budget.json_input import LARGEST
from ..core.finding import Finding, Severity
from ..core.stored_data import check_template, json_object, read_regular, typed
from . import NAME
from .hashes import of_bytes

FORM = "reportgen-manifest/1"
YEARS = range(2000, 2101)
RENAMED = {"ground": "fingerprint"}
"""Old names of an entry's fields, from version 0.2, whose manifests are still read."""


@dataclass(frozen=True, slots=True)
class File:
    """An output file: ``sha256`` of its bytes, ``state`` (hash of its fingerprint), ``key`` of its contents.

    ``findings`` are those of its read-back. ``known`` are the hashes of other versions that may be replaced: the one
    before it, and an edited one whose edits were pulled into the data.
    """

    format: str
    sha256: str
    size: int
    state: str
    key: str
    findings: tuple[Finding, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: path of its data from the folder, ``fingerprint``, findings, files by name, content keys by block.

    ``data`` is the JSON document itself, packed, so that a later one can be compared with it.
    """

    source: str
    data: str
    year: int
    fingerprint: Mapping[str, str]
    version: str
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, File] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        """Return the JSON document that these files were made from, byte for byte.

        Raises:
            ValueError: the manifest was changed.
        """
        try:
            unpacker = zlib.decompressobj()
            return unpacker.decompress(base64.b85decode(self.data), LARGEST)
        except zlib.error as error:
            raise ValueError(str(error)) from None


def packed(payload: bytes) -> str:
    """Return a JSON document as :class:`Entry` has it."""
    return base64.b85encode(zlib.compress(payload, 6)).decode("ascii")


def read(folder: Path) -> dict[str, Entry]:
    """Return the entries of the manifest in ``folder`` by the documents' file names; none without a valid one."""
    return parse(read_regular(folder / NAME))


def parse(payload: bytes | None) -> dict[str, Entry]:
    """Return the entries of a manifest by the documents' file names; none if it is not valid."""
    try:
        data = json_object(payload)
        if data.get("form") != FORM:
            return {}
        return {slug: _entry(entry) for slug, entry in _documents(data).items()}
    except ValueError:
        return {}


def written(entries: Mapping[str, Entry]) -> bytes:
    """Return the manifest of ``entries``; equal entries give equal bytes."""
    data = {"form": FORM, "documents": {slug: _data(entries[slug]) for slug in sorted(entries)}}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def with_known(entry: Entry, name: str, payload: bytes) -> Entry:
    """Return the entry after the edits of its file ``name``, which now is ``payload``, were pulled into the data."""
    file = entry.files[name]
    return replace(entry, files={**entry.files, name: replace(file, known=(*file.known, of_bytes(payload)))})


def _data(entry: Entry) -> dict[str, Any]:
    return asdict(entry, dict_factory=json_fields)


def json_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the fields of a dataclass for JSON, a severity by its name."""
    return {name: value.name.lower() if isinstance(value, Severity) else value for name, value in pairs}


def _documents(data: Mapping[str, Any]) -> Mapping[str, Any]:
    documents = data.get("documents")
    if not isinstance(documents, dict) or not all(isinstance(entry, dict) for entry in documents.values()):
        raise ValueError("no documents")
    return documents


def _entry(data: dict[str, Any]) -> Entry:
    entry = typed(Entry, {RENAMED.get(name, name): value for name, value in data.items()})
    if any(Path(name).name != name or name == ".." or "\0" in name for name in entry.files):
        raise ValueError("a file of a folder has no path")
    if entry.year not in YEARS:
        raise ValueError("no year")
    for findings in (entry.findings, *(file.findings for file in entry.files.values())):
        check_findings(findings)
    return entry


def check_findings(findings: Iterable[Finding]) -> None:
    """Raise ValueError if the message or the hint of a stored finding cannot be printed with its values."""
    for finding in findings:
        check_template(finding.message, finding.values)
        check_template(finding.hint, finding.values)
