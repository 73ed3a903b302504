"""The house: imports go down only, some doors stay shut, each outside library has one room. One case per import."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
ROOT = "__init__"
FLOORS = {
    "__main__": 6,
    "cli": 5, ROOT: 5,
    "pipeline": 4, "bulk": 4, "pull": 4,
    "rules": 3, "compose": 3, "writers": 3, "manifest": 3, "diff": 3,
    "facts": 2, "verify": 2, "trace": 2,
    "budget": 1, "layout": 1, "tree": 1,
    "core": 0,
}  # fmt: skip
BESIDE = {("cli", ROOT), ("bulk", "pipeline"), ("trace", "facts"), ("layout", "tree")}
"""Doors on one floor that stand open; all others on one floor are shut, in both directions."""
SHUT = {
    "writers": {"budget", "facts", "layout"},
    "rules": {"layout", "tree"},
    "facts": {"layout", "tree"},
    "compose": {"budget"},
}
"""Doors that the floor would allow."""
LIBRARIES = {
    "docx": ("writers/docx", "verify"),
    "lxml": ("writers/docx", "writers/xlsx"),
    "openpyxl": ("bulk",),
    "jinja2": ("compose",),
    "babel": ("compose", "core", "cli"),
    "yaml": ("layout",),
    "distributed": ("bulk/cluster",),
    "fsspec": ("bulk/store",),
}


@dataclass(frozen=True)
class Import:
    """``file`` (relative to the package) imports ``target`` (a dotted name) in ``line``."""

    file: str
    line: int
    target: str

    @property
    def room(self) -> str:
        return Path(self.file).parts[0].removesuffix(".py")

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.target}"


def imports(source: str, file: str) -> Iterator[Import]:
    """Every import in a module's text, wherever it stands, with its full name."""
    here = ["reportgen", *Path(file).with_suffix("").parts]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*(here[: -node.level] if node.level else []), *(node.module.split(".") if node.module else [])]
            for name in node.names:
                yield Import(file, node.lineno, ".".join([*base, name.name]))


def goal(target: str) -> str:
    """The room of the package that a dotted name leads to, or "" for the outside."""
    first, *rest = target.split(".")
    if first != "reportgen":
        return ""
    return rest[0] if rest and rest[0] in FLOORS else ROOT


def breach(found: Import) -> str:
    """What is wrong with an import, or ""."""
    room, to = found.room, goal(found.target)
    if room not in FLOORS:
        return f"{room} stands on no floor"
    if not to:
        return outside(found)
    if to in SHUT.get(room, ()):
        return f"the door from {room} to {to} is shut"
    if to == room or FLOORS[to] < FLOORS[room] or (room, to) in BESIDE:
        return ""
    return f"{room} (floor {FLOORS[room]}) must not see {to} (floor {FLOORS[to]})"


def outside(found: Import) -> str:
    library = found.target.split(".")[0]
    if library in sys.stdlib_module_names:
        return ""
    rooms = LIBRARIES.get(library, ())
    own = found.file.removesuffix(".py")
    return "" if any(own == room or own.startswith(f"{room}/") for room in rooms) else f"{library} does not belong here"


def files() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "_shipped" not in path.parts]


def all_imports() -> list[Import]:
    return [
        found
        for path in files()
        for found in imports(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
    ]


@pytest.mark.parametrize("found", all_imports(), ids=str)
def test_the_import_goes_down_through_an_open_door(found: Import) -> None:
    assert not breach(found)


LEAST = {
    "__main__": 2, ROOT: 2, "cli": 25, "pipeline": 12, "rules": 60, "compose": 70, "writers": 300,
    "facts": 100, "budget": 50, "layout": 40, "tree": 12, "core": 20,
}  # fmt: skip


def test_every_room_was_looked_into() -> None:
    seen = Counter(found.room for found in all_imports())
    assert {room: seen[room] for room, least in LEAST.items() if seen[room] < least} == {}
    assert len(files()) >= 80


def test_every_outside_library_was_seen_in_its_room() -> None:
    seen = {found.target.split(".")[0] for found in all_imports()}
    assert seen.issuperset(LIBRARIES.keys() - {"docx"})


PLANTED = {
    "core/money.py": ("from ..tree.nodes import Figure", "import reportgen.budget", "from .. import pipeline"),
    "budget/load.py": ("from ..facts import Fact", "from ..layout.spec import Layout", "import yaml"),
    "tree/nodes.py": ("from ..layout.style import read_style", "import docx"),
    "layout/spec.py": ("from ..budget.model import Budget", "from ..compose import compose", "import jinja2"),
    "facts/fact.py": ("from ..layout.spec import Layout", "from ..tree.nodes import Figure", "from ..rules import run"),
    "rules/inside.py": ("from ..tree.nodes import Row", "from ..layout.load import DEFAULT", "from .. import writers"),
    "compose/tables.py": ("from ..budget.model import ALL", "from ..writers import formats", "from ..rules import run"),
    "writers/pdf/prose.py": (
        "from ...facts import Fact", "from ...budget.model import Budget", "from ...layout import spec",
        "from ...compose import compose", "import openpyxl", "from lxml import etree", "from ... import budget",
    ),
    "writers/docx/table.py": ("import reportlab.pdfgen.canvas", "from reportgen.facts.fact import Fact"),
    "writers/xlsx/sheet.py": ("import docx", "import openpyxl", "def late():\n    from ...facts import Fact"),
    "writers/fit.py": ("import lxml.etree",),
    "pipeline.py": ("from .cli import main", "from . import bulk", "from . import __version__", "import numpy"),
    "cli/say.py": ("from .. import __main__",),
    "new_room/__init__.py": ("import json",),
}  # fmt: skip


@pytest.mark.parametrize(("file", "source"), [(f, s) for f, sources in PLANTED.items() for s in sources])
def test_a_planted_breach_is_seen(file: str, source: str) -> None:
    assert [breach(found) for found in imports(source, file) if breach(found)]


def test_nothing_is_imported_by_a_computed_name_but_what_stands_in_the_same_folder() -> None:
    """``import_module`` could open any door; three rooms use it to find their own members."""
    uses = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
                uses.append((path.relative_to(PACKAGE).as_posix(), ast.unparse(node.args[0])))
    assert {file for file, _ in uses} <= {"rules/rule.py", "writers/__init__.py", "cli/commands/__init__.py"}
    assert uses
    assert {name for _, name in uses} <= {"package", "f'{package}.{module.name}'", "f'{__name__}.{name}'"}
