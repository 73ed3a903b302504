"""What cells mean: the table of docs/excel-in.md case by case, and what clerks write beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from reportgen.recognise.cell_values import (
    CellReading,
    is_blank,
    is_ellipsis,
    read_amount,
    read_boolean,
    read_choice,
    read_code,
    read_date,
    read_integer,
    read_text,
)
from reportgen.recognise.grid import CellValue, GridCell

AS_IT_STANDS: list[tuple[Callable[..., CellReading], CellValue, str | None]] = [
    (read_amount, "", None), (read_amount, " \u00a0\u3000", None),
    (read_amount, 5, "5"), (read_amount, Decimal("12.30"), "12.30"), (read_amount, Decimal("1E+3"), "1000"),
    (read_amount, Decimal("-3.5"), "-3.5"), (read_amount, Decimal("0.00000001"), "0.00000001"),
    (read_amount, "12.3", "12.3"),
    (read_integer, 7, "7"), (read_integer, Decimal("7.0"), "7"), (read_integer, "7", "7"),
    (read_code, 205, "205"), (read_code, Decimal("205.0"), "205"), (read_code, "05", "05"), (read_code, "合计", "合计"),
    (read_date, date(2026, 1, 5), "2026-01-05"), (read_date, datetime(2026, 1, 5, 8, 30), "2026-01-05"),
    (read_date, "2026-01-05", "2026-01-05"),
    (read_boolean, True, "true"), (read_boolean, "是", "true"), (read_boolean, "√", "true"),
    (read_boolean, "否", "false"),
    (read_boolean, 0, "false"),
    (read_text, " 文字 ", " 文字 "), (read_text, 12, "12"), (read_text, Decimal("99.9"), "99.9"),
    (read_text, "=1+1", "=1+1"),
]  # fmt: skip
NORMALISED: list[tuple[Callable[..., CellReading], CellValue, str]] = [
    (read_amount, "1,234.50", "1234.50"), (read_amount, "１，２３４．５", "1234.5"), (read_amount, " 12 ", "12"),
    (read_amount, "12\u00a0", "12"), (read_amount, "1 234", "1234"), (read_amount, "−5", "-5"),
    (read_amount, "-", "0"), (read_amount, "—", "0"), (read_amount, "－", "0"), (read_amount, "——", "0"),
    (read_amount, Decimal("12.339999999998"), "12.34"), (read_amount, "12.339999999998", "12.34"),
    (read_amount, Decimal("0.30000000000000004"), "0.3"), (read_amount, Decimal("2.0000000000000004"), "2"),
    (read_amount, Decimal("1E-9"), "0"),
    (read_integer, "１２", "12"), (read_integer, "1,200", "1200"),
    (read_code, "２０５", "205"), (read_code, " 2010601", "2010601"), (read_code, "[2010301]行政运行", "2010301"),
    (read_code, "2010601-行政运行", "2010601"), (read_code, "2010601 行政运行", "2010601"),
    (read_code, "合 计", "合计"),
    (read_date, "2026-1-5", "2026-01-05"), (read_date, "2026年1月5日", "2026-01-05"),
    (read_date, "2026/1/5", "2026-01-05"),
    (read_date, "20260105", "2026-01-05"), (read_date, 46027, "2026-01-05"),
    (read_text, date(2026, 1, 5), "2026-01-05"),
]  # fmt: skip
REFUSED: list[tuple[Callable[..., CellReading], CellValue]] = [
    (read_amount, "12,3a"), (read_amount, "12,34"), (read_amount, "1,23,456"), (read_amount, "12元"),
    (read_amount, "007"),
    (read_amount, "1.2.3"), (read_amount, "5%"), (read_amount, True), (read_amount, date(2026, 1, 5)),
    (read_amount, "…"),
    (read_amount, "O"), (read_amount, "1e5"), (read_amount, "12."),
    (read_integer, Decimal("1.5")), (read_integer, "两辆"), (read_integer, True),
    (read_code, Decimal("205.5")), (read_code, "行政运行"), (read_code, True), (read_code, "2010601,2010602"),
    (read_code, "20.5"),
    (read_date, "明年"), (read_date, "1-5"), (read_date, 5), (read_date, "2026-1/5"), (read_boolean, "也许"),
]  # fmt: skip


def test_a_text_in_a_cell_that_shows_percentages_stays_as_it_is() -> None:
    assert read_text(GridCell("九成", "支出!D17", percent=True)) == CellReading("九成")


def cell(value: CellValue) -> GridCell:
    return GridCell(value, "支出!D17")


@pytest.mark.parametrize(("read", "value", "expected"), AS_IT_STANDS)
def test_what_stands_in_the_form_of_the_contract_is_taken(
    read: Callable[..., CellReading], value: CellValue, expected: str | None
) -> None:
    assert read(cell(value)) == (expected, None, None)


@pytest.mark.parametrize(("read", "value", "expected"), NORMALISED)
def test_what_is_normalised_is_noted(read: Callable[..., CellReading], value: CellValue, expected: str) -> None:
    reading = read(cell(value))
    assert reading.value == expected
    assert reading.problem is None
    assert reading.note is not None
    assert expected in reading.note.message.format(**reading.note.values)


@pytest.mark.parametrize(("read", "value"), REFUSED)
def test_what_has_no_such_meaning_is_a_problem_that_quotes_it(
    read: Callable[..., CellReading], value: CellValue
) -> None:
    reading = read(cell(value))
    assert reading.value is None
    assert reading.note is None
    assert reading.problem is not None
    assert reading.problem.hint
    quoted = "是" if value is True else str(value)
    assert quoted in reading.problem.message.format(**reading.problem.values)


def test_the_unit_decides_where_the_fen_is() -> None:
    tail = cell(Decimal("17633.6299999999974"))
    assert read_amount(tail, "万元").value == "17633.63"
    assert read_amount(cell(Decimal("1.23456749999999")), "万元").value == "1.234567"
    assert read_amount(cell(Decimal("1.23456749999999")), "元").value == "1.23"


@pytest.mark.parametrize("read", [read_amount, read_integer, read_code, read_date, read_boolean, read_text])
def test_a_cell_without_a_usable_value_is_a_problem_and_never_empty(read: Callable[..., CellReading]) -> None:
    reading = read(GridCell("", "支出!D17", problem="公式没有算过"))
    assert reading.problem is not None
    assert "公式没有算过" in reading.problem.message.format(**reading.problem.values)
    assert not is_blank(GridCell("", "支出!D17", problem="公式没有算过"))
    said = read(GridCell("=B1", "支出!D17", problem="not calculated")).problem
    assert said is not None
    assert said.message.format(**said.values) == "“=B1”没有可用的值：公式还没有算出结果"


def test_a_choice_is_found_whatever_its_width_and_blanks() -> None:
    signs = ("≥", "≤", "=", ">", "<", "定性")
    assert read_choice(cell("≥"), signs) == ("≥", None, None)
    for written, expected in ((">=", "≥"), ("＝", "="), ("定 性", "定性"), ("大于等于", "≥")):
        assert read_choice(cell(written), signs).value == expected
    refused = read_choice(cell("约"), signs)
    assert refused.problem is not None
    assert "≥、≤" in refused.problem.message.format(**refused.problem.values)
    full = ("因公出国（境）费用",)
    assert read_choice(cell("因公出国(境)费用"), full).value == full[0]


def test_an_ellipsis_is_no_value() -> None:
    assert [is_ellipsis(cell(text)) for text in ("…", "……", " … ", "...", "-", "1…")] == [True] * 4 + [False] * 2
    assert not is_ellipsis(None)
    assert is_blank(None)
    assert is_blank(cell("　"))
    assert not is_blank(cell(0))
