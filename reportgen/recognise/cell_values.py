"""What a cell means as an amount, a code, a text …: what clerks and programs write, brought into the contract's form.

Each function takes a cell (None for an empty one) and returns a :class:`CellReading`. ``docs/excel-in.md`` has the
table of what each kind of amount means. Whether the contract allows the value (a negative amount, a code that is too
long) is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from ..budget.characters import Fault
from ..budget.field_types import DECIMALS
from ..budget.mended_text import Mend
from ..core.money import MoneyUnit, numeral
from .grid import GridCell

FEN: dict[MoneyUnit, int] = {"元": 2, "万元": 6}
"""Decimals with which a unit is exact to 分."""
PROBLEMS = {"not calculated": "公式还没有算出结果", "error": "错误值"}
"""What readers of files say of a cell without a value → what a message says."""
ELLIPSES = frozenset({"…", "……", "...", "。。。", "⋯", "⋯⋯"})
"""What stands in place of rows that a form leaves open."""
_DASHES = re.compile("[-‐-―−ー─]{1,4}|一{2,4}")
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff\u3000]+")
_NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CODE = re.compile(r"[0-9]{1,12}")
_CODE_AND_NAME = re.compile(r"[\[【(]?([0-9]{2,12})(?:[\]】)][-_—]?|[-_—])?([^0-9.,\-].*)?")
_DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
)
_FIRST_DAY = date(1899, 12, 30)
_YES = frozenset({"是", "true", "yes", "y", "√", "✓", "1"})
_NO = frozenset({"否", "false", "no", "n", "×", "✗", "0"})
_SIGNS = {">=": "≥", "<=": "≤", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "大于等于": "≥", "小于等于": "≤", "等于": "="}


class CellReading(NamedTuple):
    """What was read: the value as text, what was normalised, and why there is no value.

    ``value`` is None for an empty cell and where there is a ``problem``. Note and problem are message templates with
    their values; neither names the cell.
    """

    value: str | None
    note: Mend | None = None
    problem: Fault | None = None


EMPTY = CellReading(None)


def shown(cell: GridCell) -> str:
    """Return what a cell holds, short enough for a message."""
    text = ("是" if cell.value else "否") if isinstance(cell.value, bool) else str(cell.value)
    return text if len(text) <= 40 else text[:39] + "…"


def is_blank(cell: GridCell | None) -> bool:
    """Whether a cell holds nothing: it is empty, or its text has only blanks."""
    return cell is None or (not cell.problem and isinstance(cell.value, str) and not _BLANKS.sub("", cell.value))


def is_ellipsis(cell: GridCell | None) -> bool:
    """Whether a cell holds nothing but an ellipsis."""
    return cell is not None and isinstance(cell.value, str) and _BLANKS.sub("", cell.value) in ELLIPSES


def read_amount(cell: GridCell | None, unit: MoneyUnit = "元") -> CellReading:
    """Read an amount in ``unit``: a decimal text as JSON has it.

    >>> read_amount(GridCell("１,２３４.50 ", "支出!D17")).value
    '1234.50'
    """
    return _read(cell, lambda found: _amount(found, unit))


def read_integer(cell: GridCell | None) -> CellReading:
    """Read a whole number: its digits."""
    return _read(cell, _integer)


def read_code(cell: GridCell | None) -> CellReading:
    """Read a code: its digits, as text; also of a code with a name (``[2010301]行政运行``), and 合计."""
    return _read(cell, _code)


def read_date(cell: GridCell | None) -> CellReading:
    """Read a date: a cell with a date, or a text as 2026-1-5, 2026/1/5, 2026年1月5日, 20260105."""
    return _read(cell, _date)


def read_boolean(cell: GridCell | None) -> CellReading:
    """Read 是 or 否, or what stands for them: "true" or "false"."""
    return _read(cell, _boolean)


def read_choice(cell: GridCell | None, options: Sequence[str]) -> CellReading:
    """Read one of ``options``; anything else is the problem that names them."""
    return _read(cell, lambda found: _choice(found, options))


def read_text(cell: GridCell | None) -> CellReading:
    """Read a text, as it stands; a number becomes its digits."""
    return _read(cell, _text)


def _read(cell: GridCell | None, read: Callable[[GridCell], CellReading]) -> CellReading:
    if cell is None or is_blank(cell):
        return EMPTY
    if cell.problem:
        hint = "在 Excel 或 WPS 里打开，等公式算出结果，保存后再试；或直接填写结果"
        why = PROBLEMS.get(cell.problem, cell.problem)
        values = {"found": shown(cell), "why": why}
        return CellReading(None, problem=Fault("“{found}”没有可用的值：{why}", hint, values))
    return read(cell)


def _plain(cell: GridCell) -> str:
    """Return the text of a cell without blanks, full-width characters replaced by ordinary ones."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", str(cell.value)))


def _problem(cell: GridCell, message: str, hint: str, **values: str) -> CellReading:
    return CellReading(None, problem=Fault(message, hint, {"found": shown(cell), **values}))


def _normalised(cell: GridCell, value: str) -> CellReading:
    """Return the value, with a note if the cell's text is not the same."""
    if value == str(cell.value):
        return CellReading(value)
    return CellReading(value, Mend("“{found}”读作 {value}", {"found": shown(cell), "value": value}))


def _amount(cell: GridCell, unit: MoneyUnit) -> CellReading:
    value = cell.value
    if isinstance(value, bool | date):
        what = "是否" if isinstance(value, bool) else "日期"
        return _problem(cell, "“{found}”是{what}，不是金额", "改填数字，单元格格式改为数值", what=what)
    if cell.percent:
        return _problem(cell, "“{found}”的格式是百分数，不是金额", "改填金额，单元格格式改为数值")
    if isinstance(value, int | Decimal):
        return _rounded(cell, f"{value:f}" if isinstance(value, Decimal) else str(value), unit)
    text = _plain(cell).replace("−", "-")
    if _DASHES.fullmatch(_BLANKS.sub("", value)) or _DASHES.fullmatch(text):
        return _normalised(cell, "0")
    if _NUMERAL.fullmatch(text):
        return _rounded(cell, text, unit)
    if _GROUPED.fullmatch(text):
        return _rounded(cell, text.replace(",", ""), unit)
    return _problem(cell, "“{found}”不是金额", "只填数字，不带单位和文字；没有金额的留空")


def _rounded(cell: GridCell, text: str, unit: MoneyUnit) -> CellReading:
    """Return the numeral; a fraction longer than the contract's comes of binary arithmetic and is rounded to 分."""
    if len(text.partition(".")[2]) > DECIMALS:
        short = numeral(Decimal(text), FEN[unit]).rstrip("0").rstrip(".")
        return CellReading(short, Mend("{found} 按分四舍五入，读作 {value}", {"found": text[:40], "value": short}))
    return CellReading(text) if not isinstance(cell.value, str) else _normalised(cell, text)


def _integer(cell: GridCell) -> CellReading:
    if not isinstance(cell.value, bool | date):
        text = _plain(cell).replace(",", "")
        if re.fullmatch(r"-?[0-9]{1,18}(?:\.0*)?", text):
            number = str(int(text.partition(".")[0]))
            return _normalised(cell, number) if isinstance(cell.value, str) else CellReading(number)
        if _DASHES.fullmatch(text):
            return _normalised(cell, "0")
    return _problem(cell, "“{found}”不是整数", "只填整数，不带小数、单位和文字；没有的留空")


def _code(cell: GridCell) -> CellReading:
    if not isinstance(cell.value, bool | date):
        text = _plain(cell)
        if isinstance(cell.value, Decimal) and cell.value == cell.value.to_integral_value():
            text = str(int(cell.value))
        if _CODE.fullmatch(text):
            return CellReading(text) if not isinstance(cell.value, str) else _normalised(cell, text)
        if text in ("合计", "总计"):
            return _normalised(cell, "合计")
        if isinstance(cell.value, str) and (found := _CODE_AND_NAME.fullmatch(text)):
            return _normalised(cell, found[1])
    return _problem(cell, "“{found}”不是编码", "只填编码的数字，如 2010601；名称由程序得出")


def _date(cell: GridCell) -> CellReading:
    if isinstance(cell.value, date):
        return CellReading(f"{cell.value:%Y-%m-%d}")
    text = "" if isinstance(cell.value, bool) else _plain(cell)
    if found := _DATE.fullmatch(text):
        year, _, *parts = found.groups()
        month, day = (int(part) for part in parts if part)
        return _normalised(cell, f"{year}-{month:02}-{day:02}")
    if not isinstance(cell.value, str | bool) and re.fullmatch("[34][0-9]{4}", text):
        return _normalised(cell, (_FIRST_DAY + timedelta(days=int(text))).isoformat())
    return _problem(cell, "“{found}”不是日期", "写成 2026-01-05 或 2026年1月5日")


def _boolean(cell: GridCell) -> CellReading:
    if isinstance(cell.value, bool):
        return CellReading("true" if cell.value else "false")
    text = _plain(cell).lower()
    if text in _YES or text in _NO:
        return CellReading("true" if text in _YES else "false")
    return _problem(cell, "“{found}”应为“是”或“否”", "填“是”或“否”，不填就是否")


def _choice(cell: GridCell, options: Sequence[str]) -> CellReading:
    text = _SIGNS.get(_plain(cell), _plain(cell))
    for option in options:
        if text == _BLANKS.sub("", unicodedata.normalize("NFKC", option)):
            return _normalised(cell, option)
    return _problem(cell, "“{found}”不在可选的范围里：{words}", "从下拉列表中选一个", words="、".join(options))


def _text(cell: GridCell) -> CellReading:
    value = cell.value
    if isinstance(value, str):
        return CellReading(value)
    if isinstance(value, bool):
        return CellReading("是" if value else "否")
    if isinstance(value, date):
        iso = f"{value:%Y-%m-%d}"
        return CellReading(iso, Mend("日期读作文字 {value}", {"value": iso}))
    if cell.percent:
        shown_percent = f"{Decimal(value * 100).normalize():f}%"
        return CellReading(
            shown_percent, Mend("{found} 显示为百分数，读作 {value}", {"found": shown(cell), "value": shown_percent})
        )
    return CellReading(f"{value:f}" if isinstance(value, Decimal) else str(value))
