"""Findings about a file, and what counts as the same text."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.finding import Finding, Place, Severity
from ..tree.nodes import Run, plain

_HINT = "这是 reportgen 的错，不是数据的错：文件没有写出；请连同输入文件报告，--keep-unverified 可把文件留下来看"


@dataclass(frozen=True, slots=True)
class File:
    """The file that is looked at, by its name."""

    name: str

    def finding(self, code: str, where: str, message: str, expected: str, found: str, **values: str) -> Finding:
        """A difference: what the document says, what the file says, and where."""
        place = Place(printed="：".join(filter(None, (self.name, where))))
        said = {"expected": expected, "found": found, **values}
        return Finding(code, Severity.ERROR, message, (place,), _HINT, said)


def folded(text: str | tuple[Run, ...]) -> str:
    """A text with each run of white space as one blank, none at its ends.

    >>> folded("收　入 \\n 合计 ")
    '收 入 合计'
    """
    words = text if isinstance(text, str) else plain(text)
    return words if words.isalnum() else " ".join(words.split())
