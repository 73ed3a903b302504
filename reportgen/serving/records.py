"""The record of a document of the workbench: its versions and what was done with them, as ``record.json`` holds it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, get_args

SCHEMA = "reportgen/workbench/1"
Kind = Literal["reviewed", "approved", "returned", "confidentiality", "signed", "final"]
"""What may be done with a version: 部门已审, 财政已审, 退回, 保密审查, 负责人审签, 定稿."""
BesideKind = Literal["last", "initial"]
"""The files beside a document: last year's, and of final accounts the budget of the year."""
_FILE = re.compile(r"[0-9]{4,6}-[0-9TZ]{1,20}\.json")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class BesideFile:
    """A file that a version is checked against: the SHA-256 of its content, and what it is (department, year, stage).

    >>> BesideFile("0a1b", "青溪市财政局2022年预算").file
    'beside-0a1b.json'
    """

    digest: str
    title: str

    @property
    def file(self) -> str:
        """The name of the file in the folder of the document: another content has another name."""
        return f"beside-{self.digest}.json"


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version: the file that holds it, when and by whom it was saved, what was done, and the note given.

    ``title`` names the document as it was then: department, year, stage. ``digest`` is the SHA-256 of the file, "" in
    records of before there was one. ``beside`` are the files that it is checked against.
    """

    number: int
    file: str
    time: str
    who: str
    what: str
    title: str
    note: str = ""
    digest: str = ""
    beside: Mapping[BesideKind, BesideFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a version's review."""

    kind: Kind
    version: int
    time: str
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """All versions of a document, oldest first, and the steps of their review."""

    versions: tuple[Version, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def latest(self) -> Version:
        """The version saved last."""
        return self.versions[-1]

    def version(self, number: int) -> Version | None:
        """Return the version with this number."""
        return self.versions[number - 1] if 0 < number <= len(self.versions) else None

    def with_version(self, version: Version) -> Record:
        """Return the record with one more version."""
        return replace(self, versions=(*self.versions, version))

    def with_event(self, event: Event) -> Record:
        """Return the record with one more step."""
        return replace(self, events=(*self.events, event))

    def payload(self) -> bytes:
        """Return the record as JSON."""
        data = {"schema": SCHEMA, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, indent=1).encode()


def parse(payload: bytes) -> Record:
    """Return the record that a file holds.

    Raises:
        ValueError: it is none.
    """
    try:
        data: Any = json.loads(payload)
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        record = Record(tuple(map(_version, data["versions"])), tuple(Event(**one) for one in data["events"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not all(map(_is_version, record.versions)) or not all(map(_is_event, record.events)):
        raise ValueError("values")
    if [one.number for one in record.versions] != list(range(1, len(record.versions) + 1)) or not record.versions:
        raise ValueError("versions")
    return record


def digest(payload: bytes) -> str:
    """Return the digest of a file as records have it."""
    return sha256(payload).hexdigest()


def _version(data: dict[str, Any]) -> Version:
    beside = {kind: BesideFile(**one) for kind, one in data.get("beside", {}).items()}
    return Version(**{**data, "beside": beside})


def _is_version(version: Version) -> bool:
    """Whether the values are what a record may have; its files are such as are in the folder of the record."""
    texts = (version.file, version.time, version.who, version.what, version.title, version.note, version.digest)
    are_texts = all(isinstance(text, str) for text in texts) and type(version.number) is int
    return are_texts and _FILE.fullmatch(version.file) is not None and all(map(_is_beside, version.beside.items()))


def _is_beside(named: tuple[str, BesideFile]) -> bool:
    kind, one = named
    are_texts = isinstance(one.digest, str) and isinstance(one.title, str)
    return kind in get_args(BesideKind) and are_texts and _DIGEST.fullmatch(one.digest) is not None


def _is_event(event: Event) -> bool:
    texts = (event.time, event.who, event.note)
    are_texts = all(isinstance(text, str) for text in texts) and type(event.version) is int
    return are_texts and event.kind in get_args(Kind)


def clock(time: str) -> str:
    """Return a time of a record as the clocks here show it; what is no time as it is."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return time


def stamp(time: datetime) -> str:
    """Return a time as records and names of files have it.

    >>> from datetime import UTC
    >>> stamp(datetime(2026, 11, 29, 11, 35, tzinfo=UTC))
    '20261129T113500Z'
    """
    return time.strftime("%Y%m%dT%H%M%SZ")
