"""Read a published document of any kind: its paragraphs and tables in reading order (`docs/audit.md`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...core.errors import InputError, UsageError
from ...isolation import Limits, at_most
from ...recognise.blocks import ReadDocument, ReadTable
from ..kinds import WORKBOOKS, Kind, kind_of
from .worker import read_in_worker

READABLE = frozenset({*WORKBOOKS, Kind.PDF, Kind.DOCX})
"""The kinds of published documents that are read."""
LARGEST = 200 * 1024 * 1024
"""Bytes of a file."""
MEMORY = 200
"""MB that reading may take."""
_SECONDS, _SECONDS_PER_MB = 30, 5
_ADVICE: Mapping[Kind, str] = {
    Kind.DOC: "在 Word 或 WPS 里打开，另存为 .docx 或 PDF",
    Kind.ENCRYPTED: "去掉打开密码，另存为没有密码的文件",
    Kind.ARCHIVE: "压缩包先解压，再选其中的文件；打不开的请重新导出",
    Kind.PACKED: "压缩包先解压，再选其中的文件",
}


def read_document(payload: bytes, isolated: bool = True) -> ReadDocument:
    """Return the paragraphs and tables of a published document: PDF, Word file, workbook or web page.

    Which it is, its first bytes say.

    Args:
        payload: the content of the file.
        isolated: read it in a worker process of its own; otherwise the caller is in one.

    Raises:
        InputError: it is of a kind that is not read, is damaged, has a password, has no text, or takes too much.
        UsageError: it is a PDF, and the libraries that read it are not installed.
    """
    if not payload:
        raise InputError("文件是空的", "检查是否选错了文件")
    if len(payload) > LARGEST:
        message, hint = "文件超过 {most} MB，没有读", "检查是否选错了文件，或压缩其中的图片"
        raise InputError(message, hint, most=str(LARGEST >> 20))
    kind = kind_of(payload)
    if kind not in READABLE:
        hint = (
            _ADVICE.get(kind) or "要 PDF、Word 文件（.docx）、Excel 工作簿（.xlsx）或网页（.html）；检查是否选错了文件"
        )
        raise InputError("这是“{kind}”，不能审核", hint, kind=kind.value)
    if kind is Kind.PDF:
        _require_library()
    readers: Mapping[Kind, Callable[[bytes], ReadDocument]] = {
        Kind.PDF: _read_pdf,
        Kind.DOCX: _read_word,
        Kind.HTML: _read_page,
    }
    limits = Limits(seconds=_SECONDS + _SECONDS_PER_MB * (len(payload) >> 20), memory=MEMORY)
    return read_in_worker(readers.get(kind, _read_grids), payload, isolated, limits)


def _require_library() -> None:
    try:
        import pypdfium2.raw  # noqa: F401
    except ImportError as error:
        message, hint = "读 PDF 要用 pypdfium2，没有安装", "运行 pip install 'reportgen[audit]'"
        raise UsageError(message, hint) from error


def _read_pdf(payload: bytes) -> ReadDocument:
    from .pdf import read_pdf

    with at_most(MEMORY + 2 * (len(payload) >> 20)):
        return read_pdf(payload)


def _read_word(payload: bytes) -> ReadDocument:
    from .word_document import read_word

    return read_word(payload)


def _read_page(payload: bytes) -> ReadDocument:
    from .web_page import read_web_page

    return read_web_page(payload)


def _read_grids(payload: bytes) -> ReadDocument:
    """Return the grids of a workbook, each as a table."""
    from . import read_grids

    return ReadDocument(tuple(ReadTable(grid) for grid in read_grids(payload, isolated=False)))
