"""YAML with places: every mapping remembers its file and line, so that a complaint can name them."""

from __future__ import annotations

from dataclasses import MISSING, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ..core.errors import LayoutBroken

T = TypeVar("T")
Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapping(dict[str, Any]):
    """A YAML mapping that knows where it was written."""

    place: str = ""


class _Loader(Base):  # type: ignore[misc]
    """Safe YAML (no object is ever constructed) whose mappings are :class:`Mapping`."""

    file: str = ""

    def mapping(self, node: Any) -> Mapping:
        """One mapping, with its place; a key written twice is refused."""
        result = Mapping()
        result.place = f"{self.file}:{node.start_mark.line + 1}"
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in result:
                raise LayoutBroken("{place}：“{key}”写了两次", place=result.place, key=key)
            result[key] = self.construct_object(value_node, deep=True)
        return result


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapping)


def read_yaml(path: Path, shown: str) -> Mapping:
    """The mapping in the file ``path``, which complaints call ``shown``.

    Raises:
        LayoutBroken: the file is missing, no YAML, or no mapping.
    """
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        loader.file = shown
        data = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise LayoutBroken(
            "{file}:{line}：不是 YAML：{why}", file=shown, line=str(line), why=str(error.problem)
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LayoutBroken("{file}：读不了：{why}", file=shown, why=str(error)) from None
    if not isinstance(data, Mapping):
        raise LayoutBroken("{file}：应为“名称: 值”的映射", file=shown)
    return data


def build(kind: type[T], data: Any, **given: Any) -> T:
    """A dataclass from a mapping of its fields; unknown and missing names are complained of with their place."""
    if not isinstance(data, Mapping):
        raise LayoutBroken("应为“名称: 值”的映射，读到 {found}", found=str(data)[:60])
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    for name in data:
        if name not in known:
            near = "".join(get_close_matches(name, known, 1))
            hint = "是否想写 {near}？" if near else "可用的名称见 layouts/README.md"
            raise LayoutBroken("{place}：没有“{name}”这一项", hint, place=data.place, name=name, near=near)
    values = {**data, **given}
    for one in fields(kind):  # type: ignore[arg-type]
        if one.name not in values and one.default is MISSING and one.default_factory is MISSING:
            raise LayoutBroken("{place}：缺“{name}”", place=data.place, name=one.name)
    return kind(**values)


def merged(under: Mapping, over: Mapping) -> Mapping:
    """Two mappings, the nearer one winning name by name, mapping by mapping."""
    result = Mapping(under)
    result.place = over.place or under.place
    for name, value in over.items():
        old = under.get(name)
        result[name] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result
