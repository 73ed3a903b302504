"""Mappings of a layout's YAML, which keep their file and line so that messages can name them."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

from ..core.errors import LayoutError
from ..core.suggest import nearest

T = TypeVar("T")


class Mapping(dict[str, Any]):
    """A YAML mapping with its file and line (``place``)."""

    place: str = ""


def build(kind: type[T], data: Any, **given: Any) -> T:
    """Return a dataclass made from a mapping of its fields.

    Raises:
        LayoutError: a name is unknown or missing; file and line are named.
    """
    if not isinstance(data, Mapping):
        raise LayoutError("应为“名称: 值”的映射，读到 {found}", found=str(data)[:60])
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    for name in data:
        if name not in known:
            near = nearest(name, known)
            hint = "是否想写 {near}？" if near else "可用的名称见 layouts/README.md"
            raise LayoutError("{place}：没有“{name}”这一项", hint, place=data.place, name=name, near=near)
    values = {**data, **given}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise LayoutError("{place}：缺“{name}”", place=data.place, name=field.name)
    return kind(**values)


def merged(under: Mapping, over: Mapping) -> Mapping:
    """Return two mappings merged: ``over`` wins name by name, nested mappings are merged likewise."""
    result = Mapping(under)
    result.place = over.place or under.place
    for name, value in over.items():
        old = under.get(name)
        result[name] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result
