"""Read canonical JSON into a :class:`Budget`; all violations of the contract are reported at once, by JSON pointer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..core.money import MoneyUnit
from ..core.suggest import nearest
from .field_types import shown
from .json_input import ObjectWithRepeatedKeys, parse_json, read_payload
from .model import Budget
from .schema import models, required

FIELD_TYPES = {model: {field.name: field.metadata["type"] for field in fields(model)} for model in models(Budget)}
"""For each class of the model: the type of each field, by name."""
REQUIRED_TERMS = {
    model: {field.name: field.metadata["term"] for field in fields(model) if required(field)}
    for model in models(Budget)
}
"""For each class of the model: the Chinese term of each required field, by name."""
MAX_VIOLATIONS = 1000
"""Violations that are listed; the others are only counted."""
MAX_KEY_LENGTH = 60


def load_budget(path: Path) -> Budget:
    """Read the document in the file ``path``.

    Raises:
        InputError: the file cannot be read, or breaks the contract; ``findings`` then holds the violations.
    """
    return read_budget(parse_json(read_payload(path)))


def read_budget(data: Any) -> Budget:
    """Return the document in a parsed JSON value.

    Raises:
        InputError: the value breaks the contract; ``findings`` holds the violations.
    """
    reading = _Reading(data)
    budget = reading.read_object(Budget, data, "")
    if reading.count > MAX_VIOLATIONS:
        message, hint = "不合格式，共 {count} 处，只列出前 {most} 处", "先改正这些再查"
        raise InputError(message, hint, findings=reading.findings, count=str(reading.count), most=str(MAX_VIOLATIONS))
    if reading.count:
        raise InputError("不合格式，共 {count} 处", findings=reading.findings, count=str(reading.count))
    return budget  # type: ignore[no-any-return]


class _Reading:
    """One pass over the document, the ``ReadContext`` of the field types; collects violations as findings."""

    def __init__(self, data: Any) -> None:
        self.findings: list[Finding] = []
        self.count = 0
        unit = data.get("money_unit") if isinstance(data, dict) else None
        self.money_unit: MoneyUnit = "元" if unit == "元" else "万元"

    def add_violation(self, pointer: str, message: str, hint: str, **values: str) -> None:
        """Record one violation; reading goes on."""
        self.count += 1
        if self.count > MAX_VIOLATIONS:
            return
        place = Place(pointer=pointer or "/")
        self.findings.append(Finding("IN100", Severity.ERROR, message, (place,), hint, values))

    def read_object(self, model: type[Any], value: object, pointer: str) -> Any:
        """Return an object of the class ``model``, or None if anything in it is wrong."""
        if not isinstance(value, dict):
            hint = "写成花括号括起的字段；各字段见 docs/budget-document.md"
            self.add_violation(pointer, "应为对象 {{…}}，读到 {found}", hint, found=shown(value))
            return None
        before = self.count
        self._check_keys(model, value, pointer)
        members = {
            name: field_type.read(value[name], f"{pointer}/{name}", self)
            for name, field_type in FIELD_TYPES[model].items()
            if name in value
        }
        return model(**members) if self.count == before else None

    def _check_keys(self, model: type[Any], value: dict[str, Any], pointer: str) -> None:
        for name in value.repeated_keys if isinstance(value, ObjectWithRepeatedKeys) else ():
            self.add_violation(f"{pointer}/{escaped(name)}", "字段“{name}”写了两次", "只留一个", name=clipped(name))
        for name in value:
            if name not in FIELD_TYPES[model] and not (name == "$schema" and pointer == ""):
                self._add_unknown(name, pointer, FIELD_TYPES[model])
        for name, term in REQUIRED_TERMS[model].items():
            if name not in value:
                hint = "补上这个字段；写法见 docs/budget-document.md"
                self.add_violation(f"{pointer}/{name}", "缺少必填字段 {name}（{term}）", hint, name=name, term=term)
        if pointer == "" and not isinstance(value.get("$schema", ""), str):
            hint = "写成模式文件的地址，或整个删去"
            self.add_violation("/$schema", "应为文字，读到 {found}", hint, found=shown(value["$schema"]))

    def _add_unknown(self, name: str, pointer: str, known: Iterable[str]) -> None:
        near = nearest(name, known) if len(name) <= MAX_KEY_LENGTH else ""
        hint = "是否想写 {near}？" if near else "可用的字段见 docs/budget-document.md"
        self.add_violation(f"{pointer}/{escaped(name)}", "没有这个字段：{name}", hint, name=clipped(name), near=near)


def clipped(name: str) -> str:
    """Return a key of the file, short enough for a message."""
    return name if len(name) <= MAX_KEY_LENGTH else name[:MAX_KEY_LENGTH] + "…"


def escaped(name: str) -> str:
    """Return a key as a token of a JSON pointer (RFC 6901), cut if it is very long."""
    return clipped(name).replace("~", "~0").replace("/", "~1")
