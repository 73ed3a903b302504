"""What pdfium sees on the pages of a PDF: characters with loose boxes, ruled lines, how each page is shown.

The calls are pdfium's own, one for each character and each path: nothing of a page is kept in objects of the library,
and each page is closed before the next one is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ....budget.radicals import with_hanzi
from ....core.errors import InputError
from .geometry import Char, Edge, View
from .paths import edges_of

MOST_PAGES = 2_000
MOST_CHARACTERS = 60_000
"""Characters of one page; a full page of small print has 5,000."""
MOST_EDGES = 40_000
"""Ruled lines of one page, before those that continue each other are joined."""
_HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line."""
_HEAVY = 600
"""The weight from which a typeface is bold."""
_PASSWORD = 4
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its width and height as shown, its characters in the order of the file, its edges.

    ``pictures`` is whether it has any.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    edges: tuple[Edge, ...]
    pictures: bool = False


def pages_of(payload: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF.

    Raises:
        InputError: it is damaged, has a password or too many pages.
    """
    import pypdfium2.raw as pdfium

    document = _opened(pdfium, payload)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            message = "PDF 有 {count} 页，多于 {most} 页，没有读"
            raise InputError(
                message, "公开的文件没有这么长；检查是否选错了文件，或拆开再读", count=str(count), most=str(MOST_PAGES)
            )
        if count < 1:
            raise _damaged()
        for index in range(count):
            yield _page(pdfium, document, index)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _opened(pdfium: Any, payload: bytes) -> Any:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(payload, len(payload), None)
    if document:
        return document
    if pdfium.FPDF_GetLastError() == _PASSWORD:
        raise InputError("PDF 有密码，读不了", "去掉打开密码，另存为没有密码的 PDF")
    raise _damaged()


def _damaged() -> InputError:
    return InputError("PDF 损坏，读不了", "重新下载或重新导出；能打开的，用“打印为 PDF”另存一份")


def _page(pdfium: Any, document: Any, index: int) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise InputError("PDF 的第 {number} 页损坏，读不了", "重新下载或重新导出", number=str(index + 1))
    try:
        view = _view(pdfium, page)
        chars = tuple(_chars(pdfium, page, view, index + 1))
        paths, pictures = edges_of(pdfium, page, view)
        if len(paths) > MOST_EDGES:
            paths = []
        return Page(index + 1, view.width, view.height, chars, tuple(paths), pictures)
    finally:
        pdfium.FPDF_ClosePage(page)


def _view(pdfium: Any, page: Any) -> View:
    """Return how a page is shown: by the crop box, as far as it lies in the media box, and the rotation."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    rotation = pdfium.FPDFPage_GetRotation(page) % 4 * 90
    return View(box.left, box.bottom, box.right, box.top, rotation)


def _chars(pdfium: Any, page: Any, view: View, number: int) -> Iterator[Char]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_CHARACTERS:
            message = "PDF 的第 {number} 页有 {count} 个字，多于 {most} 个，没有读"
            raise InputError(
                message, "检查是否选错了文件", number=str(number), count=str(count), most=str(MOST_CHARACTERS)
            )
        yield from _text_chars(pdfium, text, count, view)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _text_chars(pdfium: Any, text: Any, count: int, view: View) -> Iterator[Char]:
    box, shown = pdfium.FS_RECTF(), view.shown
    unicode_of, generated, box_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_IsGenerated,
        pdfium.FPDFText_GetLooseCharBox,
    )
    size, bold, owner = 0.0, False, None
    for index in range(count):
        if generated(text, index) == 1:
            continue
        character = _character(unicode_of(text, index))
        if not character or not box_of(text, index, box):
            continue
        held = pdfium.FPDFText_GetTextObject(text, index)
        address = _address(held)
        if address != owner:
            owner, bold = address, pdfium.FPDFText_GetFontWeight(text, index) >= _HEAVY
        left, top, right, bottom = shown(box.left, box.bottom, box.right, box.top)
        size = min(bottom - top, max(right - left, (bottom - top) * 0.5)) if character > "\u2e7f" else bottom - top
        yield Char(left, top, right, bottom, character, size, bold)


def _address(pointer: Any) -> int:
    import ctypes

    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _character(code: int) -> str:
    """Return a character as it is meant; "" for one that says nothing: control characters and private ones."""
    if code == _HYPHEN:
        return "-"
    if code < 32 or code in _PRIVATE or code in _SURROGATES or code in (0x7F, 0xFEFF, 0xFFFE, 0xFFFF, 0xAD, 0x200B):
        return ""
    return with_hanzi(chr(code))


def has_text(page: Page) -> bool:
    """Whether a page has any character that is not blank."""
    return any(not char.text.isspace() for char in page.chars)
