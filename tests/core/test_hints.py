"""Whatever blocks a publication says what a clerk can do next: no finding that may be an error has an empty hint."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.bulk.outcome import failed
from reportgen.core import errors
from reportgen.core.errors import ReportgenError

PACKAGE = Path(errors.__file__).parents[1]
HINT_AT = {
    "Finding": 4, "equal": 5, "adds_up": 5, "not_more": 5, "add_violation": 2, "set_aside": 2,
    "add_finding": 4, "table_finding": 4,
    "outcome._reason": 2, "python_input._finding": 2, "previous_year._finding": 2,
}  # fmt: skip
"""Where the hint stands among the arguments of what makes a finding that may be an error; some in one module only."""
MILD = {"Severity.NOTE", "Severity.WARNING"}
Function = ast.FunctionDef | ast.Module


def functions() -> Iterator[tuple[str, Function]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def makers(where: str, function: Function) -> Iterator[tuple[ast.Call, ast.expr | None]]:
    """The calls in a function that make findings which may be errors, each with its hint."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        module = where.partition(".py:")[0].rpartition("/")[2]
        at = HINT_AT.get(name_of(call), HINT_AT.get(f"{module}.{name_of(call)}"))
        if at is None or any(ast.unparse(argument) in MILD for argument in call.args):
            continue
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            at = len(call.args) - 1
        by_name = next((keyword.value for keyword in call.keywords if keyword.arg == "hint"), None)
        yield call, by_name or (call.args[at] if len(call.args) > at else None)


def texts_of(hint: ast.expr, function: Function) -> Iterator[ast.expr]:
    """The values that a hint may have: itself, both sides of a condition, what the function assigns to its name."""
    if isinstance(hint, ast.IfExp):
        yield from texts_of(hint.body, function)
        yield from texts_of(hint.orelse, function)
    elif isinstance(hint, ast.Name):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    yield from _assigned(target, node.value, hint.id, function)
    else:
        yield hint


def _assigned(target: ast.expr, value: ast.expr, name: str, function: Function) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield from texts_of(value, function)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, own in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, own, name, function)


def empty(text: ast.expr) -> bool:
    return isinstance(text, ast.Constant) and not text.value


def test_no_finding_that_may_be_an_error_is_made_without_a_hint() -> None:
    made = [(where, call, hint, function) for where, function in functions() for call, hint in makers(where, function)]
    assert len(made) > 60, "the calls are no longer recognised"
    assert [
        f"{where} {ast.unparse(call)}"
        for where, call, hint, function in made
        if hint is None or any(map(empty, texts_of(hint, function)))
    ] == []


def test_no_function_that_passes_hints_on_has_an_empty_one_as_default() -> None:
    silent = []
    for where, function in functions():
        arguments = function.args  # type: ignore[union-attr]
        named = dict(zip([one.arg for one in arguments.args][::-1], arguments.defaults[::-1], strict=False))
        if "hint" in named and empty(named["hint"]):
            silent.append(where.partition(":")[0])
    with_a_next_step = ["cli/command_parser.py", "core/errors.py"]
    assert silent == with_a_next_step, "an exception has the next step of its class, the command line its help"


@pytest.mark.parametrize("kind", [ReportgenError, *ReportgenError.__subclasses__()])
def test_a_department_that_failed_has_a_hint_whatever_the_error(kind: type[ReportgenError]) -> None:
    (reason,) = failed("450", kind("出错：{what}", what="甲")).findings
    assert reason.hint_text
    (reason,) = failed("450", kind("出错", "自己的提示")).findings
    assert reason.hint_text == "自己的提示"
