"""The mutation command on a small project: tested lines are killed, others survive, the project stays as it is."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from tests.mutation.__main__ import report, try_all
from tests.mutation.mutants import Mutant, changes_something, choose, mutants
from tests.mutation.record import Record, record
from tests.mutation.trial import selection

SOURCE = '''"""A docstring."""

__all__ = ["total"]


def total(values: list[int], limit: int = 3) -> int:
    """The total, and 7 in a docstring."""
    if len(values) > limit:
        raise ValueError("more than the limit")
    text = "中文 message"
    return sum(values) + len(text) - 10


def unused(value: int) -> int:
    return value + 1


def untested(value: int) -> int:
    return value - 1


def endless(steps: int) -> int:
    while steps != 0:
        steps -= 1
    return steps
'''
TESTS = """
import pytest
from reportgen.small import endless, total, untested

@pytest.fixture(scope="module")
def summed():
    return total([1, 2])

def test_total(summed):
    assert summed == 3

def test_total_is_still_the_same(summed):
    assert summed == 3

def test_untested_is_called():
    untested(1)

def test_endless():
    assert endless(3) == 0
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mutation") / "project"
    for name, text in {"reportgen/__init__.py": "", "reportgen/small.py": SOURCE, "tests/__init__.py": "",
                       "tests/test_small.py": TESTS}.items():  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    here = Path(__file__).parent
    shutil.copytree(here, root / "tests" / "mutation", ignore=shutil.ignore_patterns("test_*", "__pycache__"))
    return root


@pytest.fixture(scope="module")
def reached(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    file = tmp_path_factory.mktemp("record") / "record.json"
    record(project, processes=1).save(file)
    return Record.load(file)


def made(before: str, after: str) -> Mutant:
    found = [one for one in mutants(SOURCE, "reportgen/small.py") if (one.before, one.after) == (before, after)]
    assert len(found) == 1, found
    return found[0]


def test_every_fixture_user_reaches_what_the_fixture_runs(reached: Record) -> None:
    line = SOURCE.splitlines().index("    return sum(values) + len(text) - 10") + 1
    names = [f"tests/test_small.py::{name}" for name in ("test_total", "test_total_is_still_the_same")]
    assert reached.reached["reportgen/small.py"][line] == names
    assert reached.failed == []


def test_a_line_is_found_again_after_the_module_has_grown(reached: Record) -> None:
    grown = SOURCE.replace("def unused", "# two more\n# lines\ndef unused")
    line = grown.splitlines().index("    return value - 1") + 1
    assert reached.line_then("reportgen/small.py", line, grown) == line - 2
    changed = SOURCE.replace("value + 1", "value + 2")
    assert reached.line_then("reportgen/small.py", changed.splitlines().index("    return value + 2") + 1, changed) == 0


def test_what_runs_on_import_is_tried_with_all_tests_of_the_module(reached: Record) -> None:
    default, inside = made("3", "(4)"), made("value - 1", "(value + 1)")
    assert (default.on_import, inside.on_import) == (True, False)
    assert reached.tests_of(default, SOURCE)[0] == set(reached.tests)
    assert reached.tests_of(inside, SOURCE)[0] == {"tests/test_small.py::test_untested_is_called"}


def test_a_test_that_there_is_no_more_is_not_run(reached: Record) -> None:
    kept = reached.restricted_to({"tests/test_small.py::test_endless"})
    assert set(kept.tests) == {"tests/test_small.py::test_endless"}
    assert kept.reached["reportgen/small.py"][SOURCE.splitlines().index("    return value - 1") + 1] == []


def test_tested_lines_are_killed_and_others_survive(project: Path, reached: Record) -> None:
    tried = {
        "killed": made("sum(values) + len(text)", "(sum(values) - len(text))"),
        "unreached": made("value + 1", "(value - 1)"),
        "survived": made("value - 1", "(value + 1)"),
    }
    results = try_all(project, list(tried.values()), reached, processes=2)
    assert [result.outcome for result in results] == list(tried)
    assert results[0].killer.startswith("tests/test_small.py::test_total")
    assert (project / "reportgen/small.py").read_text(encoding="utf-8") == SOURCE
    text = report(results)
    assert text.startswith("1 of 3 mutants killed (33%)")
    assert "unreached: reportgen/small.py:15 arithmetic: value + 1  →  (value - 1)" in text
    assert "survived: reportgen/small.py:19 arithmetic: value - 1  →  (value + 1)" in text


def test_an_endless_mutant_is_a_timeout(project: Path, reached: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.mutation.trial.LIMIT", 5)
    monkeypatch.setattr("tests.mutation.trial.PATIENCE", 20)
    (result,) = try_all(project, [made("steps -= 1", "pass")], reached, processes=1)
    assert (result.outcome, result.killed) == ("timeout", True)


def test_docstrings_hints_exports_and_words_are_left_alone() -> None:
    before = {one.before for one in mutants(SOURCE, "small.py")}
    assert {"len(values) > limit", "3", "10", "steps -= 1", "return steps"} <= before
    assert not {'"total"', "list[int]", '"中文 message"', '"more than the limit"', '"""A docstring."""'} & before


def test_every_mutant_is_python_and_another_program() -> None:
    found = mutants(SOURCE, "small.py")
    assert len(found) > 20
    for one in found:
        ast.parse(one.applied_to(SOURCE))
        assert changes_something(SOURCE, one)
    assert not changes_something(SOURCE, Mutant("small.py", 15, "", "value + 1", "value + 1", 0, 0))


def test_positions_count_characters_not_bytes() -> None:
    source = 'text = "中文", 1 + 2\n'
    assert "1 + 2" in {one.before for one in mutants(source, "small.py")}


def test_the_choice_follows_from_the_seed(project: Path) -> None:
    assert choose(project, 9, 1) == choose(project, 9, 1) != choose(project, 9, 2)
    assert len(choose(project, 9, 1)) == 9


def test_all_cases_of_the_own_package_come_first() -> None:
    """A table of cases is one function; a line of a rule is reached by every build, and decided by one of its cases."""
    cases = [f"tests/rules/test_rules.py::test_case[{n}]" for n in range(30)]
    others = [f"tests/test_build.py::test_build[{n}]" for n in range(30)]
    record = Record(
        tests=dict.fromkeys([*cases, *others], 0.1),
        sources={"reportgen/rules/small.py": "x = 1\n"},
        reached={"reportgen/rules/small.py": {1: [*others, *cases]}},
    )
    mutant = Mutant("reportgen/rules/small.py", 1, "constant", "1", "2", 4, 5, False)
    early, _ = selection(record, mutant, "x = 1\n")
    assert set(cases) <= set(early)
