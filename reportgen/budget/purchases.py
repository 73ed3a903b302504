"""政府采购: the totals of goods, works and services, what is reserved for small enterprises, and single lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .field_types import Boolean, Choice, List, Object, Text
from .fields import ECONOMIC_CODE, ITEM_CODE, PLAIN_UNIT_CODE, amount_field, model_field, text_field
from .lines import Last
from .mended_text import REASON
from .terms import FINAL, FUNDS, GENERAL_PUBLIC

KINDS_OF_PURCHASE = {"goods": "货物", "works": "工程", "services": "服务"}
"""The parts of 政府采购: the key of each in the program and its official name."""
SMALL_ENTERPRISES = "政府采购促进中小企业发展管理办法"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ProcurementLine:
    """采购明细: one purchase, or what is bought of one function item or for one project."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填", default=None)
    kind: str | None = model_field(
        Choice(tuple(KINDS_OF_PURCHASE.values())), "品目大类", "货物、工程或服务", default=None
    )
    function: str | None = model_field(ITEM_CODE, "功能分类编码", "按科目列的填，列到项", default=None)
    project: str | None = text_field("项目名称", "按项目列的填，与项目支出表同名", 200)
    economic: str | None = model_field(ECONOMIC_CODE, "经济分类编码", "款级", default=None)
    item: str | None = model_field(Text(200), "采购品目", "品目名称，如“物业管理服务”", default=None)
    method: str | None = model_field(Text(40), "采购组织形式", "如“集中采购”“分散采购”", default=None)
    fund: str = model_field(
        Choice(tuple(fund.name for fund in FUNDS)), "资金性质", "不填为一般公共预算", default=GENERAL_PUBLIC.name
    )
    amount: Decimal | None = amount_field("本年安排", "本年资金安排的采购金额")
    carry_over: Decimal | None = amount_field("上年结转", "上年结转资金安排的采购金额")
    sme: Decimal | None = amount_field("面向中小企业", "其中专门预留给中小企业的金额", source=SMALL_ENTERPRISES)
    small: Decimal | None = amount_field("面向小微企业", "其中预留给小型、微型企业的金额", source=SMALL_ENTERPRISES)
    last: Last | None = model_field(Object(Last), "上年数", "本年安排的上年数", default=None)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Contracts:
    """授予中小企业的合同: what small and medium enterprises were awarded, in final accounts."""

    sme: Decimal | None = amount_field("授予中小企业", "授予中小企业的合同金额", source=SMALL_ENTERPRISES)
    small: Decimal | None = amount_field("授予小微企业", "其中授予小微企业的合同金额", source=SMALL_ENTERPRISES)
    sme_reserved: Decimal | None = amount_field("预留给中小企业的", "预留项目里由中小企业供应商中标或成交的金额")
    small_reserved: Decimal | None = amount_field("预留给小微企业的", "预留项目里由小微企业供应商中标或成交的金额")
    sme_other: Decimal | None = amount_field("其他项目里的", "其他采购项目里由中小企业供应商中标或成交的金额")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Procurement:
    """政府采购."""

    goods: Decimal | None = amount_field("货物", "政府采购货物预算；有明细的可不填")
    works: Decimal | None = amount_field("工程", "政府采购工程预算；有明细的可不填")
    services: Decimal | None = amount_field("服务", "政府采购服务预算；有明细的可不填")
    sme: Decimal | None = amount_field("面向中小企业", "预留给中小企业的合计；有明细的可不填", source=SMALL_ENTERPRISES)
    small: Decimal | None = amount_field(
        "面向小微企业", "预留给小微企业的合计；有明细的可不填", source=SMALL_ENTERPRISES
    )
    lines: tuple[ProcurementLine, ...] = model_field(
        List(Object(ProcurementLine)), "采购明细", "按科目、项目或品目，一行一笔", default=()
    )
    contracts: Contracts | None = model_field(Object(Contracts), "授予中小企业的合同", "", stage=FINAL, default=None)
