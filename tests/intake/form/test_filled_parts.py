"""A form made of an imported document: what is filled in there is no longer unread, the rest is."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from reportgen.intake.form.filled_parts import is_filled
from reportgen.intake.form.write import workbook
from reportgen.intake.workbook import import_workbook
from tests.intake.form.sample import document


def read(payload: bytes) -> Any:
    return import_workbook(payload, isolated=False)


UNREAD = ["/assets", "/department/units", "/expenditure/personnel", "/glossary", "/projects"]


def test_what_is_filled_in_is_read_and_the_rest_stays_unread() -> None:
    data: dict[str, Any] = json.loads(json.dumps(document("demo-2023"), default=str))
    data["unread"] = UNREAD
    for part in ("assets", "glossary", "projects"):
        data.pop(part)
    data["department"]["units"][0]["nature"] = "其他"
    assert set(read(workbook(data)).data["unread"]) == set(UNREAD)
    filled = copy.deepcopy(data)
    filled["assets"] = document("demo-2023")["assets"]
    filled["department"]["units"][0]["nature"] = "行政"
    assert set(read(workbook(filled)).data["unread"]) == {"/expenditure/personnel", "/glossary", "/projects"}
    filled["unread"] = ["/assets"]
    assert "unread" not in read(workbook(filled)).data


@pytest.mark.parametrize(
    ("data", "pointer", "filled"),
    [
        ({"expenditure": [{"personnel": "1"}, {"personnel": "2"}]}, "/expenditure/personnel", True),
        ({"expenditure": [{"personnel": "1"}, {}]}, "/expenditure/personnel", False),
        ({"department": {"code": "000"}}, "/department/code", False),
        ({"department": {"code": "308"}}, "/department/code", True),
        ({"department": {"name": "【待补】部门名称"}}, "/department/name", False),
        ({"department": {"duties": ["【待补】主要职能"]}}, "/department/duties", False),
        ({}, "/projects", False), ({"projects": []}, "/projects", False), ({}, "/department/units", False),
    ],
)  # fmt: skip
def test_placeholders_and_columns_with_gaps_are_not_filled_in(data: Any, pointer: str, filled: bool) -> None:
    assert is_filled(data, pointer) is filled
