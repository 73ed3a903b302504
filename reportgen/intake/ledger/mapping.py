"""``mapping.yaml``: which column of a ledger is what, and what its values mean (``docs/ledger.md``).

It is read by the reader of the layouts' YAML: no object is constructed, and an unknown name or a wrong value is an
error with file and line. What a mapping does not say about values is in ``data/ledger/values.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Literal

from ...budget.json_input import read_payload
from ...budget.lines import ExpenditureLine
from ...budget.purchases import KINDS_OF_PURCHASE
from ...budget.terms import OWN_FUNDS, REVENUE_SOURCES, THREE_PUBLIC
from ...core.bounds import Within
from ...core.errors import InputError, LayoutError
from ...core.money import MoneyUnit
from ...core.paths import shipped
from ...core.suggest import nearest
from ...layout.fields import build, shown
from ...layout.yaml_mapping import Mapping as YamlMapping
from ...layout.yaml_mapping import Place, merged
from ...layout.yaml_reader import parsed

KINDS = {
    one.metadata["term"]: one.name
    for one in fields(ExpenditureLine)
    if one.name in ("personnel", "operating", "project", "business", "paid_up", "subsidies")
}
"""The columns of 支出 that a row can be counted in: official name → field of the model."""
NO_PURCHASE = "不是采购"
_SOURCES = tuple(source.name for source in REVENUE_SOURCES)
DELIMITERS = ",\t;|"


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the ledger's columns; "" for one that it does not have."""

    unit: str
    function: str
    economic: str
    fund: str
    amount: str
    department: str = ""
    department_name: str = ""
    unit_name: str = ""
    function_name: str = ""
    economic_name: str = ""
    government_economic: str = ""
    source: str = ""
    project: str = ""
    kind: str = ""
    carry_over: str = ""
    procurement: str = ""
    last_budget: str = ""
    last_execution: str = ""

    def used(self) -> dict[str, str]:
        """Return the columns that the ledger has: field → name of the column."""
        return {one.name: name for one in fields(self) if (name := getattr(self, one.name))}


@dataclass(frozen=True, slots=True)
class Values:
    """What the values of columns mean: text in the ledger → official name; codes of “三公” and of basic expenditure."""

    funds: Mapping[str, str]
    kinds: Mapping[str, str]
    carry_over: Mapping[str, bool]
    procurement: Mapping[str, str]
    three_public: Mapping[str, tuple[str, ...]]
    basic_classes: Mapping[str, tuple[str, ...]]
    place: Place = field(default=Place("", {}))


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    """A whole ``mapping.yaml``.

    ``department_digits`` is how many leading digits of a unit's code are that of its department (0: a column or the
    list of units says which department a unit belongs to). ``money_unit`` is that of the ledger's amounts. ``units`` is
    the path of the list of units, relative to the mapping. ``encoding`` and ``delimiter`` are found out unless stated.
    """

    year: Annotated[int, Within(2000, 2100)]
    columns: Columns
    values: Values
    department_digits: Annotated[int, Within(0, 12)] = 0
    money_unit: MoneyUnit = "元"
    encoding: Literal["", "utf-8", "gb18030", "utf-16"] = ""
    delimiter: str = ""
    sheet: str = ""
    units: str = ""
    place: Place = field(default=Place("", {}))


def load_mapping(path: Path) -> LedgerMapping:
    """Return the mapping in the file ``path``.

    Raises:
        InputError: it cannot be read, or something in it is wrong; file and line are named.
    """
    try:
        return _built(parsed(read_payload(path), path.name), path.name)
    except LayoutError as error:
        unhelpful = not error.hint or "layouts/README.md" in error.hint
        hint = "写法见 docs/ledger.md" if unhelpful else error.hint
        raise InputError(error.message, hint, findings=(), **error.values) from None


def _built(data: YamlMapping, name: str) -> LedgerMapping:
    known = {one.name for one in fields(Values)} - {"place"}
    values = merged(_shipped_values(), data.part(known))
    rest = YamlMapping({key: value for key, value in data.items() if key not in known})
    rest.place, rest.places = data.place, data.places
    mapping = build(LedgerMapping, rest, name, values=build(Values, values, name))
    _check_values(mapping.values, values)
    _check_columns(mapping)
    return mapping


def _shipped_values() -> YamlMapping:
    path = shipped("data") / "ledger" / "values.yaml"
    return parsed(path.read_bytes(), path.name)


def _check_values(values: Values, data: YamlMapping) -> None:
    """Raise an error for a meaning that is not an official name."""
    classes = tuple(name for name, key in KINDS.items() if key in ("personnel", "operating"))
    purchases = (*KINDS_OF_PURCHASE.values(), NO_PURCHASE)
    for part, meanings, allowed in (
        ("funds", values.funds, (*_SOURCES, OWN_FUNDS.name)),
        ("kinds", values.kinds, tuple(KINDS)),
        ("procurement", values.procurement, purchases),
        ("three_public", {key: key for key in values.three_public}, tuple(item.key for item in THREE_PUBLIC)),
        ("basic_classes", {key: key for key in values.basic_classes}, classes),
    ):
        for text, meaning in meanings.items():
            if meaning not in allowed:
                _refuse(data[part].at(text), part, meaning, allowed)


def _refuse(place: str, name: str, found: str, allowed: Iterable[str]) -> None:
    words = "、".join(allowed)
    near = nearest(found, allowed)
    message, hint = (
        "{place}：“{name}”只能是 {words} 之一，读到 {found}",
        "是否想写 {near}？" if near else "照写其中一个",
    )
    raise LayoutError(message, hint, place=place, name=name, words=words, found=shown(found), near=near)


def _check_columns(mapping: LedgerMapping) -> None:
    columns, place = mapping.columns, mapping.place.at("columns")
    used = columns.used()
    for name in used.values():
        same = [one for one, column in used.items() if column == name]
        if len(same) > 1:
            message = "{place}：“{column}”这一列写给了 {fields}"
            raise LayoutError(message, "一列只能是一项", place=place, column=shown(name), fields="、".join(same))
    if not (columns.kind or columns.project):
        message = "{place}：columns 里没有 project（项目名称），也没有 kind（支出类别），分不出基本支出和项目支出"
        raise LayoutError(message, "至少写其中一个", place=place)
    if columns.source and "单位资金" not in mapping.values.funds.values():
        message = "{place}：写了 source（单位资金的来源），funds 里却没有意思是“单位资金”的写法"
        raise LayoutError(message, "在 funds 里写，如 单位资金: 单位资金", place=place)
    if mapping.delimiter and (len(mapping.delimiter) != 1 or mapping.delimiter not in DELIMITERS):
        message = "{place}：“{name}”只能是 {words} 之一，读到 {found}"
        words = "、".join(repr(one) for one in DELIMITERS)
        at = mapping.place.at("delimiter")
        raise LayoutError(
            message, "照写其中一个", place=at, name="delimiter", words=words, found=shown(mapping.delimiter)
        )
    if not (columns.department or mapping.department_digits or mapping.units):
        message = "{place}：看不出一个单位属于哪个部门"
        hint = "columns 里写 department，或写 department_digits（单位代码的前几位是部门代码）、units（单位清单）"
        raise LayoutError(message, hint, place=mapping.place)
