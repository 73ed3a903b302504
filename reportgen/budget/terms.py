"""The funds, the revenue sources and the “三公” items: their keys in the program and their official names.

This is the only place that lists them. A key is the name of a field of the model and of a group of facts; a name is
what the document writes and what messages print. ``tests/core/test_terms.py`` checks that the model has these fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fund:
    """资金性质: where the money of an expenditure comes from."""

    key: str
    name: str
    table: str
    """The printed table of its expenditure by function."""
    project_column: str
    """Its column in 项目支出表."""
    compared: str
    """Its name where this year is compared with last year."""
    fiscal: bool
    """Whether it is 财政拨款."""


GENERAL_PUBLIC = Fund(
    "general_public", "一般公共预算", "一般公共预算支出表", "一般公共预算", "一般公共预算拨款", fiscal=True
)
GOVERNMENT_FUND = Fund(
    "government_fund", "政府性基金预算", "政府性基金预算支出表", "政府性基金", "政府性基金预算", fiscal=True
)
STATE_CAPITAL = Fund(
    "state_capital", "国有资本经营预算", "国有资本经营预算支出表", "国有资本经营预算", "国有资本经营预算", fiscal=True
)
FISCAL_ACCOUNT = Fund(
    "fiscal_account", "财政专户管理资金", "财政专户支出", "财政专户管理资金", "财政专户管理资金", fiscal=False
)
OWN_FUNDS = Fund("own_funds", "单位资金", "单位资金支出", "单位资金", "单位资金", fiscal=False)

FUNDS = (GENERAL_PUBLIC, GOVERNMENT_FUND, STATE_CAPITAL, FISCAL_ACCOUNT, OWN_FUNDS)
FISCAL_FUNDS = tuple(fund for fund in FUNDS if fund.fiscal)
"""财政拨款."""
EVERY_FUND = "全部资金"
"""The fund of a row that states the sum of all funds."""


@dataclass(frozen=True, slots=True)
class RevenueSource:
    """收入来源: a fund, or one of the kinds of 单位资金."""

    key: str
    name: str
    fund: Fund


SURPLUS_USED = RevenueSource("surplus_used", "使用非财政拨款结余", OWN_FUNDS)
"""A source, and the column of a project for the part of 单位资金 that comes from it."""
REVENUE_SOURCES = (
    *(RevenueSource(fund.key, fund.name, fund) for fund in FUNDS if fund is not OWN_FUNDS),
    RevenueSource("business_income", "事业收入", OWN_FUNDS),
    RevenueSource("operating_income", "事业单位经营收入", OWN_FUNDS),
    RevenueSource("superior_subsidy", "上级补助收入", OWN_FUNDS),
    RevenueSource("affiliated_income", "附属单位上缴收入", OWN_FUNDS),
    RevenueSource("other_income", "其他收入", OWN_FUNDS),
    SURPLUS_USED,
)


OTHER_NAMES = {
    **{
        other: fund.name
        for fund in FUNDS
        for other in (
            fund.project_column,
            fund.compared,
            *((f"{fund.name}拨款", f"{fund.name}财政拨款") if fund.fiscal else ()),
        )
        if other != fund.name
    },
    "国有资本经营": STATE_CAPITAL.name,
    "经营收入": "事业单位经营收入",
}
"""What tables and people call a fund or a source besides → its official name."""

RECEIVED = {
    "appropriation": "财政拨款收入", "superior_subsidy": "上级补助收入", "business": "事业收入",
    "operating_income": "经营收入", "affiliated_income": "附属单位上缴收入", "other_income": "其他收入",
}  # fmt: skip
"""The columns of 收入决算表 in final accounts, with their names there; ``business`` has 财政专户管理资金 in it."""
INTERNAL = {"superior_subsidy": "subsidies", "affiliated_income": "paid_up"}
"""What units pay each other: 上级补助收入 and 附属单位上缴收入, with the columns that they are paid from."""
OWN_SOURCES = tuple(source for source in REVENUE_SOURCES if source.fund is OWN_FUNDS)
"""The kinds of 单位资金."""


@dataclass(frozen=True, slots=True)
class ThreePublicItem:
    """A “三公” item. ``economic_code`` is its 经济分类 section within basic expenditure (政府收支分类科目)."""

    key: str
    name: str
    short_name: str
    economic_code: str
    vehicle: bool = False
    """Whether it is part of 公务用车购置及运行维护费."""


OVERSEAS = ThreePublicItem("overseas", "因公出国（境）费用", "因公出国", "30212")
VEHICLE_PURCHASE = ThreePublicItem("vehicle_purchase", "公务用车购置费", "车辆购置", "31013", vehicle=True)
VEHICLE_OPERATION = ThreePublicItem("vehicle_operation", "公务用车运行维护费", "车辆运行", "30231", vehicle=True)
RECEPTION = ThreePublicItem("reception", "公务接待费", "公务接待", "30217")

THREE_PUBLIC = (OVERSEAS, VEHICLE_PURCHASE, VEHICLE_OPERATION, RECEPTION)
VEHICLE_ITEMS = tuple(item for item in THREE_PUBLIC if item.vehicle)
VEHICLES = "vehicles"
"""The key of both vehicle items together."""

BUDGET, FINAL = "budget", "final"
"""The stages of a year: 预算, 决算."""
STAGES = {BUDGET: "预算", FINAL: "决算"}
BaseKind = Literal["budget", "execution", "initial", "adjusted"]
"""The kinds of what figures are compared with: those of last year, in final accounts also of this year's budget."""
KINDS: tuple[BaseKind, ...] = ("budget", "execution")
"""Those of last year."""
BUDGETED_KINDS: tuple[BaseKind, ...] = ("initial", "adjusted")
"""Those of this year's budget."""
KINDS_OF_STAGE: dict[str, tuple[BaseKind, ...]] = {BUDGET: KINDS, FINAL: (*KINDS, *BUDGETED_KINDS)}
KIND_NAMES: dict[BaseKind, str] = {
    "budget": "上年预算数", "execution": "上年执行数", "initial": "年初预算数", "adjusted": "全年预算数",
}  # fmt: skip
BASE_PARTS: dict[BaseKind, str] = dict.fromkeys(KINDS, "last") | dict.fromkeys(BUDGETED_KINDS, "budgeted")
"""The field of a line, and the group of facts, that holds the bases of a kind."""

TOTAL_NAMES = {
    "revenue": "收入预算", "expenditure": "支出预算", "grand_total": "支出总计", "appropriation": "财政拨款",
    "appropriation_revenue": "财政拨款收入",
    **{fund.key: fund.compared for fund in FUNDS},
    "basic": "基本支出", "personnel": "人员支出", "operating": "公用经费", "project": "项目支出",
    "basic_expenditure": "一般公共预算基本支出", "three_public": "“三公”经费",
    **{item.key: item.name for item in THREE_PUBLIC},
    VEHICLES: "公务用车购置及运行维护费", "agency_operating": "机关运行经费", "procurement": "政府采购",
}  # fmt: skip
"""The names of the keys of ``totals``: figures of the whole department."""
