"""Grids to recognised tables: each table with its title, unit, head and rows, and a finding for what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..budget.codes import CodeBook, Entry, code_book
from ..core.finding import Finding, Severity
from .body import Body, bound, report_unread
from .coded_rows import CodedRows
from .economic_rows import PANEL_TOTALS, code_panels, economic_rows, one_total
from .goal_forms import goal_form, names_project
from .grid import Grid
from .head import Column, Head, Rows, find_head, is_column_numbers
from .panels import PanelRows, side_of, split_panels
from .table import UNITS, RecognisedRow, RecognisedTable, table_finding
from .titles import Publisher, Title, publisher_in, sheet_title, split_unit, titles, titles_year, units_in
from .uncoded_rows import goals, records, single_row, three_public_items
from .unknown_sheets import FIGURES, broken_sheet, figures, unknown_sheet
from .words import plain, table_kinds

NO_NAMES: Mapping[str, str] = {}
NOT_STATED = Publisher("")
IGNORED = (
    "number",
    "remark",
    "project_code",
    "year",
    "code",
    "class",
    "section",
    "item",
    "unit_code",
    "government_code",
)
"""Meanings of columns whose figures are no amounts."""
FORM_NAME_WITHIN = 3
"""Rows below the title within which the form of a project names it."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known beside the grids: the year, names of codes."""

    year: int
    names: Mapping[str, str]
    units: set[str] = field(default_factory=set)
    """The plain names of units and departments that the tables before have."""

    def book(self, year: int) -> CodeBook:
        """Return the code book of a year with the names that it does not have."""
        book = code_book(year or 9999)
        more = {code: Entry(code, name, False) for code, name in self.names.items()}
        return CodeBook(book.year, {**book.functions, **more}, book.economic)


@dataclass(slots=True)
class Recognised:
    """What was recognised in the grids of a file: the tables, what is wrong, and the grids that are no tables."""

    tables: list[RecognisedTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    others: list[Grid] = field(default_factory=list)


def recognise(grids: Sequence[Grid], year: int = 0, names: Mapping[str, str] = NO_NAMES) -> Recognised:
    """Return the official tables in ``grids``. ``year`` is that of the document where titles name none.

    ``names`` has names of 功能分类 that the code book of the year does not have, by code.

    What a table holds and is not understood is a finding: an error where an amount is lost, else a warning.
    """
    year = year or titles_year(grids)
    result = _recognised(grids, _Context(year, names))
    learned = {} if all(table.kind.rows != "panels" for table in result.tables) else _unlisted(result, year, names)
    return _recognised(grids, _Context(year, {**learned, **names})) if learned else result


def _unlisted(result: Recognised, year: int, names: Mapping[str, str]) -> dict[str, str]:
    """Return the names by code that tables of 功能分类 print and the code book does not have."""
    book = code_book(year or 9999).functions
    rows = [row for table in result.tables if table.kind.rows == "function" for row in table.rows]
    coded = {row.key: row.name for row in rows if row.kind == "code" and row.name}
    return {code: name for code, name in coded.items() if code not in book and code not in names}


def _recognised(grids: Sequence[Grid], context: _Context) -> Recognised:
    result = Recognised()
    for grid in grids:
        try:
            _read_grid(grid, context, result)
        except Exception as error:  # a sheet may be laid out in a way that no one foresaw: the others are still read
            result.others.append(grid)
            result.findings.append(broken_sheet(grid, error))
    return result


def _read_grid(grid: Grid, context: _Context, result: Recognised) -> None:
    """Add the tables of one grid, or the grid to those that are no tables."""
    rows = Rows(grid)
    found = _titles(rows)
    if not found and (untitled := _untitled(rows, context.year)):
        found = [untitled]
    elif not found:
        result.others.append(grid)
        result.findings += unknown_sheet(rows)
    before = len(result.tables)
    for title, last in found:
        _read_table(rows, title, last, context, result)
    if found and len(result.tables) == before:
        result.others.append(grid)


def _titles(rows: Rows) -> list[tuple[Title, int]]:
    """Return the titles of a grid, each with the last row that belongs to it.

    A title that repeats the one above it heads a page on which the table goes on.
    """
    found = list(titles(rows))
    if not found:
        name = sheet_title(rows)
        if name is None or not rows.numbers:
            return []
        found = [name]
    distinct = [
        title for n, title in enumerate(found) if n == 0 or title.text != found[n - 1].text or _begins(rows, title)
    ]
    ends = [title.row - 1 for title in distinct[1:]] + [max(rows.numbers, default=0)]
    return list(zip(distinct, ends, strict=True))


def _begins(rows: Rows, title: Title) -> bool:
    """Whether a title that repeats the one above it begins the form of another project."""
    below = rows.after(title.row, title.row + FORM_NAME_WITHIN)
    return title.kind.rows == "goals" and names_project(rows, below)


def _untitled(rows: Rows, year: int) -> tuple[Title, int] | None:
    """Return the title of a grid that has none but is a list of projects with their goals, by its head."""
    last = max(rows.numbers, default=0)
    head = find_head(rows, 0, last, year)
    if head is None or not {"project", "goal", "total"} <= {column.meaning for column in head.columns}:
        return None
    return Title(table_kinds()["key_projects"], 0, rows.grid.name.strip(), rows.grid.name.strip()), last


def _read_table(rows: Rows, title: Title, last: int, context: _Context, result: Recognised) -> None:
    """Add the table below a title, if there is a head below it."""
    year = title.year or context.year
    head = find_head(rows, title.row, last, year)
    if title.kind.rows == "goals" and names_project(rows, rows.after(title.row, head.top - 1 if head else last)):
        result.tables.append(_goal_form(rows, title, last, head, result))
        return
    if head is None:
        if not title.kind.columns or title.kind.rows == "goals":
            return
        cells = (cell for row in rows.after(title.row, last) for cell in rows.by_row[row].values())
        if len(figures(cells)) >= FIGURES:
            message = "“{title}”没有认出表头，没有读入"
            hint = "表头要有科目编码、科目名称、合计等通行的名称，紧接在标题和单位之下"
            result.findings.append(table_finding("XL131", Severity.ERROR, message, title.place, hint, title=title.text))
        return
    above = [row for row in rows.numbers if row < head.top and (row >= title.row or title.row <= 3)]
    unit, unit_place = _unit(rows, [*above, *rows.after(head.top - 1, head.bottom)], title, result)
    publisher = publisher_in(cell for row in above for cell in rows.by_row[row].values()) or NOT_STATED
    numbers = _without_repeats(rows, head, rows.after(head.body - 1, last))
    body = Body(rows, title.kind, unit or "元", numbers)
    if publisher.name:
        context.units.add(plain(publisher.name))
    columns, read = _rows(body, head, context.book(year), context.units)
    context.units.update(plain(row.unit or row.name) for row in read if row.kind == "unit" or row.unit)
    result.findings += body.findings
    if not unit and any(amount.value for row in read for amount in row.amounts.values()):
        read = _without_unit(title, read, result)
    table = RecognisedTable(
        title.kind, rows.grid.name, title.text, title.place, unit, title.year, columns, tuple(read),
        publisher.name, publisher.code, publisher.scope, publisher.place, unit_place, rows.grid, head, numbers,
    )  # fmt: skip
    result.tables.append(table)


def _goal_form(rows: Rows, title: Title, last: int, head: Head | None, result: Recognised) -> RecognisedTable:
    """Return the form of one project: what is above its indicators, and the indicators."""
    above = rows.after(title.row, head.top - 1 if head else last)
    unit, unit_place = _unit(rows, above, title, result)
    numbers = _without_repeats(rows, head, rows.after(head.body - 1, last)) if head else ()
    body = Body(rows, title.kind, unit or "元", numbers)
    form = goal_form(rows, above, body)
    columns, read = _rows(body, head, code_book(9999), set()) if head else ({}, [])
    read = form.fill(read, title.place) if form else read
    if not unit and any("amount" in row.amounts for row in read):
        read = _without_unit(title, read, result)
    result.findings += body.findings
    return RecognisedTable(
        title.kind, rows.grid.name, title.text, title.place, unit, title.year, columns, tuple(read),
        unit_place=unit_place, grid=rows.grid, head=head, numbers=numbers,
    )  # fmt: skip


def _without_unit(title: Title, read: list[RecognisedRow], result: Recognised) -> list[RecognisedRow]:
    """Report a table without a money unit; return its rows: of goals, which are texts above all, without amounts."""
    message = "“{title}”没有写金额单位（元还是万元）"
    hint = "在表头上方写“单位：元”或“单位：万元”"
    goals = title.kind.rows == "goals"
    severity = Severity.WARNING if goals else Severity.ERROR
    result.findings.append(table_finding("XL132", severity, message, title.place, hint, title=title.text))
    return [replace(row, amounts={}) for row in read] if goals else read


def _unit(rows: Rows, numbers: Sequence[int], title: Title, result: Recognised) -> tuple[str, str]:
    """Return the unit that a table states, and its cell; "" if it states none.

    Two units, or one that is not known, are findings.
    """
    stated = units_in(cell for row in numbers for cell in rows.by_row[row].values()) or split_unit(rows, numbers)
    known = {unit for unit, _ in stated if unit in UNITS}
    for unit, place in stated:
        if unit not in UNITS:
            hint = "改成“元”或“万元”"
            message = "“{title}”的金额单位“{unit}”不能用"
            result.findings.append(
                table_finding("XL132", Severity.ERROR, message, place, hint, title=title.text, unit=unit)
            )
    if len(known) > 1:
        places = tuple(place for _, place in stated)
        message = "“{title}”写了两种金额单位：{units}"
        hint = "一张表只用一种单位"
        result.findings.append(
            table_finding(
                "XL132", Severity.ERROR, message, places, hint, title=title.text, units="、".join(sorted(known))
            )
        )
    return stated[0] if stated and stated[0][0] in UNITS else ("", "")


def _without_repeats(rows: Rows, head: Head, numbers: Sequence[int]) -> tuple[int, ...]:
    """Return the rows of a body without those that repeat the head or its column numbers, as printed pages do."""
    above = rows.after(head.top - 1, head.body - 1)
    heads = [{str(cell.value) for cell in rows.by_row[row].values()} for row in above]
    return tuple(
        row
        for row in numbers
        if not (row <= head.body + 1 and is_column_numbers(rows.by_row[row].values()))
        and not (len(rows.by_row[row]) > 1 and {str(cell.value) for cell in rows.by_row[row].values()} in heads)
    )


def _rows(body: Body, head: Head, book: CodeBook, units: set[str]) -> tuple[dict[str, str], list[RecognisedRow]]:
    """Return the places of the columns that are read, and the rows."""
    if body.kind.rows == "panels":
        return _panel_rows(body, head, book)
    if body.kind.rows == "economic" and (panels := code_panels(head.columns, body.kind)):
        return _economic_panels(body, head, panels, book.economic)
    columns, texts = dict(bound(head.columns, body.kind.columns)), dict(bound(head.columns, body.kind.texts))
    report_unread(body, head, [*columns.values(), *texts.values(), *_ignored(head)])
    if body.kind.rows == "records":
        read = list(records(body, columns, texts))
    elif body.kind.rows == "goals":
        read = list(goals(body, columns, texts))
    elif "label" in texts:
        read = list(three_public_items(body, columns, texts["label"]))
    elif body.kind.rows == "units" and not texts:
        read = list(single_row(body, columns))
    else:
        entries = book.economic if body.kind.rows == "economic" else book.functions
        read = list(CodedRows(body, columns, texts, entries, units).read())
        read = economic_rows(read) if body.kind.rows == "economic" else read
    return {name: column.place for name, column in columns.items()}, read


def _ignored(head: Head) -> list[Column]:
    """Return the columns whose figures are never amounts of the document: 序号, 备注, codes."""
    return [column for column in head.columns if column.meaning.rpartition(".")[2] in IGNORED]


def _economic_panels(
    body: Body, head: Head, panels: Sequence[Sequence[Column]], book: Mapping[str, Entry]
) -> tuple[dict[str, str], list[RecognisedRow]]:
    """Return columns and rows of a table by 经济分类 whose codes go on in columns to the right."""
    places: dict[str, str] = {}
    read: list[RecognisedRow] = []
    known: list[Column] = _ignored(head)
    for panel in panels:
        columns, texts = dict(bound(panel, body.kind.columns)), dict(bound(panel, body.kind.texts))
        known += [*columns.values(), *texts.values()]
        places = {name: column.place for name, column in columns.items()} | places
        read += CodedRows(body, columns, texts, book, totals=PANEL_TOTALS).read()
    report_unread(body, head, known)
    return places, one_total(economic_rows(read))


def _panel_rows(body: Body, head: Head, book: CodeBook) -> tuple[dict[str, str], list[RecognisedRow]]:
    columns: dict[str, str] = {}
    read: list[RecognisedRow] = []
    known: list[Column] = _ignored(head)
    for number, panel in enumerate(split_panels(head.columns)):
        side = side_of(panel, number)
        if side is None:
            known += panel
            continue
        rows = PanelRows(body, panel, side, book.functions)
        known += [panel[0], *rows.columns.values()]
        columns |= {f"{side}.{name}": column.place for name, column in rows.columns.items()}
        read += rows.read()
    report_unread(body, head, known)
    return columns, read
