"""Read an uploaded file, in a worker process with limits: whatever it holds, the server does not parse it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ..core.errors import InputError, ReportgenError, UsageError
from ..core.finding import Finding
from ..hand_edits.of_versions import is_made_here
from ..intake.imported import RecognisedSheet
from ..intake.kinds import Kind, kind_of
from ..isolation import Limits, run_one
from ..isolation.steps import in_worker
from ..pipeline import load
from ..pipeline.fill_in import workbook_cells
from ..pipeline.importing import import_files
from ..pipeline.source import LoadedBudget
from .saved_files import SavedCells

LIMITS = Limits(seconds=60, memory=1024)
_WRONG_FILES = frozenset({Kind.TEXT, Kind.UNKNOWN, Kind.IMAGE, Kind.PROGRAM})
"""The kinds of files that cannot be made into one that is read; of the others the readers say what to do."""


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """What came of an uploaded file: the JSON of its document, or None with the reasons.

    ``title`` names the document; ``cells`` says where the values of a workbook stand in it. ``message``,
    ``hint`` and ``values`` are those of an error that ended the reading.
    """

    payload: bytes | None = field(default=None, repr=False)
    title: str = ""
    cells: SavedCells = field(default_factory=SavedCells, repr=False)
    findings: tuple[Finding, ...] = ()
    recognised: tuple[RecognisedSheet, ...] = ()
    message: str = ""
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def read_upload(payload: bytes, basics: bytes | None = None) -> ReadUpload:
    """Return what a workbook, a published file or a budget document holds; ``basics`` is a document that completes it.

    It is read here where this is a worker already, else in a worker of its own.

    Raises:
        UsageError: worker processes cannot start.
        InputError: the worker took too much time or memory, or ended.
    """
    if in_worker():
        return _read((payload, basics))
    result = run_one(_read, (payload, basics), LIMITS)
    if result.loss in ("time", "memory"):
        raise InputError("读文件用的时间或内存太多，没有读完", "删去图片和用不着的内容、空行空列，另存为新的文件")
    if result.loss is not None:
        raise InputError("文件使读它的进程异常结束，没有读", "另存为 .xlsx 再上传")
    read: ReadUpload = result.value
    return read


def title_of(budget: LoadedBudget) -> str:
    """Return how the list of documents names a document; a unit may have the name of its department."""
    stage = {"budget": "预算", "final": "决算"}[budget.data.stage]
    scope = {"department": "", "unit": "单位"}[budget.data.scope]
    return f"{budget.department.name}{budget.year}年{scope}{stage}"


def _read(job: tuple[bytes, bytes | None]) -> ReadUpload:
    """Read the file (in the worker)."""
    payload, basics = job
    try:
        kind = kind_of(payload)
        if kind is Kind.JSON:
            return _read_budget(load(payload))
        if kind in _WRONG_FILES:
            hint = "要填报表、系统导出的工作簿、预算 JSON，或已公开的 PDF、Word 文件；检查是否选错了文件"
            raise InputError("这是“{kind}”，不能上传", hint, kind=kind.value)
        if kind is Kind.DOCX and basics is not None and is_made_here(payload):
            hint = "在 Word 里改了文字的，在“上传”里用“导入修改稿”取回；改数字，改填报表再上传"
            raise UsageError("这是从工作台导出的 Word 文件，没有印出来的数据它没有；没有存", hint)
        return _read_other(payload, basics)
    except ReportgenError as error:
        return ReadUpload(
            findings=error.findings, message=error.message, hint=error.hint or error.next_step, values=error.values
        )


def _read_budget(budget: LoadedBudget) -> ReadUpload:
    return ReadUpload(budget.payload, title_of(budget), _cells(budget), budget.notes)


def _cells(budget: LoadedBudget) -> SavedCells:
    """Return the cells of a workbook; for what has none in a workbook of another form, those of the fill-in one."""
    if not budget.cells:
        return SavedCells()
    return SavedCells(budget.cells, budget.blanks or workbook_cells(budget)[1])


def _read_other(payload: bytes, basics: bytes | None) -> ReadUpload:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(payload)
        report = import_files([path], basics=basics, isolated=False)
    if report.budget is None:
        raised = UsageError("这份文件里有读不懂的地方，没有读进来", "照所列的格改好，再上传一次")
        return ReadUpload(
            findings=report.findings, recognised=report.recognised, message=raised.message, hint=raised.hint
        )
    read = _read_budget(report.budget)
    return ReadUpload(read.payload, read.title, read.cells, report.findings, report.recognised)
