"""The code books of each year keep to ``data/codes/README.md``: codes, parents, names, status, sources of rows."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from reportgen.budget.codes import book_folder, code_book
from reportgen.core.paths import shipped

CODES = shipped("data") / "codes"
YEARS = sorted(path.name for path in CODES.iterdir() if path.name.isdigit())
LEVELS = {3: "类", 5: "款", 7: "项"}
STATUS = {"verified", "name-verified", "UNVERIFIED-GK"}
BOOKS = ("functions", "economic", "economic-government")


def rows(year: str, name: str) -> list[dict[str, str]]:
    with (CODES / year / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("year", YEARS)
def test_codes_are_unique_in_order_and_below_their_parents(year: str, name: str) -> None:
    found = rows(year, name)
    codes = [row["code"] for row in found]
    assert codes == sorted(set(codes))
    assert [row["level"] for row in found] == [LEVELS[len(code)] for code in codes]
    assert all(row["parent"] == (row["code"][:-2] if len(row["code"]) > 3 else "") for row in found)
    assert {row["parent"] for row in found} - {""} <= set(codes)


@pytest.mark.parametrize("name", [*BOOKS, "economic-map"])
@pytest.mark.parametrize("year", YEARS)
def test_every_row_says_how_sure_it_is_and_where_it_comes_from(year: str, name: str) -> None:
    for row in rows(year, name):
        assert row["status"] in STATUS
        assert row["sources"]
        assert not (row["status"] == "verified" and row["sources"] == "GK")
        names = [value for key, value in row.items() if key.endswith("name")]
        assert all(value == value.strip() and not set(value) & set("()0123456789") for value in names)


@pytest.mark.parametrize("year", YEARS)
def test_the_map_names_codes_of_both_books(year: str) -> None:
    economic, government = ({row["code"] for row in rows(year, name)} for name in BOOKS[1:])
    for row in rows(year, "economic-map"):
        assert row["dept_code"] in economic
        assert row["gov_code"] in government


@pytest.mark.parametrize("year", YEARS)
def test_the_page_says_how_many_rows_there_are(year: str) -> None:
    page = (CODES / "README.md").read_text(encoding="utf-8")
    found = rows(year, "functions")
    levels = Counter(row["level"] for row in found)
    assert f"{len(found)}（类 {levels['类']}、款 {levels['款']}、项 {levels['项']}）" in page
    status = Counter(row["status"] for row in found)
    counts = "、".join(f"{name} {status[name]}" for name in ("verified", "name-verified", "UNVERIFIED-GK"))
    assert f"{year} 年度：功能分类 {counts}" in page


def test_codes_since_2024_are_in_the_book_of_2026_only() -> None:
    assert code_book(2026).functions["20139"].name == "社会工作事务"
    assert "20139" not in code_book(2023).functions
    assert ("21006" in code_book(2023).functions, "21006" in code_book(2026).functions) == (True, False)
    assert (book_folder(2025).name, book_folder(2026).name, book_folder(2030).name) == ("2023", "2026", "2026")


@pytest.mark.parametrize("path", sorted((shipped("data") / "samples").glob("*.json")), ids=lambda path: path.stem)
def test_samples_have_no_name_of_their_own_for_a_code_that_the_book_is_sure_of(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    book = code_book(data["year"])
    for part, key, entries in (
        ("expenditure", "function", book.functions), ("basic_expenditure", "economic", book.economic),
    ):  # fmt: skip
        for line in data[part]:
            entry = entries.get(line[key])
            assert not (entry and entry.verified and line.get("name", entry.name) != entry.name)
