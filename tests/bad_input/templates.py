"""The templates of all messages, read from the code: none can be forgotten in the documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import reportgen
from reportgen.core import errors

Before = tuple[ast.FunctionDef, int]
"""A function and a line in it."""
PACKAGE = Path(reportgen.__file__).parent
STOPS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
STOPS |= {"MissingGlyph", "HeadTooTall", "MissingTarget"}
WHERE = {
    **dict.fromkeys(STOPS, (0, 1)),
    "add_violation": (1, 2),
    "Finding": (2, 4),
    "add_finding": (2, 4),
    "Fault": (0, 1),
}
"""The arguments that are message and hint."""


@dataclass(frozen=True)
class Template:
    """A message as the code of ``module`` has it; ``kind`` is the class of what stops the run, or a finding's code.

    ``always_hinted``: none of its hints is empty.
    """

    module: str
    kind: str
    message: str
    hints: tuple[str, ...]
    always_hinted: bool = False

    def fits(self, text: str) -> bool:
        """Whether ``text`` is this template, filled."""
        return re.fullmatch(pattern(self.message), text, re.DOTALL) is not None


def pattern(template: str) -> str:
    """What a filled template looks like."""
    pieces = re.split(r"\{\{|\}\}|\{\w+\}", template)
    marks = re.findall(r"\{\{|\}\}|\{\w+\}", template)
    filled = [{"{{": r"\{\{?", "}}": r"\}\}?"}.get(mark, ".*") for mark in marks]
    return "".join(re.escape(piece) + mark for piece, mark in zip(pieces, [*filled, ""], strict=True))


def templates(*under: str) -> list[Template]:
    """All templates of the modules whose path begins with one of ``under``, in the order of the code, each once."""
    found: dict[tuple[str, str], Template] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module.startswith(under):
            for one in _of_module(module, ast.parse(path.read_text(encoding="utf-8"))):
                same = found.setdefault((one.kind, one.message), one)
                found[one.kind, one.message] = replace(same, always_hinted=same.always_hinted and one.always_hinted)
    return list(found.values())


def _of_module(module: str, tree: ast.Module) -> Iterator[Template]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _name(node.func) in WHERE]
        for call in calls:
            yield from _of_call(module, call, function)


def _of_call(module: str, call: ast.Call, function: ast.FunctionDef) -> Iterator[Template]:
    name = _name(call.func)
    message, hint = WHERE[name]
    before = (function, call.lineno)
    stated = tuple(_texts(call.args[hint], before)) if len(call.args) > hint else ()
    hints = tuple(filter(None, stated))
    kind = next(_texts(call.args[0], before), "") if name in ("Finding", "add_finding") else name
    for text in _texts(call.args[message], before) if len(call.args) > message else ():
        yield Template(module, kind or "GJ…", text, hints, bool(stated) and all(stated))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.expr, before: Before) -> Iterator[str]:
    """The strings that an expression may be: a literal, one of two, a variable of the function."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, before)
        yield from _texts(node.orelse, before)
    elif isinstance(node, ast.BinOp):
        yield from (f"{text}…" for text in _texts(node.left, before))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    elif isinstance(node, ast.Name):
        for value in _assigned(node.id, *before):
            yield from _texts(value, before)


def _assigned(name: str, function: ast.FunctionDef, line: int) -> list[ast.expr]:
    """What a variable of the function holds at a line: by the last assignment, or by a loop over tuples."""
    found: dict[int, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and node.lineno <= line:
            found.setdefault(node.lineno, []).extend(_matched(node.targets[0], node.value, name))
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple | ast.List):
            items = [value for item in node.iter.elts for value in _matched(node.target, item, name)]
            found.setdefault(node.lineno, []).extend(items)
    return next((values for _, values in sorted(found.items(), reverse=True) if values), [])


def _matched(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, inner in zip(target.elts, value.elts, strict=False):
            yield from _matched(one, inner, name)
