"""What a document needs beside the ledger: names, natures and duties, from a list of units or earlier documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ...budget.json_input import InvalidNumber, ObjectWithRepeatedKeys, parse_json, read_payload
from ...budget.model import NATURES, Department, Unit
from ...budget.version_1 import SCHEMA_1
from ...core.errors import InputError
from ...core.finding import Finding, Place, Severity
from ...core.suggest import nearest
from .problems import shown
from .readings import plain
from .rows import Table, open_table

Values = dict[str, Any]


def _terms(model: type[Any]) -> dict[str, str]:
    return {one.metadata["term"]: one.name for one in fields(model) if one.name != "units"}


UNIT_TERMS, DEPARTMENT_TERMS = _terms(Unit), _terms(Department)
"""The heads of a list of units: Chinese terms of the model's fields → fields."""
LIST_HEADS = (*DEPARTMENT_TERMS, *UNIT_TERMS)


@dataclass(slots=True)
class Known:
    """What is known of one department: ``document`` holds an earlier document of it, or what of one is given."""

    department: Values = field(default_factory=dict)
    units: dict[str, Values] = field(default_factory=dict)
    document: Mapping[str, Any] = field(default_factory=dict)


def department_of_units(known: Mapping[str, Known]) -> dict[str, str]:
    """Return the code of the department by the code of each listed unit."""
    return {unit: code for code, one in known.items() for unit in one.units}


def read_unit_list(path: Path, known: dict[str, Known], digits: int) -> list[Finding]:
    """Add what a list of units says to ``known``, by code of the department; return what is wrong with it.

    The list is a CSV, TSV or XLSX with a row for each unit; its heads are the terms of :class:`Unit` and
    :class:`Department`. What is said of a department may stand in one of its rows only.

    Raises:
        InputError: it cannot be read.
    """
    with open_table(path, LIST_HEADS) as table:
        reader = _ListReader(table, known, digits)
        reader.read()
    return reader.findings


def read_basics(paths: Iterable[Path], known: dict[str, Known]) -> None:
    """Add what documents (JSON files, or folders of them) say to ``known``; a later one replaces an earlier one.

    Raises:
        InputError: one cannot be read, or has no code of a department.
    """
    for path in (file for one in paths for file in (sorted(one.rglob("*.json")) if one.is_dir() else [one])):
        data = _document(path)
        department = data.get("department") if isinstance(data, dict) else None
        code = department.get("code") if isinstance(department, dict) else None
        if not isinstance(department, dict) or not isinstance(code, str) or not _is_code(code):
            message, hint = "{file} 里没有部门代码（department.code）", "这里要部门预算的 JSON 文件"
            raise InputError(message, hint, file=path.name)
        if data.get("schema") == SCHEMA_1:
            raise InputError(
                "{file} 是旧格式（{schema}）", "先用 reportgen upgrade 改成现行格式", file=path.name, schema=SCHEMA_1
            )
        one = known.setdefault(code, Known())
        one.document = data
        listed = department.get("units")
        units = [unit for unit in listed if isinstance(unit, dict)] if isinstance(listed, list) else []
        for unit in units:
            if isinstance(unit.get("code"), str):
                one.units.setdefault(unit["code"], {}).update(unit)
        one.department.update({name: value for name, value in department.items() if name != "units"})


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and 3 <= len(text) <= 12


def _document(path: Path) -> Any:
    try:
        return _exact(parse_json(read_payload(path)))
    except RecursionError:
        raise InputError("{file}：括号嵌套过深，不是预算文件", "检查成串的左括号", file=path.name) from None
    except InputError as error:
        raise InputError("{file}：读不了：{why}", error.hint_text, file=path.name, why=error.text) from None


def _exact(value: Any) -> Any:
    """Return a parsed value as a document holds it: plain, so that it can be written again."""
    if isinstance(value, ObjectWithRepeatedKeys):
        raise InputError("“{name}”写了两次", "删去一个", name=shown(value.repeated_keys[0]))
    if isinstance(value, dict):
        return {name: _exact(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_exact(one) for one in value]
    return value.text if isinstance(value, InvalidNumber) else value


class _ListReader:
    """One pass through a list of units."""

    def __init__(self, table: Table, known: dict[str, Known], digits: int) -> None:
        self._table, self._known, self._digits = table, known, digits
        self.findings: list[Finding] = []

    def read(self) -> None:
        from .problems import Problems

        problems = Problems(self._table.place)
        required = ("单位代码",) if self._digits else ("单位代码", "部门代码")
        self._table.find_head(LIST_HEADS, [name for name in LIST_HEADS if name not in required], problems)
        self.findings += problems.findings()
        if self.findings:
            return
        self._check_heads()
        for row, cells in self._table.rows:
            if any(cells):
                self._row(row, cells)

    def _check_heads(self) -> None:
        """Report columns that are not read, with what they may have been meant to be."""
        for cell in self._table.head.cells:
            if plain(cell) and plain(cell) not in LIST_HEADS:
                near = nearest(plain(cell), LIST_HEADS)
                hint = "是否想写 {near}？" if near else "可用的列名见 docs/ledger.md"
                place = Place(printed=self._table.place(self._table.head.row))
                message, values = "单位清单的“{found}”这一列没有用到", {"found": shown(cell), "near": near}
                self.findings.append(Finding("XL313", Severity.WARNING, message, (place,), hint, values))

    def _row(self, row: int, cells: Sequence[str]) -> None:
        texts = {name: cells[at].strip() for name, at in self._table.head.positions.items() if at < len(cells)}
        unit = {UNIT_TERMS[name]: text for name, text in texts.items() if name in UNIT_TERMS and text}
        department = {DEPARTMENT_TERMS[name]: text for name, text in texts.items() if name in DEPARTMENT_TERMS and text}
        code = plain(unit.get("code", ""))
        own = plain(department.get("code", "")) or code[: self._digits]
        if not (_is_code(code) and _is_code(own)):
            self._wrong(row, "单位代码", "没有能用的单位代码和部门代码", "代码是 3 至 12 位数字；开头的零不能丢")
            return
        if (nature := unit.get("nature")) and nature not in NATURES:
            near = nearest(nature, NATURES)
            hint = "是否想写 {near}？" if near else "只能是：{words}"
            message = "“{found}”不是单位性质"
            self._wrong(row, "单位性质", message, hint, found=shown(nature), near=near, words="、".join(NATURES))
        one = self._known.setdefault(own, Known())
        if code in one.units and one.units[code].get("row"):
            self._wrong(row, "单位代码", "单位 {code} 写了两次", "删去一行", code=code)
        one.units[code] = one.units.get(code, {}) | unit | {"code": code, "row": row}
        self._add_department(row, one, department | {"code": own})

    def _add_department(self, row: int, one: Known, said: Values) -> None:
        listed = one.department.setdefault("listed", {})
        for name, text in said.items():
            value = [line.strip() for line in text.splitlines() if line.strip()] if name == "duties" else text
            if listed.setdefault(name, value) != value:
                term = next(term for term, own in DEPARTMENT_TERMS.items() if own == name)
                message = "部门 {code} 的“{term}”写了两种"
                self._wrong(row, term, message, "一个部门只写一种，或只写在一行", code=said["code"], term=term)

    def _wrong(self, row: int, column: str, message: str, hint: str, **values: str) -> None:
        place = Place(printed=self._table.place(row, column))
        self.findings.append(Finding("XL313", Severity.ERROR, message, (place,), hint, values))


def settled(known: dict[str, Known]) -> None:
    """Put what the list of units says over what earlier documents say, and take off the notes of reading."""
    for one in known.values():
        one.department |= one.department.pop("listed", {})
        for unit in one.units.values():
            unit.pop("row", None)
