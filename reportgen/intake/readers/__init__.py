"""Readers: the bytes of a file become grids, one module a kind of file.

The libraries that read workbooks trust them, so a reader runs in a worker process with limits (:mod:`.worker`); there
also the checks before it, which count what the file would take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...core.errors import InputError
from ...recognise.grid import Grid
from ..kinds import WORKBOOKS, Kind, kind_of
from .docx import WordTexts, read_docx
from .worker import LIMITS, read_in_worker

__all__ = ["LIMITS", "ReadFile", "read_file", "read_grids", "read_texts"]
SAVE_AS = "在 Excel 或 WPS 里打开，另存为 .xlsx"
_ADVICE: Mapping[Kind, str] = {
    Kind.XLSB: SAVE_AS,
    Kind.ODS: "在 LibreOffice、Excel 或 WPS 里打开，另存为 .xlsx",
    Kind.ENCRYPTED: "去掉打开密码，另存为没有密码的 .xlsx",
    Kind.SPREADSHEET_XML: SAVE_AS,
    Kind.ARCHIVE: "压缩包先解压，再选其中的工作簿；工作簿打不开的，请重新导出",
    Kind.PACKED: "压缩包先解压，再选其中的工作簿",
    Kind.PDF: "要工作簿；PDF 里的数字请从系统里导出 Excel",
    Kind.TEXT: "明细账要加 --mapping；工作簿请另存为 .xlsx",
}
"""What to do with a kind of file that no reader takes."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its kind, its grids in their order, the names of what it carries that is never read."""

    kind: Kind
    grids: tuple[Grid, ...]
    ignored: tuple[str, ...] = ()


def read_file(payload: bytes, isolated: bool = True) -> ReadFile:
    """Return the grids of a workbook, or of the tables of a web page.

    Args:
        payload: the content of the file.
        isolated: read it in a worker process of its own; otherwise the caller is in one.

    Raises:
        InputError: it is of a kind that is not read, is damaged, has a password, or takes too much time or memory.
    """
    if not payload:
        raise InputError("文件是空的", "检查是否选错了文件")
    kind = kind_of(payload)
    if kind not in WORKBOOKS:
        hint = _ADVICE.get(kind) or "要 Excel 工作簿（.xlsx、.xls、.et）；检查是否选错了文件"
        raise InputError("这是“{kind}”，不能导入", hint, kind=kind.value)
    return read_in_worker(_read, payload, isolated)


def read_texts(payload: bytes, isolated: bool = True) -> WordTexts:
    """Return the paragraphs of a Word file and where it has tables; errors are those of :func:`read_file`."""
    if not payload:
        raise InputError("文件是空的", "检查是否选错了文件")
    kind = kind_of(payload)
    if kind is not Kind.DOCX:
        raise InputError("这是“{kind}”，不是 Word 文件（.docx）", "在 Word 或 WPS 里另存为 .docx", kind=kind.value)
    return read_in_worker(read_docx, payload, isolated)


def read_grids(payload: bytes, isolated: bool = True) -> tuple[Grid, ...]:
    """Return the grids of a workbook; errors are those of :func:`read_file`."""
    return read_file(payload, isolated).grids


def _read(payload: bytes) -> ReadFile:
    from .html import read_html
    from .xls import read_xls
    from .xlsx import read_xlsx

    kind = kind_of(payload)
    readers: dict[Kind, Callable[[bytes], tuple[tuple[Grid, ...], tuple[str, ...]]]] = {
        Kind.XLSX: read_xlsx,
        Kind.XLS: read_xls,
        Kind.HTML: read_html,
    }
    return ReadFile(kind, *readers[kind](payload))
