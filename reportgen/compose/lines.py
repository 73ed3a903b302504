"""The lines of a rendered template: kind, name in the id, and runs.

``# `` begins a heading one level below the section's, ``## `` one two levels below, ``- `` a numbered item; ``@name ``
after it is the name of the block in its id (2080101, 接待). Other blocks are named by their position. Lines that print
nothing are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..core.errors import LayoutError
from ..layout.limits import HEADING_LEVELS
from ..layout.outline_spec import BlockSpec
from ..tree.nodes import Run, plain
from .templates import Templates

HEADINGS = ("#", "##")
"""The marks of headings: one level below the section's, and two."""
ITEM = "-"
"""The mark of a numbered item."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``kind`` is a mark or "" for a paragraph; ``runs`` are without a number.

    ``basis`` names the facts that its wording was decided on.
    """

    kind: str
    name: str
    runs: tuple[Run, ...]
    basis: tuple[str, ...] = ()

    @property
    def depth(self) -> int:
        """How many levels a heading is below the section's; 0 for what is no heading."""
        return len(self.kind) if self.kind in HEADINGS else 0


def lines_of(templates: Templates, block: BlockSpec) -> tuple[Line, ...]:
    """Return the lines of the template of ``block``; none if it has no template.

    Raises:
        LayoutError: the template is wrong, or has a heading below the lowest level.
    """
    if not block.text:
        return ()
    place = f"text/{block.text}"
    lines = tuple(_lines(templates.render(block.text, block.place.at("text")), templates, place))
    if deep := next((line for line in lines if line.depth and block.level + line.depth > HEADING_LEVELS), None):
        message = "{place}：标题最多 {most} 级，不能再用“{mark} ”"
        hint = "减少 level，或在这个模板里少用一级标题"
        raise LayoutError(message, hint, place=place, most=str(HEADING_LEVELS), mark=deep.kind)
    return lines


def _lines(rendered: str, templates: Templates, place: str) -> Iterator[Line]:
    unnamed = 0
    for line in rendered.split("\n"):
        if not line.strip():
            continue
        kind, name, text = split_line(line)
        unnamed += not name
        runs = templates.runs(text, place)
        if plain(runs).strip():
            yield Line(kind, templates.plain(name) or str(unnamed), runs, templates.basis(text))


def split_line(line: str) -> tuple[str, str, str]:
    """Return the kind of a line, its name if it has one, and its text.

    >>> split_line("- @接待 公务接待费"), split_line("# 甲"), split_line("乙 丙")
    (('-', '接待', '公务接待费'), ('#', '', '甲'), ('', '', '乙 丙'))
    """
    mark, _, rest = line.strip().partition(" ")
    kind = mark if mark in (*HEADINGS, ITEM) else ""
    text = rest.lstrip() if kind else line.strip()
    name = ""
    if text.startswith("@"):
        name, _, text = text[1:].partition(" ")
    return kind, name, text.strip()
