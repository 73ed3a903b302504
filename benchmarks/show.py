"""Tables of plain text, as they stand in ``docs/performance.md``."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table that is legible as text: the first column left, the others right."""
    widths = [max(width(line[c]) for line in (head, *lines)) for c in range(len(head))]
    rule = "|".join(["-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:])])
    return "\n".join([_line(head, widths), f"|{rule}|", *(_line(line, widths) for line in lines)])


def seconds(value: float | None) -> str:
    """Seconds with three significant figures, from a tenth of a millisecond on."""
    if value is None:
        return ""
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}" if value >= 0.01 else f"{value:.4f}"


def times(value: float | None) -> str:
    """A ratio."""
    return "" if value is None else f"{value:.1f} ×" if value < 10 else f"{value:.0f} ×"


def width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0] + " " * (widths[0] - width(cells[0]))
    return "| " + " | ".join([first, *(c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True))]) + " |"
