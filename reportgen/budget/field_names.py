"""What people call a field of the document, from its Chinese term in the model: `/carried_forward` is 年终结转结余."""

from __future__ import annotations

import re
from dataclasses import Field, fields, is_dataclass
from typing import Any

from .field_types import List
from .model import Budget

_STEP = re.compile(r"[a-z_0-9]+|\[[^\]]*\](?:#[0-9]+)?")
_WITHOUT_PARENT = ("department", "totals")
"""Objects whose fields are clear without them."""


def field_name(place: str) -> str:
    """Return the name of a field by its JSON pointer or its key place; as it is, if the document has no such field.

    >>> field_name("/carried_forward"), field_name("/expenditure/personnel"), field_name("/department/code")
    ('年终结转结余', '支出的人员支出', '部门代码')
    >>> field_name("projects[450003，系统维护].general_public")
    '项目支出（450003，系统维护）的一般公共预算'
    """
    model: Any = Budget
    terms: list[str] = []
    for step in _STEP.findall(place):
        if step.startswith("[") and terms:
            terms[-1] += f"（{step[1:].replace(']', '')}）"
        elif (found := _field(model, step)) is not None:
            terms += [] if step in _WITHOUT_PARENT and step != place.strip("/") else [found.metadata["term"]]
            model = _inner(found.metadata["type"])
        elif not step.isdecimal():
            return place
    return "的".join(terms) or place


def _field(model: Any, name: str) -> Field[Any] | None:
    known = fields(model) if is_dataclass(model) else ()
    return next((field for field in known if field.name == name and "term" in field.metadata), None)


def _inner(kind: Any) -> Any:
    """Return the class of the objects that a field holds, or None."""
    return getattr(kind.items if isinstance(kind, List) else kind, "model", None)
