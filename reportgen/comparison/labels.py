"""Labels for changes of the data: rows by their codes and names, values as they are written in the file."""

from __future__ import annotations

from dataclasses import Field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from ..budget.codes import Entry, code_book
from ..budget.field_types import Amount
from ..budget.lines import BasicLine, ExpenditureLine
from ..budget.model import Budget
from ..budget.row_keys import key_of
from ..budget.terms import GENERAL_PUBLIC
from ..core.money import in_unit

_LONGEST = 60  # characters of a name inside a label


class Labels:
    """The names in one budget."""

    def __init__(self, budget: Budget) -> None:
        """Take the units of ``budget`` and the code book of its year."""
        self._units = {unit.code: unit.called or unit.name for unit in budget.department.units}
        self._book = code_book(budget.year)
        self._money = budget.money_unit

    def row(self, row: Any, within: str) -> str:
        """Return a row's codes and names, after the label of the row that it is ``within``."""
        unit = getattr(row, "unit", None)
        named = self._units.get(unit) or str(unit) if unit else ""
        return " ".join(part for part in (within, named, self.name(row)) if part)

    def name(self, row: Any) -> str:
        """Return a row's codes and names without its unit: 2010601 行政运行."""
        return " ".join(part for part in self._parts(row) if part)

    def function(self, code: str) -> str:
        """Return a code of 功能分类 with its name in the code book."""
        return f"{code} {_name(self._book.functions.get(code), None)}".strip()

    def _parts(self, row: Any) -> list[str]:
        names, values = key_of(row)
        key = dict(zip(names, values, strict=True))
        key.pop("unit", None)
        parts = [str(value)[:_LONGEST] for name, value in key.items() if value and value != GENERAL_PUBLIC.name]
        if isinstance(row, ExpenditureLine):
            parts[:1] = [row.function, _name(self._book.functions.get(row.function), row.name)]
        elif isinstance(row, BasicLine):
            parts[:1] = [row.economic, _name(self._book.economic.get(row.economic), row.name)]
        elif names == ("code",):
            parts.append(row.name[:_LONGEST])
        return parts

    def amounts(self, row: Any) -> str:
        """Return the amounts that a row states: 项目支出 22.45万元."""
        stated = [(field, getattr(row, field.name)) for field in fields(row)]
        found = [(f, v) for f, v in stated if v is not None and isinstance(f.metadata["type"], Amount)]
        return "、".join(f"{f.metadata['term']} {self.value(v, f)}{self.unit(f)}" for f, v in found)

    def value(self, value: Any, field: Field[Any]) -> str:
        """Return a value as the file states it; "" for one that is absent."""
        if value is None:
            return ""
        if isinstance(field.metadata["type"], Amount):
            return _amount(in_unit(value, self._money))
        if isinstance(value, tuple):  # a sentence in pieces, words and figures
            return "".join(run if isinstance(run, str) else run.printed for run in value)
        if isinstance(value, bool):
            return "是" if value else "否"
        return value.isoformat() if isinstance(value, date) else str(value)

    def unit(self, field: Field[Any]) -> str:
        """Return the unit of a field's values."""
        return self._money if isinstance(field.metadata["type"], Amount) else str(field.metadata["unit"])


def _name(entry: Entry | None, stated: str | None) -> str:
    """The name that is printed: the book's if it is verified, else the document's, else the book's."""
    if stated and not (entry and entry.verified):
        return stated
    return entry.name if entry else ""


def _amount(value: Decimal) -> str:
    """All digits, two decimals at least.

    >>> _amount(Decimal("2890")), _amount(Decimal("0.125"))
    ('2890.00', '0.125')
    """
    exponent = value.normalize().as_tuple().exponent
    return f"{value:.{max(2, -exponent if isinstance(exponent, int) else 2)}f}"
