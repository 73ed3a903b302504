"""The columns of the form, from the classes of the model: the Chinese term of a field is the head of its column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from ...budget.field_types import Amount, Choice, Code, FieldType, Integer, List, Object
from ...budget.fields import ECONOMIC_CODE, PLAIN_UNIT_CODE, UNIT_CODE
from ...budget.map_type import Map
from ...budget.schema import required

IMPLIED = frozenset({"last", "budgeted", "department"})
"""Objects whose own term adds nothing to the terms of their fields: 上年预算数, and not 上年数·上年预算数."""
SEPARATOR = "·"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a row of a sheet of single values: one leaf of the document.

    ``path`` leads from the object that a row is (or from the document) to the leaf. ``unit`` is "money_unit" for an
    amount, else 年, 分, 辆 … or "".
    """

    head: str
    path: tuple[str, ...]
    type: FieldType
    required: bool = False
    description: str = ""
    unit: str = ""

    @property
    def is_amount(self) -> bool:
        """Whether the column holds money."""
        return isinstance(self.type, Amount)

    @property
    def is_number(self) -> bool:
        """Whether the column holds money or whole numbers."""
        return isinstance(self.type, Amount | Integer)

    @property
    def is_code(self) -> bool:
        """Whether the column holds codes of digits."""
        return isinstance(self.type, Code) and self.type.pattern.startswith("[0-9]{")

    @property
    def is_unit(self) -> bool:
        """Whether the column holds the code of a unit of the department."""
        return self.type in (PLAIN_UNIT_CODE, UNIT_CODE)

    @property
    def is_economic(self) -> bool:
        """Whether the column holds codes of 经济分类."""
        return self.type is ECONOMIC_CODE

    @property
    def is_function(self) -> bool:
        """Whether the column holds codes of 功能分类."""
        return isinstance(self.type, Code) and "[0-9]{7}" in self.type.pattern

    @property
    def is_choice(self) -> bool:
        """Whether the column holds one of a few words."""
        return isinstance(self.type, Choice)


def columns_of(model: type[Any], stage: str) -> tuple[Column, ...]:
    """Return the columns of a class of the model that documents of a stage have.

    Objects inside it are taken apart; lists and maps are not among them.
    """
    return tuple(_columns(model, stage, (), (), True))


def column_of(model: type[Any], name: str) -> Column:
    """Return the column of one field of a class of the model, which must be no object and of every stage."""
    return next(column for column in columns_of(model, "") if column.path == (name,))


def _columns(
    model: type[Any], stage: str, path: tuple[str, ...], terms: tuple[str, ...], needed: bool
) -> Iterator[Column]:
    for field in fields(model):
        about, own = field.metadata, (*path, field.name)
        if isinstance(about["type"], List | Map) or about.get("stage", stage) != stage:
            continue
        if isinstance(about["type"], Object):
            inner = terms if field.name in IMPLIED else (*terms, about["term"])
            yield from _columns(about["type"].model, stage, own, inner, needed and required(field))
        else:
            head = SEPARATOR.join((*terms, about["term"]))
            must = needed and required(field)
            yield Column(head, own, about["type"], must, about["description"], about["unit"])
