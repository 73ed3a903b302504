"""Basic expenditure by economic code: levels, sums, 人员 and 公用."""

from __future__ import annotations

from tests.document.quoting import demo, facts_of

LINES = [
    {"unit": "450001", "economic": "30101", "amount": "100"},
    {"unit": "450001", "economic": "30102", "amount": "20"},
    {"unit": "450001", "economic": "30201", "amount": "7"},
]


def test_classes_and_their_items_have_levels_and_sums() -> None:
    rows = facts_of(demo(basic_expenditure=LINES)).basic.rows
    found = [(row.key, row.level, row.total.value, row.personnel.value, row.operating.value) for row in rows]
    assert found == [
        ("301", 1, 120, 120, 0),
        ("30101", 2, 100, 100, 0),
        ("30102", 2, 20, 20, 0),
        ("302", 1, 7, 0, 7),
        ("30201", 2, 7, 0, 7),
    ]
