"""The text of a JSON file around one member stays as it stands."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.budget.json_edit import with_member

NEW = [{"block": "甲", "runs": ["乙"]}]
LINES = '{\n  "a": 1.50,\n  "b": [1e3, "x"]\n}\n'
INDENTED = """,
  "overrides": [
    {
      "block": "甲",
      "runs": [
        "乙"
      ]
    }
  ]
}
"""
TABS = '\ufeff{\r\n\t"a": 1.0'
ESCAPED = '"\\u006fverrides"'
CASES = {
    "added at the end, indented as the rest": (LINES, NEW, LINES[:-3] + INDENTED),
    "nothing to add": (LINES, [], LINES),
    "all on one line": ('{"a":1,"b":2}', [1], '{"a":1,"b":2,"overrides":[1]}'),
    "one line with blanks": ('{"a": 1, "b": 2}', [1], '{"a": 1, "b": 2, "overrides": [1]}'),
    "replaced in the middle": ('{"a": 1, "overrides": [ 2 ] , "b": 2}', [3], '{"a": 1, "overrides": [3] , "b": 2}'),
    "taken away in the middle": ('{"a": 1, "overrides": [2], "b": 2}', [], '{"a": 1, "b": 2}'),
    "taken away at the end": ('{\n\t"a": 1,\n\t"overrides": [2]\n}', [], '{\n\t"a": 1\n}'),
    "taken away at the beginning": ('{ "overrides": [2], "b": 2}', [], '{ "b": 2}'),
    "the only one taken away": ('{"overrides": [2]}', [], "{}"),
    "Windows, tabs, a mark": (TABS + "\r\n}", [1], TABS + ',\r\n\t"overrides": [\r\n\t\t1\r\n\t]\r\n}'),
    "one inside another is not it": ('{"a": {"overrides": 1}}', [2], '{"a": {"overrides": 1}, "overrides": [2]}'),
    "a key that is written with an escape": (f"{{{ESCAPED}: [1]}}", [2], f"{{{ESCAPED}: [2]}}"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_member_is_replaced(name: str) -> None:
    text, value, wanted = CASES[name]
    assert with_member(text.encode(), "overrides", value).decode() == wanted


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def spelled(value: Any, indent: int | None) -> str:
    """JSON with numbers spelt as they came."""
    return json.dumps(value, indent=indent, ensure_ascii=False, default=lambda number: {"#": f"{number}"})


@given(
    st.dictionaries(st.text(max_size=6), JSON, min_size=1, max_size=5),
    st.sampled_from([None, 1, 2, 4]),
    st.lists(st.text(max_size=4), max_size=3),
)
def test_all_other_fields_are_unchanged(data: dict[str, Any], indent: int | None, value: list[str]) -> None:
    text = spelled(data, indent)
    new = with_member(text.encode(), "overrides", value).decode()
    read = json.loads(new, parse_float=Decimal)
    assert read.pop("overrides", []) == value
    assert list(read) == [name for name in data if name != "overrides"]
    back = json.loads(text, parse_float=Decimal)
    back.pop("overrides", None)
    assert read == back
    assert with_member(new.encode(), "overrides", value).decode() == new
    if "overrides" not in data and len(data) > 1:
        assert with_member(new.encode(), "overrides", []).decode() == text
