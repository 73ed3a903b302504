"""Write plain Python values, such as a query of a database gives, as the JSON of a budget document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from .load import escaped

DEEPEST = 40
"""Levels of nesting. The contract needs eight; a structure that contains itself has no end."""
_PLAIN = str | int | None


def json_payload(data: object, indent: int | None = None) -> bytes:
    """Return ``data`` (mappings, sequences, text, ``int``, ``Decimal``, ``bool``, ``date``, None) as JSON in UTF-8.

    Without ``indent`` it is one line. A ``Decimal`` becomes a string with all its digits, so that nothing is rounded; a
    ``date`` becomes 2023-02-09.

    Raises:
        InputError: there is a value that JSON cannot hold exactly, above all a ``float``; each is a finding.

    >>> json_payload({"year": 2023, "amount": Decimal("17633.630")}).decode()
    '{"year": 2023, "amount": "17633.630"}'
    """
    findings: list[Finding] = []
    plain = _plain(data, "", 0, findings)
    if findings:
        raise InputError("不合格式，共 {count} 处", findings=findings, count=str(len(findings)))
    end = "" if indent is None else "\n"
    return (json.dumps(plain, ensure_ascii=False, indent=indent) + end).encode("utf-8", "surrogatepass")


def _plain(value: object, pointer: str, depth: int, findings: list[Finding]) -> Any:
    """The value as ``json`` writes it exactly; what it could not write is noted in ``findings``."""
    if depth > DEEPEST:
        findings.append(_finding(pointer, "嵌套过深，不是预算文件", "检查是否放进了包含自身的列表或字典"))
        return None
    match value:
        case bool() | str() | int() | None:
            return value
        case Decimal() if value.is_finite():
            return f"{value:f}"
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case Mapping():
            return dict(_members(value, pointer, depth, findings))
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [_plain(item, f"{pointer}/{n}", depth + 1, findings) for n, item in enumerate(value)]
        case _:
            findings.append(_inexact(value, pointer))
    return None


def _members(
    value: Mapping[Any, object], pointer: str, depth: int, findings: list[Finding]
) -> Iterator[tuple[str, Any]]:
    for name, member in value.items():
        if isinstance(name, str):
            yield name, _plain(member, f"{pointer}/{escaped(name)}", depth + 1, findings)
        else:
            findings.append(
                _finding(pointer, "字段名应为文字，读到 {kind}", "字段名写成字符串", kind=type(name).__name__)
            )


def _inexact(value: object, pointer: str) -> Finding:
    """The finding for a value that JSON cannot hold, or not exactly."""
    match value:
        case float():
            return _finding(pointer, "浮点数不精确：{value}", "请用 Decimal、整数或数字字符串", value=str(value))
        case Decimal():
            return _finding(pointer, "不是数字：{value}", "没有内容的字段请整个删去", value=str(value))
    return _finding(
        pointer, "JSON 里没有 {kind} 这种值", "换成文字、数字、真假值、列表或字典", kind=type(value).__name__
    )


def _finding(pointer: str, message: str, hint: str, **values: str) -> Finding:
    return Finding("IN100", Severity.ERROR, message, (Place(pointer=pointer or "/"),), hint, values)
