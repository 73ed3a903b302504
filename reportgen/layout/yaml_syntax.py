"""Say what is wrong in a text that is no YAML: in Chinese, at the line where the mistake is.

The words of the parser (libyaml's, and PyYAML's own where libyaml is not there) are known by parts of them.
"""

from __future__ import annotations

import re
from typing import Any

from ..core.errors import LayoutError

_OPEN = re.compile("quoted scalar|simple key|flow (sequence|mapping)")
"""What the parser was reading where it noticed a mistake too late: the mistake is where that begins."""
REASONS = (
    ("unknown escape|escape sequence", "{file}:{line}：双引号里有不认识的“\\”", "改用单引号"),
    ("quoted scalar", "{file}:{line}：引号没有成对", "在这一段文字的末尾补上引号"),
    ("flow sequence", "{file}:{line}：方括号没有成对，或两项之间缺逗号", "补上“]”，或在两项之间写逗号和一个空格"),
    ("flow mapping", "{file}:{line}：花括号没有成对，或两项之间缺逗号", "补上“}}”；以“{{{{”开头的文字整段加引号"),
    ("tab character|'\\\\t'", "{file}:{line}：用了制表符（Tab）缩进", "缩进用空格"),
    (
        "mapping values are not allowed",
        "{file}:{line}：这里不能再有冒号",
        "带冒号的文字整段加引号；上一行的冒号要用半角，缩进要对齐",
    ),
    ("expected ':'", "{file}:{line}：缺冒号，或冒号后面没有空格", "写成“名称: 值”，冒号用半角，后面空一格"),
    ("alias|alphabetic", "{file}:{line}：“*”“&”后面的名称没有定义", "以“*”“&”开头的文字加引号"),
    ("start any token", "{file}:{line}：文字以“%”“@”“`”这样的符号或制表符开头", "整段文字加引号；缩进用空格"),
    ("duplicate anchor|second occurrence", "{file}:{line}：“&”后面的名称写了两次", "改一个名称"),
    ("sequence entr|'-' indicator", "{file}:{line}：列表的“-”没有对齐", "同一列表的“-”缩进相同，各写一行"),
    (
        "block mapping|expected key|block end",
        "{file}:{line}：缩进与上面的行不一致，或引号、花括号后面还有字",
        "同一级的名称缩进相同，下一级多两个空格；以引号或“{{{{”开头的文字整段加引号",
    ),
    ("another document|separator", "{file}:{line}：一个文件里写了两份内容", "删去“---”“...”这样的行"),
)
"""Parts of the parser's words; the message; what to do."""


def syntax_error(error: Any, shown: str) -> LayoutError:
    """Return the error of a file, named as ``shown``, for one that the parser raised with its marks."""
    context, problem = error.context or "", error.problem or ""
    mark = error.context_mark if _OPEN.search(context) else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    line = str(mark.line + 1 if mark else 1)
    other = ("{file}:{line}：这里不是 YAML 的写法", "核对这一行和上一行的缩进、冒号、引号、括号")
    found = (said for words, *said in REASONS if re.search(words, problem) or re.search(words, context))
    message, hint = next(found, other)
    return LayoutError(message, hint, file=shown, line=line)
