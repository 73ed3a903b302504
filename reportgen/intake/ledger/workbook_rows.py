"""Rows of an XLSX ledger, read in a worker with limits and kept in a temporary text of tab-separated cells."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ...core.errors import InputError
from ...isolation import Limits, run_one
from ..readers import SAVE_AS
from ..readers.package_check import LEDGER, check_package
from ..readers.xlsx import plain_value
from .text_rows import TRIED_LINES

LIMITS = Limits(seconds=1200, memory=1500)
MOST_COLUMNS = 200
_DAMAGED = "工作簿损坏，读不了"


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    sheet: str
    target: Path


def convert(source: Path, sheet: str, target: Path) -> str:
    """Write the rows of one sheet to ``target``, the number of the row first; return the name of the sheet.

    Without a name (``sheet``) the workbook must have only one sheet that is not hidden.

    Raises:
        InputError: it is damaged or not safe to read, has not that sheet, or takes too much time or memory.
    """
    result = run_one(_convert, _Job(source, sheet, target), LIMITS)
    if result.loss is not None:
        raise InputError("读工作簿用的时间或内存太多，没有读完", "把明细账另存为 CSV UTF-8 再导入")
    if isinstance(result.value, tuple):
        message, hint, values = result.value
        raise InputError(message, hint, **values)
    return str(result.value)


def _convert(job: _Job) -> Any:
    """Do it in a worker; an expected error is an answer, too: such exceptions do not survive pickling."""
    try:
        return _written(job)
    except InputError as error:
        return error.message, error.hint, dict(error.values)


def _written(job: _Job) -> str:
    payload = job.source.read_bytes()
    summary = check_package(payload, LEDGER)
    del payload
    values = _sheet(job, data_only=True)
    formulas = _sheet(job, data_only=False) if summary.formulas else None
    with job.target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        for number, row in enumerate(_rows(values, formulas), 1):
            if any(row):
                writer.writerow([number, *row])
    return str(values.title)


def _sheet(job: _Job, data_only: bool) -> Any:
    from openpyxl import load_workbook  # slow to import, and few runs need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that are not read
            book = load_workbook(job.source, read_only=True, data_only=data_only, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a damaged part
        raise InputError(_DAMAGED, SAVE_AS) from error
    names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not job.sheet and len(names) == 1:
        return book[names[0]]
    if job.sheet and job.sheet in [sheet.title for sheet in book.worksheets]:
        return book[job.sheet]
    shown = "、".join(names[:20])
    if job.sheet:
        raise InputError(
            "工作簿里没有“{sheet}”这张表，有：{names}", "改 mapping.yaml 里的 sheet", sheet=job.sheet, names=shown
        )
    raise InputError("工作簿有几张表：{names}", "在 mapping.yaml 里用 sheet 写明哪一张是明细账", names=shown)


def _rows(values: Any, formulas: Any) -> Iterator[list[str]]:
    """Yield the rows as texts; a formula without a value as its own text, which no column takes."""
    try:
        first = values.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=TRIED_LINES)
        width = max((len(_cut([_text(value) for value in row])) for row in first), default=0) + 1
        every = values.iter_rows(values_only=True, max_col=width)
        if formulas is None:
            for row in every:
                yield _cut([_text(value) for value in row])
            return
        for row, source in zip_longest(every, formulas.iter_rows(values_only=True, max_col=width), fillvalue=()):
            yield _cut([_text(a if a is not None else b) for a, b in zip_longest(row, source)])
    except MemoryError:
        raise
    except (InputError, OSError):
        raise
    except Exception as error:
        raise InputError(_DAMAGED, SAVE_AS) from error


def _cut(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    found = plain_value(value)
    return (
        ("是" if found else "否")
        if isinstance(found, bool)
        else f"{found:f}"
        if hasattr(found, "quantize")
        else str(found)
    )
