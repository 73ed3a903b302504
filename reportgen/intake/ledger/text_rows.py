"""Rows of a delimited text (CSV, TSV): its encoding, its delimiter, and each row with the line it begins on."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from ...core.errors import InputError, os_error_reason
from .mapping import DELIMITERS

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LONGEST_LINE = 1_000_000
"""Characters; a longer one has an open quotation mark, or is no table."""
LARGEST_FILE = 4 << 30
"""Bytes."""
_CHUNK = 1 << 20
TRIED_LINES = 20
"""Lines in which the head of the table must be."""

Row = tuple[int, list[str]]
"""A row of texts with the number of the line or row that it begins on, counted from 1."""


def find_encoding(path: Path, stated: str) -> str:
    """Return the encoding of a text: its byte order mark, what is ``stated``, UTF-8 if it is, or else GB18030.

    Raises:
        InputError: the file cannot be read, is too large, or is not text in that encoding.
    """
    try:
        with path.open("rb") as file:
            if path.stat().st_size > LARGEST_FILE:
                raise InputError(
                    "{file} 超过 {most} GB，没有读", "分成几个文件", file=path.name, most=str(LARGEST_FILE >> 30)
                )
            head = file.read(4)
            if marked := next((encoding for mark, encoding in MARKS if head.startswith(mark)), ""):
                candidates = [marked]
            else:
                candidates = [stated] if stated else ["utf-8", "gb18030"]
            lines = [(encoding, _undecodable(file, encoding)) for encoding in candidates]
    except (OSError, ValueError) as error:
        raise InputError(
            "读不了文件 {path}：{why}", "检查路径和权限", path=str(path), why=os_error_reason(error)
        ) from None
    for encoding, line in lines:
        if not line:
            return encoding
    message = "{file} 第 {line} 行附近不是 {encoding} 编码"
    tried = "、".join(encoding.upper().removesuffix("-SIG") for encoding, _ in lines)
    at = max(line for _, line in lines)
    raise InputError(
        message, "在 Excel 里另存为 CSV UTF-8，或用记事本另存为 UTF-8", file=path.name, line=str(at), encoding=tried
    )


def _undecodable(file: IO[bytes], encoding: str) -> int:
    """Return the line of the first bytes that are not text in ``encoding``; 0 if all are."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    while True:
        chunk = file.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        line += chunk.count(b"\n")
        if not chunk:
            return 0


def find_delimiter(path: Path, encoding: str, matches: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter with which one of the first rows ``matches`` the head best."""
    with _opened(path, encoding) as stream:
        lines = list(islice(iter(partial(stream.readline, LONGEST_LINE), ""), TRIED_LINES))
    return max(DELIMITERS, key=lambda one: _best_match(lines, one, matches))


def _best_match(lines: Sequence[str], delimiter: str, matches: Callable[[Sequence[str]], int]) -> int:
    """Return the best match of a row; 0 where the lines are no table with that delimiter."""
    try:
        return max((matches(row) for row in csv.reader(lines, delimiter=delimiter)), default=0)
    except csv.Error:  # a cell that is too long
        return 0


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a delimited text; a line without anything in it is none.

    Raises:
        InputError: quotation marks are not closed, or a line is too long; the line is named.
    """
    with _opened(path, encoding) as stream:
        yield from delimited(stream, delimiter, path.name)


def delimited(stream: IO[str], delimiter: str, name: str) -> Iterator[Row]:
    """Yield the rows of an open text; ``name`` is what messages call it."""
    reader = csv.reader(_lines(stream, name), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        message, hint = (
            "{file} 第 {line} 行的引号不成对",
            "一格里有引号的，整格加引号，里面的引号写两个；或换一种分隔符导出",
        )
        raise InputError(message, hint, file=name, line=str(line)) from None


def _opened(path: Path, encoding: str) -> IO[str]:
    try:
        return open(path, encoding=encoding, newline="")
    except OSError as error:
        raise InputError(
            "读不了文件 {path}：{why}", "检查路径和权限", path=str(path), why=os_error_reason(error)
        ) from None


def _lines(stream: IO[str], name: str) -> Iterator[str]:
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_LINE), ""), 1):
        if len(line) >= LONGEST_LINE:
            raise InputError("{file} 第 {line} 行太长，不是明细账", "检查是否选错了文件", file=name, line=str(number))
        yield line
