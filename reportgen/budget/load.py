"""Canonical JSON → :class:`Budget`. Every violation is reported, each with its JSON pointer, before anything stops."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..core.errors import InputUnreadable
from ..core.finding import Finding, Place, Severity
from ..core.money import MoneyUnit
from .door import LARGEST, Twice, parse
from .kinds import shown
from .model import Budget
from .schema import models, required

MEMBERS = {model: {one.name: one.metadata["kind"] for one in fields(model)} for model in models(Budget)}
REQUIRED = {model: [one.name for one in fields(model) if required(one)] for model in models(Budget)}


def load_budget(path: Path) -> Budget:
    """The document in the file ``path``.

    Raises:
        InputUnreadable: it cannot be read, or breaks the contract; ``findings`` then holds every violation.
    """
    try:
        if path.stat().st_size > LARGEST:
            parse(b" " * (LARGEST + 1))
        payload = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputUnreadable("读不了文件 {path}：{why}", "检查路径和权限", path=str(path), why=reason) from None
    return read_budget(parse(payload))


def read_budget(data: Any) -> Budget:
    """The document in a parsed JSON value.

    Raises:
        InputUnreadable: it breaks the contract.
    """
    reading = _Reading(data)
    budget = reading.record(Budget, data, "")
    if reading.findings or budget is None:
        count = str(len(reading.findings))
        raise InputUnreadable("不合格式，共 {count} 处", findings=reading.findings, count=count)
    return budget  # type: ignore[no-any-return]


class _Reading:
    """One pass over the document: reads by the kinds of the model, collects violations."""

    def __init__(self, data: Any) -> None:
        self.findings: list[Finding] = []
        unit = data.get("money_unit") if isinstance(data, dict) else None
        self.money_unit: MoneyUnit = "元" if unit == "元" else "万元"

    def complain(self, pointer: str, message: str, hint: str = "", **values: str) -> None:
        """Note one violation."""
        place = Place(pointer=pointer or "/")
        self.findings.append(Finding("IN100", Severity.ERROR, message, (place,), hint, values))

    def record(self, model: type[Any], value: object, pointer: str) -> Any:
        """An object of the class ``model``; None if anything in it is wrong."""
        if not isinstance(value, dict):
            self.complain(pointer, "应为对象 {{…}}，读到 {found}", found=shown(value))
            return None
        before = len(self.findings)
        self._complain_of_names(model, value, pointer)
        members = MEMBERS[model]
        read = {
            name: kind.read(value[name], f"{pointer}/{name}", self) for name, kind in members.items() if name in value
        }
        return model(**read) if len(self.findings) == before else None

    def _complain_of_names(self, model: type[Any], value: dict[str, Any], pointer: str) -> None:
        members = MEMBERS[model]
        for name in value.names if isinstance(value, Twice) else ():
            self.complain(f"{pointer}/{escaped(name)}", "字段“{name}”写了两次", "只留一个", name=shown(name))
        for name in value:
            if name not in members and not (name == "$schema" and pointer == ""):
                near = get_close_matches(name, members, 1)
                hint = f"是否想写 {near[0]}？" if near else "可用的字段见 docs/budget-document.md"
                self.complain(f"{pointer}/{escaped(name)}", "没有这个字段：{name}", hint, name=shown(name))
        for name in REQUIRED[model]:
            if name not in value:
                self.complain(f"{pointer}/{name}", "缺少必填字段 {name}", name=name)


def escaped(name: str) -> str:
    """A key as a token of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
