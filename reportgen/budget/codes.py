"""The official code books of a year, from ``data/codes/<year>/``: names by code, with each row's status."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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
    years = sorted(int(path.name) for path in codes.iterdir() if path.name.isdigit())
    return codes / str(max((y for y in years if y <= year), default=years[0]))


@cache
def code_book(year: int) -> CodeBook:
    """The book that :func:`book_folder` finds for ``year``."""
    folder = book_folder(year)
    return CodeBook(int(folder.name), _read(folder / "functions.csv"), _read(folder / "economic.csv"))


def _read(path: Path) -> dict[str, Entry]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {r["code"]: Entry(r["code"], r["name"], r["status"] == "verified") for r in rows}
