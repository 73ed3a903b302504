"""The rows of a ledger as columns of numbers: read in batches, so that the texts of only one batch are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import polars as pl

from ...core.errors import InputError
from ...core.finding import Finding, Place, Severity
from . import row_problems as kinds
from .amounts import MOST, read_amounts
from .mapping import LedgerMapping
from .problems import Problems
from .readings import Reading, readings
from .rows import Table
from .text_rows import Row

BATCH = 50_000
MOST_ROWS = 10_000_000
MOST_ERRORS = 100_000
"""Errors after which no more rows are read: they are kept to be counted, and so many have one cause."""
MEASURES = ("amount", "last_budget", "last_execution")
"""The columns of amounts: this year's, last year's by budget and by execution."""
REQUIRED = ("unit", "function", "economic", "fund")
"""A row without one of these is wrong."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """``rows`` has a column of numbers for each field: of meanings (:class:`Reading`), of amounts in 分, ``row``.

    ``row`` is the number of the row in the file. ``measures`` are the columns of amounts that there are. ``count`` is
    how many rows the file has below its head, those without an amount included.
    """

    rows: pl.DataFrame
    readings: Mapping[str, Reading]
    measures: tuple[str, ...]
    count: int


def read_ledger(table: Table, mapping: LedgerMapping, problems: Problems) -> Ledger:
    """Return the rows below the head of an open table; what is wrong is added to ``problems``.

    Raises:
        InputError: there are too many rows, or the table is no text.
    """
    reader = _Reader(table, mapping, problems)
    batches = []
    for rows in _batches(table.rows):
        if (frame := reader.batch(rows)) is not None:
            batches.append(frame)
        if problems.errors > MOST_ERRORS:
            problems.say(_not_read_further(table, rows[-1][0]))
            break
    frame = pl.concat(batches) if batches else reader.empty()
    for measure in reader.measures:
        if frame[measure].cast(pl.Float64).sum() > MOST:
            problems.add(kinds.TOO_LARGE, mapping.columns.used()[measure], int(frame["row"][0]))
    return Ledger(frame, reader.readings, reader.measures, reader.count)


def _not_read_further(table: Table, row: int) -> Finding:
    message, hint = "错误太多，这一行以后没有读", "多半是列错位了，或 mapping.yaml 里的列写错了；改正后再导入"
    return Finding("XL301", Severity.ERROR, message, (Place(printed=table.place(row)),), hint)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


class _Reader:
    """One pass through the rows."""

    def __init__(self, table: Table, mapping: LedgerMapping, problems: Problems) -> None:
        self._head, self._problems, self._unit = table.head, problems, mapping.money_unit
        self._pads = bool(table.sheet)
        self._columns = mapping.columns.used()
        self.readings = readings(mapping)
        self.measures = tuple(name for name in MEASURES if name in self._columns)
        self.count = 0
        self._named = set[int]()
        """Rows with an amount that is wrong or was rewritten."""

    def batch(self, rows: list[Row]) -> pl.DataFrame | None:
        """Return the frame of some rows, without those that have no amount; None if there are none."""
        self.count += len(rows)
        if self.count > MOST_ROWS:
            message = "明细账多于 {most} 行，没有读"
            raise InputError(message, "按部门分成几个文件", most=str(MOST_ROWS))
        whole = [one for one in rows if self._is_whole(*one)]
        if not whole:
            return None
        numbers = pl.Series("row", [row for row, _ in whole], dtype=pl.Int32)
        texts = list(zip(*[cells[: self._head.width] for _, cells in whole], strict=True))
        series = [numbers]
        for name, column in self._columns.items():
            cells = texts[self._head.positions[column]]
            series.append(
                self._amounts(name, column, cells, numbers)
                if name in MEASURES
                else self._meanings(name, column, cells, numbers)
            )
        return self._usable(pl.DataFrame(series))

    def empty(self) -> pl.DataFrame:
        """Return a frame without rows."""
        names = {name: pl.Int64 if name in MEASURES else pl.Int32 for name in ("row", *self._columns)}
        return pl.DataFrame(schema=names)

    def _is_whole(self, row: int, cells: list[str]) -> bool:
        """Whether a row has as many cells as the head; an empty one is passed over."""
        width = self._head.width
        if self._pads and len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        if len(cells) == width:
            return any(cells) or self._skip()
        if len(cells) > width:
            if not any(cells[width:]):
                return any(cells) or self._skip()
            self._problems.add(kinds.LONG_ROW, "", row, "，".join(cells))
            return False
        if not any(cells):
            return self._skip()
        self._problems.add(kinds.SHORT_ROW, "", row, "，".join(cells))
        return False

    def _skip(self) -> bool:
        self.count -= 1
        return False

    def _meanings(self, name: str, column: str, cells: Sequence[str], rows: pl.Series) -> pl.Series:
        reading = self.readings[name]
        series = pl.Series(name, list(map(reading.__getitem__, cells)), dtype=pl.Int32)
        for kind_of in (reading.wrong, reading.noted):
            if kind_of:
                for at in series.is_in(list(kind_of)).arg_true().to_list():
                    self._problems.add(kind_of[series[at]], column, rows[at], cells[at])
        if name in REQUIRED:
            for at in (series == 0).arg_true().to_list():
                self._problems.add(kinds.NO_VALUE, column, rows[at])
        return series

    def _amounts(self, name: str, column: str, cells: Sequence[str], rows: pl.Series) -> pl.Series:
        found = read_amounts(cells, self._unit)
        for at, kind in found.problems:
            self._problems.add(kind, column, rows[at], cells[at])
            self._named.add(rows[at])
        return found.amounts.alias(name)

    def _usable(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows that have an amount and nothing wrong; an amount that is missing beside another is zero."""
        has = pl.any_horizontal(pl.col(self.measures).is_not_null())
        for row in frame.filter(~has)["row"].to_list():
            if row not in self._named:
                self._problems.add(kinds.NO_AMOUNTS, "", row)
        wrong = [pl.col(name).is_in(list(one.wrong)) for name, one in self.readings.items() if one.wrong]
        empty = [pl.col(name) == 0 for name in REQUIRED]
        return frame.filter(has & ~pl.any_horizontal(*wrong, *empty)).with_columns(pl.col(self.measures).fill_null(0))
