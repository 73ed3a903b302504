"""One document's output files as one build finds them: which are up to date, which may be replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import OutputError
from ..core.finding import Finding
from ..manifest import NAME, record
from ..manifest.freshness import is_current, is_edited
from ..manifest.hashes import fingerprint_hash, of_bytes
from ..manifest.record import Entry, File
from ..manifest.state import FORM, State, packed
from .linked_files import find_linked
from .output_files import WrittenFile
from .state_folder import StateRecords
from .storage import LocalFolder, OutputStorage


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a document's files are made of: its JSON and where that is, last year's, the fingerprint, keys of blocks.

    ``owner`` is the hashes of the department and of its name, "" for a document of no department.
    """

    path: Path | None
    payload: bytes
    last: bytes | None
    fingerprint: Mapping[str, str]
    version: str
    year: int
    findings: tuple[Finding, ...]
    blocks: Mapping[str, str]
    owner: tuple[str, str] = ("", "")


class OutputFolder:
    """The files of the document with the file name ``slug``, the manifest about them, its state."""

    def __init__(self, storage: OutputStorage, slug: str, states: StateRecords) -> None:
        """Read the manifest, if there is one."""
        self.storage = storage
        self._states = states
        self.slug = slug
        entry = record.parse(storage.read(NAME)).get(slug)
        self._before: Mapping[str, File] = entry.files if entry else {}

    def is_current(self, name: str, key: str) -> bool:
        """Whether the file already holds what ``key`` stands for, as it was written."""
        return is_current(self.storage.digest(name), self._before.get(name), key)

    def refuse_edited(self, written: Iterable[WrittenFile]) -> None:
        """Raise if a file that would be replaced was changed by hand since it was made, or was not made here.

        Raises:
            OutputError: it was; the message names it.
        """
        for file in written:
            name = file.output.name
            if not is_edited(self.storage.digest(name), self._before.get(name), of_bytes(file.payload)):
                continue
            if name not in self._before:
                raise OutputError(
                    "{path} 不是本程序生成的，或已无法确认；没有写出文件，原有的文件没有改动",
                    "移走或改名这个文件；确定不要它，就加 --force 覆盖",
                    path=self.storage.location(name),
                )
            raise OutputError(
                "{path} 在生成之后被人改过；没有写出文件，原有的文件没有改动",
                "DOCX 里改过的文字可用 reportgen pull 取回到数据；确定不要这些改动，就加 --force 覆盖",
                path=self.storage.location(name),
            )

    def linked(self, written: Iterable[WrittenFile]) -> tuple[Finding, ...]:
        """Return a finding for each file of this machine that will be replaced and has another name."""
        if not isinstance(self.storage, LocalFolder):
            return ()
        return find_linked(self.storage.path / file.output.name for file in written)

    def save(self, inputs: BuildInputs, current: Sequence[str], written: Mapping[str, WrittenFile]) -> None:
        """Save the state, the ``written`` files (by their keys) and the manifest.

        The manifest goes before the files: wherever a run is killed, no file looks edited by hand.
        """
        verified = not any(file.findings for file in written.values())
        now = fingerprint_hash(inputs.fingerprint)
        files = dict(self._before)
        for name in current:
            files[name] = replace(files[name], state=now)
        for key, file in written.items():
            files[file.output.name] = self._file(file, now if verified else "", key if verified else "")
        with self.storage.exclusive():  # other documents may be built into the folder at the same time
            entries = {**record.parse(self.storage.read(NAME)), self.slug: self._entry(inputs, files)}
            payloads = {file.output.name: file.payload for file in written.values()}
            self.storage.save({})  # fails where the folder cannot be written, before there is a state
            self._states.save({self.slug: self._state(inputs, now)})
            self.storage.save({NAME: record.written(entries), **payloads})

    def _file(self, file: WrittenFile, now: str, key: str) -> File:
        digest, replaced = of_bytes(file.payload), self.storage.digest(file.output.name)
        known = (replaced,) if replaced not in ("", digest) else ()
        return File(file.output.format, digest, len(file.payload), now, key, known)

    def _entry(self, inputs: BuildInputs, files: Mapping[str, File]) -> Entry:
        return Entry(
            year=inputs.year,
            fingerprint=inputs.fingerprint,
            version=inputs.version,
            files=dict(sorted(files.items())),
            department=inputs.owner[0],
            name=inputs.owner[1],
        )

    def _state(self, inputs: BuildInputs, now: str) -> State:
        return State(
            form=FORM,
            fingerprint=now,
            source=self._source(inputs.path),
            data=packed(inputs.payload),
            last="" if inputs.last is None else packed(inputs.last),
            findings=inputs.findings,
            blocks=inputs.blocks,
        )

    def _source(self, path: Path | None) -> str:
        """Where the data is, as seen from the folder, so that both may be moved together; "" where it is no file."""
        if path is None:
            return ""
        if not isinstance(self.storage, LocalFolder):
            return path.name
        try:
            return Path(os.path.relpath(path, self.storage.path)).as_posix()
        except ValueError:  # on another drive
            return path.name
