"""Which branches of a layout's templates its documents take: the bodies of conditions, loops and macros."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from reportgen.compose import sandbox
from reportgen.layout.load import load_layout
from reportgen.pipeline.in_memory import prepare

STEP = "environment.spend("
"""What the compiled code of a template calls at the beginning of every body (:mod:`reportgen.compose.sandbox`)."""


class Branch(NamedTuple):
    """A body in a template: its file, its line there, and that of the compiled code, which tells two on one line."""

    file: str
    line: int
    compiled: int


@cache
def branches(layout: str) -> frozenset[Branch]:
    """All branches of the template files that the layout uses or that those import."""
    return frozenset(branch for name in _files(layout) for branch in _branches(layout, name))


def taken(layout: str, documents: Iterable[Any]) -> frozenset[Branch]:
    """The branches that the documents, made with the layout, take."""
    found: set[tuple[str, int]] = set()
    usual = sandbox._Sandbox.spend

    def spend(self: Any, steps: int) -> None:
        frame = sys._getframe(1)
        if frame.f_code.co_filename.endswith(".j2"):
            found.add((frame.f_globals["name"], frame.f_lineno))
        usual(self, steps)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox._Sandbox, "spend", spend)
        for document in documents:
            prepare(document, layout)
    return frozenset(branch for branch in branches(layout) if (branch.file, branch.compiled) in found)


def _files(layout: str) -> list[str]:
    """The files of the outline, and those that they import, each once."""
    read = load_layout(layout)
    environment = sandbox.environment_of(read.folders)
    waiting = [block.text for section in read.outline for block in section.blocks if block.text]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            tree = environment.parse(sandbox.template_source(environment, name))
            waiting += [node.template.value for node in tree.find_all(sandbox.nodes.FromImport)]  # type: ignore[attr-defined]
    return sorted(found)


def _branches(layout: str, name: str) -> Iterator[Branch]:
    environment = sandbox.environment_of(load_layout(layout).folders)
    text = sandbox.template_source(environment, name)
    code = environment.compile(text, name, name, raw=True)
    template = environment.get_template(name)
    steps = [n for n, line in enumerate(code.split("\n"), 1) if STEP in line]
    for n in steps[1:]:  # the first is the file itself, which is run once a process where it is imported
        yield Branch(name, template.get_corresponding_lineno(n), n)
