"""Choose, sort and group the records of a list, for tables (YAML) and for sentences (filters) alike.

There are no expressions: a record is chosen by the texts of its values, or by whether they are zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import TemplateRuntimeError

from ..facts import Fact, FactGroup, SourceText, adding_up, sum_of
from ..facts.nearest_name import nearest_dotted
from .unknown_name import UnknownName

NONZERO, ZERO = "nonzero", "zero"
"""Words for any amount, text or list that there is, and for what is zero, empty or missing."""


def where(records: Iterable[FactGroup], name: str, *wanted: object) -> list[FactGroup]:
    """Return the records whose value ``name`` is one of ``wanted``; without any, those where it is not zero."""
    return [record for record in _checked("where", records) if _meets(value_of(record, name), wanted or (NONZERO,))]


def where_not(records: Iterable[FactGroup], name: str, *unwanted: object) -> list[FactGroup]:
    """Return the records that :func:`where` leaves out."""
    return [
        record
        for record in _checked("where_not", records)
        if not _meets(value_of(record, name), unwanted or (NONZERO,))
    ]


def sort_by(records: Iterable[FactGroup], *names: str) -> list[FactGroup]:
    """Return the records in order of the values ``names``; ``-`` before a name is the largest first."""
    rows = list(_checked("sort_by", records))
    for signed in reversed(names):
        name = signed.removeprefix("-")
        keys = {id(row): _order(value_of(row, name)) for row in rows}
        rows.sort(key=lambda row: keys[id(row)], reverse=signed != name)
    return rows


def group_by(records: Iterable[FactGroup], name: str) -> list[FactGroup]:
    """Return a group for each text of the value ``name``: ``name``, ``rows``, and the sum of each amount.

    Groups are in the order in which their first records are.
    """
    found: dict[str, list[FactGroup]] = {}
    for record in _checked("group_by", records):
        found.setdefault(text_of(value_of(record, name)), []).append(record)
    return [_group(value_of(rows[0], name), rows) for rows in found.values()]


def with_sum(records: Iterable[FactGroup], name: str, step: Decimal) -> list[FactGroup]:
    """Return the records with the amounts ``name`` rounded to ``step`` (元) so that they add up as they are printed."""
    rows = list(_checked("adding_up", records))
    parts = [value_of(row, name) for row in rows]
    if "." in name or not all(isinstance(part, Fact) and part.measure == "money" for part in parts):
        raise TemplateRuntimeError('adding_up 后写一个金额的名称，如 adding_up("total")')
    amounts = adding_up(parts, step)
    return [FactGroup(row.dotted, **{**row.as_dict(), name: amount}) for row, amount in zip(rows, amounts, strict=True)]


def chosen(records: Sequence[FactGroup], wanted: Mapping[str, Any], unwanted: Mapping[str, Any]) -> list[FactGroup]:
    """Return the records that a table asks for by ``where`` and ``where_not``."""
    rows = list(records)
    for name, texts in wanted.items():
        rows = where(rows, name, *_several(texts))
    for name, texts in unwanted.items():
        rows = where_not(rows, name, *_several(texts))
    return rows


def value_of(record: FactGroup, name: str) -> Any:
    """Return the value of a record at a dotted name.

    Raises:
        UnknownName: there is none.
    """
    try:
        return record.look_up(name)
    except KeyError:
        near = nearest_dotted(record, name)
        raise UnknownName(name, (near,) if near else ()) from None


def text_of(value: object) -> str:
    """Return a value as the word that a layout compares with."""
    if isinstance(value, SourceText):
        return value.text
    if isinstance(value, Fact):
        return f"{value.value.normalize():f}"
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return str(value)


def _several(texts: object) -> tuple[object, ...]:
    return tuple(texts) if isinstance(texts, tuple | list) else (texts,)


def _meets(value: object, wanted: Iterable[object]) -> bool:
    return any(
        bool(value) is (word == NONZERO) if word in (NONZERO, ZERO) else text_of(value) == text_of(word)
        for word in wanted
    )


def _order(value: object) -> tuple[int, Any]:
    """Return what values are sorted by: nothing first, then numbers, then texts."""
    if value is None:
        return 0, 0
    if isinstance(value, Fact):
        return 1, value.value
    return (1, value) if isinstance(value, int) else (2, text_of(value))


def _group(value: object, rows: list[FactGroup]) -> FactGroup:
    name = value if isinstance(value, SourceText) else SourceText(text_of(value))
    group = FactGroup(f"group.{name.text}", key=f"group-{name.text}", name=name, rows=rows, level=0, role="subtotal")
    columns = [key for key in rows[0].names() if isinstance(rows[0][key], Fact)]
    for key in columns:
        parts = [row[key] for row in rows if key in row and isinstance(row[key], Fact)]
        group.put(**{key: parts[0] if len(parts) == 1 else sum_of(parts)})
    return group


def _checked(filter: str, records: object) -> list[FactGroup]:
    if not isinstance(records, list | tuple) or not all(isinstance(record, FactGroup) for record in records):
        raise TemplateRuntimeError(f"{filter} 只能用于一列记录")
    return list(records)
