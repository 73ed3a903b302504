"""Departments that are not in the run, typed in a list (``--others``): their “三公” items of this year and of last.

The list is a table with a head: 部门 and the items of :data:`.COLUMNS`; with 上年 before its name, a column holds last
year's amounts. The unit is written above the head or in it. A row named 增减原因 holds the reasons of the changes.
Every mistake is a finding (PL301) with its cell; a list with a mistake is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ..budget.mended_text import REASON, mended
from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..core.money import LIMIT, YUAN, MoneyUnit, yuan
from ..core.suggest import nearest
from ..facts.city import CityDepartment
from .other_departments_form import (
    AMOUNT,
    COLUMNS,
    LAST,
    NAME,
    NOT_PRINTABLE,
    REASONS,
    SUMS,
    UNIT,
    UNIT_IN_HEAD,
    department_name,
    heading,
    normal,
    shown,
)
from .typed_table import Row, TypedCell, read_table

LONGEST_NAME, LONGEST_REASON = 100, 500
Column = tuple[str, bool]
"""An item, and whether it is of last year."""


@dataclass(frozen=True, slots=True)
class OtherDepartments:
    """The departments of a list, and the reasons of the changes by the keys of the items."""

    departments: tuple[CityDepartment, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


def read_other_departments(path: Path) -> OtherDepartments:
    """Return the departments typed in ``path``, an XLSX or CSV file.

    Raises:
        InputError: it cannot be read, or something in it is wrong; ``findings`` name every cell.
    """
    reader = _Reader(path.name)
    others = reader.read(read_table(path))
    if reader.findings:
        message, hint = "{path} 有 {count} 处要改", "改正后再运行；格式见 docs/bulk.md"
        count = str(len(reader.findings))
        raise InputError(message, hint, findings=tuple(reader.findings), path=str(path), count=count)
    return others


class _Reader:
    """One pass through a table; collects what is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.findings: list[Finding] = []

    def read(self, rows: Sequence[Row]) -> OtherDepartments:
        head = next((n for n, row in enumerate(rows) if any(heading(cell.text) == NAME for cell in row)), None)
        if head is None:
            self._wrong(None, "没有写着“部门”的表头", "表头写：{names}", names="、".join((NAME, *COLUMNS)))
            return OtherDepartments()
        columns = self._columns(rows[head])
        unit = self._unit([cell for row in rows[:head] for cell in row], rows[head])
        if self.findings:
            return OtherDepartments()
        return self._body(rows[head + 1 :], columns, unit)

    def _columns(self, head: Row) -> dict[int, Column | None]:
        """Return what each column holds by its position; None for the names."""
        columns: dict[int, Column | None] = {}
        for n, cell in enumerate(head):
            if not cell.text:
                continue
            name = heading(cell.text)
            last = name.startswith(LAST)
            column = None if name == NAME else (COLUMNS.get(name.removeprefix(LAST), ""), last)
            if column and not column[0]:
                near = nearest(heading(cell.text), (NAME, *COLUMNS, *(LAST + one for one in COLUMNS)))
                hint = "是否想写 {near}？" if near else "只写 部门 和“三公”各项；合计由程序计算"
                self._wrong(cell, "没有“{found}”这一栏", hint, found=cell.text[:40], near=near)
            elif column in columns.values():
                self._wrong(cell, "“{found}”这一栏写了两次", "删去一栏", found=cell.text[:40])
            columns[n] = column
        present = {column for column in columns.values() if column}
        for last in {last for _, last in present} | {False}:
            for name, key in COLUMNS.items():
                if (key, last) not in present:
                    self._wrong(head[0], "缺“{name}”这一栏", "没有数字也要有这一栏", name=(LAST if last else "") + name)
        return columns

    def _unit(self, above: Sequence[TypedCell], head: Row) -> MoneyUnit:
        found = {match[1] for cell in above if (match := UNIT.search(normal(cell.text)))}
        heads = {match[1] for cell in head if (match := UNIT_IN_HEAD.search(normal(cell.text)))}
        units: set[MoneyUnit] = {unit for unit in YUAN if unit in found | heads}  # type: ignore[misc]
        if len(units) == 1:
            return units.pop()
        if units:
            self._wrong(None, "写了两种金额单位：元和万元", "整张表用一种单位")
        else:
            self._wrong(None, "没有写金额单位", "在表头上面一行写“单位：万元”或“单位：元”")
        return "元"

    def _body(self, rows: Sequence[Row], columns: Mapping[int, Column | None], unit: MoneyUnit) -> OtherDepartments:
        departments: dict[str, CityDepartment] = {}
        reasons: dict[str, str] = {}
        at = next(n for n, column in columns.items() if column is None)
        has_last = any(column and column[1] for column in columns.values())
        for row in rows:
            self._check_outside(row, columns)
            name = department_name(row[at].text) if at < len(row) else ""
            if name == REASONS:
                reasons |= {key: self._reason(cell) for key, cell in _cells(row, columns, last=False)}
            elif self._is_name(row, at, name, departments):
                items, before = (
                    {key: self._amount(cell, unit) for key, cell in _cells(row, columns, last)}
                    for last in (False, True)
                )
                departments[name] = CityDepartment(name, items, before if has_last else None, typed=True)
        return OtherDepartments(tuple(departments.values()), {key: text for key, text in reasons.items() if text})

    def _is_name(self, row: Row, at: int, name: str, known: Mapping[str, object]) -> bool:
        cell = row[at] if at < len(row) else row[0]
        before = len(self.findings)
        if not name:
            self._wrong(cell, "这一行没有部门名称", "写上部门的名称，或删去这一行")
        elif name in SUMS:
            self._wrong(cell, "“{name}”不是部门，会算两次", "删去合计的行，合计由程序计算", name=name)
        elif name in known:
            self._wrong(cell, "部门“{name}”写了两次", "合成一行", name=name)
        elif len(name) > LONGEST_NAME or cell.formula or NOT_PRINTABLE.search(name):
            self._wrong(cell, "部门名称不能用：{name}", "写成普通的文字，不超过 100 字", name=shown(name))
        return len(self.findings) == before

    def _check_outside(self, row: Row, columns: Mapping[int, Column | None]) -> None:
        for n, cell in enumerate(row):
            if cell.text and n not in columns:
                self._wrong(cell, "这一格不在表头的任何一栏下面", "移到所属的栏，或删去")

    def _amount(self, cell: TypedCell, unit: MoneyUnit) -> Decimal:
        text = normal(cell.text)
        number = cell.number
        if number is None and not cell.formula and AMOUNT.fullmatch(text):
            number = Decimal(text.replace(",", ""))
        if cell.formula:
            self._wrong(cell, "这一格是公式", "复制后“选择性粘贴”为数值")
        elif text and number is None:
            self._wrong(cell, "“{found}”不是金额", "只写数字，如 12.50；没有就空着", found=shown(text))
        elif number is not None and not 0 <= (amount := yuan(number, unit)) < LIMIT:
            self._wrong(cell, "金额 {found} 不合理", "金额不能为负，也不会这么大", found=shown(text))
        elif number is not None and amount != round(amount, 2):
            self._wrong(cell, "金额 {found} 不到一分", "写到分为止：元两位小数，万元六位小数", found=shown(text))
        elif number is not None:
            return amount
        return Decimal(0)

    def _reason(self, cell: TypedCell) -> str:
        text = str(mended(cell.text, REASON, stop=False))
        if len(text) > LONGEST_REASON or cell.formula or NOT_PRINTABLE.search(text):
            self._wrong(cell, "增减原因不能用：{found}", "写成一句普通的文字，不超过 500 字", found=shown(text))
        return text

    def _wrong(self, cell: TypedCell | None, message: str, hint: str, **values: str) -> None:
        where = f"{self._file} {cell.place}" if cell else self._file
        self.findings.append(Finding("PL301", Severity.ERROR, message, (Place(printed=where),), hint, values))


def _cells(row: Row, columns: Mapping[int, Column | None], last: bool) -> Iterator[tuple[str, TypedCell]]:
    """Yield the cells of this year's or last year's columns, with the keys of the items."""
    for n, cell in enumerate(row):
        if (column := columns.get(n)) and column[1] is last:
            yield column[0], cell
