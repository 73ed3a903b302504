"""Make the ledger of an invented city: rows as a budget system exports them, the same every time.

    python data/samples/make_ledger.py --departments 80 --rows 1000000 --seed 1 -o city/

The folder gets ``ledger.csv``, ``units.csv`` (the list of units), ``mapping.yaml`` and ``basics/`` with a small
document of each department that has what a ledger has not.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from invented.department import Department, department
from invented.ledger import HEAD, UNIT_HEAD, Row, basics, ledger_rows, unit_rows

MAPPING = """\
year: {year}
units: units.csv
columns:
  department: 部门编码
  department_name: 部门名称
  unit: 单位编码
  unit_name: 单位名称
  kind: 支出类别
  project: 项目名称
  function: 功能科目编码
  economic: 部门经济科目编码
  government_economic: 政府经济科目编码
  fund: 资金性质
  source: 单位资金来源
  carry_over: 是否上年结转
  procurement: 采购类别
  amount: 预算金额
  last_budget: 上年预算金额
  last_execution: 上年执行金额
"""


def departments(seed: int, count: int) -> list[Department]:
    """The departments of the city, by number."""
    return [department(seed, number) for number in range(count)]


def write(made: Sequence[Department], rows: int, folder: Path, year: int = 2023) -> None:
    """Write ledger, list of units, mapping and basics."""
    (folder / "basics").mkdir(parents=True, exist_ok=True)
    _write_rows(folder / "ledger.csv", HEAD, ledger_rows(made, rows))
    _write_rows(folder / "units.csv", UNIT_HEAD, unit_rows(made))
    (folder / "mapping.yaml").write_text(MAPPING.format(year=year), encoding="utf-8")
    for who in made:
        text = json.dumps(basics(who), ensure_ascii=False)
        (folder / "basics" / f"{who.code}.json").write_text(text, encoding="utf-8")


def _write_rows(path: Path, head: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files."""
    parser = argparse.ArgumentParser(description="Make the ledger of an invented city.")
    parser.add_argument("--departments", type=int, default=80, metavar="N", help="how many (80)")
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N", help="rows of the ledger (1000000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another city (1)")
    parser.add_argument("--year", type=int, default=2023, help="the budget year (2023)")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder for the files")
    asked = parser.parse_args(arguments)
    write(departments(asked.seed, asked.departments), asked.rows, asked.out, asked.year)
    return 0


if __name__ == "__main__":
    sys.exit(main())
