"""支出按经济分类, beyond 一般公共预算基本支出: projects, and the money of other funds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .field_types import Boolean, Choice, Object
from .fields import ECONOMIC_CODE, PLAIN_UNIT_CODE, amount_field, model_field, text_field
from .lines import Last
from .mended_text import REASON
from .terms import FUNDS, GENERAL_PUBLIC, OWN_SOURCES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class EconomicLine:
    """按经济分类的支出: one economic code of one fund, beyond what ``basic_expenditure`` holds."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填", default=None)
    economic: str = model_field(ECONOMIC_CODE, "经济分类编码", "有下级的编码即列明的小计")
    name: str | None = text_field("科目名称", "目录中没有的科目才需要填", 60)
    fund: str = model_field(
        Choice((*(fund.name for fund in FUNDS), *(source.name for source in OWN_SOURCES))),
        "资金性质",
        "不填为一般公共预算；单位资金可以写明来源，如“事业收入”",
        default=GENERAL_PUBLIC.name,
    )
    basic: Decimal | None = amount_field("基本支出", "一般公共预算的写在“基本支出”那一部分，不写在这里")
    project: Decimal | None = amount_field("项目支出", "该科目的项目支出")
    carry_over: Decimal | None = amount_field("其中：上年结转", "该资金的基本支出中由上年结转安排的")
    last: Last | None = model_field(Object(Last), "上年数", "两栏合计的上年数", default=None)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )
