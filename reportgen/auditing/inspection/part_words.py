"""The texts that a disclosure must have, each with words by which it is found."""

from __future__ import annotations

from collections.abc import Mapping

PARTS: Mapping[str, tuple[str, ...]] = {
    "主要职责": ("职责", "职能"),
    "机构设置": ("机构设置", "机构情况", "单位构成", "部门构成", "内设机构", "预算单位", "内设"),
    "预算收支增减变化情况": ("增加", "减少", "持平", "下降", "增长"),
    "机关运行经费": ("机关运行", "运行经费"),
    "政府采购": ("政府采购",),
    "名词解释": ("名词解释", "名词说明", "专业名词", "专业性较强的名词"),
}
"""Each text, and words of which a document that has it has one."""
