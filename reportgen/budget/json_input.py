"""Bytes → plain JSON values, exactly: no float is ever made, no duplicate key is ever swallowed.

A number is read as its text says: ``0.1`` is one tenth, ``1e3`` is 1000 and ``1.50`` keeps its two decimals. What
JSON or arithmetic could not hold (``NaN``, ``1e999``, a numeral of thousands of digits) becomes a :class:`NoNumber`,
so that the loader can complain of it with its pointer.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..core.errors import InputError, why

LARGEST = 32 * 1024 * 1024
"""Bytes. The largest published disclosure known is below 1 MB of data."""
LONGEST_NUMERAL = 400
"""Digits. Long enough for the binary tail of any float, so that it is called by its name."""

SYNTAX = {
    "Expecting value": "这里应当有一个值",
    "Expecting property name enclosed in double quotes": "这里应当是用双引号括起的字段名（末项之后不要逗号）",
    "Expecting ':' delimiter": "字段名之后缺冒号",
    "Expecting ',' delimiter": "缺逗号或右括号",
    "Extra data": "文件应当结束，后面还有内容",
    "Unterminated string starting at": "从这里开始的文字没有收尾的引号",
    "Invalid control character at": "文字里直接写了换行、制表符等控制字符",
    "Invalid \\escape": "反斜杠后的字符不对",
    "Invalid \\uXXXX escape": "\\u 后应为四位十六进制数",
    "Illegal trailing comma before end of object": "末项之后不要逗号",
    "Illegal trailing comma before end of array": "末项之后不要逗号",
}
"""What Python's parser says, for a clerk."""


class Twice(dict[str, Any]):
    """An object in which some keys stand twice; ``names`` says which."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoNumber:
    """What stands where JSON has numbers but is none that we read; ``text`` as it is written."""

    text: str

    def __str__(self) -> str:
        """The text, shortened."""
        return self.text if len(self.text) <= 40 else f"{self.text[:20]}…（{len(self.text)} 位）"


def payload_of(path: Path) -> bytes:
    """The bytes of the file ``path``; of a larger one than any budget not a byte is read.

    Raises:
        InputError: there is no such file, it cannot be read, it is too large.
    """
    try:
        _check_size(path.stat().st_size)
        with path.open("rb") as file:
            payload = file.read(LARGEST + 1)  # what has no size, like a pipe, might never end
    except (OSError, ValueError) as error:
        raise InputError("读不了文件 {path}：{why}", "检查路径和权限", path=str(path), why=why(error)) from None
    _check_size(len(payload))
    return payload


def parse(payload: bytes) -> Any:
    """The JSON value in ``payload``: numbers as ``int`` or ``Decimal``, objects with duplicate keys as :class:`Twice`.

    Raises:
        InputError: too large, empty, not UTF-8, not JSON, nested absurdly deep.
    """
    _check_size(len(payload))
    text = _text(payload)
    try:
        return json.loads(
            text, parse_int=_whole, parse_float=_decimal, parse_constant=NoNumber, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise InputError(
            "第 {line} 行第 {column} 字处不是 JSON：{why}", "检查此处的引号、逗号和括号",
            line=str(error.lineno), column=str(error.colno), why=SYNTAX.get(error.msg.removesuffix(": "), error.msg),
        ) from None  # fmt: skip
    except RecursionError:
        raise InputError("括号嵌套过深，不是预算文件", "检查成串的左括号") from None


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise InputError(
            "文件超过 {most} MB，没有读", "这不像一份部门预算；多个部门请分成多个文件", most=str(LARGEST >> 20)
        )


def _text(payload: bytes) -> str:
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = str(error.start + 1)
        raise InputError("第 {place} 字节不是 UTF-8 编码", "用记事本另存为 UTF-8", place=place) from None
    if not text.strip():
        raise InputError("文件是空的", "检查是否选错了文件，或导出没有完成")
    return text


def _whole(text: str) -> int | NoNumber:
    return int(text) if len(text) <= LONGEST_NUMERAL else NoNumber(text)


def _decimal(text: str) -> Decimal | NoNumber:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent of twenty digits
        return NoNumber(text)
    return number if len(text) <= LONGEST_NUMERAL and abs(number.adjusted()) <= LONGEST_NUMERAL else NoNumber(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    twice = Twice(members)
    twice.names = tuple(sorted(name for name, times in Counter(name for name, _ in pairs).items() if times > 1))
    return twice
