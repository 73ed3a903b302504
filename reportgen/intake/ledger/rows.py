"""The rows of a ledger, or of a list of units, in any of the formats, with the columns that its head names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from ...core.errors import InputError, os_error_reason
from ...core.finding import Finding, Place, Severity
from ...core.suggest import nearest
from ...recognise.grid import column_name
from ..kinds import OLE, ZIP
from .problems import Problems, shown
from .readings import plain
from .text_rows import TRIED_LINES, Row, find_delimiter, find_encoding, text_rows

FORMATS = {",": "CSV", "\t": "TSV"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: where each named column is (from 0), its row, what is over it, and all its cells."""

    positions: dict[str, int]
    width: int
    row: int
    above: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


class Table:
    """An open table: ``rows`` below its head; ``what`` names its format, for the report.

    The rows of a sheet (``sheet``) end with their last cell that is not empty.
    """

    def __init__(self, name: str, rows: Iterator[Row], what: str, sheet: str = "") -> None:
        """Make it from its rows, the head among the first of them."""
        self.name, self.what, self.sheet = name, what, sheet
        self.rows = rows
        self.head = Head({}, 0, 0)

    def find_head(self, columns: Sequence[str], optional: Sequence[str], problems: Problems) -> None:
        """Set ``head`` to the first row with the most of ``columns``; what is missing or twice is a problem."""
        first = list(islice(self.rows, TRIED_LINES))
        at = max(range(len(first)), key=lambda n: (match_count(first[n][1], columns), -n), default=0)
        self.rows = chain(first[at + 1 :], self.rows)
        row, cells = first[at] if first else (1, [])
        names = [plain(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        above = tuple(cell for _, above in first[:at] for cell in above if cell)
        positions = {name: names.index(plain(name)) for name in columns if plain(name) in names}
        self.head = Head(positions, len(names), row, above, tuple(cells))
        for name in columns:
            if names.count(plain(name)) > 1:
                message = "“{column}”这一列有 {number} 个"
                problems.say(
                    self._about_head(message, "改名或删去一列", column=name, number=str(names.count(plain(name))))
                )
            elif plain(name) not in names and name not in optional:
                longer = (one for one in sorted(names) if one.startswith(plain(name)))  # 金额（万元） for 金额
                near = next(longer, "") or nearest(plain(name), names)
                message = "没有“{column}”这一列"
                hint = (
                    "是否是“{near}”？改 mapping.yaml 里的 columns"
                    if near
                    else "mapping.yaml 里 columns 写的要与表头一样"
                )
                problems.say(self._about_head(message, hint, column=shown(name), near=near))

    def _about_head(self, message: str, hint: str, **values: str) -> Finding:
        return Finding("XL301", Severity.ERROR, message, (Place(printed=self.place(self.head.row)),), hint, values)

    def place(self, row: int, column: str = "") -> str:
        """Return how a message names a row, or a cell of it."""
        if not self.sheet:
            return f"{self.name} 第 {row} 行「{column}」" if column else f"{self.name} 第 {row} 行"
        at = self.head.positions.get(column)
        return f"{self.sheet}!{column_name(at + 1)}{row}" if at is not None else f"{self.sheet}!{row}"


@contextmanager
def open_table(
    path: Path, columns: Sequence[str], *, encoding: str = "", delimiter: str = "", sheet: str = ""
) -> Iterator[Table]:
    """Open a CSV, TSV or XLSX file that has ``columns``; encoding and delimiter are found out unless stated.

    Raises:
        InputError: it cannot be read, or is of another kind.
    """
    start = _start(path)
    if start.startswith(ZIP):
        with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
            from .workbook_rows import convert

            copy = Path(folder) / "rows.tsv"
            name = convert(path, sheet, copy)
            rows = ((int(row[0]), row[1:]) for _, row in text_rows(copy, "utf-8", "\t"))
            yield Table(path.name, rows, f"XLSX，工作表“{name}”", name)
        return
    if start.startswith((OLE, b"%PDF-")) or _is_binary(start):
        hint = "明细账要 CSV、TSV 或 .xlsx；旧版 .xls 在 Excel 或 WPS 里另存为 CSV UTF-8"
        raise InputError("{file} 不是文本，也不是 .xlsx，不能当明细账读", hint, file=path.name)
    encoding = find_encoding(path, encoding)
    delimiter = delimiter or find_delimiter(path, encoding, lambda row: match_count(row, columns))
    what = f"{FORMATS.get(delimiter, '文本')}，{encoding.upper().removesuffix('-SIG')}"
    yield Table(path.name, text_rows(path, encoding, delimiter), what)


def match_count(cells: Sequence[str], columns: Sequence[str]) -> int:
    """Return how many of ``columns`` are among the cells of a row."""
    names = {plain(cell) for cell in cells}
    return sum(plain(name) in names for name in columns)


def _is_binary(start: bytes) -> bool:
    """Whether the first bytes of a file have so many NULs that it is no text; one that strayed into a cell is named."""
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not marked and start.count(b"\0") * 20 > len(start)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except (OSError, ValueError) as error:
        raise InputError(
            "读不了文件 {path}：{why}", "检查路径和权限", path=str(path), why=os_error_reason(error)
        ) from None
    if not start.strip():
        raise InputError("{file} 是空的", "检查是否选错了文件，或导出没有完成", file=path.name)
    return start
