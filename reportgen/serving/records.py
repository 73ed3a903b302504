"""The record of a document of the workbench: its versions and what was done with them, as ``record.json`` holds it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

SCHEMA = "reportgen/workbench/1"
Kind = Literal["reviewed", "approved", "returned", "confidentiality", "signed", "final"]
"""What may be done with a version: 部门已审, 财政已审, 退回, 保密审查, 负责人审签, 定稿."""


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version: the file that holds it, when and by whom it was saved, what was done, and the note given.

    ``title`` names the document as it was then: department, year, stage.
    """

    number: int
    file: str
    time: str
    who: str
    what: str
    title: str
    note: str = ""


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
        record = Record(
            tuple(Version(**one) for one in data["versions"]), tuple(Event(**one) for one in data["events"])
        )
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from None
    if [one.number for one in record.versions] != list(range(1, len(record.versions) + 1)) or not record.versions:
        raise ValueError("versions")
    return record


def stamp(time: datetime) -> str:
    """Return a time as records and names of files have it.

    >>> from datetime import UTC
    >>> stamp(datetime(2026, 11, 29, 11, 35, tzinfo=UTC))
    '20261129T113500Z'
    """
    return time.strftime("%Y%m%dT%H%M%SZ")
