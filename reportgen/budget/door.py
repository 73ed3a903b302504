"""Bytes → plain JSON values, exactly: no float is ever made, no duplicate key is ever swallowed."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from ..core.errors import InputUnreadable

LARGEST = 64 * 1024 * 1024
"""Bytes. The largest published disclosure known is below 1 MB of data."""


class Twice(dict[str, Any]):
    """An object in which some keys stand twice; ``names`` says which."""

    names: tuple[str, ...] = ()


def parse(payload: bytes) -> Any:
    """The JSON value in ``payload``: numbers as ``int`` or ``Decimal``, objects with duplicate keys as :class:`Twice`.

    Raises:
        InputUnreadable: too large, not UTF-8, not JSON, nested absurdly deep, NaN or Infinity in it.
    """
    if len(payload) > LARGEST:
        raise InputUnreadable(
            "文件有 {size} 字节，超过上限 {most}",
            "这不像一份部门预算",
            size=str(len(payload)),
            most=str(LARGEST),
        )
    try:
        text = payload.decode("utf-8-sig")
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        place = str(error.start + 1)
        raise InputUnreadable("第 {place} 字节不是 UTF-8 编码", "用记事本另存为 UTF-8", place=place) from None
    except json.JSONDecodeError as error:
        raise InputUnreadable(
            "第 {line} 行第 {column} 字处不是 JSON：{why}", "检查此处的引号、逗号和括号",
            line=str(error.lineno), column=str(error.colno), why=error.msg,
        ) from None  # fmt: skip
    except RecursionError:
        raise InputUnreadable("括号嵌套过深，不是预算文件") from None
    except ValueError as error:  # a numeral of more digits than Python converts
        raise InputUnreadable("有一个数字过长：{why}", why=str(error)) from None


def _no_number(name: str) -> NoReturn:
    raise InputUnreadable("{name} 不是金额", "不适用的金额请整个删去该字段", name=name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    names = [name for name, _ in pairs]
    twice = Twice(members)
    twice.names = tuple(sorted({name for name in names if names.count(name) > 1}))
    return twice
