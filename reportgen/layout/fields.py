"""Read the YAML of a layout by the types of the dataclasses that it fills: the one reader of all its files.

A name that is unknown or missing, a value of another type, outside its range or not among its choices is a
:class:`LayoutError` with file, line, what was read, and the nearest known word. Choices are the ``Literal`` types where
the program defines them, ranges the ``Within`` of a field.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from ..core.bounds import Within
from ..core.errors import LayoutError
from ..core.suggest import nearest
from .limits import NAME_SHOWN, TEXT
from .yaml_mapping import Mapping, Place

T = TypeVar("T")

ANY_NUMBER = Within(-1_000_000, 1_000_000)
NOT_PRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000\ue001\ufffe\uffff]")
"""Controls, halves of characters, the two characters with which templates mark figures, and what is no character."""


def build(kind: type[T], data: object, place: str = "", **given: Any) -> T:
    """Return a dataclass read from a mapping of its fields; ``given`` are further ones that no file states.

    Raises:
        LayoutError: a name is unknown or missing, or a value is wrong; file and line are named.
    """
    if not isinstance(data, Mapping):
        raise LayoutError(
            "{place}：应为“名称: 值”的映射，读到 {found}",
            "一行一个“名称: 值”，冒号后空一格",
            place=place,
            found=shown(data),
        )
    known = {field.name: field for field in fields(kind) if field.name not in (*given, "place")}  # type: ignore[arg-type]
    check_names(data, known)
    for name, field in known.items():
        if name not in data and field.default is MISSING and field.default_factory is MISSING:
            raise LayoutError(
                "{place}：缺“{name}”", "补上这一项；各项见 layouts/README.md", place=data.place, name=name
            )
    hints = _hints(kind)  # type: ignore[arg-type]
    values = {name: _Value(data.at(name), name).read(hints[name], value) for name, value in data.items()}
    own = {"place": Place(data.place, data.places)} if "place" in hints else {}
    return kind(**values, **own, **given)


def check_names(data: Mapping, known: Iterable[str]) -> None:
    """Raise an error for the first name of a mapping that is not ``known``."""
    for name in data:
        if name not in known:
            near = nearest(name, known)
            hint = "是否想写 {near}？" if near else "可用的名称见 layouts/README.md"
            raise LayoutError("{place}：没有“{name}”这一项", hint, place=data.at(name), name=shown(name), near=near)


def mapping_of(kind: type[T], data: object, place: str) -> AnyMapping[str, T]:
    """Return the dataclasses of a mapping whose names the layout chooses."""
    if not isinstance(data, Mapping):
        raise LayoutError(
            "{place}：应为“名称: 值”的映射，读到 {found}",
            "一行一个“名称: 值”，冒号后空一格",
            place=place,
            found=shown(data),
        )
    return {name: build(kind, value, data.at(name)) for name, value in data.items()}


def shown(value: object) -> str:
    """Return a value as a message prints it: short, and never the whole of a list or mapping."""
    if isinstance(value, dict | list):
        return f"{'映射' if isinstance(value, dict) else '列表'}（{len(value)} 项）"
    if value is None or isinstance(value, bool):
        return {None: "空", True: "true", False: "false"}[value]
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= NAME_SHOWN else text[:NAME_SHOWN] + "…"


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


class _Value:
    """One value of a file, at its place and under its name."""

    def __init__(self, place: str, name: str) -> None:
        self._place, self._name = place, name

    def read(self, hint: Any, value: object) -> Any:
        """Return ``value`` as the type ``hint`` has it."""
        bounds = ANY_NUMBER
        if get_origin(hint) is Annotated:
            hint, bounds = get_args(hint)
        if get_origin(hint) in (Union, UnionType):
            return self._read_union(get_args(hint), value)
        if get_origin(hint) is Literal:
            return self._choice(get_args(hint), value)
        if get_origin(hint) is AnyMapping:
            return self._mapping(get_args(hint)[1], value)
        if is_dataclass(hint):
            return build(hint, value, self._place)  # type: ignore[arg-type]
        if hint in (int, float, Decimal):
            return self._number(hint, value, bounds)
        if hint is bool:
            return (
                value
                if isinstance(value, bool)
                else self._wrong(
                    "{place}：“{name}”应为 true 或 false，读到 {found}", value, "写 true 或 false，不加引号"
                )
            )
        return self._text(value) if hint is str else self._list(get_args(hint)[0], value)

    def _read_union(self, hints: tuple[Any, ...], value: object) -> Any:
        """Return a value of one of several types: choices of several origins, a list or a text, or nothing."""
        if value is None and NoneType in hints:
            return None
        choices = tuple(choice for hint in hints if get_origin(hint) is Literal for choice in get_args(hint))
        if choices:
            return self._choice(choices, value)
        if isinstance(value, Mapping) and (kinds := [hint for hint in hints if is_dataclass(hint)]):
            return self.read(kinds[0], value)
        hints = tuple(hint for hint in hints if not is_dataclass(hint) or (len(hints) <= 2 and NoneType in hints))
        lists = [hint for hint in hints if get_origin(hint) is tuple]
        others = [hint for hint in hints if hint is not NoneType and hint not in lists]
        return self.read(lists[0] if lists and (isinstance(value, list) or not others) else others[0], value)

    def _choice(self, choices: tuple[str, ...], value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value in choices:
            return value
        near = nearest(value, choices) if isinstance(value, str) else ""
        raise LayoutError(
            "{place}：“{name}”只能是 {words} 之一，读到 {found}", "是否想写 {near}？" if near else "写其中之一",
            place=self._place, name=self._name, words="、".join(choices), found=shown(value), near=near,
        )  # fmt: skip

    def _mapping(self, hint: Any, value: object) -> AnyMapping[str, Any]:
        """Return a mapping whose names the layout chooses."""
        if not isinstance(value, Mapping):
            raise LayoutError(
                "{place}：应为“名称: 值”的映射，读到 {found}",
                "一行一个“名称: 值”，冒号后空一格",
                place=self._place,
                found=shown(value),
            )
        return {name: _Value(value.at(name), name).read(hint, one) for name, one in value.items()}

    def _number(self, kind: type[Any], value: object, bounds: Within) -> Any:
        if kind is Decimal and isinstance(value, str):
            value = _decimal(value)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not (whole or (kind is not int and isinstance(value, float | Decimal) and math.isfinite(value))):
            whole_number, number = "{place}：“{name}”应为整数，读到 {found}", "{place}：“{name}”应为数字，读到 {found}"
            self._wrong(whole_number if kind is int else number, value, "只写数，不加引号和单位")
        if not bounds.least <= value <= bounds.most:  # type: ignore[operator]
            raise LayoutError(
                "{place}：“{name}”应在 {least} 与 {most} 之间，读到 {found}", "改成这个范围里的数",
                place=self._place, name=self._name, found=shown(value), least=f"{bounds.least:g}",
                most=f"{bounds.most:.7g}",
            )  # fmt: skip
        return Decimal(str(value)) if kind is Decimal else value

    def _text(self, value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self._wrong("{place}：“{name}”应为文字，读到 {found}", value, "数字、true 之类要当文字用，就加引号")
        if len(value) > TEXT:
            self._wrong("{place}：“{name}”的文字过长：{found}", value, "缩短，或写成 text/ 里的模板")
        if NOT_PRINTABLE.search(value):
            self._wrong("{place}：“{name}”里有不能印刷的字符：{found}", NOT_PRINTABLE.sub(_code, value), "删去这个字符")
        return value

    def _list(self, hint: Any, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self._wrong("{place}：“{name}”应为列表，读到 {found}", value, "列表写成 [甲, 乙]，或一行一个 - 甲")
        return tuple(self.read(hint, item) for item in value)

    def _wrong(self, message: str, value: object, hint: str) -> NoReturn:
        raise LayoutError(message, hint, place=self._place, name=self._name, found=shown(value))


def _code(found: re.Match[str]) -> str:
    """Return a character as its code."""
    return f"U+{ord(found[0]):04X}"


def _decimal(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
