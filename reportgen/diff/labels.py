"""How a change of the data is named: rows by their codes and names, values as a person writes them."""

from __future__ import annotations

from dataclasses import Field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from ..budget.codes import Entry, code_book
from ..budget.field_types import Amount
from ..budget.model import BasicLine, Budget, ExpenditureLine
from ..budget.row_keys import key_of
from ..budget.terms import GENERAL_PUBLIC
from ..core.money import in_unit

_LONGEST = 60  # characters of a name inside a label


class Labels:
    """The names in one document."""

    def __init__(self, budget: Budget) -> None:
        """Units by their codes, and the code book of the year."""
        self._units = {unit.code: unit.called or unit.name for unit in budget.department.units}
        self._book = code_book(budget.year)
        self._money = budget.money_unit

    def row(self, row: Any, within: str) -> str:
        """A row's codes and names, after the row it lies ``within``."""
        return " ".join(part for part in (within, *self._parts(row)) if part)

    def _parts(self, row: Any) -> list[str]:
        names, values = key_of(row)
        known = dict(zip(names, values, strict=True))
        unit = known.pop("unit", None)
        own = [str(value)[:_LONGEST] for name, value in known.items() if value and value != GENERAL_PUBLIC.name]
        if isinstance(row, ExpenditureLine):
            own[:1] = [row.function, _name(self._book.functions.get(row.function), row.name)]
        elif isinstance(row, BasicLine):
            own[:1] = [row.economic, _name(self._book.economic.get(row.economic), row.name)]
        elif names == ("code",):
            own.append(row.name[:_LONGEST])
        return [self._units.get(unit) or str(unit) if unit else "", *own]

    def amounts(self, row: Any) -> str:
        """What a row states in money: 项目支出 22.45万元."""
        stated = [(field, getattr(row, field.name)) for field in fields(row)]
        found = [(f, v) for f, v in stated if v is not None and isinstance(f.metadata["type"], Amount)]
        return "、".join(f"{f.metadata['term']} {self.value(v, f)}{self.unit(f)}" for f, v in found)

    def value(self, value: Any, field: Field[Any]) -> str:
        """A value as the file would state it; "" for one that is absent."""
        if value is None:
            return ""
        if isinstance(field.metadata["type"], Amount):
            return _amount(in_unit(value, self._money))
        if isinstance(value, tuple):  # a sentence in pieces, words and figures
            return "".join(one if isinstance(one, str) else one.printed for one in value)
        if isinstance(value, bool):
            return "是" if value else "否"
        return value.isoformat() if isinstance(value, date) else str(value)

    def unit(self, field: Field[Any]) -> str:
        """The unit of a field's values."""
        return self._money if isinstance(field.metadata["type"], Amount) else str(field.metadata["unit"])


def _name(entry: Entry | None, own: str | None) -> str:
    """The name that is printed: the book's if it is verified, else the document's, else the book's."""
    if own and not (entry and entry.verified):
        return own
    return entry.name if entry else ""


def _amount(value: Decimal) -> str:
    """All digits, two decimals at least.

    >>> _amount(Decimal("2890")), _amount(Decimal("0.125"))
    ('2890.00', '0.125')
    """
    exponent = value.normalize().as_tuple().exponent
    return f"{value:.{max(2, -exponent if isinstance(exponent, int) else 2)}f}"
