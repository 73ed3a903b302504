"""The folder of the workbench: a folder of each document, in it every version ever saved, and the record of them.

Nothing in it is ever overwritten but ``record.json``, and that only with one that has more. A save names the version
that it started from; if another was saved since, it is refused.
"""

from __future__ import annotations

import json
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ..core.errors import OutputError, UsageError, os_error_reason
from ..core.files import save_all
from ..core.run_lock import exclusive
from .records import Event, Kind, Record, Version, clock, digest, parse, stamp

Beside = Literal["last.json", "initial.json"]
RECORD, LOG = "record.json", "log.jsonl"
LAST: Beside = "last.json"
"""Last year's document."""
INITIAL: Beside = "initial.json"
"""The budget of the year, beside final accounts."""
_ID = re.compile(r"[0-9a-f]{12}")


class ChangedOutside(OutputError):
    """The file of a version was changed by another program, or is damaged; it is not used, and not replaced."""


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
        """Use the folder at ``path``, which is created if it is missing: for this user of the machine only.

        Raises:
            OutputError: it cannot be created.
        """
        self.path = path
        try:
            path.mkdir(0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError("建不了文件夹 {path}：{why}", path=str(path), why=os_error_reason(error)) from None

    def entries(self) -> list[Entry]:
        """Return all documents, the one saved last first.

        Raises:
            OutputError: the folder is gone, or cannot be read.
        """
        try:
            paths = [path for path in self.path.iterdir() if _ID.fullmatch(path.name)]
        except OSError as error:
            hint = "文件夹恢复以后，重新打开这一页；没有恢复以前什么也不存"
            raise OutputError(
                "打不开文件夹 {path}：{why}", hint, path=str(self.path), why=os_error_reason(error)
            ) from None
        found = [Entry(path.name, self._read(path)) for path in paths]
        return sorted(found, key=lambda one: (one.record.latest.time if one.record else "", one.id), reverse=True)

    def record(self, document: str) -> Record:
        """Return the record of a document.

        Raises:
            KeyError: there is no such document.
            OutputError: its record cannot be read.
        """
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
        """Return the JSON of a version.

        Raises:
            OutputError: its file cannot be read.
            ChangedOutside: it is not what was saved.
        """
        payload = self._bytes(document, version.file)
        if version.digest and digest(payload) != version.digest:
            path, number = str(self.path / document / version.file), str(version.number)
            hint = "从备份恢复这个文件；要用现在的内容，在“上传”里把它作为新的一版上传。别的版本没有动过"
            raise ChangedOutside(
                "第 {number} 版的文件 {path} 在工作台之外改过，或损坏了", hint, path=path, number=number
            )
        return payload

    def cells(self, document: str, version: Version) -> Mapping[str, str]:
        """Return the cell of each value by its JSON pointer, if the document came from a workbook.

        They only say where a value came from: a file that is damaged says nothing.
        """
        path = self.path / document / _cells_file(version.file)
        try:
            cells = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        are_texts = isinstance(cells, dict) and all(isinstance(cell, str) for cell in cells.values())
        return cells if are_texts else {}

    def beside(self, document: str, name: Beside) -> bytes | None:
        """Return the document that is kept beside a document under ``name``, if one was given."""
        return self._bytes(document, name) if (self.path / document / name).is_file() else None

    def save_beside(self, document: str, name: Beside, payload: bytes) -> None:
        """Keep another document beside a document; one that was kept before stays under a name with the time.

        Raises:
            OutputError: it cannot be written.
        """
        before = self.beside(document, name)
        kept = {} if before is None else {_set_aside(name): before}
        save_all(self.path / document, {**kept, name: payload})

    def remove_beside(self, document: str, name: Beside) -> None:
        """Use the file beside a document no more; it stays under a name with the time.

        Raises:
            OutputError: it cannot be moved.
        """
        path = self.path / document / name
        try:
            path.rename(path.with_name(_set_aside(name)))
        except FileNotFoundError:
            return
        except OSError as error:
            raise OutputError("写不了 {path}：{why}", path=str(path), why=os_error_reason(error)) from None

    def has(self, document: str) -> bool:
        """Whether there is a document with this id."""
        return bool(_ID.fullmatch(document)) and (self.path / document / RECORD).is_file()

    def create(
        self, payload: bytes, who: str, what: str, title: str, cells: Mapping[str, str] | None = None,
        document: str = "",
    ) -> str:  # fmt: skip
        """Save the first version of a new document; return the document's id, which is ``document`` if given.

        Raises:
            OutputError: it cannot be written.
        """
        document = document if _ID.fullmatch(document) else new_id()
        self._write(document, Record(), payload, (who, what, title, ""), cells)
        return document

    def save(
        self, document: str, base: int, payload: bytes, who: str, what: str, title: str, note: str = "",
        cells: Mapping[str, str] | None = None,
    ) -> Version:  # fmt: skip
        """Save one more version of a document, made from the version ``base``.

        Raises:
            StaleSave: ``base`` is not the latest version any more.
            OutputError: it cannot be written.
            KeyError: there is no such document.
        """
        self.record(document)
        with exclusive(self.path / document):
            record = self.record(document)
            _check_base(record, base)
            kept = self.cells(document, record.latest) if cells is None else cells
            return self._write(document, record, payload, (who, what, title, note), kept)

    def add_event(self, document: str, base: int, decide: Callable[[Record], Kind], who: str, note: str = "") -> Record:
        """Add the step that ``decide`` returns to the review of the version ``base``.

        Raises:
            StaleSave: it is not the latest version any more.
            OutputError: it cannot be written.
            KeyError: there is no such document.
            UsageError: ``decide`` refuses the step.
        """
        self.record(document)
        with exclusive(self.path / document):
            record = self.record(document)
            _check_base(record, base)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            changed = record.with_event(Event(decide(record), base, now, who, note))
            save_all(self.path / document, {RECORD: changed.payload()})
            return changed

    def log(self, who: str, what: str, document: str = "", version: int = 0) -> None:
        """Add a line to the log of who did what.

        A log that cannot be written stops no work: the line is printed, and the pages say it (:meth:`log_problem`).
        """
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "who": who, "what": what}
        line |= {"document": document, "version": str(version)} if document else {}
        try:
            with (self.path / LOG).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            sys.stderr.write(f"{LOG}: {os_error_reason(error)}: {json.dumps(line, ensure_ascii=False)}\n")

    def log_problem(self) -> str:
        """Return why the log cannot be written now; "" if it can, or has no line yet."""
        try:
            with (self.path / LOG).open("r+b"):
                return ""
        except FileNotFoundError:
            return ""
        except OSError as error:
            return os_error_reason(error)

    def _write(
        self, document: str, record: Record, payload: bytes, about: tuple[str, str, str, str],
        cells: Mapping[str, str] | None,
    ) -> Version:  # fmt: skip
        who, what, title, note = about
        if not self.path.is_dir():
            hint = "文件夹恢复以后再存一次；没有在别处另建"
            raise OutputError("打不开文件夹 {path}：{why}", hint, path=str(self.path), why="不存在")
        now, number = datetime.now(UTC), len(record.versions) + 1
        file = f"{number:04d}-{stamp(now)}.json"
        version = Version(number, file, now.isoformat(timespec="seconds"), who, what, title, note, digest(payload))
        files = {file: payload, RECORD: record.with_version(version).payload()}
        if cells:
            files[_cells_file(file)] = json.dumps(dict(cells), ensure_ascii=False).encode()
        save_all(self.path / document, files)
        return version

    def _read(self, folder: Path) -> Record | None:
        try:
            return parse((folder / RECORD).read_bytes())
        except (OSError, ValueError):
            return None

    def _bytes(self, document: str, name: str) -> bytes:
        path = self.path / document / name
        try:
            return path.read_bytes()
        except OSError as error:
            raise OutputError("读不了 {path}：{why}", path=str(path), why=os_error_reason(error)) from None


def new_id() -> str:
    """Return the id of a new document."""
    return secrets.token_hex(6)


def _check_base(record: Record, base: int) -> None:
    if base != record.latest.number:
        message = "这一页打开之后，{who} 在 {time} 存过第 {number} 版，您的改动没有存，也没有盖掉别人的"
        hint = "重新打开这一页，在最新的一版上再改一次"
        latest = record.latest
        raise StaleSave(message, hint, who=latest.who, time=clock(latest.time), number=str(latest.number))


def _set_aside(name: Beside) -> str:
    return f"{name.removesuffix('.json')}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.json"


def _cells_file(file: str) -> str:
    return file.removesuffix(".json") + ".cells.json"
