"""What people write beside a version: names of those who signed, opinions, reasons. Nothing invisible, nothing cut."""

from __future__ import annotations

from ..budget.characters import fault_of, faults
from ..core.errors import UsageError

LONGEST_NOTE = 500
"""Characters of a note; the forms let no more be typed."""


def check_note_text(text: str) -> None:
    """Check that a name or a note can be kept as it is.

    Raises:
        UsageError: it is too long, or has a character that cannot be seen or that changes its neighbours.
    """
    if len(text) > LONGEST_NOTE:
        message = "写的有 {length} 字，最多 {most} 字；没有存"
        raise UsageError(message, "写短一些，再做一次", length=str(len(text)), most=str(LONGEST_NOTE))
    for fault in faults(text):
        raise UsageError(fault.message, fault.hint, findings=(), **fault.values)


def says_something(text: str) -> bool:
    """Whether a name or a note has a letter that can be seen.

    >>> says_something("张三"), says_something("\\u200b"), says_something("——。")
    (True, False, False)
    """
    return any(one.isalpha() and fault_of(one) is None for one in text)
