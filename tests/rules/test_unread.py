"""What an imported file does not hold is unknown: relations with it are not checked, all others are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.core.finding import Severity

from .test_rules import base, found

SPLIT = ("personnel", "operating")
UNREAD = ["/expenditure/personnel", "/expenditure/operating"]


def without_split(unread: list[str], basic: str | None = None) -> dict[str, Any]:
    """The demonstration with 基本支出 in one sum, as tables that do not split it have it."""
    data = base("demo")
    for line in data["expenditure"]:
        parts = [Decimal(str(line.pop(name))) for name in SPLIT if name in line]
        if parts:
            line["basic"] = sum(parts)
    if basic is not None:
        data["expenditure"][0]["basic"] = basic
    return {**data, "unread": unread}


def errors(data: dict[str, Any]) -> set[str]:
    found_errors = {finding.code for finding in found(data) if finding.severity is Severity.ERROR}
    return found_errors - {"GJ125"}  # which says that parts are unread


def test_a_sum_that_is_not_split_is_an_error_unless_its_parts_are_unread() -> None:
    assert {"GJ103", "GJ202"} <= errors(without_split([]))
    assert errors(without_split(UNREAD)) == set()


def test_relations_with_what_was_read_are_still_checked() -> None:
    assert {"GJ101", "GJ201"} <= errors(without_split(UNREAD, basic="1.00"))


def test_one_part_that_was_read_is_compared_with_the_table_by_economic_item() -> None:
    data = without_split(UNREAD)
    data["expenditure"][0]["personnel"] = "1.00"
    assert errors(data) == {"GJ202"}, "that a split which was not read does not add up is no error (GJ103)"
