"""The lines of the canonical document that hold money: revenue, expenditure, “三公” and projects; last year's figures.

A line may state last year's figures and the reason of the change; one that states only these existed only last year.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .field_types import Boolean, Choice, Object, Text
from .fields import (
    ECONOMIC_CODE,
    FUNCTION_CODE,
    ITEM_CODE,
    MOF_143,
    PLAIN_UNIT_CODE,
    UNIT_CODE,
    amount_field,
    model_field,
    text_field,
)
from .mended_text import REASON, USE
from .terms import (
    EVERY_FUND,
    FINAL,
    FISCAL_ACCOUNT,
    FISCAL_FUNDS,
    FUNDS,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    OVERSEAS,
    OWN_FUNDS,
    RECEPTION,
    REVENUE_SOURCES,
    STATE_CAPITAL,
    SURPLUS_USED,
    VEHICLE_OPERATION,
    VEHICLE_PURCHASE,
)

ALL = "合计"
"""The code or unit of a row that states the total of all."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Last:
    """上年数: last year's figures of one amount."""

    budget: Decimal | None = amount_field("上年预算数", "上年公开的预算数；上年没有此项填 0")
    execution: Decimal | None = amount_field("上年执行数", "上年执行数（决算公开为上年决算数）")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Budgeted:
    """本年预算数: what this year's budget was of one amount, in final accounts."""

    initial: Decimal | None = amount_field("年初预算数", "年初批复的预算数；年初没有此项填 0")
    adjusted: Decimal | None = amount_field("全年预算数", "按规定程序调整后的预算数")
    reason: str | None = text_field("预决算差异原因", "接在“主要原因是”之后的话，不带句号", lead_in=REASON)


def _budgeted(description: str) -> Any:
    return model_field(Object(Budgeted), "本年预算数", description, stage=FINAL, default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RevenueLine:
    """收入: one source, for one unit or for the department."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填；不填是全部门", default=None)
    source: str = model_field(
        Choice((*(source.name for source in REVENUE_SOURCES), ALL)),
        "收入来源",
        "资金来源的名称；“合计”是列明的合计，照印并与各来源核对",
    )
    function: str | None = model_field(
        ITEM_CODE, "功能分类编码", "按科目编报收入时填，列到项；要么每行都填，要么都不填", default=None
    )
    amount: Decimal | None = amount_field("本年收入", "本年预算收入，不含上年结转")
    carry_over: Decimal | None = amount_field("上年结转结余", "该来源上年结转到本年的资金")
    last: Last | None = model_field(Object(Last), "上年数", "本年收入的上年数", default=None)
    carry_over_last: Last | None = model_field(Object(Last), "结转的上年数", "上年结转结余的上年数", default=None)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ExpenditureLine:
    """支出: one function code and one fund."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填；不填是全部门", default=None)
    function: str = model_field(
        FUNCTION_CODE, "功能分类编码", "有下级的编码即列明的小计，照印并与下级核对", source="预算法实施条例"
    )
    name: str | None = text_field("科目名称", "目录中没有的科目才需要填", 60)
    fund: str = model_field(
        Choice((*(fund.name for fund in FUNDS), EVERY_FUND)),
        "资金性质",
        "不填为一般公共预算；“全部资金”只用于列明的小计",
        default=GENERAL_PUBLIC.name,
    )
    total: Decimal | None = amount_field("合计", "列明的行合计；不填为各栏之和")
    basic: Decimal | None = amount_field("基本支出小计", "列明的小计；不填为人员与公用之和")
    personnel: Decimal | None = amount_field("人员支出", "基本支出中的人员经费")
    operating: Decimal | None = amount_field("公用经费", "基本支出中的日常公用经费")
    project: Decimal | None = amount_field("项目支出", "其他运转类和特定目标类项目")
    business: Decimal | None = amount_field("事业单位经营支出", "经营活动支出")
    paid_up: Decimal | None = amount_field("上缴上级支出", "上缴上级单位的支出")
    subsidies: Decimal | None = amount_field("对附属单位补助支出", "补助附属单位的支出")
    last: Last | None = model_field(
        Object(Last), "上年数", "行合计的上年数；只有上年数、没有本年金额的行是上年才有的科目", default=None
    )
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )
    use: str | None = text_field("主要用于", "接在“主要用于”之后的话，不带句号", lead_in=USE)
    budgeted: Budgeted | None = _budgeted("行合计的本年预算数；只有预算数、没有决算数的行是没有支出的科目")
    carried_forward: Decimal | None = amount_field("年末结转和结余", "该科目结转下年的资金", stage=FINAL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BasicLine:
    """一般公共预算基本支出: one economic code."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填", default=None)
    economic: str = model_field(
        ECONOMIC_CODE, "经济分类编码", "301、303 为人员经费，302、310 为公用经费", source=MOF_143
    )
    name: str | None = text_field("科目名称", "目录中没有的科目才需要填", 60)
    amount: Decimal | None = amount_field("金额", "该科目的基本支出；只有上年才有的科目不填")
    counted_as: str | None = model_field(
        Choice(("人员经费", "公用经费")), "计入", "与编码所属的类不同时才填，如 30399 计入公用经费", default=None
    )
    agency_operating: Decimal | None = amount_field(
        "其中：机关运行经费", "该科目中行政和参公单位的公用经费；按科目公开机关运行经费的填，分单位编报的不填"
    )
    last: Last | None = model_field(Object(Last), "上年数", "该科目的上年数", default=None)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreePublicItems:
    """“三公”各项: one amount each."""

    overseas: Decimal | None = amount_field(OVERSEAS.name, "")
    vehicle_purchase: Decimal | None = amount_field(VEHICLE_PURCHASE.name, "")
    vehicle_operation: Decimal | None = amount_field(VEHICLE_OPERATION.name, "")
    reception: Decimal | None = amount_field(RECEPTION.name, "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreePublicLast:
    """“三公”上年数: last year's figures of one unit, by item."""

    budget: ThreePublicItems = model_field(Object(ThreePublicItems), "上年预算数", "", default=ThreePublicItems())
    execution: ThreePublicItems = model_field(Object(ThreePublicItems), "上年执行数", "", default=ThreePublicItems())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreePublicBudgeted:
    """“三公”本年预算数: what this year's budget was of one unit, by item, in final accounts."""

    initial: ThreePublicItems = model_field(Object(ThreePublicItems), "年初预算数", "", default=ThreePublicItems())
    adjusted: ThreePublicItems = model_field(Object(ThreePublicItems), "全年预算数", "", default=ThreePublicItems())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreePublicLine:
    """“三公”经费: one unit."""

    unit: str = model_field(UNIT_CODE, "单位代码", "“合计”为列明的合计")
    fund: str | None = model_field(
        Choice(tuple(fund.name for fund in FISCAL_FUNDS)), "资金性质", "不填为一般公共预算", default=None
    )
    overseas: Decimal | None = amount_field(OVERSEAS.name, "不含教学科研人员学术交流")
    vehicle_purchase: Decimal | None = amount_field(VEHICLE_PURCHASE.name, "含购置税等附加费用")
    vehicle_operation: Decimal | None = amount_field(VEHICLE_OPERATION.name, "燃料、维修、保险等")
    reception: Decimal | None = amount_field(RECEPTION.name, "含外宾接待")
    last: ThreePublicLast | None = model_field(Object(ThreePublicLast), "上年数", "分项的上年数", default=None)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )
    budgeted: ThreePublicBudgeted | None = model_field(
        Object(ThreePublicBudgeted), "本年预算数", "分项的本年预算数", stage=FINAL, default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ProjectSources:
    """单位资金的来源: the sources of 单位资金 of one project."""

    business_income: Decimal | None = amount_field("事业收入", "")
    operating_income: Decimal | None = amount_field("事业单位经营收入", "")
    superior_subsidy: Decimal | None = amount_field("上级补助收入", "")
    affiliated_income: Decimal | None = amount_field("附属单位上缴收入", "")
    other_income: Decimal | None = amount_field("其他收入", "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ProjectCarryOver:
    """其中：上年结转: what carried over money pays of one project, by fund."""

    general_public: Decimal | None = amount_field(GENERAL_PUBLIC.project_column, "")
    government_fund: Decimal | None = amount_field(GOVERNMENT_FUND.project_column, "")
    state_capital: Decimal | None = amount_field(STATE_CAPITAL.project_column, "")
    fiscal_account: Decimal | None = amount_field(FISCAL_ACCOUNT.project_column, "")
    own_funds: Decimal | None = amount_field(OWN_FUNDS.project_column, "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Project:
    """项目: a first-level project of a unit."""

    unit: str = model_field(UNIT_CODE, "单位代码", "“合计”为列明的合计")
    name: str | None = text_field("项目名称", "一级项目名称", 200)
    general_public: Decimal | None = amount_field(GENERAL_PUBLIC.project_column, "")
    government_fund: Decimal | None = amount_field(GOVERNMENT_FUND.project_column, "")
    state_capital: Decimal | None = amount_field(STATE_CAPITAL.project_column, "")
    fiscal_account: Decimal | None = amount_field(FISCAL_ACCOUNT.project_column, "")
    own_funds: Decimal | None = amount_field(OWN_FUNDS.project_column, "写明来源的可不填")
    surplus_used: Decimal | None = amount_field(SURPLUS_USED.name, "单位资金里使用以前年度结余安排的部分，不含在上一栏")
    sources: ProjectSources | None = model_field(
        Object(ProjectSources), "单位资金的来源", "单位资金按来源分列的填；加上结转的，其和是单位资金", default=None
    )
    carry_over: ProjectCarryOver | None = model_field(
        Object(ProjectCarryOver), "其中：上年结转", "各栏中由上年结转安排的", default=None
    )
    use: str | None = text_field("主要用于", "接在“主要用于”之后的话，不带句号", lead_in=USE)
    last: Last | None = model_field(Object(Last), "上年数", "各栏合计的上年数", default=None)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )
    key: bool = model_field(Boolean(), "重点项目", "是否列入重点项目支出预算表", default=False)
    goal: str | None = model_field(Text(8000, multiline=True), "绩效目标", "重点项目表中的目标", default=None)
