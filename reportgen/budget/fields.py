"""How the classes of the model define their fields: type, Chinese term, description, unit, source."""

from __future__ import annotations

import re
from dataclasses import MISSING, field
from typing import Any

from .field_types import Amount, Code, FieldType, Text

UNIT_CODE = Code(r"[0-9]{3,12}|合计", "单位代码（3 至 12 位数字）")
PLAIN_UNIT_CODE = Code(r"[0-9]{3,12}", "单位代码（3 至 12 位数字）")
FUNCTION_CODE = Code(r"[0-9]{3}|[0-9]{5}|[0-9]{7}|合计", "功能分类编码（类 3 位、款 5 位、项 7 位）或“合计”")
ITEM_CODE = Code(r"[0-9]{7}", "功能分类项级编码（7 位）")
ECONOMIC_CODE = Code(r"[0-9]{3}|[0-9]{5}|合计", "经济分类编码（类 3 位、款 5 位）或“合计”")
MOF_143 = "财预〔2016〕143号"


def model_field(
    field_type: FieldType,
    term: str,
    description: str,
    *,
    unit: str = "",
    source: str = "",
    stage: str = "",
    default: Any = MISSING,
) -> Any:
    """Define a field: its type, Chinese term, description, unit, and the source that requires it.

    Without a ``default`` the field is required. ``stage`` is the only one whose documents have it ("" for every one).
    """
    metadata = {"type": field_type, "term": term, "description": description, "unit": unit, "source": source}
    metadata |= {"stage": stage} if stage else {}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def amount_field(term: str, description: str, *, source: str = "", stage: str = "", required: bool = False) -> Any:
    """Define a field that holds money."""
    default = MISSING if required else None
    return model_field(Amount(), term, description, unit="money_unit", source=source, stage=stage, default=default)


def text_field(
    term: str,
    description: str,
    max_length: int = 2000,
    source: str = "",
    lead_in: re.Pattern[str] | None = None,
    tail: re.Pattern[str] | None = None,
) -> Any:
    """Define an optional text; the layout prints ``lead_in`` before it, ``tail`` and a full stop after it."""
    text = Text(max_length, lead_in=lead_in, stop=lead_in is None, tail=tail)
    return model_field(text, term, description, source=source, default=None)
