"""Which entry of the list a published file is of: by its name, by the codes and names in it, by its titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...bulk.other_departments_form import normal
from .disclosed import Disclosed
from .roster import Entry


@dataclass(slots=True)
class Matched:
    """The files of each entry by its key and kind, and the files of none of them; files by their numbers."""

    files: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    unlisted: list[int] = field(default_factory=list)

    def of(self, entry: Entry) -> list[int]:
        """Return the numbers of an entry's files."""
        return self.files.get((entry.kind, entry.key), [])


def match_files(entries: Sequence[Entry], files: Sequence[tuple[Path, Disclosed | None]]) -> Matched:
    """Return which files belong to which entries. What was not read (None) is matched by the name of its file."""
    matched = Matched()
    for number, (path, content) in enumerate(files):
        entry = _owner(entries, path, content)
        if entry is None:
            matched.unlisted.append(number)
        else:
            matched.files.setdefault((entry.kind, entry.key), []).append(number)
    return matched


def _owner(entries: Sequence[Entry], path: Path, content: Disclosed | None) -> Entry | None:
    """Return the entry of a file: of the first way in which any entry fits the one of the right kind."""
    for candidates in _candidates(entries, path, content):
        if candidates:
            kind = "unit" if content is not None and content.unit_budget else "department"
            return next((entry for entry in candidates if entry.kind == kind), candidates[0])
    return None


def _candidates(entries: Sequence[Entry], path: Path, content: Disclosed | None) -> Iterator[list[Entry]]:
    """Yield the entries that fit, the surest way first; of several names that fit the longest."""
    stem = normal(path.stem)
    yield [entry for entry in entries if entry.file and normal(entry.file) in (normal(path.name), stem)]
    if content is not None:
        for code in content.codes:
            yield [entry for entry in entries if entry.code and _same_code(entry.code, code)]
        for name in content.names:
            yield [entry for entry in entries if entry.name and normal(entry.name) == normal(name)]
        for title in content.titles:
            yield _longest([entry for entry in entries if len(entry.name) > 3 and normal(entry.name) in normal(title)])
    numbers = re.findall("[0-9]+", stem)
    yield [entry for entry in entries if entry.code and entry.code in numbers]
    yield _longest([entry for entry in entries if len(entry.name) > 3 and normal(entry.name) in stem])


def _same_code(one: str, other: str) -> bool:
    """Whether two codes are the same; a spreadsheet drops the zeros before a number."""
    return one == other or (one.isdigit() and other.isdigit() and one.lstrip("0") == other.lstrip("0") != "")


def _longest(entries: Sequence[Entry]) -> list[Entry]:
    longest = max((len(entry.name) for entry in entries), default=0)
    return [entry for entry in entries if len(entry.name) == longest]
