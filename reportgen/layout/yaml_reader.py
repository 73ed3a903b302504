"""Parse YAML files; the only module that imports the YAML reader, which takes long to import."""

from __future__ import annotations

from typing import Any

import yaml

from ..core.errors import LayoutError
from .limits import NAME_SHOWN, REASON_SHOWN, YAML_BYTES, YAML_LEVELS, YAML_NODES
from .yaml_mapping import Mapping
from .yaml_syntax import syntax_error

Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(Base):  # type: ignore[misc]
    """Safe YAML (no object is ever constructed) whose mappings are :class:`Mapping`."""

    file: str = ""
    yaml_implicit_resolvers = {  # noqa: RUF012 - the library's own kind of class attribute
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "merge"))]
        for first, resolvers in Base.yaml_implicit_resolvers.items()
    }
    """Without dates, which no layout has: 2023-02-30 is a text."""

    def at(self, node: Any) -> str:
        """Return the file and line of a node."""
        return f"{self.file}:{node.start_mark.line + 1}"

    def mapping(self, node: Any) -> Mapping:
        """Return one mapping with its file and line; a key written twice is refused."""
        if not isinstance(node, yaml.MappingNode):
            raise LayoutError(
                "{place}：标记 {tag} 与内容不符", "删去标记（!!…）", place=self.at(node), tag=str(node.tag)
            )
        result = Mapping()
        result.place = self.at(node)
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise LayoutError("{place}：名称只能是文字", "冒号前写一个名称", place=self.at(key_node))
            key = str(key_node.value)
            if key in result:
                raise LayoutError("{place}：“{key}”写了两次", "只留一处", place=self.at(key_node), key=key[:NAME_SHOWN])
            result.places[key] = self.at(key_node)
            result[key] = self.construct_object(value_node, deep=True)
        return result

    def scalar(self, node: Any) -> Any:
        """Return a number, a truth value or nothing, as its text says."""
        try:
            return getattr(self, f"construct_yaml_{node.tag.rpartition(':')[2]}")(node)
        except (ValueError, KeyError, IndexError, OverflowError):
            raise LayoutError(
                "{place}：{found} 不是它的标记所说的数",
                "删去标记（!!…）",
                place=self.at(node),
                found=node.value[:NAME_SHOWN],
            ) from None

    def refused(self, node: Any) -> Any:
        """Refuse what no layout has: dates, bytes, sets."""
        raise LayoutError(
            "{place}：不能用标记 {tag}",
            "删去标记；日期之类要当文字用，就加引号",
            place=self.at(node),
            tag=str(node.tag)[:NAME_SHOWN],
        )


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapping)
_Loader.add_constructor(None, _Loader.refused)
for _kind in ("timestamp", "binary", "set", "omap", "pairs"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.refused)
for _kind in ("int", "float", "bool"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.scalar)


def parsed(text: bytes, shown: str) -> Mapping:
    """Return the mapping in the text of a file, which messages name as ``shown``.

    Raises:
        LayoutError: the text is not UTF-8, no YAML, no mapping, or too large.
    """
    if len(text) > YAML_BYTES:
        raise LayoutError(
            "{file}：文件过大（{size} 字节）", "分成几个文件；表格各写一个", file=shown, size=str(len(text))
        )
    try:
        return _mapping(text.decode("utf-8"), shown)
    except yaml.MarkedYAMLError as error:
        raise syntax_error(error, shown) from None
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise LayoutError("{file}:{line}：不是 UTF-8", "用 UTF-8 另存这个文件", file=shown, line=str(line)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise LayoutError(
            "{file}：读不了：{why}", "检查文件的权限和内容", file=shown, why=str(error)[:REASON_SHOWN]
        ) from None


def _mapping(text: str, shown: str) -> Mapping:
    loader = _Loader(text)
    loader.file = shown
    node = loader.get_single_node()
    if not isinstance(node, yaml.MappingNode):
        raise LayoutError("{file}：应为“名称: 值”的映射", "一行一个“名称: 值”，冒号后空一格", file=shown)
    _check_size(node, loader)
    data = loader.construct_document(node)
    if not isinstance(data, Mapping):
        raise LayoutError("{file}：应为“名称: 值”的映射", "一行一个“名称: 值”，冒号后空一格", file=shown)
    return data


def _check_size(root: Any, loader: _Loader) -> None:
    """Raise an error if a file has too many nodes, aliases counted as what they stand for, or too many levels."""
    sizes: dict[int, int] = {}

    def size(node: Any, level: int) -> int:
        if level > YAML_LEVELS:
            raise LayoutError("{place}：套得太深，或绕回自身", "减少层次和引用（*）", place=loader.at(node))
        if not isinstance(node, yaml.CollectionNode):
            return 1
        if id(node) not in sizes:
            pairs = isinstance(node, yaml.MappingNode)
            inner = [one for pair in node.value for one in pair] if pairs else node.value
            sizes[id(node)] = 1 + sum(size(one, level + 1) for one in inner)
        if sizes[id(node)] > YAML_NODES:
            raise LayoutError("{place}：引用（*）展开后内容过多", "把内容写出来，不用引用", place=loader.at(node))
        return sizes[id(node)]

    size(root, 0)
