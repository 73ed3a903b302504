"""Canonical JSON → :class:`Budget`. Every violation is reported, each with its JSON pointer, before anything stops."""

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
from .json_input import Twice, parse, payload_of
from .model import Budget
from .schema import models, required

MEMBERS = {model: {one.name: one.metadata["kind"] for one in fields(model)} for model in models(Budget)}
REQUIRED = {
    model: {one.name: one.metadata["term"] for one in fields(model) if required(one)} for model in models(Budget)
}
MOST = 1000
"""Violations told one by one; a file with more is no budget, and nobody reads on."""
LONGEST_KEY = 60


def load_budget(path: Path) -> Budget:
    """The document in the file ``path``.

    Raises:
        InputError: it cannot be read, or breaks the contract; ``findings`` then holds every violation.
    """
    return read_budget(parse(payload_of(path)))


def read_budget(data: Any) -> Budget:
    """The document in a parsed JSON value.

    Raises:
        InputError: it breaks the contract.
    """
    reading = _Reading(data)
    budget = reading.record(Budget, data, "")
    if reading.count > MOST:
        message, hint = "不合格式，共 {count} 处，只列出前 {most} 处", "先改正这些再查"
        raise InputError(message, hint, findings=reading.findings, count=str(reading.count), most=str(MOST))
    if reading.count:
        raise InputError("不合格式，共 {count} 处", findings=reading.findings, count=str(reading.count))
    return budget  # type: ignore[no-any-return]


class _Reading:
    """One pass over the document: reads by the kinds of the model, collects violations."""

    def __init__(self, data: Any) -> None:
        self.findings: list[Finding] = []
        self.count = 0
        unit = data.get("money_unit") if isinstance(data, dict) else None
        self.money_unit: MoneyUnit = "元" if unit == "元" else "万元"

    def complain(self, pointer: str, message: str, hint: str = "", **values: str) -> None:
        """Note one violation."""
        self.count += 1
        if self.count > MOST:
            return
        place = Place(pointer=pointer or "/")
        self.findings.append(Finding("IN100", Severity.ERROR, message, (place,), hint, values))

    def record(self, model: type[Any], value: object, pointer: str) -> Any:
        """An object of the class ``model``; None if anything in it is wrong."""
        if not isinstance(value, dict):
            self.complain(pointer, "应为对象 {{…}}，读到 {found}", found=shown(value))
            return None
        before = self.count
        self._complain_of_names(model, value, pointer)
        members = MEMBERS[model]
        read = {
            name: kind.read(value[name], f"{pointer}/{name}", self) for name, kind in members.items() if name in value
        }
        return model(**read) if self.count == before else None

    def _complain_of_names(self, model: type[Any], value: dict[str, Any], pointer: str) -> None:
        for name in value.names if isinstance(value, Twice) else ():
            self.complain(f"{pointer}/{escaped(name)}", "字段“{name}”写了两次", "只留一个", name=clipped(name))
        for name in value:
            if name not in MEMBERS[model] and not (name == "$schema" and pointer == ""):
                self._complain_of_unknown(name, pointer, MEMBERS[model])
        for name, term in REQUIRED[model].items():
            if name not in value:
                self.complain(f"{pointer}/{name}", "缺少必填字段 {name}（{term}）", name=name, term=term)
        if pointer == "" and not isinstance(value.get("$schema", ""), str):
            self.complain("/$schema", "应为文字，读到 {found}", found=shown(value["$schema"]))

    def _complain_of_unknown(self, name: str, pointer: str, members: Iterable[str]) -> None:
        near = nearest(name, members) if len(name) <= LONGEST_KEY else ""
        hint = "是否想写 {near}？" if near else "可用的字段见 docs/budget-document.md"
        self.complain(f"{pointer}/{escaped(name)}", "没有这个字段：{name}", hint, name=clipped(name), near=near)


def clipped(name: str) -> str:
    """A key of the file, short enough for a message."""
    return name if len(name) <= LONGEST_KEY else name[:LONGEST_KEY] + "…"


def escaped(name: str) -> str:
    """A key as a token of a JSON pointer (RFC 6901); one of absurd length is cut."""
    return clipped(name).replace("~", "~0").replace("/", "~1")
