"""The benchmarks are run by hand; here: what they import from the package exists."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imported() -> list[tuple[str, str, str]]:
    """File, module and name of each import from the package."""
    return [
        (path.name, node.module or "", name.name)
        for path in sorted((ROOT / "benchmarks").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "reportgen"
        for name in node.names
    ]


@pytest.mark.parametrize(("file", "module", "name"), imported())
def test_the_import_exists(file: str, module: str, name: str) -> None:
    if not hasattr(import_module(module), name):
        import_module(f"{module}.{name}")


def test_imports_were_found() -> None:
    assert len(imported()) > 40
