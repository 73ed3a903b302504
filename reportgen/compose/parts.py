"""The parts of the outline before they are numbered, without the headings that have nothing below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..layout.outline_spec import BlockSpec
from ..tree.nodes import Chart, Run, plain
from .lines import Line
from .own_terms import OwnTerm

_STOP = "。"
"""A heading with it is a sentence, which needs nothing below it (年终结转结余资金 5 万元。)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one block of the outline prints: its heading, the lines of its template, its chart.

    ``heading`` and ``lines`` are without numbers, the chart without its label; a table is filled when it is numbered.
    """

    spec: BlockSpec
    heading: tuple[Run, ...] = ()
    lines: tuple[Line, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class EmptyHeading:
    """A heading without content, of a block or in its template."""

    block: BlockSpec
    title: str
    in_template: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a document leaves out of its layout: headings without content, explanations of terms that have its own."""

    headings: tuple[str, ...]
    own_terms: tuple[OwnTerm, ...]


@dataclass(slots=True)
class _Open:
    """A heading that what follows may be below; ``line`` is its position in the template, -1 for the block's own."""

    part: int
    line: int
    level: int
    has_content: bool


def without_empty_headings(parts: Sequence[Part]) -> tuple[list[Part], list[EmptyHeading]]:
    """Return the parts without headings that have no content, and these headings.

    Content is a paragraph, an item, a table, a chart, or a heading further down that has some. A table that follows a
    heading at once is below it whatever its level, unless the heading has a template of its own.
    """
    headings = list(_headings(parts))
    empty = {(one.part, one.line) for one in headings if not one.has_content}
    left_out = [
        EmptyHeading(parts[n].spec, plain(parts[n].heading if k < 0 else parts[n].lines[k].runs), k >= 0)
        for n, k in sorted(empty)
    ]
    kept = [
        replace(
            part,
            heading=() if (n, -1) in empty else part.heading,
            lines=tuple(line for k, line in enumerate(part.lines) if (n, k) not in empty),
        )
        for n, part in enumerate(parts)
    ]
    return kept, left_out


def _headings(parts: Sequence[Part]) -> Iterator[_Open]:
    """Yield every heading when all that can be below it has been seen."""
    above: list[_Open] = []
    for n, part in enumerate(parts):
        spec = part.spec
        if spec.table:
            follows = n > 0 and bool(parts[n - 1].heading) and not parts[n - 1].spec.text
            _mark_content(above if follows else [one for one in above if one.level < spec.level])
            yield from _closed(above, spec.level)
        elif part.heading:
            yield from _begin(above, _Open(n, -1, spec.level, _STOP in plain(part.heading)))
        for k, line in enumerate(part.lines):
            if line.depth:
                yield from _begin(above, _Open(n, k, spec.level + line.depth, _STOP in plain(line.runs)))
            else:
                _mark_content(above)
        if part.chart:
            _mark_content(above)
    yield from above


def _begin(above: list[_Open], heading: _Open) -> Iterator[_Open]:
    yield from _closed(above, heading.level)
    above.append(heading)
    if heading.has_content:
        _mark_content(above)


def _closed(above: list[_Open], level: int) -> Iterator[_Open]:
    """Take off and yield the headings that nothing of ``level`` is below."""
    while above and above[-1].level >= level:
        yield above.pop()


def _mark_content(headings: Sequence[_Open]) -> None:
    for heading in headings:
        heading.has_content = True
