"""Turn the lines of a template into blocks: headings and items get their numbers, all get their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..layout.outline_spec import BlockSpec, Numbering
from ..tree.nodes import Heading, Paragraph, Text
from .lines import ITEM, Line
from .numbering import Counter


def section_blocks(
    lines: Iterable[Line], block: BlockSpec, counter: Counter, numbering: Numbering
) -> Iterator[Heading | Paragraph]:
    """Iterate over the blocks of the lines under the heading of ``block``."""
    within = [block.id]
    for line in lines:
        if line.depth:
            level = block.level + line.depth
            within[line.depth :] = [f"{within[min(line.depth, len(within)) - 1]}/{line.name}"]
            number = Text(counter.heading(level, numbering, numbering.items_continue))
            yield Heading(within[-1], level, (number, *line.runs))
        elif line.kind == ITEM:
            runs = (Text(counter.item(numbering)), *line.runs)
            yield Paragraph(f"{within[-1]}/{line.name}", runs, "item", line.basis)
        else:
            yield Paragraph(f"{within[-1]}/{line.name}", line.runs, basis=line.basis)
