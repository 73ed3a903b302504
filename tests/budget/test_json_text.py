"""A text set in the JSON of a document changes nothing else."""

from __future__ import annotations

import json

import pytest

from reportgen.budget.json_edit import with_text


@pytest.mark.parametrize(
    ("before", "pointer", "text", "after"),
    [
        ('{"a": {"b": "1"}}', "/a/b", "二", '{"a": {"b": "二"}}'),
        ('{"a": {"b": 1.50}}', "/a/c", "x", '{"a": {"b": 1.50, "c": "x"}}'),
        ('{"a":{}}', "/a/b/c", "x", '{"a":{"b": {"c": "x"}}}'),
        ('{"a": ["x", "y"], "n": 1.0}', "/a/1", '"z', '{"a": ["x", "\\"z"], "n": 1.0}'),
        ('{"a": {"b": "1", "c": 2}}', "/a/b", "", '{"a": {"c": 2}}'),
        ('{"a": {"c": 2}}', "/a/b", "", '{"a": {"c": 2}}'),
        ('{"a": {"c": 2}}', "/b/c", "", '{"a": {"c": 2}}'),
        ('\ufeff{"a": {"x/y": "1"}}', "/a/x~1y", "2", '\ufeff{"a": {"x/y": "2"}}'),
        ('{\n  "a": {\n    "b": 1\n  }\n}\n', "/a/c", "x", '{\n  "a": {\n    "b": 1,\n    "c": "x"\n  }\n}\n'),
    ],
)
def test_only_the_text_changes(before: str, pointer: str, text: str, after: str) -> None:
    made = with_text(before.encode(), pointer, text).decode()
    assert made == after
    json.loads(made.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("pointer", "text"), [("/a/2", "x"), ("/a/0", ""), ("/a/x", "x"), ("/n/x", "x"), ("/n/x/y", "x")]
)
def test_a_place_that_is_not_there_is_an_error(pointer: str, text: str) -> None:
    with pytest.raises(KeyError):
        with_text(b'{"a": ["x"], "n": 1}', pointer, text)
