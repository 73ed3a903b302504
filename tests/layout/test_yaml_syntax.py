"""A text that is no YAML: one message at the line of the mistake, whichever of the two parsers read it."""

from __future__ import annotations

import pytest
import yaml

from reportgen.core.errors import LayoutError
from reportgen.layout.yaml_reader import parsed
from reportgen.layout.yaml_syntax import syntax_error

CASES = [
    ("a: 1\nb:\n  - c\n\t- d\n", 4, "制表符"),
    ("a: 1\nb: '甲\nc: 2\nd: 3\n", 2, "引号没有成对"),
    ("a: 1\nb: [1, 2\n\nc:\n  d: 1\n", 2, "方括号没有成对"),
    ("a: {b: 1\nc: 2\n", 1, "花括号没有成对"),
    ("a: {{ year }}年\nb: 1\n", 1, "花括号后面还有字"),
    ('a: "甲" 乙\nb: 1\n', 1, "引号、花括号后面还有字"),
    ("a: 甲: 乙\n", 1, "不能再有冒号"),
    ("x: 1\na：1\nb: 1\n", 2, "缺冒号"),
    ("a:\n    b: 1\n  c: 2\n", 3, "缩进与上面的行不一致"),
    ("a: *b\n", 1, "“*”“&”后面的名称没有定义"),
    ("a: *（注）\n", 1, "“*”“&”后面的名称没有定义"),
    ("a: &x 1\nb: &x 2\n", 2, "写了两次"),
    ("a: 1\nb: %甲\n", 2, "以“%”“@”“`”"),
    ('a: "\\q"\n', 1, "不认识的“\\”"),
    ("a: - b\n", 1, "“-”没有对齐"),
    ("a: 1\n---\nb: 1\n", 2, "两份内容"),
    ("a: 1\nb: }\n", 2, "不是 YAML 的写法"),
]


@pytest.mark.parametrize(("text", "line", "says"), CASES)
def test_a_mistake_is_said_in_chinese_at_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(LayoutError) as raised:
        parsed(text.encode(), "x.yaml")
    assert str(raised.value).startswith(f"x.yaml:{line}：")
    assert says in str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize(("text", "line", "says"), CASES)
def test_the_parser_without_libyaml_gives_the_same(text: str, line: int, says: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as raised:
        yaml.load(text, Loader=yaml.SafeLoader)
    assert str(syntax_error(raised.value, "x.yaml")).startswith(f"x.yaml:{line}：")
    assert says in str(syntax_error(raised.value, "x.yaml"))
