"""The type of field whose keys are the document's own: sections by key, numbers of vehicles by use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .field_types import FieldType, List, Object, ReadContext, Text, TextOrObject, shown
from .json_input import ObjectWithRepeatedKeys

KEY = re.compile("[a-z][a-z0-9_]{0,39}|[一-鿿（）、“”0-9]{1,40}")
"""A key is an English name, or Chinese words without spaces: it is a part of names of facts, which have dots."""
RESERVED = frozenset(
    {"any", "as_dict", "change", "compared_rows", "direction", "dotted", "facts", "key", "last", "level", "look_up"}
    | {"names", "on_request", "put", "reason", "reasons", "role", "rows", "self", "total"}
)
"""Names that groups of facts have themselves."""


def is_key(text: str) -> bool:
    """Whether a text can be a key of the document."""
    return bool(KEY.fullmatch(text)) and text not in RESERVED


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Map:
    """An object with keys of the document's own choice, each with a value of one type. In the model: a dictionary."""

    items: FieldType

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of an object with a pattern for its keys."""
        names = {"pattern": f"^({KEY.pattern})$", "not": {"enum": sorted(RESERVED)}}
        return {"type": "object", "propertyNames": names, "additionalProperties": self.items.schema(refer)}

    def read(self, value: object, pointer: str, context: ReadContext) -> Mapping[str, Any] | None:
        """Return the values by their keys (None for one that is wrong), or None for anything but an object."""
        if not isinstance(value, dict):
            context.add_violation(pointer, "应为对象 {{…}}，读到 {found}", "用花括号，写键和内容", found=shown(value))
            return None
        for name in value.repeated_keys if isinstance(value, ObjectWithRepeatedKeys) else ():
            context.add_violation(pointer, "字段“{name}”写了两次", "只留一个", name=name[:60])
        return {
            key: self.items.read(value[key], f"{pointer}/{key}", context)
            for key in value
            if self._is_key(key, pointer, context)
        }

    def _is_key(self, key: str, pointer: str, context: ReadContext) -> bool:
        if is_key(key):
            return True
        context.add_violation(
            pointer, "键名“{name}”不能用",
            "用小写英文字母、数字和下划线，或 40 字以内的汉字；程序自己用的 {reserved} 不能用",
            name=key[:60], reserved="、".join(sorted(RESERVED)),
        )  # fmt: skip
        return False


def holds_text(field_type: FieldType) -> bool:
    """Whether a value of this type can hold a text of the document: a text, an object, or a list or map of those."""
    while isinstance(field_type, List | Map):
        field_type = field_type.items
    return isinstance(field_type, Text | Object | TextOrObject)
