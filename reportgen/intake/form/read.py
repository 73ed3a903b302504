"""Read the fill-in workbook back: grids in, a document and every problem out, each with its cell.

Pasting destroys the validation of cells and formulas, so nothing that the workbook checked is trusted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...budget.load import read_budget
from ...budget.model import SCHEMA
from ...budget.terms import BUDGET, FINAL, STAGES
from ...core.errors import InputError
from ...core.finding import Finding, Severity
from ...core.money import YUAN, MoneyUnit
from ...recognise.cell_values import is_blank
from ...recognise.grid import Grid, column_name
from ..alternatives import of_form
from ..clerk_words import in_words
from ..imported import Imported, RecognisedSheet
from .assemble import assemble
from .belonging import check_belonging
from .filled_rows import filled_rows
from .locate import FoundSheet, find_heads, plain, sheet_of
from .merged_cells import check_merged
from .reading import Reading
from .scale import check_scale
from .sheet_kinds import CONTENT, ITEM, FormSheet, IndicatorSheet, LeafSheet, UnitTextSheet, ValueSheet
from .sheets import BASICS, BASICS_SHEET, MONEY_UNIT, STAGE_NAME, all_sheets, form_sheets

NAMED_STAGES = {word: stage for stage, name in STAGES.items() for word in (stage, name)}
"""The stages by what a cell may say of them."""


def read_form(grids: Sequence[Grid], whole: bool = True) -> Imported:
    """Return the document in the sheets of a fill-in workbook.

    Sheets that are no sheets of the form are not read. The findings name cells (``支出!D17``); those of the contract
    (``IN100``) as well, where the value came from a cell. A workbook that is no ``whole`` document, because it will be
    merged with others, is not held to the contract.
    """
    reading = Reading()
    by_name = _by_name(grids)
    stage = _stage(by_name)
    found = _found_sheets(form_sheets(stage), by_name, reading)
    reading.unit = _money_unit(found, reading)
    for one in found.values():
        check_merged(one, reading)
    counts = {name: assemble(one.sheet, one, reading) for name, one in found.items()}
    reading.data = {"schema": SCHEMA, **reading.data}
    if stage != BUDGET:
        reading.data["stage"] = stage
    check_belonging(found, reading)
    check_scale(reading)
    reading.findings += _of_contract(reading) if whole else ()
    recognised = tuple(
        RecognisedSheet(one.grid.name, one.sheet.title, _unit_of(one, reading), counts[name])
        for name, one in found.items()
    )
    unread = frozenset(part for sheet in form_sheets(stage) if sheet.name not in found for part in _parts(sheet))
    if whole and unread:
        reading.data["unread"] = sorted({*reading.data.get("unread", ()), *unread})
    findings = tuple(reading.findings)
    others = of_form(reading.data, findings) if whole else ()
    return Imported(reading.data, reading.cells, findings, recognised, unread, reading.blanks, others)


def _by_name(grids: Sequence[Grid]) -> dict[str, list[Grid]]:
    """Return the grids that are sheets of the form, by the name of the sheet."""
    by_name: dict[str, list[Grid]] = {}
    for grid in grids:
        if sheet := sheet_of(grid):
            by_name.setdefault(sheet.name, []).append(grid)
    return by_name


def _stage(by_name: Mapping[str, Sequence[Grid]]) -> str:
    """Return the stage that the first sheet states; where it states none, that of the sheets that are there."""
    basics = (sheet for sheet in all_sheets() if sheet.name == BASICS_SHEET)
    for sheet, grid in zip(basics, by_name.get(BASICS_SHEET, ()), strict=False):
        found = find_heads(sheet, grid)
        for _, cells in filled_rows(found) if found else ():
            stated = plain(str(cells[CONTENT].value)) if CONTENT in cells else ""
            if ITEM in cells and plain(str(cells[ITEM].value)) == STAGE_NAME and stated in NAMED_STAGES:
                return NAMED_STAGES[stated]
    budgets = {sheet.name for sheet in form_sheets(BUDGET)}
    return FINAL if by_name.keys() - budgets else BUDGET


def _found_sheets(
    sheets: Sequence[FormSheet], by_name: Mapping[str, Sequence[Grid]], reading: Reading
) -> dict[str, FoundSheet]:
    """Return the sheets of the form in its order; what is wrong with sheets and heads is noted."""
    found = {}
    for sheet in sheets:
        own = by_name.get(sheet.name, [])
        if len(own) > 1:
            places = [grid.name for grid in own]
            message, hint = "有 {count} 张工作表都是“{title}”，不知道读哪一张", "删去多余的，只留一张"
            values = {"count": str(len(own)), "title": sheet.title}
            reading.add_finding("XL103", Severity.ERROR, message, places, hint, values)
        located = find_heads(sheet, own[0]) if own else None
        if located is None:
            _add_missing(sheet, own, reading)
        else:
            _check_heads(located, reading)
            found[sheet.name] = located
    return found


def _parts(sheet: FormSheet) -> Iterator[str]:
    """Yield the parts of the document that only this sheet holds."""
    if isinstance(sheet, ValueSheet):
        yield from {f"/{value.path[0]}" for value in sheet.values if value.path[0] not in (*BASICS, "department")}
    elif sheet.path and not isinstance(sheet, UnitTextSheet | IndicatorSheet):
        yield f"/{'/'.join(sheet.path)}"


def _add_missing(sheet: FormSheet, own: Sequence[Grid], reading: Reading) -> None:
    if own:
        message, hint = "“{title}”里找不到表头", "表头照空白的填报表写；用 reportgen workbook --from 重做"
        reading.add_finding("XL105", Severity.ERROR, message, (own[0].name,), hint, {"title": sheet.title})
    else:
        message, hint = (
            "工作簿里没有“{title}”，不知道有没有这部分内容",
            "从空白的填报表复制回来；没有这部分内容的，那张表留空",
        )
        reading.add_finding("XL104", Severity.WARNING, message, (), hint, {"title": sheet.title})


def _check_heads(found: FoundSheet, reading: Reading) -> None:
    """Note columns that are missing, twice there, unknown, or hidden."""
    for column in found.missing():
        if column.required or column.is_number:
            message, hint = "“{title}”里没有“{name}”这一栏", "表头照空白的填报表写"
            severity = Severity.ERROR if column.required else Severity.WARNING
            values = {"title": found.sheet.title, "name": column.head}
            reading.add_finding("XL105", severity, message, (f"{found.grid.name}!{found.head_row}",), hint, values)
    for name, heads in found.heads.items():
        if len(heads) > 1:
            message, hint = "“{name}”有 {count} 栏，不知道读哪一栏", "删去多余的，只留一栏"
            values = {"name": name, "count": str(len(heads))}
            reading.add_finding("XL106", Severity.ERROR, message, [head.cell.place for head in heads], hint, values)
    _check_other_columns(found, reading)
    _check_hidden(found, reading)


def _check_other_columns(found: FoundSheet, reading: Reading) -> None:
    """Warn of each column that has content below the heads and no head of the form."""
    known = {head.column for heads in found.heads.values() for head in heads}
    named = {head.column: str(head.cell.value)[:40] for head in found.others}
    heads = found.grid.cells
    first: dict[int, str] = {}
    for _, cells in found.data_rows():
        for column, cell in cells.items():
            automatic = (found.head_row, column) in heads and column not in named
            if column not in known and not automatic and not is_blank(cell):
                first.setdefault(column, cell.place)
    for column, place in first.items():
        message = "“{name}”不是这张表的栏目，没有读" if column in named else "这一栏没有表头，没有读"
        hint = "内容写到表里已有的栏目；只是备注的不用管"
        reading.add_finding("XL112", Severity.WARNING, message, (place,), hint, {"name": named.get(column, "")})


def _check_hidden(found: FoundSheet, reading: Reading) -> None:
    """Note what is hidden and was read all the same."""
    if isinstance(found.sheet, LeafSheet):
        return
    columns = {heads[0].column: name for name, heads in found.heads.items() if heads[0].cell.hidden}
    rows = sorted(
        {row for row, cells in found.data_rows() if any(cell.hidden for c, cell in cells.items() if c not in columns)}
    )
    if found.grid.hidden:
        message = "工作表“{name}”是隐藏的，也读了"
        reading.add_finding("XL113", Severity.NOTE, message, (found.grid.name,), "", {"name": found.grid.name})
        return
    if rows:
        message, shown = "有 {count} 行是隐藏的，也读了", {"count": str(len(rows))}
        reading.add_finding(
            "XL113", Severity.NOTE, message, [f"{found.grid.name}!{row}" for row in rows[:5]], "", shown
        )
    for column, name in columns.items():
        place = f"{found.grid.name}!{column_name(column)}"
        reading.add_finding("XL113", Severity.NOTE, "“{name}”一栏是隐藏的，也读了", (place,), "", {"name": name})


def _money_unit(found: Mapping[str, FoundSheet], reading: Reading) -> MoneyUnit:
    """Return the money unit that the first sheet states, 元 where it states none that can be read."""
    basics = found.get(BASICS_SHEET)
    unit: MoneyUnit = "元"
    for row, cells in filled_rows(basics) if basics else ():
        if ITEM in cells and plain(str(cells[ITEM].value)) == MONEY_UNIT and CONTENT in cells:
            unit = "万元" if plain(str(cells[CONTENT].value)) == "万元" else "元"
            _check_units(found, unit, basics.place(row, CONTENT) if basics else "", reading)
    return unit


def _check_units(found: Mapping[str, FoundSheet], unit: MoneyUnit, stated: str, reading: Reading) -> None:
    """Record each sheet whose heads state another money unit than the first sheet."""
    for one in found.values():
        others = [
            head.cell.place for heads in one.heads.values() for head in heads if head.unit in YUAN and head.unit != unit
        ]
        if others:
            message = "“基本情况”写的金额单位是{unit}，这张表的表头写的是另一个单位"
            hint = "金额按表头的单位填；金额单位改回去，或用 reportgen workbook --money-unit 重做"
            reading.add_finding("XL114", Severity.ERROR, message, (others[0], stated), hint, {"unit": unit})


def _unit_of(found: FoundSheet, reading: Reading) -> str:
    """Return the money unit of a sheet, "" if it has no amounts."""
    columns = (*found.sheet.columns, *getattr(found.sheet, "values", ()))
    return reading.unit if any(column.is_amount for column in columns) else ""


def _of_contract(reading: Reading) -> Iterator[Finding]:
    """Yield the violations of the contract that are not a consequence of a cell that could not be read."""
    try:
        read_budget(reading.data)
    except InputError as error:
        own = (finding for finding in error.findings if finding.where[0].pointer not in reading.unusable)
        yield from in_words(own, reading.cells, reading.blanks, str(reading.data.get("stage", BUDGET)))
