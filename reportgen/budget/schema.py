"""The published contract, printed from the model: JSON Schema 2020-12 and the Markdown table of fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

from .field_types import Amount, Boolean, Choice, Code, Date, Integer, List, Object, Text, TextOrObject
from .map_type import Map
from .model import SCHEMA, Budget

TYPE_NAMES = {Amount: "金额", Text: "文字", Code: "编码", Integer: "整数", Boolean: "是否", Date: "日期"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the canonical document."""
    definitions = {model.__name__: _object(model) for model in models(Budget)}
    root = definitions.pop(Budget.__name__)
    root["properties"] = {"$schema": {"type": "string"}, **root["properties"]}
    head = {"$schema": DIALECT, "$id": f"urn:{SCHEMA.replace('/', ':')}", "title": "部门预算公开"}
    return {**head, **root, "$defs": definitions}


def models(model: type[Any]) -> Iterator[type[Any]]:
    """Yield the classes of the model from ``model`` down, each once, in reading order."""
    seen: set[type[Any]] = set()
    waiting = [model]
    while waiting:
        current = waiting.pop(0)
        if current not in seen:
            seen.add(current)
            yield current
            waiting += [inner for field in fields(current) if (inner := inner_model(field))]


def inner_model(field: Field[Any]) -> type[Any] | None:
    """Return the class of the model that a field holds, alone or in a list; None for a plain value."""
    field_type = field.metadata["type"]
    item_type = field_type.items if isinstance(field_type, List) else field_type
    return item_type.model if isinstance(item_type, Object | TextOrObject) else None


def required(field: Field[Any]) -> bool:
    """Whether the document must have the field."""
    return field.default is MISSING


def _object(model: type[Any]) -> dict[str, Any]:
    members = fields(model)
    return {
        "description": (model.__doc__ or "").strip(),
        "type": "object",
        "properties": {field.name: _property(field) for field in members},
        "required": [field.name for field in members if required(field)],
        "additionalProperties": False,
    }


def _property(field: Field[Any]) -> dict[str, Any]:
    about = field.metadata
    schema: dict[str, Any] = about["type"].schema(lambda model: {"$ref": f"#/$defs/{model.__name__}"})
    description = about["description"] + (f"（来源：{about['source']}）" if about["source"] else "")
    return {"title": about["term"], **({"description": description} if description else {}), **schema}


def field_table() -> str:
    """Return all fields as Markdown, one table for each class, for ``docs/budget-document.md``."""
    return "\n".join(_class_table(model) for model in models(Budget))


def _class_table(model: type[Any]) -> str:
    columns = "| 字段 | 中文 | 必填 | 类型 | 单位 | 说明 | 依据 |\n|---|---|---|---|---|---|---|\n"
    head = f"### {model.__name__}：{(model.__doc__ or '').partition(':')[0].strip()}\n\n{columns}"
    return head + "".join(_field_row(field) for field in fields(model))


def _field_row(field: Field[Any]) -> str:
    about = field.metadata
    unit = "按 money_unit" if about["unit"] == "money_unit" else about["unit"]
    cells = (f"`{field.name}`", about["term"], "是" if required(field) else "", _type_name(about["type"]), unit)
    return "| " + " | ".join((*cells, about["description"].replace("|", "\\|"), about["source"])) + " |\n"


def _type_name(field_type: Any) -> str:
    if isinstance(field_type, List):
        return f"[{_type_name(field_type.items)}]"
    if isinstance(field_type, Map):
        return f"{{键: {_type_name(field_type.items)}}}"
    if isinstance(field_type, Object):
        return field_type.model.__name__
    if isinstance(field_type, TextOrObject):
        return f"文字或 {field_type.model.__name__}"
    if isinstance(field_type, Choice):
        return "、".join(field_type.options)
    return TYPE_NAMES[type(field_type)]
