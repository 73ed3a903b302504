"""Read a published PDF: ruled tables joined over pages, prose in paragraphs, the boxes of both (`docs/audit.md`)."""

from __future__ import annotations

from ....core.errors import InputError
from ....recognise.blocks import Block, Box, PageSize, ReadDocument
from .above import lines_above
from .cell_text import PageTable
from .content import PageContent, content_of, remove_running_lines
from .lines import Line
from .pages import has_text, pages_of
from .paragraphs import Paragraphs
from .stream_sizes import refuse_bombs
from .tables import Part, goes_on, table_of


def read_pdf(payload: bytes) -> ReadDocument:
    """Return the blocks of a PDF in reading order.

    Raises:
        InputError: it is damaged, has a password or too many pages, or no page has text (a scan).
    """
    refuse_bombs(payload)
    pages: list[PageContent] = []
    blank: list[int] = []
    for page in pages_of(payload):
        pages.append(content_of(page))
        if not has_text(page):
            blank.append(page.number)
    if len(blank) == len(pages):
        message = "PDF 是扫描件或图片，里面没有文字，读不了（程序不做文字识别）"
        raise InputError(message, "用由 Word、WPS 或预算系统直接导出的 PDF，不用扫描的")
    remove_running_lines(pages)
    blocks, boxes = _blocks(pages)
    sizes = tuple(PageSize(round(page.width, 1), round(page.height, 1)) for page in pages)
    return ReadDocument(blocks, sizes, boxes, tuple(blank))


def _blocks(pages: list[PageContent]) -> tuple[tuple[Block, ...], dict[str, tuple[Box, ...]]]:
    """Return the blocks of all pages, and the boxes of their places."""
    paragraphs = Paragraphs(pages)
    blocks: list[Block] = []
    boxes: dict[str, tuple[Box, ...]] = {}
    open_parts: list[Part] = []
    lines: list[tuple[PageContent, Line]] = []

    def close_table() -> None:
        if open_parts:
            table, places = table_of(open_parts)
            blocks.append(table)
            boxes.update(places)
            open_parts.clear()

    for item in _sequence(pages):
        if isinstance(item, Part):
            blocks += paragraphs.of(lines)
            if lines or not open_parts or not goes_on(open_parts[-1], item):
                close_table()
            lines = []
            open_parts.append(item)
        else:
            close_table()
            lines.append(item)
    blocks += paragraphs.of(lines)
    close_table()
    return tuple(blocks), boxes | paragraphs.boxes


def _sequence(pages: list[PageContent]) -> list[Part | tuple[PageContent, Line]]:
    """Return tables, with the lines above that belong to them, and the other lines in reading order."""
    sequence: list[Part | tuple[PageContent, Line]] = []
    for page in pages:
        before: list[Line | PageTable] = []
        for item in page.items:
            if isinstance(item, PageTable):
                above = lines_above(before, item)
                if above:
                    del before[-len(above) :]
                    del sequence[-len(above) :]
                sequence.append(Part(item, above))
            else:
                sequence.append((page, item))
            before.append(item)
    return sequence
