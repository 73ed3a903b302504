"""The texts above the head of a table: label on the right, title, department on the left and unit on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....tree.nodes import Run, Table, Text
from .text import Measure, TypesetLine, Typesetter
from .type_area import TypeArea


@dataclass(frozen=True, slots=True)
class CaptionText:
    """A text above the head: its structure type, its name within the table, its lines as (top, leading, line)."""

    kind: str
    name: str
    lines: Sequence[tuple[float, float, TypesetLine]]


@dataclass(frozen=True, slots=True)
class Caption:
    """All texts above the head of a table; tops are counted from the caption's top."""

    texts: Sequence[CaptionText]
    height: float


def typeset_caption(table: Table, title_runs: Sequence[Run], area: TypeArea, typesetter: Typesetter) -> Caption:
    """Set the texts above the head of ``table``, with ``title_runs`` as its title."""
    style, title_style = typesetter.style_of("table-line"), typesetter.style_of("table-title")
    leading = area.leading(style.leading, style.size)
    label = _side_text(table, (Text(table.label),), typesetter.style.table.label, area.width, typesetter)
    measure = Measure(area.width, title_style.size, title_style.align)
    title = typesetter.balanced(title_runs, title_style, measure, table.id)
    right = _side_text(table, table.right, "right", area.width, typesetter)
    taken = max((line.width + 2 * style.size for line in right), default=0)
    left = _side_text(table, table.left, "left", area.width - taken, typesetter)
    title_leading = area.leading(title_style.leading, title_style.size)
    below_label = len(label) * leading
    below_title = below_label + len(title) * title_leading
    height = below_title + max(len(left), len(right)) * leading
    texts = (
        CaptionText("Lbl", "label", _stacked(label, 0, leading)),
        CaptionText("P", "title", _stacked(title, below_label, title_leading)),
        CaptionText("P", "left", _stacked(left, height - len(left) * leading, leading)),
        CaptionText("P", "right", _stacked(right, height - len(right) * leading, leading)),
    )
    return Caption(texts, height)


def _side_text(
    table: Table, runs: Sequence[Run], align: str, width: float, typesetter: Typesetter
) -> list[TypesetLine]:
    style = typesetter.style_of("table-line")
    return typesetter.lines(runs, style, Measure(width, style.size, align), table.id)


def _stacked(lines: Sequence[TypesetLine], top: float, leading: float) -> list[tuple[float, float, TypesetLine]]:
    return [(top + n * leading, leading, line) for n, line in enumerate(lines)]
