"""GJ117, GJ118, GJ313: procurement and its lines, amounts reserved for small enterprises, planned vehicles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..budget.model import Budget
from ..budget.purchases import KINDS_OF_PURCHASE
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.fact import total
from .equality import adds_up, not_more
from .rule import rule

RESERVED = {"sme": "面向中小企业", "small": "面向小微企业"}
HINT = "核对列明的金额，或补上漏列的明细"


@rule("GJ117", "政府采购合计等于明细之和")
def procurement_adds_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """列明的货物、工程、服务、面向中小企业、面向小微企业的金额 = 各自的明细之和；有明细没有写品目大类的，只查总额。

    来源：勾稽关系第 34 条。
    """
    rows, stated = facts.procurement.rows, budget.procurement
    withheld = may_lack_rows(budget.withheld, "procurement")
    if not rows:
        return
    sums: dict[str, tuple[str, list[Fact]]] = {
        key: (label, [row[key] for row in rows]) for key, label in RESERVED.items()
    }
    if all(row.kind for row in rows):
        for key, label in KINDS_OF_PURCHASE.items():
            sums[key] = label, [row.total for row in rows if row.kind_key == key]
    elif any(getattr(stated, key) is not None for key in KINDS_OF_PURCHASE):
        whole = total("procurement.stated", [facts.procurement[key] for key in KINDS_OF_PURCHASE])
        lines = [row.total for row in rows]
        yield from adds_up(
            "GJ117", budget, ("政府采购货物、工程、服务之和", whole), lines, "采购明细之和", HINT, withheld
        )
    for key, (label, parts) in sums.items():
        if getattr(stated, key) is not None:
            name = (f"政府采购「{label}」", facts.procurement[key])
            yield from adds_up("GJ117", budget, name, parts, "采购明细之和", HINT, withheld)


@rule("GJ118", "面向小微企业不大于面向中小企业，不大于采购额")
def reserved_purchases_are_within(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每一笔和合计：面向小微企业 ≤ 面向中小企业 ≤ 采购金额。

    来源：勾稽关系第 34 条；政府采购促进中小企业发展管理办法。
    """
    groups = [(f"采购明细第 {n} 笔", row) for n, row in enumerate(facts.procurement.rows, 1)]
    for name, group in [*groups, ("政府采购", facts.procurement)]:
        bounds = (("small", RESERVED["small"]), ("sme", RESERVED["sme"]), ("total", "采购金额"))
        for (key, label), (bound, limit) in pairwise(bounds):
            part, whole = (f"{name}「{label}」", group[key]), (f"{name}「{limit}」", group[bound])
            yield from not_more(
                "GJ118", budget, part, whole, Severity.ERROR, "面向小微企业的包含在面向中小企业的金额里"
            )


@rule("GJ313", "计划购置的车辆数前后一致")
def planned_vehicles_agree(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """本年安排购置的车辆：列明的总数 = 按用途列的各数之和。来源：勾稽关系第 37 条。"""
    assets = budget.assets
    if not (assets and assets.planned_vehicles and "vehicles" in (assets.planned or {})):
        return
    whole, by_use = facts.assets.planned.vehicles, facts.assets.planned_vehicles.total
    if whole.value != by_use.value:
        values = {"total": str(whole.value), "sum": str(by_use.value), "gap": str(abs(whole.value - by_use.value))}
        where = tuple(Place(f"/assets/{part}", "本年安排购置") for part in ("planned/vehicles", "planned_vehicles"))
        message = "本年安排购置车辆列明 {total} 辆，按用途之和 {sum} 辆，相差 {gap} 辆"
        yield Finding("GJ313", Severity.ERROR, message, where, "改正其中一个", values)
