"""Output of ``import --mapping``: as what a ledger was read, its totals, what is wrong, the files written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.finding import blocking
from ..core.money import exact
from .console import Console

if TYPE_CHECKING:
    from ..intake.ledger import LedgerImport
    from ..intake.ledger.totals import LedgerTotals


def print_ledger(found: LedgerImport, files: Sequence[Path], console: Console) -> int:
    """Print what came of a ledger; return the exit code, 1 when a finding is an error."""
    usable = not blocking(found.findings)
    if console.json:
        console.print_data(_data(found, files, console))
        return 0 if usable else 1
    language, sheet = console.language, found.recognised
    values = {"sheet": sheet.name, "kind": language.value(sheet.kind), "unit": sheet.unit, "count": str(sheet.rows)}
    if not console.quiet:
        console.print_message(language.message("“{sheet}”：{kind}，{unit}，{count} 行", values))
    console.print_findings(found.findings)
    if found.totals is not None and not console.quiet:
        _print_totals(found.totals, console)
    if files and not console.quiet:
        count = {"count": str(len(files)), "folder": str(files[0].parent)}
        console.print_result(language.message("{count} 个部门的 JSON 写进了 {folder}。", count))
    if not usable:
        console.print_message(language.gettext("有错误，没有写出文件；改正后再导入。"))
    return 0 if usable else 1


def _print_totals(totals: LedgerTotals, console: Console) -> None:
    """Print the sums that stand beside those of the budget system."""
    language = console.language
    for fund, amount in totals.by_fund.items():
        values = {"fund": language.value(fund), "amount": exact(amount)}
        console.print_message(language.message("  {fund} {amount}", values))
    values = {
        "amount": exact(totals.amount), "functions": str(len(totals.by_function)), "units": str(len(totals.by_unit)),
    }  # fmt: skip
    text = "合计 {amount}：{functions} 个功能科目、{units} 个单位，各表与各行之和相等（-v 逐项列出）"
    console.print_message(language.message(text, values))
    for sums in (totals.by_function, totals.by_unit) if console.verbose else ():
        for code, amount in sums.items():
            console.print_message(f"  {code} {exact(amount)}")


def _data(found: LedgerImport, files: Sequence[Path], console: Console) -> dict[str, Any]:
    sheet, totals = found.recognised, found.totals
    return {
        "usable": not blocking(found.findings),
        "findings": [console.finding_data(finding) for finding in found.findings],
        "recognised": {"sheet": sheet.name, "kind": sheet.kind, "unit": sheet.unit, "rows": sheet.rows},
        "totals": None if totals is None else _totals(totals),
        "departments": [
            {"code": one.code, "name": one.name, "unread": sorted(one.imported.unread)} for one in found.documents
        ],
        "files": [str(path) for path in files],
    }


def _totals(totals: LedgerTotals) -> dict[str, Any]:
    sums = {"by_fund": totals.by_fund, "by_function": totals.by_function, "by_unit": totals.by_unit}
    texts = {name: {key: str(amount) for key, amount in one.items()} for name, one in sums.items()}
    last = {kind: str(amount) for kind, amount in totals.last.items()}
    return {"rows": totals.rows, "amount": str(totals.amount), **texts, "last": last}
