"""Parse JSON bytes exactly: numbers become ``int`` or ``Decimal``, never ``float``, and repeated keys are kept.

``0.1`` is one tenth, ``1e3`` is 1000 and ``1.50`` keeps its two decimals. A number that JSON or the arithmetic cannot
hold (``NaN``, ``1e999``, thousands of digits) becomes an :class:`InvalidNumber`, so that the loader reports it with its
pointer.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..core.errors import InputError, os_error_reason

LARGEST = 32 * 1024 * 1024
"""Bytes. The largest published disclosure known is below 1 MB of data."""
LONGEST_NUMERAL = 400
"""Digits. Any binary float printed in full is shorter, so that it gets the message about too many decimals."""

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
"""Messages of Python's JSON parser → the same in Chinese."""


class ObjectWithRepeatedKeys(dict[str, Any]):
    """A JSON object that has some keys more than once: ``repeated_keys``. Of each the last value counts."""

    repeated_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvalidNumber:
    """A JSON number that has no exact value here; ``text`` as the file writes it."""

    text: str

    def __str__(self) -> str:
        """Return the text, shortened."""
        return self.text if len(self.text) <= 40 else f"{self.text[:20]}…（{len(self.text)} 位）"


def read_payload(path: Path) -> bytes:
    """Return the bytes of the file ``path``; a file larger than ``LARGEST`` is not read.

    Raises:
        InputError: the file does not exist, cannot be read or is too large.
    """
    try:
        _check_size(path.stat().st_size)
        with path.open("rb") as file:
            payload = file.read(LARGEST + 1)  # a pipe has no size and might never end
    except (OSError, ValueError) as error:
        raise InputError(
            "读不了文件 {path}：{why}", "检查路径和权限", path=str(path), why=os_error_reason(error)
        ) from None
    _check_size(len(payload))
    return payload


def parse_json(payload: bytes) -> Any:
    """Return the JSON value in ``payload``; an object with repeated keys is an :class:`ObjectWithRepeatedKeys`.

    Raises:
        InputError: it is too large, empty, not UTF-8, not JSON, or nested too deeply.
    """
    _check_size(len(payload))
    text = _text(payload)
    try:
        return json.loads(
            text, parse_int=_integer, parse_float=_decimal, parse_constant=InvalidNumber, object_pairs_hook=_object
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


def _integer(text: str) -> int | InvalidNumber:
    return int(text) if len(text) <= LONGEST_NUMERAL else InvalidNumber(text)


def _decimal(text: str) -> Decimal | InvalidNumber:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent of twenty digits
        return InvalidNumber(text)
    return number if len(text) <= LONGEST_NUMERAL and abs(number.adjusted()) <= LONGEST_NUMERAL else InvalidNumber(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    counts = Counter(key for key, _ in pairs)
    repeated = ObjectWithRepeatedKeys(members)
    repeated.repeated_keys = tuple(sorted(key for key, count in counts.items() if count > 1))
    return repeated
