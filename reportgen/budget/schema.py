"""The published contract, printed from the model: JSON Schema 2020-12 and the table of fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

from .field_types import Either, Many, One
from .model import SCHEMA, Budget

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of the canonical document."""
    definitions = {model.__name__: _object(model) for model in models(Budget)}
    root = definitions.pop(Budget.__name__)
    root["properties"] = {"$schema": {"type": "string"}, **root["properties"]}
    head = {"$schema": DIALECT, "$id": f"urn:{SCHEMA.replace('/', ':')}", "title": "部门预算公开"}
    return {**head, **root, "$defs": definitions}


def models(model: type[Any]) -> Iterator[type[Any]]:
    """The model's classes from ``model`` down, each once, in reading order."""
    seen: set[type[Any]] = set()
    waiting = [model]
    while waiting:
        current = waiting.pop(0)
        if current not in seen:
            seen.add(current)
            yield current
            waiting += [inner for one in fields(current) if (inner := inner_model(one))]


def inner_model(one: Field[Any]) -> type[Any] | None:
    """The class of the model that a field holds, alone or in a list."""
    kind = one.metadata["kind"]
    kind = kind.of if isinstance(kind, Many) else kind
    return kind.model if isinstance(kind, One | Either) else None


def required(one: Field[Any]) -> bool:
    """Whether the field must be there."""
    return one.default is MISSING


def _object(model: type[Any]) -> dict[str, Any]:
    members = fields(model)
    return {
        "description": (model.__doc__ or "").strip(),
        "type": "object",
        "properties": {one.name: _property(one) for one in members},
        "required": [one.name for one in members if required(one)],
        "additionalProperties": False,
    }


def _property(one: Field[Any]) -> dict[str, Any]:
    about = one.metadata
    schema: dict[str, Any] = about["kind"].schema(lambda model: {"$ref": f"#/$defs/{model.__name__}"})
    description = about["says"] + (f"（来源：{about['source']}）" if about["source"] else "")
    return {"title": about["term"], **({"description": description} if description else {}), **schema}


def field_table() -> str:
    """All fields as Markdown, one table a class, for ``docs/budget-document.md``."""
    return "\n".join(_class_table(model) for model in models(Budget))


def _class_table(model: type[Any]) -> str:
    columns = "| 字段 | 中文 | 必填 | 类型 | 单位 | 说明 | 依据 |\n|---|---|---|---|---|---|---|\n"
    head = f"### {model.__name__}：{(model.__doc__ or '').partition(':')[0].strip()}\n\n{columns}"
    return head + "".join(_field_row(one) for one in fields(model))


def _field_row(one: Field[Any]) -> str:
    about = one.metadata
    unit = "按 money_unit" if about["unit"] == "money_unit" else about["unit"]
    cells = (f"`{one.name}`", about["term"], "是" if required(one) else "", _kind_name(about["kind"]), unit)
    return "| " + " | ".join((*cells, about["says"].replace("|", "\\|"), about["source"])) + " |\n"


def _kind_name(kind: Any) -> str:
    if isinstance(kind, Many):
        return f"[{_kind_name(kind.of)}]"
    if isinstance(kind, One):
        return kind.model.__name__
    if isinstance(kind, Either):
        return f"文字或 {kind.model.__name__}"
    names = {"Amount": "金额", "Line": "文字", "Code": "编码", "Whole": "整数", "Flag": "是否", "Day": "日期"}
    return names.get(type(kind).__name__) or "、".join(kind.words)
