"""Parse YAML files; the only module that imports the YAML reader, which takes long to import."""

from __future__ import annotations

from typing import Any

import yaml

from ..core.errors import LayoutError
from .yaml_mapping import Mapping

Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(Base):  # type: ignore[misc]
    """Safe YAML (no object is ever constructed) whose mappings are :class:`Mapping`."""

    file: str = ""

    def mapping(self, node: Any) -> Mapping:
        """Return one mapping with its file and line; a key written twice is refused."""
        result = Mapping()
        result.place = f"{self.file}:{node.start_mark.line + 1}"
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in result:
                raise LayoutError("{place}：“{key}”写了两次", place=result.place, key=key)
            result[key] = self.construct_object(value_node, deep=True)
        return result


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapping)


def parsed(text: bytes, shown: str) -> Mapping:
    """Return the mapping in the text of a file, which messages name as ``shown``.

    Raises:
        LayoutError: the text is not UTF-8, no YAML, or no mapping.
    """
    try:
        loader = _Loader(text.decode("utf-8"))
        loader.file = shown
        data = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise LayoutError(
            "{file}:{line}：不是 YAML：{why}", file=shown, line=str(line), why=str(error.problem)
        ) from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise LayoutError("{file}：读不了：{why}", file=shown, why=str(error)) from None
    if not isinstance(data, Mapping):
        raise LayoutError("{file}：应为“名称: 值”的映射", file=shown)
    return data
