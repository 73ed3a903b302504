"""Every leaf of a document, another valid value for each, and a document in which the optional fields are set."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reportgen.budget.codes import code_book
from reportgen.budget.field_types import (
    Amount,
    Boolean,
    Choice,
    Code,
    Date,
    FieldType,
    Integer,
    List,
    Object,
    Text,
    TextOrObject,
)
from reportgen.budget.fields import ECONOMIC_CODE, FUNCTION_CODE
from reportgen.budget.lines import ExpenditureLine
from reportgen.budget.map_type import Map
from reportgen.budget.model import Budget, Term
from reportgen.budget.terms import BUDGET, FINAL
from reportgen.budget.withheld import Withheld
from tests.document.additions import with_additions

TEXT = Text()
MORE = {"元": Decimal("1000.01"), "万元": Decimal("0.11")}
"""What is added to an amount, by the money unit of the document."""
GLOSSARY_CODE = next(field.metadata["type"] for field in fields(Term) if field.name == "function")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of the document that is no list and no object: its JSON pointer, the type of its field, itself."""

    pointer: str
    type: FieldType
    value: Any

    @property
    def kind(self) -> str:
        """The pointer without the numbers of lines: leaves of one kind are read by the same code."""
        return re.sub(r"/[0-9]+(?=/|$)", "/*", self.pointer)


def leaves(value: Any, type: FieldType | None = None, pointer: str = "") -> Iterator[Leaf]:
    """Yield the leaves of a document, or of the part of it at ``pointer``, in order."""
    type = type or Object(Budget)
    if isinstance(value, list):
        assert isinstance(type, List)
        for n, item in enumerate(value):
            yield from leaves(item, type.items, f"{pointer}/{n}")
    elif isinstance(value, dict):
        assert isinstance(type, Map | Object | TextOrObject)
        if isinstance(type, Map):
            for key, member in value.items():
                yield from leaves(member, type.items, f"{pointer}/{key}")
            return
        types = {field.name: field.metadata["type"] for field in fields(type.model)}
        for name, member in value.items():
            yield from leaves(member, types.get(name, TEXT), f"{pointer}/{name}")
    else:
        yield Leaf(pointer, type.text if isinstance(type, TextOrObject) else type, value)


def another(leaf: Leaf, data: Any) -> Any:
    """Return another value of the same type: an amount that prints as another, the next day, another known code."""
    value = leaf.value
    match leaf.type:
        case Amount():
            return Decimal(value) + MORE[data["money_unit"]]
        case Integer():
            return value + 1
        case Boolean():
            return not value
        case Date():
            return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
        case Choice(options=options):
            return options[options.index(value) - 1] if len(options) > 1 else f"{value}甲"
        case Code():
            return _another_code(leaf, data)
    return f"{value}甲" if leaf.pointer != "/$schema" else f"{value}.json"


def _another_code(leaf: Leaf, data: Any) -> str:
    book = code_book(data["year"])
    if leaf.type in (FUNCTION_CODE, GLOSSARY_CODE, ECONOMIC_CODE):
        known = book.economic if leaf.type is ECONOMIC_CODE else book.functions
        codes = [code for code in known if len(code) == len(leaf.value)]
    else:
        codes = [unit["code"] for unit in data["department"]["units"] if "code" in unit]
    others = [code for code in codes if code != leaf.value]
    return others[0] if others else f"{leaf.value}9"


def put(data: Any, pointer: str, value: Any) -> Any:
    """Return a copy of a document with the value at ``pointer`` replaced."""
    *steps, last = pointer.strip("/").split("/")
    copied = at = copy.deepcopy(data)
    for step in steps:
        at = at[int(step) if isinstance(at, list) else step]
    at[int(last) if isinstance(at, list) else last] = value
    return copied


ACCEPTED = [
    {
        "code": "GJ212",
        "place": "expenditure",
        "figures": [
            "事业单位经营支出",
            "事业单位经营收入（含上年结转）",
            "123,456.78元",
            "143,456.78元",
            "20,000.00元",
        ],
        "reason": "已经核实",
    }
]
"""What the filled document finds of 事业单位经营支出."""
STATED = {(ExpenditureLine, "total"), (ExpenditureLine, "basic")}
"""The sums that a line may state instead of its parts; the seed has them."""
EITHER = {(Withheld, "table"), (Withheld, "code"), (Withheld, "kept")}
"""What a mark states one of; the marks of the filled document have both kinds."""
WITHHELD = {"code": "20106", "kept": "款", "note": "注：没有缺口。"}
"""A mark of the filled document that no row is missing for."""
OVERRIDES = [
    {
        "block": "总体/总额",
        "after": False,
        "role": "body",
        "runs": ["甲局收支预算", {"figure": "revenue.total", "printed": "2966.10", "unit": "万元"}, "。"],
        "was": "原文。",
    },
    {"block": "总体/总额", "after": True, "role": "item", "runs": ["另加一条。"]},
]


def filled(data: Any) -> Any:
    """Return a document with the optional fields of the contract: set in the first line of each list.

    ``STATED`` are left out, because a line that states a sum ends the checks by unit. Units are on every line or none.
    """
    whole = copy.deepcopy({**with_additions(data), "accepted": ACCEPTED, "overrides": OVERRIDES})
    whole["withheld"].append(WITHHELD)
    whole["department"]["units"][0].update(duties=["甲乙。"], sections={"tasks": ["丙丁。"]})
    whole["unread"] = ["/carried_forward"]
    if whole.get("stage") == FINAL:
        whole["evaluation"] = {"systems": ["预算绩效管理办法"], **whole.get("evaluation", {})}
    _fill(whole, Object(Budget), whole.get("stage", BUDGET))
    for line in whole["basic_expenditure"]:
        line["unit"] = "450001"
    return unshared(whole)


def unshared(data: Any) -> Any:
    """Return a copy in which no object stands at two places."""
    if isinstance(data, dict):
        return {name: unshared(value) for name, value in data.items()}
    return [unshared(value) for value in data] if isinstance(data, list) else data


def _fill(value: Any, type: FieldType, stage: str) -> None:
    if isinstance(type, List) and value:
        _fill(value[0], type.items, stage)
    elif isinstance(type, Object):
        for field in fields(type.model):
            member = field.metadata["type"]
            own = field.metadata.get("stage", stage) == stage  # those of final accounts a budget cannot have
            if own and (type.model, field.name) not in STATED | EITHER:
                value.setdefault(field.name, _value(member))
                _fill(value[field.name], member, stage)


CODES = ("450001", "2010601", "30101", "301", "GJ205", "98.5")


def _value(type: FieldType) -> Any:
    """Return a value for a field that is absent."""
    if isinstance(type, Choice):
        return type.options[0]
    if isinstance(type, Code):
        return next(code for code in CODES if re.fullmatch(type.pattern, code))
    return next(value for kind, value in VALUES.items() if isinstance(type, kind))()


VALUES: dict[type[Any], Callable[[], Any]] = {
    Amount: lambda: Decimal("123456.78"),
    Integer: lambda: 3,
    Boolean: lambda: True,
    Date: lambda: "2023-02-03",
    Code: lambda: "450001",
    Text: lambda: "甲乙丙",
    List: list,
    Object: dict,
    Map: dict,
}
"""A value for each type of field."""
