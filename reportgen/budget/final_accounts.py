"""What only final accounts (决算) state: 年末财政拨款结转和结余, the counts of “三公”, 绩效自评."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .field_types import Code, Integer, List, Object, Text
from .fields import amount_field, model_field, text_field
from .mended_text import CONTENT, MECHANISM, OF_MECHANISM, SYSTEM, USE
from .terms import GENERAL_PUBLIC, GOVERNMENT_FUND, OVERSEAS, STATE_CAPITAL, VEHICLE_OPERATION, VEHICLE_PURCHASE

SCORE = Code(r"(100|[0-9]{1,2})(\.[0-9]{1,2})?", "得分（如 98.50）")


def _count(term: str, unit: str, description: str = "") -> int | None:
    field: int | None = model_field(Integer(), term, description, unit=unit, default=None)
    return field


def _use(item: str, lead_in: re.Pattern[str] = USE) -> str | None:
    field: str | None = text_field(f"{item}主要用于", "接在“主要用于”之后的话，不带句号", lead_in=lead_in)
    return field


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FiscalCarriedForward:
    """年末财政拨款结转和结余: by fund."""

    general_public: Decimal | None = amount_field(GENERAL_PUBLIC.name, "")
    government_fund: Decimal | None = amount_field(GOVERNMENT_FUND.name, "")
    state_capital: Decimal | None = amount_field(STATE_CAPITAL.name, "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreePublicDetails:
    """“三公”的数量和用途: what the money bought. The use of receptions is ``reception_use`` of the document."""

    overseas_groups: int | None = _count("因公出国（境）团组", "个", "全年安排的团组数")
    overseas_persons: int | None = _count("因公出国（境）人次", "人次", "累计人次")
    overseas_use: str | None = _use(OVERSEAS.name, CONTENT)
    vehicles_bought: int | None = _count("购置公务用车", "辆")
    vehicle_purchase_use: str | None = _use(VEHICLE_PURCHASE.name)
    vehicles_kept: int | None = _count("公务用车保有量", "辆", "开支财政拨款的公务用车")
    vehicle_operation_use: str | None = _use(VEHICLE_OPERATION.name)
    receptions: int | None = _count("国内公务接待批次", "批次", "含外宾接待")
    reception_persons: int | None = _count("国内公务接待人次", "人次", "含外宾接待")
    foreign_reception: Decimal | None = amount_field("外宾接待支出", "公务接待费里的外宾接待支出")
    foreign_receptions: int | None = _count("外宾接待批次", "批次")
    foreign_persons: int | None = _count("外宾接待人次", "人次")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ProjectCount:
    """项目的个数和金额: how many projects, and their budgets."""

    count: int | None = _count("项目个数", "个")
    amount: Decimal | None = amount_field("涉及预算金额", "")


NO_PROJECTS = ProjectCount()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Evaluation:
    """绩效管理: the systems, the projects with goals, those that were tracked and those that were evaluated."""

    systems: tuple[str, ...] = model_field(
        List(Text(200, lead_in=SYSTEM, stop=False)), "绩效管理制度", "制度的名称，一条一个，照印", default=()
    )
    mechanism: str | None = text_field(
        "绩效管理工作机制",
        "接在“建立了”之后、“的预算绩效管理工作机制”之前的话",
        200,
        lead_in=MECHANISM,
        tail=OF_MECHANISM,
    )
    goals: ProjectCount = model_field(Object(ProjectCount), "编报绩效目标", "", default=NO_PROJECTS)
    tracked: ProjectCount = model_field(Object(ProjectCount), "绩效跟踪", "", default=NO_PROJECTS)
    evaluated: ProjectCount = model_field(Object(ProjectCount), "绩效自评", "", default=NO_PROJECTS)
    score: str | None = model_field(SCORE, "平均得分", "绩效自评的平均得分", unit="分", default=None)
    excellent: int | None = _count("评级为优的项目", "个")
    good: int | None = _count("评级为良的项目", "个")
    qualified: int | None = _count("评级为合格的项目", "个")
    unqualified: int | None = _count("评级为不合格的项目", "个")
    problems: int | None = _count("发现问题", "个")
    corrected: int | None = _count("已经完成整改的问题", "个")
    correcting: int | None = _count("正在整改的问题", "个")
