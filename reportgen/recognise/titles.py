"""What stands above the head of a table: its title, the year in it, the unit of its amounts, who publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .grid import Grid, GridCell
from .head import Rows
from .table import UNITS
from .words import TableKind, plain, table_kinds

LONGEST_TITLE = 60
"""Characters of a title; a longer text is prose."""
_NO_TITLE = re.compile(r"[。；;,!]|…|\.\.\.|^图")
_YEAR = re.compile(r"(20[0-9]{2})年")
_YEAR_OF_DOCUMENT = re.compile(r"(20[0-9]{2})年度?(?:部门|单位)?(?:决算|预算)")
_UNIT = re.compile(r"(?:金额|货币|计量)?单位[:为]?(?:人民币)?(百?千?[元角分]|[万亿千]+元)$")
_UNIT_IN_LABEL = re.compile(r"\((?:金额)?(?:单位:)?(万元|千元|元)\)$")
_PUBLISHER = re.compile(
    r"(?:编制|填报|预算)?(部门|单位|主管部门)(?:名称)?(?:\((?:单位|部门)\))?:(.+?)(?:(?:金额)?单位:.*)?"
)
_CODE_AND_NAME = re.compile(r"([0-9]{3,12})[-—_](.+)")


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a table: its kind, its row, its text and its place."""

    kind: TableKind
    row: int
    text: str
    place: str

    @property
    def year(self) -> int:
        """The year that the title names; 0 if it names none."""
        found = _YEAR.search(plain(self.text))
        return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a table: the name, the code before it, and the scope that the label in front says."""

    name: str
    code: str = ""
    scope: Literal["", "department", "unit"] = ""
    place: str = ""


def kind_of_title(text: str) -> TableKind | None:
    """Return the kind of table whose title ``text`` is, or None.

    >>> kind_of_title("表05 2026年部门一般公共预算支出表").key
    'general_public'
    """
    title = plain(text)
    if len(title) > LONGEST_TITLE or "表" not in title or _NO_TITLE.search(title):
        return None
    kinds = table_kinds().values()
    return next((kind.of_title(title) for kind in kinds if any(words.fit(title) for words in kind.titles)), None)


def titles(rows: Rows) -> Iterator[Title]:
    """Yield the titles of a grid from top to bottom: the cells that are alone in their row, or in its first rows.

    Of a row with several texts the longest title is taken; rows whose title repeats that above are pages that go on.
    """
    for number in rows.numbers:
        cells = rows.by_row[number]
        if len(cells) > 3 or any(not isinstance(cell.value, str) for cell in cells.values()):
            continue
        found = [(kind, cell) for cell in cells.values() if (kind := kind_of_title(str(cell.value)))]
        if found:
            kind, cell = max(found, key=lambda one: len(str(one[1].value)))
            yield Title(kind, number, " ".join(str(cell.value).split()), cell.place)


def titles_year(grids: Iterable[Grid]) -> int:
    """Return the year that most titles name; 0 if none does."""
    years = [title.year for grid in grids for title in titles(Rows(grid)) if title.year]
    return max(sorted(set(years)), key=years.count) if years else 0


def stated_year(grids: Iterable[Grid]) -> int:
    """Return the year of the document that a list of tables or a cover names (2025年度部门决算); 0 if none does."""
    cells = (plain(cell.value) for grid in grids for cell in grid.cells.values())
    found = (_YEAR_OF_DOCUMENT.search(text) for text in cells if len(text) <= LONGEST_TITLE)
    return next((int(one[1]) for one in found if one), 0)


def sheet_title(rows: Rows) -> Title | None:
    """Return the title that the name of the sheet is, for a sheet whose cells have none."""
    kind = kind_of_title(rows.grid.name)
    return Title(kind, 0, rows.grid.name.strip(), rows.grid.name.strip()) if kind else None


def units_in(cells: Iterable[GridCell]) -> list[tuple[str, str]]:
    """Return the units that cells state, each with its place: 元, 万元, or what is not known as a unit."""
    found = []
    for cell in cells:
        text = plain(cell.value)
        match = _UNIT.search(text) or _UNIT_IN_LABEL.search(text)
        if match and isinstance(cell.value, str):
            found.append((match[1], cell.place))
    return found


def split_unit(rows: Rows, numbers: Iterable[int]) -> list[tuple[str, str]]:
    """Return the units that stand in the cell to the right of ``单位：``."""
    found = []
    for number in numbers:
        cells = [rows.by_row[number][column] for column in sorted(rows.by_row[number])]
        for label, cell in pairwise(cells):
            if re.fullmatch(r"(?:金额)?单位:?", plain(label.value)) and plain(cell.value) in UNITS:
                found.append((plain(cell.value), cell.place))
    return found


def publisher_in(cells: Iterable[GridCell]) -> Publisher | None:
    """Return who publishes a table, from ``编制部门：…`` or ``303-市人社局``."""
    for cell in cells:
        text = plain(cell.value)
        if found := _PUBLISHER.fullmatch(text):
            name = found[2]
            if name in UNITS:
                continue
            scope: Literal["", "department", "unit"] = ""
            if text.startswith(("编制", "预算")):
                scope = "unit" if found[1] == "单位" else "department"
            coded = _CODE_AND_NAME.fullmatch(name)
            return Publisher(coded[2], coded[1], scope, cell.place) if coded else Publisher(name, "", scope, cell.place)
        if (found := _CODE_AND_NAME.fullmatch(text)) and len(text) <= LONGEST_TITLE:
            return Publisher(found[2], found[1], "", cell.place)
    return None
