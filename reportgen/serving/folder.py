"""The folder of the workbench: a folder of each document, in it every version ever saved, and the record of them.

Nothing in it is ever overwritten but ``record.json``, and that only with one that has more. A save names the version
that it started from; if another was saved since, it is refused.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..core.errors import OutputError, UsageError, os_error_reason
from ..core.files import save_all
from ..core.run_lock import exclusive
from .log import Log
from .records import BesideFile, BesideKind, Event, Kind, Record, Version, clock, digest, parse, stamp
from .saved_files import SavedCells, beside_of, cells_file, cells_of, payload_of

RECORD = "record.json"
NO_CELLS = SavedCells()
_GONE = "文件夹恢复以后，重新打开这一页；没有恢复以前什么也不存"
_ID = re.compile(r"[0-9a-f]{12}")


class StaleSave(UsageError):
    """Another version was saved since the page was opened; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list: its id and its record, None if that cannot be read."""

    id: str
    record: Record | None


class Folder:
    """The documents of one folder. Every method may be called by several threads and processes at once."""

    def __init__(self, path: Path) -> None:
        """Use the folder at ``path``; one that is missing is never made here, it may be on a drive that is away."""
        self.path = path
        self.log = Log(path)

    @classmethod
    def created(cls, path: Path) -> Folder:
        """Return the folder at ``path``, which is created if it is missing: for this user of the machine only.

        Raises:
            OutputError: it cannot be created.
        """
        try:
            path.mkdir(0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError("建不了文件夹 {path}：{why}", path=str(path), why=os_error_reason(error)) from None
        return cls(path)

    def check_present(self) -> None:
        """Check that the folder is there, before anything is read from it or written into it.

        Raises:
            OutputError: it is gone.
        """
        check_present(self.path)

    def entries(self) -> list[Entry]:
        """Return all documents, the one saved last first.

        Raises:
            OutputError: the folder is gone, or cannot be read.
        """
        try:
            paths = [path for path in self.path.iterdir() if _ID.fullmatch(path.name)]
        except OSError as error:
            raise OutputError(
                "打不开文件夹 {path}：{why}", _GONE, path=str(self.path), why=os_error_reason(error)
            ) from None
        found = [Entry(path.name, self._read(path)) for path in paths]
        return sorted(found, key=lambda one: (one.record.latest.time if one.record else "", one.id), reverse=True)

    def record(self, document: str) -> Record:
        """Return the record of a document.

        Raises:
            KeyError: there is no such document.
            OutputError: its record cannot be read, or the folder is gone.
        """
        self.check_present()
        if not _ID.fullmatch(document) or not (self.path / document).is_dir():
            raise KeyError(document)
        record = self._read(self.path / document)
        if record is None:
            path = str(self.path / document / RECORD)
            hint = "各版的文件还在这个文件夹里，没有动过；从备份恢复 {name}，或把要用的一版作为新的文件上传"
            raise OutputError("{path} 损坏或读不了", hint, path=path, name=RECORD)
        return record

    def stamp(self, document: str) -> int:
        """Return a number that is another after each save; 0 where there is no document."""
        try:
            return (self.path / document).stat().st_mtime_ns if _ID.fullmatch(document) else 0
        except OSError:
            return 0

    def payload(self, document: str, version: Version) -> bytes:
        """Return the JSON of a version; raises what :func:`.saved_files.payload_of` does."""
        return payload_of(self.path / document, version)

    def last_readable(self, document: str, record: Record) -> tuple[Version, bytes] | None:
        """Return the latest version whose file is what was saved, with its JSON; None if that of none is."""
        for version in reversed(record.versions):
            with suppress(OutputError):
                return version, self.payload(document, version)
        return None

    def cells(self, document: str, version: Version) -> SavedCells:
        """Return where the values of a version stand in the workbook that it came from."""
        return cells_of(self.path / document, version)

    def beside(self, document: str, version: Version, kind: BesideKind) -> bytes | None:
        """Return a file that a version is checked against; raises what :func:`.saved_files.beside_of` does."""
        return beside_of(self.path / document, version, kind)

    def has(self, document: str) -> bool:
        """Whether there is a document with this id."""
        return bool(_ID.fullmatch(document)) and (self.path / document / RECORD).is_file()

    def create(
        self, payload: bytes, who: str, what: str, title: str, cells: SavedCells = NO_CELLS,
        document: str = "",
    ) -> str:  # fmt: skip
        """Save the first version of a new document; return the document's id, which is ``document`` if given.

        Raises:
            OutputError: it cannot be written.
        """
        document = document if _ID.fullmatch(document) else new_id()
        self._write(document, Record(), _new(Record(), payload, who, what, title), payload, cells)
        return document

    def save(
        self, document: str, base: int, payload: bytes, who: str, what: str, title: str, note: str = "",
        cells: SavedCells | None = None,
    ) -> Version:  # fmt: skip
        """Save one more version of a document, made from the version ``base``, with the same files beside it.

        Raises:
            StaleSave: ``base`` is not the latest version any more.
            OutputError: it cannot be written.
            KeyError: there is no such document.
        """
        with self._latest(document, base) as record:
            kept = self.cells(document, record.latest) if cells is None else cells
            return self._write(document, record, _new(record, payload, who, what, title, note), payload, kept)

    def save_beside(
        self, document: str, base: int, kind: BesideKind, given: tuple[bytes, str] | None, who: str, what: str,
        note: str = "",
    ) -> Version:  # fmt: skip
        """Save one more version, with the same document and another file beside it.

        ``given`` is the content of the file and what it is, None if there is to be none. The file that is beside the
        document already is written again, as it may be damaged; that is no new version.

        Raises:
            StaleSave: ``base`` is not the latest version any more.
            OutputError: it cannot be written, or the document cannot be read.
            KeyError: there is no such document.
        """
        with self._latest(document, base) as record:
            latest = record.latest
            beside = {other: one for other, one in latest.beside.items() if other != kind}
            files: dict[str, bytes] = {}
            if given is not None:
                beside[kind] = BesideFile(digest(given[0]), given[1])
                files[beside[kind].file] = given[0]
            if beside == latest.beside:
                save_all(self.path / document, files)
                return latest
            payload = self.payload(document, latest)
            version = replace(_new(record, payload, who, what, latest.title, note), beside=beside)
            return self._write(document, record, version, payload, self.cells(document, latest), files)

    def add_event(self, document: str, base: int, decide: Callable[[Record], Kind], who: str, note: str = "") -> Record:
        """Add the step that ``decide`` returns to the review of the version ``base``.

        Raises:
            StaleSave: it is not the latest version any more.
            OutputError: it cannot be written.
            KeyError: there is no such document.
            UsageError: ``decide`` refuses the step.
        """
        with self._latest(document, base) as record:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            changed = record.with_event(Event(decide(record), base, now, who, note))
            save_all(self.path / document, {RECORD: changed.payload()})
            return changed

    @contextmanager
    def _latest(self, document: str, base: int) -> Iterator[Record]:
        """Hold a document against other saves while it is changed; ``base`` must be its latest version."""
        self.record(document)
        with exclusive(self.path / document):
            record = self.record(document)
            check_base(record, base)
            yield record

    def _write(
        self, document: str, record: Record, version: Version, payload: bytes, cells: SavedCells,
        beside: Mapping[str, bytes] | None = None,
    ) -> Version:  # fmt: skip
        self.check_present()
        files = {**(beside or {}), version.file: payload, RECORD: record.with_version(version).payload()}
        if cells.cells:
            files[cells_file(version.file)] = cells.payload()
        save_all(self.path / document, files)
        return version

    def _read(self, folder: Path) -> Record | None:
        try:
            return parse((folder / RECORD).read_bytes())
        except (OSError, ValueError):
            return None


def check_present(folder: Path) -> None:
    """Check that the folder of a workbench is there.

    Raises:
        OutputError: it is gone.
    """
    if not folder.is_dir():
        raise OutputError("打不开文件夹 {path}：{why}", _GONE, path=str(folder), why="不存在")


def new_id() -> str:
    """Return the id of a new document."""
    return secrets.token_hex(6)


def _new(record: Record, payload: bytes, who: str, what: str, title: str, note: str = "") -> Version:
    """Return the version that comes after those of ``record``, with the files that are beside the latest."""
    now, number = datetime.now(UTC), len(record.versions) + 1
    beside = record.latest.beside if record.versions else {}
    file, time = f"{number:04d}-{stamp(now)}.json", now.isoformat(timespec="seconds")
    return Version(number, file, time, who, what, title, note, digest(payload), beside)


def check_base(record: Record, base: int) -> None:
    """Check that a page was made from the latest version.

    Raises:
        StaleSave: another version was saved since.
    """
    if base != record.latest.number:
        message = "这一页打开之后，{who} 在 {time} 存过第 {number} 版，您的改动没有存，也没有盖掉别人的"
        hint = "重新打开这一页，在最新的一版上再改一次"
        latest = record.latest
        raise StaleSave(message, hint, who=latest.who, time=clock(latest.time), number=str(latest.number))
