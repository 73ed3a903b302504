"""Imports go down only, each outside library has one package, no modules import each other in a circle.

One case per module; how many imports each package has at least is held as well, so that a check that looks at nothing
cannot pass.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
ROOT = "__init__"
LAYERS = {
    "__main__": 6,
    "cli": 5, "serving": 5, "api": 5, ROOT: 5,
    "pipeline": 4, "bulk": 4, "hand_edits": 4, "intake": 4, "auditing": 4,
    "rules": 3, "compose": 3, "writers": 3, "manifest": 3, "comparison": 3, "tracing": 3, "recognise": 3,
    "facts": 2, "verify": 2,
    "budget": 1, "layout": 1, "tree": 1,
    "core": 0, "isolation": 0,
}  # fmt: skip
WITHIN_A_LAYER = {
    (ROOT, "api"),
    ("cli", ROOT),
    ("cli", "serving"),
    ("bulk", "pipeline"),
    ("comparison", "tracing"),
    ("hand_edits", "pipeline"),
    ("pipeline", "intake"),
    ("bulk", "intake"),
    ("auditing", "intake"),
    ("auditing", "pipeline"),
    ("auditing", "bulk"),
    ("auditing", "hand_edits"),
    ("layout", "tree"),
    ("isolation", "core"),
}
"""Imports allowed between packages of one layer, in this direction only."""
FORBIDDEN = {
    "writers": {"budget", "facts", "layout"},
    "rules": {"layout", "tree"},
    "facts": {"layout", "tree"},
    "compose": {"budget"},
}
"""Imports that the layers would allow and the design does not."""
LIBRARIES = {
    "lxml": ("intake/readers", "writers/docx", "writers/xlsx"),
    "docx": ("intake/readers", "writers/docx"),
    "openpyxl": ("bulk", "intake", "writers/charts"),
    "xlrd": ("intake/readers",),
    "reportlab": ("writers/pdf/charts", "auditing/pdf_report"),
    "pebble": ("isolation",),
    "polars": ("intake/ledger",),
    "pypdfium2": ("intake/readers/pdf", "intake/readers/published"),
    "PIL": ("intake/readers/pdf",),
    "jinja2": ("compose", "serving"),
    "babel": ("compose", "core", "cli"),
    "starlette": ("serving",),
    "uvicorn": ("serving/server",),
    "shtab": ("cli/commands",),
    "yaml": ("layout",),
    "distributed": ("bulk/executors",),
    "fsspec": ("bulk/store",),
    "uharfbuzz": ("writers/fonts",),
}


@dataclass(frozen=True)
class Import:
    """``file`` (relative to the package) imports ``target`` (a dotted name) in ``line``."""

    file: str
    line: int
    target: str

    @property
    def package(self) -> str:
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


def part_of(target: str) -> str:
    """The part of reportgen that a dotted name belongs to, or "" for an outside library."""
    first, *rest = target.split(".")
    if first != "reportgen":
        return ""
    return rest[0] if rest and rest[0] in LAYERS else ROOT


def breach(found: Import) -> str:
    """What is wrong with an import, or ""."""
    package, to = found.package, part_of(found.target)
    if package not in LAYERS:
        return f"{package} has no layer"
    if not to:
        return outside(found)
    if to in FORBIDDEN.get(package, ()):
        return f"{package} must not import {to}"
    if to == package or LAYERS[to] < LAYERS[package] or (package, to) in WITHIN_A_LAYER:
        return ""
    return f"{package} (layer {LAYERS[package]}) must not import {to} (layer {LAYERS[to]})"


def outside(found: Import) -> str:
    library = found.target.split(".")[0]
    if library in sys.stdlib_module_names:
        return ""
    allowed = LIBRARIES.get(library, ())
    own = found.file.removesuffix(".py")
    fits = any(own == package or own.startswith(f"{package}/") for package in allowed)
    return "" if fits else f"{library} does not belong here"


def files() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "_shipped" not in path.parts]


def all_imports() -> list[Import]:
    return [
        found
        for path in files()
        for found in imports(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
    ]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_imports_of_a_module_go_down(path: Path) -> None:
    found = list(imports(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix()))
    assert {str(one): breach(one) for one in found if breach(one)} == {}


LEAST = {
    "__main__": 2, ROOT: 2, "cli": 25, "pipeline": 12, "rules": 60, "compose": 70, "writers": 300,
    "facts": 100, "budget": 50, "layout": 40, "tree": 12, "core": 20,
}  # fmt: skip


def test_every_package_was_looked_into() -> None:
    seen = Counter(found.package for found in all_imports())
    assert {package: seen[package] for package, least in LEAST.items() if seen[package] < least} == {}
    assert len(files()) >= 80


def test_every_outside_library_was_seen() -> None:
    seen = {found.target.split(".")[0] for found in all_imports()}
    assert seen.issuperset(LIBRARIES)


PLANTED = {
    "core/money.py": ("from ..tree.nodes import Figure", "import reportgen.budget", "from .. import pipeline"),
    "budget/load.py": ("from ..facts import Fact", "from ..layout.spec import Layout", "import yaml"),
    "tree/nodes.py": ("from ..layout.style import read_style", "import docx"),
    "layout/spec.py": ("from ..budget.model import Budget", "from ..compose import compose", "import jinja2"),
    "facts/fact.py": ("from ..layout.spec import Layout", "from ..tree.nodes import Figure", "from ..rules import run"),
    "rules/inside.py": ("from ..tree.nodes import Row", "from ..layout.load import DEFAULT", "from .. import writers"),
    "compose/tables.py": ("from ..budget.model import ALL", "from ..writers import formats", "from ..rules import run"),
    "writers/pdf/file.py": (
        "from ...facts import Fact", "from ...budget.model import Budget", "from ...layout import spec",
        "from ...compose import compose", "import openpyxl", "from lxml import etree", "from ... import budget",
    ),
    "writers/docx/table.py": ("import reportlab.pdfgen.canvas", "from reportgen.facts.fact import Fact"),
    "writers/xlsx/table_sheet.py": ("import docx", "import openpyxl", "def late():\n    from ...facts import Fact"),
    "writers/tables/estimate.py": ("import lxml.etree",),
    "pipeline.py": ("from .cli import main", "from . import bulk", "from . import __version__", "import numpy"),
    "cli/console.py": ("from .. import __main__",),
    "new_package/__init__.py": ("import json",),
}  # fmt: skip


@pytest.mark.parametrize(("file", "source"), [(f, s) for f, sources in PLANTED.items() for s in sources])
def test_a_planted_breach_is_seen(file: str, source: str) -> None:
    assert [breach(found) for found in imports(source, file) if breach(found)]


def test_nothing_is_imported_by_a_computed_name_but_what_stands_in_the_same_folder() -> None:
    """``import_module`` could get round the layers; three packages use it to find their own modules."""
    uses = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
                uses.append((path.relative_to(PACKAGE).as_posix(), ast.unparse(node.args[0])))
    assert {file for file, _ in uses} <= {"rules/rule.py", "writers/__init__.py", "cli/commands/__init__.py"}
    assert uses
    assert {name for _, name in uses} <= {"package", "f'{package}.{module.name}'", "f'{__name__}.{name}'"}


ARCHITECTURE = PACKAGE.parent / "docs" / "architecture.md"


def named(cell: str) -> set[str]:
    """The packages that a cell of a table names."""
    return set(re.findall(r"`(\w+)`", cell))


def table_rows(heads: str) -> list[list[str]]:
    """The cells of the table of ``docs/architecture.md`` whose head line this is."""
    _, _, rest = ARCHITECTURE.read_text(encoding="utf-8").partition(f"\n{heads}\n")
    assert rest
    return [line.strip("|").split("|") for line in rest.split("\n\n")[0].splitlines()[1:]]


def test_the_page_has_the_same_layers() -> None:
    page = {
        name: int(layer) for layer, names, _ in table_rows("| layer | packages | content |") for name in named(names)
    }
    assert page == LAYERS


def test_the_page_has_the_same_rules_within_and_across_layers() -> None:
    rows = table_rows("| package | may import from its own layer | must not import |")
    within = {(name, to) for names, allowed, _ in rows for name in named(names) for to in named(allowed)}
    forbidden = {name: named(cell) for names, _, cell in rows for name in named(names) if named(cell)}
    assert within == WITHIN_A_LAYER
    assert forbidden == FORBIDDEN


def graph(found: Iterable[Import]) -> dict[str, set[str]]:
    """Module → the modules of reportgen that it imports anywhere in its text."""
    modules = {path.relative_to(PACKAGE).as_posix().removesuffix(".py").removesuffix("/__init__") for path in files()}
    arrows: dict[str, set[str]] = {module: set() for module in modules}
    for one in found:
        parts = one.target.split(".")[1:]
        target = next(("/".join(parts[:n]) for n in (len(parts), len(parts) - 1) if "/".join(parts[:n]) in modules), "")
        own = one.file.removesuffix(".py").removesuffix("/__init__")
        if target and target != own and one.target.startswith("reportgen."):
            arrows[own].add(target)
    return arrows


def circles(arrows: Mapping[str, set[str]]) -> list[set[str]]:
    """The groups of modules in which each reaches each."""
    reached = {module: _reached(module, arrows) for module in arrows}
    groups = {frozenset(other for other in reached[one] if one in reached[other]) for one in arrows}
    return sorted((set(group) for group in groups if len(group) > 1), key=sorted)


def _reached(start: str, arrows: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = arrows[waiting.pop()] - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(graph(all_imports())) == []


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [{"a", "b", "c"}]
    assert sum(map(len, graph(all_imports()).values())) > 600
