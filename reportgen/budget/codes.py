"""The official code books of a year, from ``data/codes/<year>/``: names by code, with each row's status."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..core.paths import shipped


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: ``verified`` rows may be held against a document, others only help it out with a name."""

    code: str
    name: str
    verified: bool


@dataclass(frozen=True, slots=True)
class CodeBook:
    """功能分类 and 部门预算经济分类 of the year whose book was found."""

    year: int
    functions: Mapping[str, Entry]
    economic: Mapping[str, Entry]


def book_folder(year: int) -> Path:
    """The folder of the book of ``year``, or of the nearest earlier year that has one (or else of the first)."""
    codes = shipped("data") / "codes"
    years = sorted(int(name) for name in os.listdir(codes) if name.isdigit())
    return codes / str(max((y for y in years if y <= year), default=years[0]))


def code_book(year: int) -> CodeBook:
    """The book that :func:`book_folder` finds for ``year``."""
    folder = book_folder(year)
    return CodeBook(int(folder.name), *(_current(folder / f"{name}.csv") for name in ("functions", "economic")))


def _current(path: Path) -> Mapping[str, Entry]:
    """What the file says now; a file that has not changed is read once a process."""
    found = path.stat()
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, written: int, size: int) -> Mapping[str, Entry]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        code, name, status = map(next(rows).index, ("code", "name", "status"))
        return {row[code]: Entry(row[code], row[name], row[status] == "verified") for row in rows if row}
