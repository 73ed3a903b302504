"""绩效: the projects of the indicator table, their goals and indicators."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .field_types import Choice, Integer, List, Object, Text
from .fields import PLAIN_UNIT_CODE, amount_field, model_field, text_field


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Indicator:
    """绩效指标: one line."""

    level1: str = model_field(Text(60), "一级指标", "如“产出指标”")
    level2: str = model_field(Text(60), "二级指标", "如“数量指标”")
    level3: str = model_field(Text(1000), "三级指标", "指标名称")
    sign: str = model_field(Choice(("≥", "≤", "=", ">", "<", "定性")), "指标符号", "定性指标的值写文字")
    value: str | None = text_field("指标值", "数值或定性描述", 200)
    unit: str | None = text_field("指标单位", "如“人”“%”；定性指标不填", 20)
    weight: int | None = model_field(Integer(0, 100), "权重", "每个项目之和为 100", unit="分", default=None)
    remark: str | None = text_field("备注", "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Goal:
    """绩效目标: a goal and its indicators."""

    goal: str | None = model_field(Text(8000, multiline=True), "绩效目标", "目标的文字", default=None)
    indicators: tuple[Indicator, ...] = model_field(List(Object(Indicator)), "绩效指标", "按印刷的先后", default=())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Performance:
    """项目绩效: one project of the indicator table (often a second-level one)."""

    unit: str = model_field(PLAIN_UNIT_CODE, "单位代码", "")
    name: str = model_field(Text(200), "项目名称", "绩效指标表中的项目")
    amount: Decimal | None = amount_field("预算金额", "该项目的预算")
    overall: Goal = model_field(Object(Goal), "总体绩效", "实施期目标", default=Goal())
    annual: Goal = model_field(Object(Goal), "年度绩效", "本年目标", default=Goal())
