"""Findings about a file, and the comparable form of a text."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.finding import Finding, Place, Severity
from ..tree.nodes import Run, plain

_HINT = "这是 reportgen 的错，不是数据的错：文件没有写出；请连同输入文件报告，--keep-unverified 可把文件留下来看"


@dataclass(frozen=True, slots=True)
class File:
    """The file under comparison, by its name."""

    name: str

    def finding(self, code: str, where: str, message: str, expected: str, found: str, **values: str) -> Finding:
        """Return the finding of a difference ``where`` the document has ``expected`` and the file has ``found``."""
        place = Place(printed="：".join(filter(None, (self.name, where))))
        values = {"expected": expected, "found": found, **values}
        return Finding(code, Severity.ERROR, message, (place,), _HINT, values)


def folded(text: str | tuple[Run, ...]) -> str:
    """Return a text with each run of white space as one blank, none at its ends.

    >>> folded("收　入 \\n 合计 ")
    '收 入 合计'
    """
    string = text if isinstance(text, str) else plain(text)
    return string if string.isalnum() else " ".join(string.split())
