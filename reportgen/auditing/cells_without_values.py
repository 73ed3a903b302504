"""Find cells that show no amount: errors, formulas that were not calculated, what is hidden (AU119, AU195)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument
from ..recognise.grid import GridCell
from .report import AuditFinding

SHOWN = 3
HIDDEN = "公开的文件里不留隐藏的内容：取消隐藏，或删去"
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!)|#{3,}")


def cells_without_values(read: ReadDocument) -> Iterator[AuditFinding]:
    """Yield for each table its cells with errors, and those that were not calculated; hidden sheets and lines."""
    for table in read.tables():
        cells = list(table.grid.cells.values())
        wrong = [cell for cell in cells if cell.problem == "error" or _ERROR.fullmatch(str(cell.value).strip())]
        yield from _finding(
            "AU119", Severity.ERROR, "{count} 个格子印的是公式的错误值，如“{found}”", wrong, "改正公式或列宽"
        )
        uncalculated = [cell for cell in cells if cell.problem == "not calculated"]
        message, hint = (
            "{count} 个格子是没有算出的公式，没有审核，如“{found}”",
            "在 Excel 或 WPS 里打开，重新计算后保存",
        )
        yield from _finding("AU195", Severity.WARNING, message, uncalculated, hint)
        hidden = [cell for cell in cells if cell.hidden and not table.grid.hidden]
        yield from _finding("AU195", Severity.NOTE, "{count} 个有内容的格子是隐藏的，如“{found}”", hidden, HIDDEN)
    sheets = [GridCell(table.grid.name, table.grid.name) for table in read.tables() if table.grid.hidden]
    yield from _finding("AU195", Severity.WARNING, "{count} 张工作表是隐藏的，如“{found}”", sheets, HIDDEN)


def _finding(
    code: str, severity: Severity, message: str, cells: Sequence[GridCell], hint: str
) -> Iterator[AuditFinding]:
    if cells:
        values = {"count": str(len(cells)), "found": str(cells[0].value).strip()[:40]}
        where = tuple(Place(cell=cell.place) for cell in cells[:SHOWN])
        yield AuditFinding(Finding(code, severity, message, where, hint, values))
