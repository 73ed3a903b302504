"""国有资产占有使用情况: numbers of vehicles, of equipment and of what else a locality lists, and planned purchases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .field_types import Date, Integer
from .fields import model_field
from .map_type import Map

VEHICLE_USES = ("leaders", "communications", "law_enforcement", "technical", "veterans", "administrative", "other")
PURCHASES = ("vehicles", "equipment", "special_equipment")
"""The keys of the version 1 of the contract; a layout may name others."""


def _counts(term: str, description: str, unit: str) -> Any:
    return model_field(Map(Integer()), term, description, unit=unit, default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Assets:
    """国有资产占有使用情况."""

    as_of: date = model_field(Date(), "截止日期", "多为上年 12 月 31 日")
    vehicles: Mapping[str, int] | None = _counts(
        "车辆", f"按用途：{'、'.join(VEHICLE_USES)}，或版式自己的分类，如“应急保障用车”", "辆"
    )
    equipment: int = model_field(Integer(), "50万元以上通用设备", "单位价值", unit="台（套）", default=0)
    special_equipment: int = model_field(Integer(), "100万元以上专用设备", "单位价值", unit="台（套）", default=0)
    others: Mapping[str, int] | None = _counts("其他资产", "按版式的名称，如“单价100万元以上设备”", "台（套）")
    planned: Mapping[str, int] | None = _counts(
        "本年安排购置", "vehicles（车辆）、equipment、special_equipment，或版式自己的名称", "台（套）"
    )
    planned_vehicles: Mapping[str, int] | None = _counts(
        "本年安排购置的车辆", "按用途；与 planned.vehicles 只写一个，都写须相等", "辆"
    )
