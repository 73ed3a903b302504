"""What must hold between the columns of a row, and between rows; what follows from several columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from ...budget.codes import CodeBook
from ...budget.terms import OWN_FUNDS
from . import row_problems as kinds
from .frame import Ledger
from .mapping import LedgerMapping
from .problems import Problems, RowProblem
from .readings import KIND_NAMES, SOURCE_NAMES

OWN = SOURCE_NAMES.index(OWN_FUNDS.name)
PROJECT = KIND_NAMES.index("项目支出")


class Checks:
    """The checks of one ledger; each adds what it finds to the problems."""

    def __init__(self, ledger: Ledger, mapping: LedgerMapping, problems: Problems) -> None:
        """Start with the rows as they were read."""
        self.ledger, self._mapping, self._problems = ledger, mapping, problems
        self._columns = mapping.columns.used()

    def completed(self, departments: Mapping[str, str]) -> pl.DataFrame:
        """Return the rows with ``source``, ``kind``, ``project``, ``department_code`` …, all checked.

        ``departments`` has the code of the department by the code of the unit, from the list of units.
        """
        rows = self._with_missing(self.ledger.rows)
        self._check_same(rows)
        rows = self._with_sources(rows)
        rows = self._with_kinds(rows)
        return self._with_departments(rows, departments)

    def check_codes(self, book: CodeBook) -> None:
        """Report codes that the code book has not and that the ledger does not name."""
        for name, known in (("function", book.functions), ("economic", book.economic)):
            values = self.ledger.readings[name].meanings
            unknown = {n: code for n, code in enumerate(values) if n and code not in known and code.isdigit()}
            named = f"{name}_name"
            rows = self.ledger.rows.filter(pl.col(name).is_in(list(unknown)))
            if named in rows.columns:
                rows = rows.filter(pl.col(named) == 0)
            self._report(rows, kinds.UNKNOWN_CODE, name, values)

    def names(self, code: str, name: str) -> dict[str, str]:
        """Return the first name of each code; a code with two names is reported."""
        if name not in self._columns:
            return {}
        pairs = self.ledger.rows.filter(pl.col(name) > 0).group_by(code, name).agg(pl.col("row").min()).sort("row")
        codes, texts = self.ledger.readings[code].meanings, self.ledger.readings[name].meanings
        found: dict[str, str] = {}
        for number, text, row in pairs.iter_rows():
            if found.setdefault(codes[number], texts[text]) != texts[text]:
                shown = f"{codes[number]} {found[codes[number]]}／{texts[text]}"
                self._problems.add(kinds.TWO_NAMES, self._columns[name], row, shown)
        return found

    def _with_missing(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with a column of zeros for each that the ledger has not."""
        missing = [
            name for name in ("source", "kind", "project", "carry_over", "procurement") if name not in rows.columns
        ]
        return rows.with_columns(pl.lit(0, dtype=pl.Int32).alias(name) for name in missing)

    def _check_same(self, rows: pl.DataFrame) -> None:
        same = rows.filter(~pl.struct(pl.exclude("row")).is_first_distinct())
        self._report(same, kinds.SAME_ROWS, "", ())

    def _with_sources(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with the source of their money in ``source``."""
        rows = rows.with_columns(source=pl.when(pl.col("fund") == OWN).then("source").otherwise("fund"))
        self._report(rows.filter((pl.col("fund") == OWN) & (pl.col("source") == 0)), kinds.NO_SOURCE, "fund", ())
        return rows

    def _with_kinds(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with the column of 支出 that they are counted in."""
        classes = {
            code: KIND_NAMES.index(kind) for kind, codes in self._mapping.values.basic_classes.items() for code in codes
        }
        by_economic = self._gathered(
            [classes.get(code[:3], 0) for code in self.ledger.readings["economic"].meanings], rows["economic"]
        )
        guessed = pl.when(pl.col("project") > 0).then(PROJECT).otherwise(by_economic)
        rows = rows.with_columns(kind=pl.when(pl.col("kind") > 0).then("kind").otherwise(guessed).cast(pl.Int32))
        economic = self.ledger.readings["economic"]
        self._report(
            rows.filter((pl.col("kind") == 0) & (pl.col("economic") > 0)), kinds.NO_KIND, "economic", economic.meanings
        )
        no_project = rows.filter((pl.col("kind") == PROJECT) & (pl.col("project") == 0))
        self._report(no_project, kinds.NO_PROJECT, "project", ())
        return rows

    def _with_departments(self, rows: pl.DataFrame, listed: Mapping[str, str]) -> pl.DataFrame:
        """Return the rows with the code of their department, and report units of none and of two."""
        units = self.ledger.readings["unit"].meanings
        if "department" in rows.columns:
            codes = pl.Series(self.ledger.readings["department"].meanings)
            rows = rows.with_columns(department_code=codes.gather(rows["department"]))
        else:
            digits = self._mapping.department_digits
            found = [listed.get(code) or (code[:digits] if digits and len(code) > digits else "") for code in units]
            rows = rows.with_columns(department_code=pl.Series(found, dtype=pl.String).gather(rows["unit"]))
        column = "department" if "department" in rows.columns else "unit"
        lost = rows.filter((pl.col("department_code") == "") & (pl.col("unit") > 0))
        self._report(lost, kinds.NO_DEPARTMENT, column, self.ledger.readings[column].meanings)
        pairs = rows.group_by("unit", "department_code").agg(pl.col("row").min()).sort("row")
        again = pairs.filter(~pl.col("unit").is_first_distinct() & (pl.col("unit") > 0))
        self._report(again, kinds.TWO_DEPARTMENTS, "unit", units)
        return rows

    def _gathered(self, by_number: Iterable[int], numbers: pl.Series) -> pl.Series:
        return pl.Series(list(by_number), dtype=pl.Int32).gather(numbers)

    def _report(self, rows: pl.DataFrame, kind: RowProblem, name: str, values: Iterable[str]) -> None:
        texts = list(values)
        column = self._columns.get(name, "")
        for row in rows.iter_rows(named=True):
            self._problems.add(kind, column, row["row"], texts[row[name]] if texts else "")
