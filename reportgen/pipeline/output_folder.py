"""The folder of the outputs and its manifest: what stands there, what may be replaced, saving all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..core.errors import OutputError
from ..core.files import save_all
from ..manifest import NAME, record
from ..manifest.freshness import edited, state, unchanged
from ..manifest.hashes import of_bytes, of_file
from ..manifest.record import Entry, File
from .output_files import Output, Written
from .report import Made, Prepared, Report


class Folder:
    """One output folder as one build finds it."""

    def __init__(self, place: Path, slug: str) -> None:
        """The folder ``place`` (it need not exist), looked at for the document with the file name ``slug``."""
        self.place = place
        self.slug = slug
        self._entries = record.read(place)
        entry = self._entries.get(slug)
        self._before: Mapping[str, File] = entry.files if entry else {}

    def holds(self, output: Output) -> bool:
        """Whether the file already is what it should be."""
        return unchanged(self.place, output.file, self._before.get(output.file), output.key)

    def refuse_edited(self, written: Iterable[Written]) -> None:
        """Raise if a file that would be replaced was changed by somebody since it was made.

        Raises:
            OutputError: it was; the message names it.
        """
        for one in written:
            name = one.output.file
            if edited(self.place, name, self._before.get(name), of_bytes(one.payload)):
                raise OutputError(
                    "{path} 在生成之后被人改过；没有写出文件，原有的文件没有改动",
                    "DOCX 里改过的文字可用 reportgen pull 收回数据；确定不要这些改动，就加 --force 覆盖",
                    path=str(self.place / name),
                )

    def save(self, prepared: Prepared, made: Made, kept: Sequence[Output], written: Sequence[Written]) -> Report:
        """Save what was written and the manifest, the manifest first: whatever happens then, no file looks edited."""
        good = not any(one.findings for one in written)
        now = state(made.fingerprint)
        files = dict(self._before)
        for output in kept:
            files[output.file] = replace(files[output.file], state=now)
        for one in written:
            files[one.output.file] = self._file(one, now if good else "")
        entry = self._entry(prepared, made, files)
        payloads = {NAME: record.written({**self._entries, self.slug: entry})}
        payloads |= {one.output.file: one.payload for one in written}
        saved = save_all(self.place, payloads)[1:]
        stand = tuple(self.place / output.file for output in kept)
        findings = (*prepared.findings, *(finding for one in written for finding in one.findings))
        return Report(findings, (*stand, *saved), stand, prepared)

    def _file(self, one: Written, now: str) -> File:
        digest, found = of_bytes(one.payload), of_file(self.place / one.output.file)
        known = (found,) if found not in ("", digest) else ()
        key = one.output.key if now else ""
        return File(one.output.format, digest, len(one.payload), now, key, one.findings, known)

    def _entry(self, prepared: Prepared, made: Made, files: Mapping[str, File]) -> Entry:
        return Entry(
            source=_from(self.place, made.source),
            data=record.packed(made.payload),
            year=prepared.year,
            fingerprint=made.fingerprint,
            version=made.version,
            findings=prepared.findings,
            files=dict(sorted(files.items())),
            blocks=made.blocks,
        )


def _from(folder: Path, source: Path) -> str:
    """Where the data lies, seen from the folder: what is moved together stays right."""
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive
        return source.name
