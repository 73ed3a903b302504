"""Read canonical JSON into a :class:`Budget`; all violations of the contract are reported at once, by JSON pointer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..core.money import MoneyUnit
from ..core.suggest import nearest
from .field_types import FieldType, shown
from .json_input import ObjectWithRepeatedKeys, parse_json, read_payload
from .model import SCHEMA, Acceptance, Budget
from .schema import models, required
from .terms import BUDGET
from .version_1 import FIELDS_1, SCHEMA_1, SINCE_2, TYPES_1, as_budget

MODELS = (*models(Budget), *(inner for kind in FIELDS_1.values() for inner in models(kind.model)))
FIELD_TYPES = {model: {field.name: field.metadata["type"] for field in fields(model)} for model in MODELS}
"""For each class of the model: the type of each field, by name."""
REQUIRED_TERMS = {
    model: {field.name: field.metadata["term"] for field in fields(model) if required(field)} for model in MODELS
}
"""For each class of the model: the Chinese term of each required field, by name."""
STAGES = {
    model: {field.name: field.metadata["stage"] for field in fields(model) if "stage" in field.metadata}
    for model in MODELS
}
"""For each class of the model: the fields that only documents of one stage have, with the stage."""
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
    budget: Budget | None = reading.read_budget(data)
    if reading.count > MAX_VIOLATIONS:
        message, hint = "不合格式，共 {count} 处，只列出前 {most} 处", "先改正这些再查"
        raise InputError(message, hint, findings=reading.findings, count=str(reading.count), most=str(MAX_VIOLATIONS))
    if budget is None:
        raise InputError("不合格式，共 {count} 处", findings=reading.findings, count=str(reading.count))
    return budget


def check_part(data: dict[str, Any]) -> None:
    """Check a part of a document: fields may be missing, those that are there keep the contract.

    Raises:
        InputError: they do not; ``findings`` holds the violations.
    """
    reading = _Reading(data)
    for name, field_type in FIELD_TYPES[Budget].items():
        if name in data:
            field_type.read(data[name], f"/{name}", reading)
    if reading.findings:
        raise InputError("不合格式，共 {count} 处", findings=reading.findings, count=str(reading.count))


class _Reading:
    """One pass over the document, the ``ReadContext`` of the field types; collects violations as findings."""

    def __init__(self, data: Any) -> None:
        self.findings: list[Finding] = []
        self.count = 0
        unit = data.get("money_unit") if isinstance(data, dict) else None
        self.money_unit: MoneyUnit = "元" if unit == "元" else "万元"
        self._is_version_1 = isinstance(data, dict) and data.get("schema") == SCHEMA_1
        self._stage = data.get("stage", BUDGET) if isinstance(data, dict) else BUDGET

    def read_budget(self, data: object) -> Budget | None:
        """Return the document, of either version, or None if anything in it is wrong."""
        members = self._members(Budget, data, "", TYPES_1 if self._is_version_1 else FIELD_TYPES[Budget])
        if members is None:
            return None
        return as_budget(members) if self._is_version_1 else Budget(**members)

    def add_violation(self, pointer: str, message: str, hint: str, **values: str) -> None:
        """Record one violation; reading goes on."""
        self.count += 1
        if self.count > MAX_VIOLATIONS:
            return
        place = Place(pointer=pointer or "/")
        self.findings.append(Finding("IN100", Severity.ERROR, message, (place,), hint, values))

    def read_object(self, model: type[Any], value: object, pointer: str) -> Any:
        """Return an object of the class ``model``, or None if anything in it is wrong."""
        members = self._members(model, value, pointer, FIELD_TYPES[model])
        return None if members is None else model(**members)

    def _members(
        self, model: type[Any], value: object, pointer: str, types: Mapping[str, FieldType]
    ) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            hint = "写成花括号括起的字段；各字段见 docs/budget-document.md"
            self.add_violation(pointer, "应为对象 {{…}}，读到 {found}", hint, found=shown(value))
            return None
        before = self.count
        self._check_keys(model, value, pointer, types)
        members = {
            name: field_type.read(value[name], f"{pointer}/{name}", self)
            for name, field_type in types.items()
            if name in value
        }
        return members if self.count == before else None

    def _check_keys(
        self, model: type[Any], value: dict[str, Any], pointer: str, types: Mapping[str, FieldType]
    ) -> None:
        for name in value.repeated_keys if isinstance(value, ObjectWithRepeatedKeys) else ():
            self.add_violation(f"{pointer}/{escaped(name)}", "字段“{name}”写了两次", "只留一个", name=clipped(name))
        for name in value:
            if self._is_of_other_version(name, model):
                self._add_of_other_version(name, pointer)
            elif name not in types and not (name == "$schema" and pointer == ""):
                self._add_unknown(name, pointer, types)
        self._check_stages(model, value, pointer)
        for name, term in REQUIRED_TERMS[model].items():
            if name not in value:
                hint = "补上这个字段；写法见 docs/budget-document.md"
                self.add_violation(f"{pointer}/{name}", "缺少必填字段 {name}（{term}）", hint, name=name, term=term)
        if pointer == "":
            self._check_address(value.get("$schema", ""))

    def _check_stages(self, model: type[Any], value: dict[str, Any], pointer: str) -> None:
        """Report the fields that only documents of another stage have."""
        for name, stage in STAGES[model].items():
            if name in value and self._stage != stage:
                message, hint = "{name} 只用于决算（stage 为 final）", '预算里删去；决算写上 "stage": "final"'
                self.add_violation(f"{pointer}/{name}", message, hint, name=name)

    def _check_address(self, address: object) -> None:
        """Check ``$schema``, which editors read and nothing here does."""
        if not isinstance(address, str):
            hint = "写成模式文件的地址，或整个删去"
            self.add_violation("/$schema", "应为文字，读到 {found}", hint, found=shown(address))

    def _is_of_other_version(self, name: str, model: type[Any]) -> bool:
        """Whether a field belongs to the other version: a document has last year's figures in one form."""
        if self._is_version_1:
            return model is not Acceptance and name in SINCE_2 and name in FIELD_TYPES[model]
        return model is Budget and name in FIELDS_1

    def _add_of_other_version(self, name: str, pointer: str) -> None:
        own, other = (SCHEMA_1, SCHEMA) if self._is_version_1 else (SCHEMA, SCHEMA_1)
        message = "文件写明是 {own}，{name} 是 {other} 的字段，两种写法不能并用"
        hint = "第 2 版把上年数和原因写在 totals 和各行的 last、reason 里；reportgen upgrade 把第 1 版改成第 2 版"
        self.add_violation(f"{pointer}/{escaped(name)}", message, hint, name=name, own=own, other=other)

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
