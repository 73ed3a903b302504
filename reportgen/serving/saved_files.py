"""The files that a version of a document names, read and held against its record: what was changed is not used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..core.errors import OutputError, os_error_reason
from .records import BesideFile, BesideKind, Version, digest


class ChangedOutside(OutputError):
    """A file of a version was changed by another program, or is damaged; it is not used, and not replaced."""


@dataclass(frozen=True, slots=True)
class SavedCells:
    """The cell of each value of a version by its JSON pointer, if it came from a workbook; else none.

    ``blanks`` has the empty cell of each value that is not there.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        """Return them as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def payload_of(folder: Path, version: Version) -> bytes:
    """Return the JSON of a version of the document in ``folder``.

    Raises:
        OutputError: its file cannot be read.
        ChangedOutside: it is not what was saved.
    """
    payload = _bytes(folder / version.file)
    if version.digest and digest(payload) != version.digest:
        hint = "从备份恢复这个文件；要用现在的内容，在“上传”里把它作为新的一版上传。别的版本没有动过"
        raise ChangedOutside(
            "第 {number} 版的文件 {path} 在工作台之外改过，或损坏了", hint, path=str(folder / version.file),
            number=str(version.number),
        )  # fmt: skip
    return payload


def cells_of(folder: Path, version: Version) -> SavedCells:
    """Return where the values of a version stand in a workbook.

    They only say where a value came from: a file that is damaged says nothing.
    """
    try:
        read = json.loads((folder / cells_file(version.file)).read_bytes())
        cells = SavedCells(**read)
    except (OSError, ValueError, TypeError, RecursionError):
        return SavedCells()
    maps = (cells.cells, cells.blanks)
    are_texts = all(isinstance(one, dict) and all(isinstance(cell, str) for cell in one.values()) for one in maps)
    return cells if are_texts else SavedCells()


def beside_of(folder: Path, version: Version, kind: BesideKind) -> bytes | None:
    """Return the file of a kind that a version is checked against; None if there is none.

    Raises:
        OutputError: it cannot be read.
        ChangedOutside: it is not what was saved.
    """
    named = version.beside.get(kind)
    if named is None:
        return None
    payload = _bytes(folder / named.file)
    if digest(payload) != named.digest:
        raise _changed_beside(folder, named)
    return payload


def cells_file(file: str) -> str:
    """Return the name of the file with the cells of the version in ``file``."""
    return file.removesuffix(".json") + ".cells.json"


def _changed_beside(folder: Path, named: BesideFile) -> ChangedOutside:
    hint = "从备份恢复这个文件；或在“上传”里把它再传一次，内容一样的不算改动"
    message = "放在旁边的“{title}”的文件 {path} 在工作台之外改过，或损坏了"
    return ChangedOutside(message, hint, title=named.title, path=str(folder / named.file))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError("读不了 {path}：{why}", path=str(path), why=os_error_reason(error)) from None
