"""Turn a rendered template into blocks, one for each line.

``# `` begins a heading one level below the section's, ``## `` one two levels below, ``- `` a numbered item; ``@name ``
after it is the name of the block in its id (2080101, 接待). Other blocks are named by their position. Blank lines are
ignored.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.errors import LayoutError
from ..layout.limits import HEADING_LEVELS
from ..layout.spec import BlockSpec, Numbering
from ..tree.nodes import Heading, Paragraph, Text
from .numbering import Counter
from .templates import Templates

HEADINGS = ("#", "##")
"""The marks of headings: one level below the section's, and two."""


def section_blocks(
    templates: Templates, block: BlockSpec, counter: Counter, numbering: Numbering
) -> Iterator[Heading | Paragraph]:
    """Iterate over the blocks of the template of ``block`` under its heading.

    Raises:
        LayoutError: the template is wrong, or has a heading below the lowest level.
    """
    file, section, level = block.text, block.id, block.level
    unnamed, within = 0, [section]
    for line in templates.render(file, block.place.at("text")).split("\n"):
        line = line.strip()
        if not line:
            continue
        kind, name, text = _parts(line, templates)
        if not name:
            unnamed += 1
            name = str(unnamed)
        place = f"text/{file}"
        if kind in HEADINGS:
            below = len(kind)
            if level + below > HEADING_LEVELS:
                raise LayoutError(
                    "{place}：标题最多 {most} 级，不能再用“{mark} ”", place=place, most=str(HEADING_LEVELS), mark=kind
                )
            within[below:] = [f"{within[min(below, len(within)) - 1]}/{name}"]
            number = Text(counter.heading(level + below, numbering, numbering.items_continue))
            yield Heading(within[-1], level + below, (number, *templates.runs(text, place)))
        elif kind == "-":
            runs = (Text(counter.item(numbering)), *templates.runs(text, place))
            yield Paragraph(f"{within[-1]}/{name}", runs, "item", templates.basis(text))
        else:
            yield Paragraph(f"{within[-1]}/{name}", templates.runs(text, place), basis=templates.basis(text))


def _parts(line: str, templates: Templates) -> tuple[str, str, str]:
    """The kind of a line, its name if it has one, and its text."""
    mark, _, rest = line.partition(" ")
    kind = mark if mark in (*HEADINGS, "-") and rest else ""
    text = rest.lstrip() if kind else line
    name = ""
    if text.startswith("@"):
        name, _, text = text[1:].partition(" ")
    return kind, templates.plain(name), text.strip()
