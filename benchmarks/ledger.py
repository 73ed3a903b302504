"""A city's ledger into documents: time by the clock and of the processor, memory, and the same sums from SQLite.

Usage: ``ledger.py [--departments 80] [--rows 1000000] [--formats csv,tsv,xlsx] [--bulk] [--keep FOLDER]``. The ledger
is that of ``data/samples/make_ledger.py``. Each import is a process of its own; what it has in memory at most is what
the system counts. Sums by fund, function item and unit over all documents are compared with SQL over the same rows.
``--bulk`` builds the documents with ``reportgen bulk`` and counts the findings.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from machine import description, load
from processes import ROOT, measured, own_command
from show import table

MAKER = ROOT / "data" / "samples" / "make_ledger.py"
IMPORT = """
import sys
from pathlib import Path
from reportgen.core.garbage_collection import collect_rarely
from reportgen.intake.ledger import import_ledger, write_documents
collect_rarely()
folder, ledger, out = (Path(one) for one in sys.argv[1:])
found = import_ledger(ledger, folder / "mapping.yaml", [folder / "basics"])
write_documents(found, out)
sys.exit(len(found.findings))
"""
AMOUNTS = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
GROUPS = (("fund", "资金性质"), ("function", "功能科目编码"), ("unit", "单位编码"))


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(asked.keep or temporary)
        made = [sys.executable, str(MAKER), "--departments", str(asked.departments), "--rows", str(asked.rows)]
        subprocess.run([*made, "-o", str(folder)], check=True)
        about = "; ".join(description().values())
        print(f"{asked.departments} departments, {asked.rows} rows; {about}; load {load():.1f}\n")
        for name in asked.formats.split(","):
            _convert(folder, name)
        print(
            table(
                ("file", "MB", "seconds", "CPU seconds", "peak MB", "documents"),
                list(_imports(folder, asked.formats.split(","))),
            )
        )
        print("\n" + table(("sums by", "groups", "differ from SQL"), list(_sums(folder))))
        if asked.bulk:
            _bulk(folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--departments", type=int, default=80)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default="csv,tsv")
    parser.add_argument("--bulk", action="store_true")
    parser.add_argument("--keep", help="a folder to work in and leave")
    return parser.parse_args()


def _rows(folder: Path) -> Iterator[list[str]]:
    with (folder / "ledger.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _convert(folder: Path, suffix: str) -> None:
    """Write the ledger in another format."""
    if suffix == "tsv":
        with (folder / "ledger.tsv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t").writerows(_rows(folder))
    elif suffix == "xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("明细")
        for n, cells in enumerate(_rows(folder)):
            sheet.append(cells if not n else [*cells[:-3], *(float(cell) if cell else None for cell in cells[-3:])])
        book.save(folder / "ledger.xlsx")


def _imports(folder: Path, suffixes: Sequence[str]) -> Iterator[list[str]]:
    for suffix in suffixes:
        ledger, out = folder / f"ledger.{suffix}", folder / f"documents-{suffix}"
        sample = measured([sys.executable, "-c", IMPORT, str(folder), str(ledger), str(out)])
        size, count = ledger.stat().st_size / 1e6, len(list(out.glob("*.json")))
        yield [
            suffix.upper(),
            f"{size:.0f}",
            f"{sample.wall:.1f}",
            f"{sample.cpu:.1f}",
            f"{sample.peak:.0f}",
            str(count),
        ]


def _sums(folder: Path) -> Iterator[list[str]]:
    """Compare the sums over all documents of every format with those of the rows."""
    stated = _of_rows(folder)
    for out in sorted(folder.glob("documents-*")):
        made = _of_documents(out)
        for name, _ in GROUPS:
            keys = {*stated[name], *made[name]}
            wrong = [key for key in keys if stated[name].get(key, 0) != made[name].get(key, 0)]
            yield [f"{name}, {out.name}", str(len(keys)), str(len(wrong))]


def _of_rows(folder: Path) -> dict[str, dict[str, Decimal]]:
    rows = _rows(folder)
    names = next(rows)
    at = names.index("预算金额")
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE rows (fund, function, unit, fen INTEGER)")
        columns = [names.index(column) for _, column in GROUPS]
        base.executemany(
            "INSERT INTO rows VALUES (?, ?, ?, ?)", ([*(row[n] for n in columns), _fen(row[at])] for row in rows)
        )
        return {
            name: {
                key: Decimal(fen) / 100
                for key, fen in base.execute(f"SELECT {name}, SUM(fen) FROM rows GROUP BY 1")
                if fen
            }
            for name, _ in GROUPS
        }


def _fen(text: str) -> int:
    return int(Decimal(text or 0) * 100)


def _of_documents(folder: Path) -> dict[str, dict[str, Decimal]]:
    sums: dict[str, dict[str, Decimal]] = {name: defaultdict(Decimal) for name, _ in GROUPS}
    for path in folder.glob("*.json"):
        for line in json.loads(path.read_text(encoding="utf-8"))["expenditure"]:
            amount = sum(Decimal(line.get(name, 0)) for name in AMOUNTS)
            for name, _ in GROUPS:
                sums[name][line.get(name, "一般公共预算")] += amount
    return {name: {key: amount for key, amount in found.items() if amount} for name, found in sums.items()}


def _bulk(folder: Path) -> None:
    documents = sorted(folder.glob("documents-*"))[0]
    sample = measured(own_command("bulk", str(documents), "-o", str(folder / "published"), "-q"))
    summary = json.loads((folder / "published" / "summary.json").read_text(encoding="utf-8"))
    states = Counter(one["status"] for one in summary["departments"])
    print(f"\nbulk: {sample.wall:.0f} s, {sample.cpu:.0f} CPU seconds; {dict(states)}")


if __name__ == "__main__":
    main()
