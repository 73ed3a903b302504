"""Load a budget document, whatever it comes as: a path, the bytes of a file, or plain Python values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from ..budget.json_input import parse_json, read_payload
from ..budget.load import read_budget
from ..budget.model import Budget, Department
from ..budget.python_input import json_payload
from ..budget.terms import BUDGET, FINAL
from ..core.errors import InputError, OutputError
from ..core.files import save_all
from ..core.finding import Finding, Severity
from ..intake.clerk_words import for_clerks
from ..intake.imported import Imported
from ..intake.kinds import WORKBOOKS, Kind, kind_of


@dataclass(frozen=True, slots=True)
class LoadedBudget:
    """A budget document that keeps the published contract, with last year's where one was given.

    ``data`` is the document itself (amounts in 元, exact), ``payload`` its JSON as it was read or would be written,
    ``path`` the file it came from, ``last`` last year's document and ``initial`` the budget of the year (of final
    accounts), whose figures must be the bases of this one. Of a workbook ``cells`` has the cell of each value by its
    JSON pointer, ``blanks`` the empty cell of each value that is not there, and ``notes`` what was normalised.
    """

    data: Budget
    payload: bytes = field(repr=False)
    path: Path | None = None
    last: LoadedBudget | None = None
    cells: Mapping[str, str] = field(default_factory=dict, repr=False)
    blanks: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[Finding, ...] = ()
    initial: LoadedBudget | None = None

    @property
    def year(self) -> int:
        """The budget year."""
        return self.data.year

    @property
    def department(self) -> Department:
        """Whose budget it is."""
        return self.data.department


JSON_KINDS = frozenset({Kind.JSON, Kind.TEXT, Kind.UNKNOWN})
"""What is read as JSON: of what is none the message names the line."""
_OTHER_STAGE = "上年的决算用 --last，同一年的预算用 --budget"
BudgetSource: TypeAlias = LoadedBudget | str | Path | bytes | Mapping[str, object]
"""What a document may come as: loaded already, the path of a file, the bytes of a file, or plain Python values."""


def load(source: BudgetSource, last: BudgetSource | None = None, initial: BudgetSource | None = None) -> LoadedBudget:
    """Load the document in ``source`` and, for comparison, ``last`` year's and the budget of the same year.

    Returns:
        The document as it was read, with those that were given.

    Raises:
        InputError: one of them cannot be read or breaks the contract; ``findings`` names every violation with its
            JSON pointer. Or one is of a stage with which ``source`` is not compared.
    """
    budget = source if isinstance(source, LoadedBudget) else _load(source)
    budget = budget if last is None else replace(budget, last=load(last))
    budget = budget if initial is None else replace(budget, initial=load(initial))
    _check_stages(budget)
    return budget


def _check_stages(budget: LoadedBudget) -> None:
    """Final accounts are compared with last year's final accounts; a budget with last year's budget or final accounts.

    Raises:
        InputError: ``last`` is a budget and the document final accounts; ``initial`` is no budget, or the document is
            none of final accounts.
    """
    last, initial = budget.last, budget.initial
    if last is not None:
        check_last_stage(budget.data.stage, last.data.stage, last.year)
    if initial is not None and initial.data.stage != BUDGET:
        message = "给作预算的文件（--budget）是 {year} 年的决算，不是预算"
        raise InputError(message, _OTHER_STAGE, year=str(initial.year))
    if initial is not None and budget.data.stage != FINAL:
        message = "同一年的预算（--budget）是核对决算的年初预算数用的，这个文件是 {year} 年的预算"
        raise InputError(message, "不写 --budget；上年的文件用 --last", year=str(budget.year))


def check_last_stage(own: str, last: str, year: int) -> None:
    """Check that last year's document, of ``year``, is of a stage with which one of the stage ``own`` is compared.

    Raises:
        InputError: it is a budget, and the document final accounts.
    """
    if (own, last) == (FINAL, BUDGET):
        message = "决算要与上年的决算核对，给出的上年文件（--last）是 {year} 年的预算"
        raise InputError(message, _OTHER_STAGE, year=str(year))


def source_payload(source: BudgetSource) -> bytes:
    """The JSON of a document that need not be loaded for it.

    Raises:
        InputError: it cannot be read.
    """
    match source:
        case LoadedBudget(payload=payload) | (bytes() as payload):
            return payload
        case str() if source.lstrip()[:1] in ("{", "["):
            raise InputError("这是 JSON 的文字，不是文件的路径", "文字请用 .encode() 变成 bytes，或者给出字典")
        case str() | Path():
            return read_payload(Path(source))
        case _:
            return json_payload(source)


def _load(source: BudgetSource) -> LoadedBudget:
    payload = source_payload(source)
    path = Path(source) if isinstance(source, str | Path) else None
    kind = kind_of(payload)
    if kind in WORKBOOKS:
        from ..intake.workbook import import_workbook  # most documents are JSON

        return loaded_import(import_workbook(payload), path)
    if kind not in JSON_KINDS:
        raise InputError("这是“{kind}”，不是预算 JSON 或工作簿", "检查是否选错了文件", kind=kind.value)
    return LoadedBudget(read_budget(parse_json(payload)), payload, path)


def loaded_import(imported: Imported, path: Path | None = None) -> LoadedBudget:
    """Return the document that was imported from another file; its findings name cells.

    Raises:
        InputError: the file has errors, or what it holds breaks the contract; ``findings`` has all of them.
    """
    errors = [finding for finding in imported.findings if finding.severity is Severity.ERROR]
    if errors:
        raise InputError("不能导入，共 {count} 处", findings=errors, count=str(len(errors)))
    payload = json_payload(imported.data, indent=2)
    try:
        budget = read_budget(parse_json(payload))
    except InputError as error:
        raise InputError(
            error.message,
            error.hint,
            findings=for_clerks(
                error.findings, imported.cells, imported.blanks, str(imported.data.get("stage", BUDGET))
            ),
            **error.values,
        ) from None
    return LoadedBudget(budget, payload, path, cells=imported.cells, blanks=imported.blanks, notes=imported.findings)


def json_of_file(path: Path) -> bytes:
    """Return the JSON in the file ``path``, which is to be written again.

    Raises:
        InputError: it cannot be read, or is a file of another kind, which JSON must not replace.
    """
    payload = read_payload(path)
    kind = kind_of(payload)
    if kind not in JSON_KINDS:
        message, hint = "{path} 是“{kind}”，不能写回", "先用 reportgen import 写成预算 JSON，改那一份"
        raise InputError(message, hint, path=str(path), kind=kind.value)
    return payload


def save_document(path: Path, old: bytes, new: bytes) -> Path:
    """Write ``new`` over the document at ``path``, which was read as ``old``.

    Raises:
        OutputError: the file cannot be written, or was changed by another program in the meantime.
    """
    if read_payload(path) != old:
        message = "{path} 在读入之后被别人改过，没有写"
        raise OutputError(message, "重新运行一次", path=str(path))
    return next(iter(save_all(path.parent, {path.name: new})))
