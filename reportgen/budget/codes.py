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
    """One row of a book. A ``verified`` name must agree with the document's; another is used where that has none."""

    code: str
    name: str
    verified: bool


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The codes of 功能分类 and 部门预算经济分类; ``year`` is that of the book."""

    year: int
    functions: Mapping[str, Entry]
    economic: Mapping[str, Entry]


def book_folder(year: int) -> Path:
    """Return the folder of the book of ``year``, or of the nearest earlier year with a book, or else of the first."""
    codes = shipped("data") / "codes"
    years = sorted(int(name) for name in os.listdir(codes) if name.isdigit())
    return codes / str(max((y for y in years if y <= year), default=years[0]))


def code_book(year: int) -> CodeBook:
    """Return the book in :func:`book_folder` of ``year``."""
    folder = book_folder(year)
    return CodeBook(int(folder.name), *(_current(folder / f"{name}.csv") for name in ("functions", "economic")))


def _current(path: Path) -> Mapping[str, Entry]:
    """Return the entries of the file by code; a process reads a file again only after it changed."""
    status = path.stat()
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, written: int, size: int) -> Mapping[str, Entry]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        code, name, status = map(next(rows).index, ("code", "name", "status"))
        return {row[code]: Entry(row[code], row[name], row[status] == "verified") for row in rows if row}
