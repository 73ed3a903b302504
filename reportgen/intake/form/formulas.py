"""The formulas of the workbook: names by code, sums of rows, the check of each row, the relations between sheets.

A formula helps while the workbook is filled in; the import trusts none of them. Sums leave out stated subtotals: of
支出 they take the codes of 项 (7 digits), of economic codes those of 款 (5 digits). Sums are written so that a text in
a column of amounts counts as zero and makes no error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...budget.terms import FUNDS, GENERAL_PUBLIC, REVENUE_SOURCES, THREE_PUBLIC, Fund
from .columns import Column
from .plan import CODE_NAME, FIRST_ROW, LAST_ROW, ROW_SUM, SheetPlan, plans
from .sheet_kinds import LeafSheet, ValueSheet
from .sheets import BASICS_SHEET

CODES = "科目"
"""The hidden sheet of the code books: functions in A and B, economic codes in D and E."""
FUNCTIONS, ECONOMIC = f"'{CODES}'!$A$2:$B$1000", f"'{CODES}'!$D$2:$E$1000"
_PARTS = ("personnel", "operating")
_MORE = ("project", "business", "paid_up", "subsidies")
_ITEMS = tuple(item.key for item in THREE_PUBLIC)
_PROJECT_FUNDS = (*(fund.key for fund in FUNDS), "surplus_used")


def name_of_unit(plan: SheetPlan, row: int) -> str:
    """Return the formula of the name of a row's unit."""
    units = plans(plan.stage)["预算单位"]
    code = plan.here("unit", row)
    found = f'INDEX({units.field("name")},MATCH({code}&"",{units.field("code")},0))'
    return f'=IF({code}="","",IF({code}="合计","合计",IFERROR({found},"")))'


def name_of_code(plan: SheetPlan, row: int) -> str:
    """Return the formula of the official name of a row's code."""
    column = next(column for column in plan.sheet.columns if column.is_function or column.is_economic)
    code = plan.cell(column.head, row)
    book = ECONOMIC if column.is_economic else FUNCTIONS
    return f'=IF({code}="","",IF({code}="合计","合计",IFERROR(VLOOKUP({code}&"",{book},2,FALSE),"")))'


def sum_of_row(plan: SheetPlan, row: int) -> str:
    """Return the formula of the sum of a row: the stated one, or that of its columns."""
    return f"={_row_sum(plan, row)}"


def _row_sum(plan: SheetPlan, row: int) -> str:
    match plan.sheet.name:
        case "支出":
            total, basic = plan.here("total", row), plan.here("basic", row)
            return f'IF({total}<>"",N({total}),{_parts_of_row(plan, row, basic)})'
        case "三公经费":
            return f"SUM({','.join(plan.here(item, row) for item in _ITEMS)})"
        case _:
            return f"SUM({','.join(plan.here(fund, row) for fund in _PROJECT_FUNDS)})"


def _parts_of_row(plan: SheetPlan, row: int, basic: str) -> str:
    parts, more = (",".join(plan.here(name, row) for name in names) for names in (_PARTS, _MORE))
    return f'IF({basic}<>"",N({basic}),SUM({parts}))+SUM({more})'


def check_of_row(plan: SheetPlan, row: int, tolerance: str) -> str:
    """Return the formula that checks a row: ✓, or ✗ and what is wrong; empty for an empty row."""
    shown = '"✓"'
    for condition, what in reversed(_faults(plan, row, tolerance)):
        shown = f'IF({condition},"✗ {what}",{shown})'
    inputs = f"${_letter(plan, plan.first_input)}{row}:${_letter(plan, plan.last_input)}{row}"
    return f'=IF(COUNTA({inputs})=0,"",{shown})'


def _letter(plan: SheetPlan, number: int) -> str:
    return plan.letter(plan.heads[number - 1])


def _faults(plan: SheetPlan, row: int, tolerance: str) -> list[tuple[str, str]]:
    """Return conditions that show a fault, with what a clerk reads."""
    faults = []
    for column in plan.sheet.columns:
        cell = plan.cell(column.head, row)
        if column.is_unit and plan.sheet.name != "预算单位":
            known = f"COUNTIF({plans(plan.stage)['预算单位'].field('code')},{cell})"
            faults.append((f'AND({cell}<>"",{cell}<>"合计",{known}=0)', "单位不在“预算单位”表"))
    for column in plan.sheet.columns:
        if column.required and column.path:
            faults.append((f'{plan.cell(column.head, row)}=""', f"缺{column.head}"))
    return faults + _OWN.get(plan.sheet.name, _no_faults)(plan, row, tolerance)


def _no_faults(plan: SheetPlan, row: int, tolerance: str) -> list[tuple[str, str]]:
    return []


def _expenditure_faults(plan: SheetPlan, row: int, tolerance: str) -> list[tuple[str, str]]:
    code, name = plan.here("function", row), plan.here("name", row)
    total, basic = plan.here("total", row), plan.here("basic", row)
    parts = _parts_of_row(plan, row, basic)
    codes, units, funds = (_own_range(plan, plan.column(field).head) for field in ("function", "unit", "fund"))
    same = f'({units}&""={plan.here("unit", row)}&"")*({funds}&""={plan.here("fund", row)}&"")'
    below = f'(LEN({codes})=7)*(LEFT({codes},LEN({code}))={code}&"")*{same}'
    lower = f"SUMPRODUCT({below},{_own_range(plan, ROW_SUM)})"
    stated = f'AND(LEN({code})<7,{code}<>"合计")'
    people = f"SUM({','.join(plan.here(part, row) for part in _PARTS)})"
    return [
        (f'AND({plan.cell(CODE_NAME, row)}="",{name}="")', "目录里没有，请填科目名称"),
        (f'AND({total}<>"",{parts}<>0,ABS(N({total})-({parts}))>{tolerance})', "合计≠各栏之和"),
        (f'AND({basic}<>"",{people}<>0,ABS(N({basic})-{people})>{tolerance})', "基本支出≠人员+公用"),
        (f"IF({stated},AND({lower}<>0,ABS({_row_sum(plan, row)}-{lower})>{tolerance}),FALSE)", "小计≠下级之和"),
    ]


def _weights(plan: SheetPlan, row: int, tolerance: str) -> list[tuple[str, str]]:
    keys = [plan.sheet.columns[n].head for n in range(3)]
    own = ",".join(f"{_own_range(plan, key)},{plan.cell(key, row)}" for key in keys)
    weights = f"SUMIFS({_own_range(plan, plan.column('weight').head)},{own})"
    return [(f"AND({weights}<>0,{weights}<>100)", "这个项目的权重之和不是 100")]


def _own_range(plan: SheetPlan, head: str) -> str:
    return f"${plan.letter(head)}${FIRST_ROW}:${plan.letter(head)}${LAST_ROW}"


_OWN: Mapping[str, Callable[[SheetPlan, int, str], list[tuple[str, str]]]] = {
    "支出": _expenditure_faults,
    "绩效指标": _weights,
}


# Sums over sheets: expressions, without the sign of equality.


def revenue(stage: str, sources: Sequence[str] = (), column: str = "") -> str:
    """Return the sum of revenue of these sources (all if empty), of this year and carried over, or of one column."""
    plan = plans(stage)["收入"]
    source = plan.field("source")
    which = f'({source}<>"合计")' if not sources else "(" + "+".join(f'({source}="{name}")' for name in sources) + ")"
    columns = (column,) if column else ("amount", "carry_over")
    return "+".join(f"SUMPRODUCT({which}*1,{plan.field(name)})" for name in columns)


def expenditure(stage: str, fund: Fund | None = None, columns: Sequence[str] = (*_PARTS, *_MORE)) -> str:
    """Return the sum of expenditure, of one fund or all, of some of its columns; stated totals of rows count."""
    plan = plans(stage)["支出"]
    own = _fund_condition(plan, fund)
    code, total, basic = plan.field("function"), plan.field("total"), plan.field("basic")
    leaf = f"(LEN({code})=7)*{own}"
    whole = set(columns) == {*_PARTS, *_MORE}
    rest = f'{leaf}*({total}="")' if whole else leaf
    sums = [f"SUMPRODUCT({leaf}*1,{total})"] if whole else []
    if set(_PARTS) <= set(columns):
        sums.append(f"SUMPRODUCT({rest}*1,{basic})")
    for name in columns:
        condition = f'{rest}*({basic}="")' if name in _PARTS and set(_PARTS) <= set(columns) else rest
        sums.append(f"SUMPRODUCT({condition}*1,{plan.field(name)})")
    return "+".join(sums)


def _fund_condition(plan: SheetPlan, fund: Fund | None) -> str:
    column = plan.field("fund")
    if fund is None:
        return f'({column}<>"全部资金")'
    blank = f'+({column}="")' if fund is GENERAL_PUBLIC else ""
    return f'(({column}="{fund.name}"){blank})'


def basic_expenditure(stage: str) -> str:
    """Return the sum of 一般公共预算基本支出 by economic codes."""
    plan = plans(stage)["基本支出"]
    return f"SUMPRODUCT((LEN({plan.field('economic')})=5)*1,{plan.field('amount')})"


def projects(stage: str, fund: Fund) -> str:
    """Return the sum of a fund's column of the projects."""
    plan = plans(stage)["项目支出"]
    return f'SUMPRODUCT(({plan.field("unit")}<>"合计")*1,{plan.field(fund.key)})'


def three_public(stage: str, items: Sequence[str] = _ITEMS) -> str:
    """Return the sum of “三公” items."""
    plan = plans(stage)["三公经费"]
    return "+".join(f'SUMPRODUCT(({plan.field("unit")}<>"合计")*1,{plan.field(item)})' for item in items)


def purchases(stage: str, kind: str) -> str:
    """Return the sum of the purchases of one kind."""
    plan = plans(stage)["采购明细"]
    which = f'({plan.field("kind")}="{kind}")*1'
    return "+".join(f"SUMPRODUCT({which},{plan.field(name)})" for name in ("amount", "carry_over"))


def sources_of(fund: Fund) -> tuple[str, ...]:
    """Return the names of the revenue sources of a fund."""
    return tuple(source.name for source in REVENUE_SOURCES if source.fund is fund)


def single(stage: str, name: str) -> str:
    """Return the cell of a single value of the sheet 单项数字, by the dotted path in the document."""
    plan = plans(stage)["单项数字"]
    values = getattr(plan.sheet, "values", ())
    row = next(n for n, value in enumerate(values) if value.path == tuple(name.split(".")))
    return f"'单项数字'!${plan.letter('内容')}${FIRST_ROW + row}"


def sum_of_column(plan: SheetPlan, column: Column) -> str:
    """Return the sum of a column of amounts, stated subtotals left out."""
    own = _own_range(plan, column.head)
    name = plan.sheet.name
    if name == "支出":
        return f"SUMPRODUCT((LEN({_own_range(plan, plan.column('function').head)})=7)*1,{own})"
    if name in ("基本支出", "经济分类支出"):
        return f"SUMPRODUCT((LEN({_own_range(plan, plan.column('economic').head)})=5)*1,{own})"
    whole = {"收入": "source", "三公经费": "unit", "项目支出": "unit"}.get(name)
    return f'SUMPRODUCT(({_own_range(plan, plan.column(whole).head)}<>"合计")*1,{own})' if whole else f"SUM({own})"


def belonging(plan: SheetPlan) -> str:
    """Return the formula that names year and department; "" for the sheet that states them and that of the program.

    It goes on saying those of its own workbook where a sheet is copied to another one: see :mod:`.belonging`.
    """
    if plan.sheet.name == BASICS_SHEET or isinstance(plan.sheet, LeafSheet):
        return ""
    return f'="本表属于："&{_basic(plan, "year")}&"年　"&{_basic(plan, "department", "name")}'


def _basic(plan: SheetPlan, *path: str) -> str:
    """Return the cell of a single value of the first sheet."""
    sheet = plans(plan.stage)[BASICS_SHEET].sheet
    assert isinstance(sheet, ValueSheet)
    row = FIRST_ROW + next(n for n, value in enumerate(sheet.values) if value.path == path)
    return f"'{BASICS_SHEET}'!$B${row}"
