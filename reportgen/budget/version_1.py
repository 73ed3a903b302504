"""Version 1 of the document (``reportgen/budget/1``): ``comparison`` and ``reasons`` in the place of ``totals``.

It is read as version 2. Pointers in messages, facts and traces stay those of the file as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from .field_types import Choice, Object
from .fields import MOF_143, amount_field, model_field, text_field
from .lines import Last
from .mended_text import REASON
from .model import SCHEMA, Budget, Override
from .terms import (
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    KINDS,
    OVERSEAS,
    RECEPTION,
    STATE_CAPITAL,
    VEHICLE_OPERATION,
    VEHICLE_PURCHASE,
)
from .totals import NO_TOTAL, Total, Totals

SCHEMA_1 = "reportgen/budget/1"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LastExecution:
    """上年执行数: the base that most totals are compared with."""

    revenue: Decimal | None = amount_field("收入执行数", "上年收入执行数")
    expenditure: Decimal | None = amount_field("支出执行数", "上年支出执行数")
    general_public: Decimal | None = amount_field(f"{GENERAL_PUBLIC.compared}执行数", "上年一般公共预算拨款执行数")
    government_fund: Decimal | None = amount_field(f"{GOVERNMENT_FUND.compared}执行数", "上年政府性基金预算支出执行数")
    state_capital: Decimal | None = amount_field(f"{STATE_CAPITAL.compared}执行数", "上年国有资本经营预算支出执行数")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LastBudget:
    """上年预算数: the base of “三公” and of 机关运行经费."""

    overseas: Decimal | None = amount_field(OVERSEAS.name, "上年预算数")
    vehicle_purchase: Decimal | None = amount_field(VEHICLE_PURCHASE.name, "上年预算数")
    vehicle_operation: Decimal | None = amount_field(VEHICLE_OPERATION.name, "上年预算数")
    reception: Decimal | None = amount_field(RECEPTION.name, "上年预算数")
    agency_operating: Decimal | None = amount_field("机关运行经费", "上年预算数")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Comparison:
    """上年数: what the prose compares with."""

    execution: LastExecution = model_field(Object(LastExecution), "上年执行数", "", default=LastExecution())
    budget: LastBudget = model_field(Object(LastBudget), "上年预算数", "", default=LastBudget())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Reasons:
    """增减原因: the words after 主要是 or 主要原因是, without the full stop. Wanted where a figure moved."""

    revenue: str | None = text_field("收入", "收入比上年增减的原因", source=MOF_143, lead_in=REASON)
    expenditure: str | None = text_field("支出", "支出比上年增减的原因", source=MOF_143, lead_in=REASON)
    general_public: str | None = text_field(GENERAL_PUBLIC.compared, "增减的原因", lead_in=REASON)
    government_fund: str | None = text_field(GOVERNMENT_FUND.compared, "增减的原因", lead_in=REASON)
    state_capital: str | None = text_field(STATE_CAPITAL.compared, "增减的原因", lead_in=REASON)
    overseas: str | None = text_field(OVERSEAS.name, "增减的原因", source=MOF_143, lead_in=REASON)
    reception: str | None = text_field(RECEPTION.name, "增减的原因", source=MOF_143, lead_in=REASON)
    vehicle_purchase: str | None = text_field(VEHICLE_PURCHASE.name, "增减的原因", source=MOF_143, lead_in=REASON)
    vehicle_operation: str | None = text_field(VEHICLE_OPERATION.name, "增减的原因", source=MOF_143, lead_in=REASON)
    agency_operating: str | None = text_field("机关运行经费", "增减的原因", lead_in=REASON)


FIELDS_1 = {"comparison": Object(Comparison), "reasons": Object(Reasons)}
"""The top-level fields that only version 1 has."""
SINCE_2 = ("totals", "last", "carry_over_last", "reason")
"""The fields that only version 2 has."""
TYPES_1 = {
    "schema": Choice((SCHEMA_1,)),
    **{field.name: field.metadata["type"] for field in fields(Budget) if field.name not in ("schema", "totals")},
    **FIELDS_1,
}
"""The type of each top-level field of version 1, by name."""


def as_budget(members: dict[str, Any]) -> Budget:
    """Return a budget from the top-level fields of version 1; its ``schema`` still says the version of the file."""
    others = {name: value for name, value in members.items() if name not in FIELDS_1}
    overrides = tuple(_renamed(override) for override in others.get("overrides", ()))
    if overrides:
        others["overrides"] = overrides
    return Budget(**others, totals=_totals(members.get("comparison"), members.get("reasons")))


def _totals(comparison: Comparison | None, reasons: Reasons | None) -> Totals:
    totals: dict[str, Total] = {}
    for kind in KINDS if comparison else ():
        part = getattr(comparison, kind)
        for key, amount in _stated(part):
            totals[key] = replace(NO_TOTAL, last=Last(**{kind: amount}))
    for key, reason in _stated(reasons) if reasons else ():
        totals[key] = replace(totals.get(key, NO_TOTAL), reason=reason)
    return Totals(**totals)


def _stated(part: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name and value of each field that a part states."""
    for field in fields(part):
        value = getattr(part, field.name)
        if value is not None:
            yield field.name, value


_BASE = re.compile(r"/totals/(\w+)/last/(\w+)")
_REASON = re.compile(r"/totals/(\w+)/reason")


def written_pointer(budget: Budget, pointer: str) -> str:
    """Return a pointer into the model as a pointer into the file that ``budget`` was read from.

    They differ for version 1 alone: ``/totals/revenue/last/execution`` is ``/comparison/execution/revenue`` there.
    """
    if budget.schema == SCHEMA or not pointer.startswith("/totals/"):
        return pointer
    return _REASON.sub(r"/reasons/\1", _BASE.sub(r"/comparison/\2/\1", pointer))


_OLD_CHANGE = re.compile(r"(?P<group>\w+)\.change\.(?P<figure>delta|rate)")
_OLD_ITEM = re.compile(r"three_public\.change\.(?P<item>\w+)\.(?P<figure>delta|rate)")


def renamed_fact(name: str) -> str:
    """Return the present name of a fact that was renamed with version 2.

    >>> renamed_fact("revenue.change.rate"), renamed_fact("three_public.change.total.delta")
    ('revenue.change.execution.rate', 'three_public.change.budget.delta')
    """
    if item := _OLD_ITEM.fullmatch(name):
        column = "" if item["item"] == "total" else f"{item['item']}."
        return name if item["item"] in KINDS else f"three_public.change.budget.{column}{item['figure']}"
    if old := _OLD_CHANGE.fullmatch(name):
        kind = "budget" if old["group"] == "agency_operating" else "execution"
        return f"{old['group']}.change.{kind}.{old['figure']}"
    return name


def _renamed(override: Override) -> Override:
    runs = tuple(
        run if isinstance(run, str) else replace(run, figure=renamed_fact(run.figure)) for run in override.runs
    )
    return replace(override, runs=runs)
