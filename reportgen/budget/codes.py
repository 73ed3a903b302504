"""The official code books of a year, from ``data/codes/<year>/``: names by code, with each row's status."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

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


@cache
def code_book(year: int) -> CodeBook:
    """The book of ``year``, or of the nearest earlier year that has one (or else of the first)."""
    years = sorted(int(path.name) for path in (shipped("data") / "codes").iterdir() if path.name.isdigit())
    chosen = max((y for y in years if y <= year), default=years[0])
    return CodeBook(chosen, _read(chosen, "functions"), _read(chosen, "economic"))


def _read(year: int, name: str) -> dict[str, Entry]:
    path = shipped("data") / "codes" / str(year) / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {r["code"]: Entry(r["code"], r["name"], r["status"] == "verified") for r in rows}
