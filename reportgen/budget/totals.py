"""合计: the figures of the whole department that are no line, each with its stated amount, its past and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .field_types import Object
from .fields import MOF_143, amount_field, model_field, text_field
from .lines import Budgeted, Last
from .mended_text import REASON
from .terms import FINAL, TOTAL_NAMES

NO_LAST = Last()
NO_BUDGETED = Budgeted()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Total:
    """一个合计: what is stated of one total."""

    amount: Decimal | None = amount_field("列明的合计", "照印并与各行之和核对；不填为各行之和")
    last: Last = model_field(Object(Last), "上年数", "", default=NO_LAST)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", source=MOF_143, lead_in=REASON)
    budgeted: Budgeted = model_field(Object(Budgeted), "本年预算数", "", stage=FINAL, default=NO_BUDGETED)


NO_TOTAL = Total()


def _total(key: str, description: str = "") -> Any:
    return model_field(Object(Total), TOTAL_NAMES[key], description, default=NO_TOTAL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Totals:
    """合计: by the key of the figure."""

    revenue: Total = _total("revenue", "收入总计，含上年结转")
    expenditure: Total = _total("expenditure", "全部资金的支出合计")
    grand_total: Total = _total("grand_total", "支出合计与年终结转结余之和")
    appropriation: Total = _total("appropriation", "财政拨款支出合计")
    appropriation_revenue: Total = _total("appropriation_revenue", "财政拨款收入合计，含上年结转")
    general_public: Total = _total("general_public", "该资金的支出合计")
    government_fund: Total = _total("government_fund", "该资金的支出合计")
    state_capital: Total = _total("state_capital", "该资金的支出合计")
    fiscal_account: Total = _total("fiscal_account", "该资金的支出合计")
    own_funds: Total = _total("own_funds", "该资金的支出合计")
    basic: Total = _total("basic", "全部资金的支出中")
    personnel: Total = _total("personnel", "全部资金的支出中")
    operating: Total = _total("operating", "全部资金的支出中")
    project: Total = _total("project", "全部资金的支出中")
    basic_expenditure: Total = _total("basic_expenditure", "按经济分类的基本支出合计")
    three_public: Total = _total("three_public", "各项合计")
    overseas: Total = _total("overseas")
    vehicles: Total = _total("vehicles", "购置费与运行维护费之和")
    vehicle_purchase: Total = _total("vehicle_purchase")
    vehicle_operation: Total = _total("vehicle_operation")
    reception: Total = _total("reception")
    agency_operating: Total = _total("agency_operating")
    procurement: Total = _total("procurement", "货物、工程、服务之和")
