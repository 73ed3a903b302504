"""Find the headings of a layout that have no content with any data: every branch of every template is taken at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..core.errors import LayoutError
from ..layout.outline_spec import BlockSpec
from ..layout.spec import Layout
from ..tree.nodes import Text
from .lines import Line, split_line
from .parts import Part, without_empty_headings

_VALUE = "…"
"""What stands for a value that is printed."""
_PRINTS_NOTHING = "decided"
"""The filter whose result prints nothing."""
_DEEPEST = 10
"""Files and macros inside each other that are followed; what is further inside counts as printed."""
_SHOWN = 40
"""Characters of a title that a message prints."""
_UNREADABLE = (TemplateError, LayoutError, RecursionError)
"""Errors of a template that :mod:`.check_templates` reports."""


def heading_mistakes(layout: Layout, environment: ImmutableSandboxedEnvironment) -> Iterator[LayoutError]:
    """Yield a mistake for each heading below which nothing can ever be printed."""
    reader = _Reader(environment)
    parts = [reader.part(block) for section in layout.outline for block in section.blocks]
    for empty in without_empty_headings(parts)[1]:
        message, hint = (
            "{place}：标题“{title}”下面什么都不会印",
            "写 text 或 table，或在它后面放低一级的段；不要的标题删去",
        )
        place = f"text/{empty.block.text}" if empty.in_template else empty.block.place.at("heading")
        yield LayoutError(message, hint, place=place, title=empty.title[:_SHOWN])


class _Reader:
    """Reads what a template can print: the text of all its branches, each value as one character."""

    def __init__(self, environment: ImmutableSandboxedEnvironment) -> None:
        self._environment = environment

    def part(self, block: BlockSpec) -> Part:
        """Return what a block can print; its table and its chart always have something."""
        heading = (Text(block.heading),) if block.heading else ()
        lines = tuple(self._lines(block.text))
        if block.chart:
            lines = (Line("", "", (Text(_VALUE),)),)
        return Part(block, heading, lines)

    def _lines(self, file: str) -> Iterator[Line]:
        for line in self._file(file, 0).split("\n") if file else ():
            kind, name, text = split_line(line)
            if text:
                yield Line(kind, name, (Text(text),))

    def _file(self, name: str, depth: int) -> str:
        """Return what a template file can print; a file with a mistake that is reported elsewhere prints something."""
        try:
            source, path, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
            tree = self._environment.parse(source, name, path)
        except _UNREADABLE:
            return _VALUE
        return self._body(tree.body, {macro.name: macro for macro in tree.find_all(nodes.Macro)}, depth)

    def _body(self, body: Iterable[nodes.Node], macros: Mapping[str, nodes.Macro], depth: int) -> str:
        return "".join(self._node(node, macros, depth) for node in body)

    def _node(self, node: nodes.Node, macros: Mapping[str, nodes.Macro], depth: int) -> str:
        if isinstance(node, nodes.Output):
            return "".join(self._printed(part, macros, depth) for part in node.nodes)
        if isinstance(node, nodes.If):
            never = isinstance(node.test, nodes.Const) and not node.test.value
            return self._body([*(() if never else node.body), *node.elif_, *node.else_], macros, depth)
        if isinstance(node, nodes.For):
            return self._body([*node.body, *node.else_], macros, depth)
        if isinstance(node, nodes.With | nodes.Block):
            return self._body(node.body, macros, depth)
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            return _VALUE if depth > _DEEPEST else self._file(str(node.template.value), depth + 1)
        return _VALUE if isinstance(node, nodes.Include | nodes.Extends | nodes.CallBlock | nodes.FilterBlock) else ""

    def _printed(self, node: nodes.Node, macros: Mapping[str, nodes.Macro], depth: int) -> str:
        """Return what an output prints: words as they are, a value as one character."""
        if isinstance(node, nodes.TemplateData):
            return node.data
        if isinstance(node, nodes.Const):
            return str(node.value)
        if isinstance(node, nodes.Filter) and node.name == _PRINTS_NOTHING:
            return ""
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and depth <= _DEEPEST:
            macro = macros.get(node.node.name)
            return self._body(macro.body, macros, depth + 1) if macro else _VALUE
        return _VALUE
