"""Amounts with a name of their own that localities add: 会议费, 培训费, 差旅费, 委托业务费, 增人增资 …"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .field_types import Boolean, Code, Object
from .fields import PLAIN_UNIT_CODE, amount_field, model_field, text_field
from .lines import Last
from .mended_text import REASON

NAME = Code("[一-鿿0-9][一-鿿A-Za-z0-9（）、“”《》—·]{0,39}", "名称（汉字、字母、数字，40 字以内，不带空格）")
"""A name is a part of names of facts: ``named.会议费.total``. It has no dot, no half-width comma or bracket."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class NamedAmount:
    """其他金额: an amount that a locality prints under a name of its own, of the department or of a unit."""

    unit: str | None = model_field(
        PLAIN_UNIT_CODE, "单位代码", "分单位的金额填；不填是全部门，与各单位之和核对", default=None
    )
    name: str = model_field(NAME, "名称", "版式按名称引用，如“会议费”“委托业务费”")
    amount: Decimal | None = amount_field("金额", "只有上年才有的不填")
    last: Last | None = model_field(Object(Last), "上年数", "这个金额的上年数", default=None)
    reason: str | None = text_field("增减原因", "接在“主要是”之后的话，不带句号", lead_in=REASON)
    advance_transfer: bool = model_field(
        Boolean(), "上级提前下达", "是否上级提前下达的转移支付；版式可以另列、剔除或说明", default=False
    )
