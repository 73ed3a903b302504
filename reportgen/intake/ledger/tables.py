"""The tables of documents, each a grouping of the same rows.

A line has the amounts of this year that are not zero, as texts in 元, and ``last`` where the ledger has last year's.
A line without an amount of this year has only ``last``: it existed only last year. Each table is a mapping from a
department's code to its lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from ...budget.terms import FISCAL_FUNDS, FUNDS, GENERAL_PUBLIC, OWN_FUNDS, REVENUE_SOURCES, SURPLUS_USED, THREE_PUBLIC
from ...facts.basic_past import COLUMN_CLASSES
from .amounts import money
from .frame import Ledger
from .grouping import Cells, Grouping, Key, Line, Sums, added
from .mapping import KINDS as COLUMNS
from .mapping import Values
from .readings import KIND_NAMES, SOURCE_NAMES

SOURCES = {SOURCE_NAMES.index(source.name): source for source in REVENUE_SOURCES}
"""The sources by the number of their meaning."""
_GENERAL = SOURCE_NAMES.index(GENERAL_PUBLIC.name)
_COLUMN = {KIND_NAMES.index(name): key for name, key in COLUMNS.items()}
_PROJECT = next(n for n, key in _COLUMN.items() if key == "project")
COUNTED_AS = {"personnel": "人员经费", "operating": "公用经费"}
_BASIC = [n for n, key in _COLUMN.items() if key in COUNTED_AS]
Table = dict[str, list[Line]]


class Tables(Grouping):
    """The tables of all departments."""

    def __init__(self, rows: pl.DataFrame, ledger: Ledger, values: Values) -> None:
        """Take the completed rows of a ledger, and what its values mean."""
        super().__init__(rows, ledger)
        self._values = values

    def revenue(self) -> Table:
        """收入: by unit and source; what was carried over apart."""
        return self.lines(self._revenue_line, self.rows, ("unit", "source"), _revenue_column, ("carry_over",))

    def _revenue_line(self, key: Key, cells: Cells) -> Line:
        line: Line = {"unit": self.texts["unit"][key[0]], "source": SOURCES[key[1]].name}
        line |= self.with_last(cells, cells.get("amount", {}))
        if "last" in line and "carry_over" in cells:
            line["carry_over_last"] = self.last(cells["carry_over"])
        return line

    def expenditure(self) -> Table:
        """支出: by unit, function and fund; a column for each kind."""
        funds = pl.Series([FUNDS.index(SOURCES[n].fund) if n in SOURCES else 0 for n in range(len(SOURCE_NAMES))])
        rows = self.rows.with_columns(fund=funds.gather(self.rows["source"]))
        keys = ("unit", "function", "fund")
        return self.lines(self._expenditure_line, rows, keys, lambda keys: _COLUMN[keys["kind"]], ("kind",))

    def _expenditure_line(self, key: Key, cells: Cells) -> Line:
        line: Line = {"unit": self.texts["unit"][key[0]], "function": self.texts["function"][key[1]]}
        if FUNDS[key[2]] is not GENERAL_PUBLIC:
            line["fund"] = FUNDS[key[2]].name
        return line | self.with_last(cells, *cells.values())

    def basic(self) -> Table:
        """一般公共预算基本支出: by unit and economic code; what counts in the other class apart."""
        rows = self.rows.filter(pl.col("kind").is_in(_BASIC) & (pl.col("source") == _GENERAL))
        return self.lines(self._basic_line, rows, ("unit", "economic", "kind"), lambda keys: "amount")

    def _basic_line(self, key: Key, cells: Cells) -> Line:
        economic, column = self.texts["economic"][key[1]], _COLUMN[key[2]]
        line: Line = {"unit": self.texts["unit"][key[0]], "economic": economic}
        line |= self.with_last(cells, *cells.values())
        own = next((name for name, classes in COLUMN_CLASSES.items() if economic[:3] in classes), column)
        return line if own == column else line | {"counted_as": COUNTED_AS[column]}

    def economic(self) -> Table:
        """按经济分类的支出: by unit, economic code and source, of projects and of other funds."""
        other = pl.col("kind").is_in(_BASIC) & (pl.col("source") != _GENERAL)
        rows = self.rows.filter(other | (pl.col("kind") == _PROJECT))
        keys, parts = ("unit", "economic", "source"), ("kind", "carry_over")
        return self.lines(self._economic_line, rows, keys, _economic_column, parts)

    def _economic_line(self, key: Key, cells: Cells) -> Line:
        line: Line = {"unit": self.texts["unit"][key[0]], "economic": self.texts["economic"][key[1]]}
        source = SOURCES[key[2]]
        if source.fund is not GENERAL_PUBLIC:
            line["fund"] = source.name
        carried = {"basic": added(cells.get("basic", {}), cells["carry_over"])} if "carry_over" in cells else {}
        return line | self.with_last({**cells, **carried}, *cells.values())

    def projects(self) -> Table:
        """项目支出: by unit and project; a column for each fund, 单位资金 also by source."""
        rows = self.rows.filter(pl.col("kind") == _PROJECT)
        parts = ("source", "carry_over")
        return self.lines(self._project_line, rows, ("unit", "project"), _project_column, parts)

    def _project_line(self, key: Key, cells: Cells) -> Line:
        columns: dict[str, Sums] = {}
        sources: dict[str, Sums] = {}
        carried: dict[str, Sums] = {}
        for name, sums in cells.items():
            number, carry = name.split("/")
            source = SOURCES[int(number)]
            column = source.key if source is SURPLUS_USED else source.fund.key
            columns[column] = added(columns.get(column, {}), sums)
            if source is SURPLUS_USED:
                continue
            if carry:
                carried[column] = added(carried.get(column, {}), sums)
            elif source.fund is OWN_FUNDS:
                sources[source.key] = sums
        line: Line = {"unit": self.texts["unit"][key[0]], "name": self.texts["project"][key[1]]}
        parts = {"sources": self.amounts(sources), "carry_over": self.amounts(carried)}
        return line | self.with_last(columns, *columns.values()) | {name: part for name, part in parts.items() if part}

    def three_public(self) -> Table:
        """“三公”: by unit and fund, of 财政拨款; a unit whose rows have none has no line."""
        codes = {code: item for item, codes in self._values.three_public.items() for code in codes}
        items = [codes.get(code, "") for code in self.texts["economic"]]
        fiscal = [SOURCE_NAMES.index(fund.name) for fund in FISCAL_FUNDS]
        wanted = [n for n, item in enumerate(items) if item]
        rows = self.rows.filter(pl.col("economic").is_in(wanted) & pl.col("source").is_in(fiscal))
        keys = ("unit", "source")
        return self.lines(self._three_public_line, rows, keys, lambda keys: items[keys["economic"]], ("economic",))

    def _three_public_line(self, key: Key, cells: Cells) -> Line:
        line: Line = {"unit": self.texts["unit"][key[0]]}
        if SOURCES[key[1]].fund is not GENERAL_PUBLIC:
            line["fund"] = SOURCES[key[1]].name
        return line | self.three_public_items(cells)

    def three_public_items(self, cells: Cells) -> Line:
        """Return the “三公” items of a line, zeros too: the ledger has all rows, so none is zero and not unknown."""
        names = [item.key for item in THREE_PUBLIC]
        found: Line = {name: money(cells[name]["amount"]) if name in cells else money(0) for name in names}
        last = {name: self.last(cells.get(name, {})) for name in names}
        kinds = list(self.last())
        return found | ({"last": {kind: {name: last[name][kind] for name in names} for kind in kinds}} if kinds else {})

    def operating(self) -> dict[str, dict[str, Sums]]:
        """Return 公用经费 of 一般公共预算, by department and unit."""
        operating = next(n for n, key in _COLUMN.items() if key == "operating")
        rows = self.rows.filter((pl.col("kind") == operating) & (pl.col("source") == _GENERAL))
        found = self.grouped(rows, ("unit",), lambda keys: "")
        return {
            department: {self.texts["unit"][unit]: cells[""] for (unit,), cells in units.items()}
            for department, units in found.items()
        }

    @property
    def has_purchases(self) -> bool:
        """Whether the ledger says what is bought."""
        return "procurement" in self.texts

    def purchases(self, kind: str) -> dict[str, Sums]:
        """Return what is bought of one kind (货物, 工程, 服务), by department."""
        if not self.has_purchases:
            return {}
        numbers = [n for n, text in enumerate(self.texts["procurement"]) if text == kind]
        return self.sums(self.rows.filter(pl.col("procurement").is_in(numbers)))

    def units(self) -> dict[str, list[str]]:
        """Return the codes of the units that rows have, by department."""
        found: dict[str, list[str]] = defaultdict(list)
        for department, unit in self.rows.select("department_code", "unit").unique().iter_rows():
            found[department].append(self.texts["unit"][unit])
        return {department: sorted(units) for department, units in found.items()}


def _revenue_column(keys: Mapping[str, int]) -> str:
    return "carry_over" if keys["carry_over"] else "amount"


def _economic_column(keys: Mapping[str, int]) -> str:
    if keys["kind"] == _PROJECT:
        return "project"
    return "carry_over" if keys["carry_over"] else "basic"


def _project_column(keys: Mapping[str, int]) -> str:
    return f"{keys['source']}/{'carried' if keys['carry_over'] else ''}"
