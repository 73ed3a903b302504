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
from ..core.errors import InputError, OutputError
from ..core.files import save_all


@dataclass(frozen=True, slots=True)
class LoadedBudget:
    """A budget document that keeps the published contract, with last year's where one was given.

    ``data`` is the document itself (amounts in 元, exact), ``payload`` its JSON as it was read or would be written,
    ``path`` the file it came from, ``last`` last year's document, whose figures must be the bases of this one.
    """

    data: Budget
    payload: bytes = field(repr=False)
    path: Path | None = None
    last: LoadedBudget | None = None

    @property
    def year(self) -> int:
        """The budget year."""
        return self.data.year

    @property
    def department(self) -> Department:
        """Whose budget it is."""
        return self.data.department


BudgetSource: TypeAlias = LoadedBudget | str | Path | bytes | Mapping[str, object]
"""What a document may come as: loaded already, the path of a file, the bytes of a file, or plain Python values."""

FIRST_BYTES = {
    b"PK\x03\x04": "Office 文件（DOCX、XLSX）或压缩包",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "旧版的 Office 文件（DOC、XLS）",
    b"%PDF-": "PDF 文件",
}
"""What a file begins with that is not JSON, and what it is then."""


def load(source: BudgetSource, last: BudgetSource | None = None) -> LoadedBudget:
    """Load the document in ``source`` and, for comparison, ``last`` year's.

    Returns:
        The document as it was read, with last year's if one was given.

    Raises:
        InputError: one of them cannot be read or breaks the contract; ``findings`` names every violation with its
            JSON pointer.
    """
    budget = source if isinstance(source, LoadedBudget) else _load(source)
    return budget if last is None else replace(budget, last=load(last))


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
    for start, kind in FIRST_BYTES.items():
        if payload.startswith(start):
            raise InputError("这是 {kind}，不是预算 JSON", "检查是否选错了文件", kind=kind)
    path = Path(source) if isinstance(source, str | Path) else None
    return LoadedBudget(read_budget(parse_json(payload)), payload, path)


def save_document(path: Path, old: bytes, new: bytes) -> Path:
    """Write ``new`` over the document at ``path``, which was read as ``old``.

    Raises:
        OutputError: the file cannot be written, or was changed by another program in the meantime.
    """
    if read_payload(path) != old:
        message = "{path} 在读入之后被别人改过，没有写"
        raise OutputError(message, "重新运行一次", path=str(path))
    return next(iter(save_all(path.parent, {path.name: new})))
