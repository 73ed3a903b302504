"""Ledgers for tests: a few rows with a mapping, and the invented city of ``data/samples/make_ledger.py``."""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportgen.core.paths import shipped
from reportgen.intake.ledger import LedgerImport, import_ledger

SAMPLES = shipped("data") / "samples"
sys.path.insert(0, str(SAMPLES))
import make_ledger  # noqa: E402  the maker is a script, found by its folder

HEAD = ("单位", "单位名称", "项目", "功能", "经济", "资金", "来源", "结转", "采购", "金额", "上年")
ROW = ("450001", "档案馆本级", "", "2010601", "30201", "一般公共预算", "", "否", "", "100", "90")
MAPPING = """\
year: 2023
department_digits: 3
columns:
  unit: 单位
  unit_name: 单位名称
  project: 项目
  function: 功能
  economic: 经济
  fund: 资金
  source: 来源
  carry_over: 结转
  procurement: 采购
  amount: 金额
  last_budget: 上年
"""


def row(**changes: str) -> tuple[str, ...]:
    """A row of a ledger: :data:`ROW` with other cells."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEAD, ROW, strict=True))


def text_of(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    lines = []
    for cells in rows:
        quoted = ['"' + cell.replace('"', '""') + '"' if set(cell) & {delimiter, '"', "\n"} else cell for cell in cells]
        lines.append(delimiter.join(quoted))
    return "\n".join(lines) + "\n"


def imported(
    folder: Path, rows: Iterable[Sequence[str]], mapping: str = MAPPING, basics: Iterable[Path] = ()
) -> LedgerImport:
    """Import a ledger of these rows below :data:`HEAD`."""
    ledger, mapping_file = folder / "明细账.csv", folder / "mapping.yaml"
    ledger.write_text(text_of([HEAD, *rows]), encoding="utf-8")
    mapping_file.write_text(mapping, encoding="utf-8")
    return import_ledger(ledger, mapping_file, basics)


def only_document(found: LedgerImport) -> Mapping[str, Any]:
    """The data of the only document."""
    assert [finding for finding in found.findings if finding.severity == 2] == []
    (document,) = found.documents
    return document.imported.data


def query(ledger: Path, sql: str) -> dict[Any, Decimal]:
    """What SQL says of the rows of a ledger: another program over the same file, amounts as whole 分."""
    with ledger.open(encoding="utf-8", newline="") as file, closing(sqlite3.connect(":memory:")) as base:
        rows = csv.reader(file)
        names = next(rows)
        base.execute(f"CREATE TABLE rows ({', '.join(names)}, 分 INTEGER, 上年分 INTEGER)")
        base.executemany(
            f"INSERT INTO rows VALUES ({', '.join('?' * (len(names) + 2))})",
            (
                [*cells, _fen(cells[names.index("预算金额")]), _fen(cells[names.index("上年预算金额")])]
                for cells in rows
            ),
        )
        found = {tuple(key) if len(key) > 1 else key[0]: amount for *key, amount in base.execute(sql)}
    return {key: Decimal(amount) / 100 for key, amount in found.items() if amount}


def _fen(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole or 0) * 100 + int(part.ljust(2, "0") or 0)


def city(folder: Path, departments: int, rows: int) -> Path:
    """Write the ledger of a city; return its folder."""
    make_ledger.write(make_ledger.departments(1, departments), rows, folder)
    return folder
