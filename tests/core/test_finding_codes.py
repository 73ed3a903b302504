"""Every finding code that the program reports is declared, every declared code is reported, each has one meaning."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import reportgen
from reportgen.core import finding_codes
from reportgen.core.errors import ReportgenError
from reportgen.core.finding_codes import FindingCode, declare, declared_codes

PACKAGE = Path(reportgen.__file__).parent
CODE = re.compile(r"[A-Z]{2}[0-9]{3}")


@pytest.fixture(scope="module")
def declared() -> dict[str, FindingCode]:
    for module in pkgutil.walk_packages(reportgen.__path__, "reportgen."):
        if module.name.startswith(("reportgen.rules.", "reportgen.bulk.city_checks.")):
            import_module(module.name)
    return {code.code: code for code in declared_codes()}


def codes_in_source() -> set[str]:
    """Codes that stand in the code as strings, outside the registry and outside decorators."""
    paths = [path for path in PACKAGE.rglob("*.py") if path != Path(finding_codes.__file__)]
    return {code for path in paths for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}


def codes_in(tree: ast.Module) -> Iterator[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    in_decorators = {id(n) for function in functions for d in function.decorator_list for n in ast.walk(d)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from (str(n.value) for n in strings if id(n) not in in_decorators and CODE.fullmatch(str(n.value)))


def codes_of_exits() -> set[str]:
    """``bulk`` makes the code of a failed department from the exit code of the error."""
    return {f"PL1{kind.exit_code:02}" for kind in ReportgenError.__subclasses__()}


def test_the_codes_in_the_source_are_the_declared_ones(declared: dict[str, FindingCode]) -> None:
    found = codes_in_source()
    assert len(found) > 80
    assert found | codes_of_exits() == set(declared)


def test_every_code_has_an_area_and_a_meaning_of_its_own(declared: dict[str, FindingCode]) -> None:
    meanings = [(code.area, code.meaning) for code in declared.values()]
    assert len(set(meanings)) == len(meanings)
    assert all(code.meaning and not code.meaning.isspace() for code in declared.values())
    assert {code.area for code in declared.values()} == set(finding_codes.AREAS.values())


def test_a_code_cannot_be_declared_with_a_second_meaning() -> None:
    declare("PL201", "超过时限，已中止")
    with pytest.raises(ValueError, match="two meanings for PL201"):
        declare("PL201", "改过的段落现在没有了")


@pytest.mark.parametrize("code", ["XX101", "PL1", "PL2011", "pl201", ""])
def test_a_code_is_two_letters_of_an_area_and_three_digits(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        declare(code, "没有这个方面")
