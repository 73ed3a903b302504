"""Make mutants: single small changes of a module's text that Python accepts and that change what it does.

Left alone: docstrings, type hints, ``__all__``, f-strings (Python 3.11 has no exact positions in them) and the words of
messages (any text with a Chinese character, and the arguments of ``raise``).
"""

from __future__ import annotations

import ast
import copy
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@dataclass(frozen=True)
class Mutant:
    """A change of ``file`` (relative to the project): the text from ``start`` to ``end`` becomes ``after``."""

    file: str
    line: int
    kind: str
    before: str
    after: str
    start: int
    end: int
    on_import: bool = False
    """Whether the text runs when its module is imported, and is not in a function's body."""

    def applied_to(self, source: str) -> str:
        return source[: self.start] + self.after + source[self.end :]


def choose(root: Path, count: int, seed: int) -> list[Mutant]:
    """``count`` mutants of the package below ``root``; the same for the same source and seed."""
    sources = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / "reportgen").rglob("*.py"))
        if "_shipped" not in path.parts
    }
    candidates = [mutant for file, source in sources.items() for mutant in mutants(source, file)]
    random.Random(seed).shuffle(candidates)
    return list(islice((one for one in candidates if changes_something(sources[one.file], one)), count))


def mutants(source: str, file: str) -> list[Mutant]:
    """Every mutant of a module's text."""
    lines = source.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]

    def offset(line: int, column: int) -> int:
        """``column`` counts bytes of UTF-8, as ast does."""
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found = []
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    bodies = [part for node in functions for part in (node.body if isinstance(node.body, list) else [node.body])]
    inside = {id(node) for part in bodies for node in ast.walk(part)}
    for node, kind, after in _changes(tree):
        start, end = offset(node.lineno, node.col_offset), offset(node.end_lineno or 0, node.end_col_offset or 0)
        found.append(Mutant(file, node.lineno, kind, source[start:end], after, start, end, id(node) not in inside))
    return found


def changes_something(source: str, mutant: Mutant) -> bool:
    """Whether Python accepts the mutant and reads another program in it."""
    try:
        return ast.dump(ast.parse(mutant.applied_to(source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


Change = tuple[ast.expr | ast.stmt, str, str]
"""A node, the kind of change, and the text that replaces the node."""


def _changes(node: ast.AST) -> Iterator[Change]:
    """The changes of a node and of everything in it that may be changed."""
    if isinstance(node, ast.expr):
        yield from _of_expression(node)
    elif isinstance(node, ast.stmt):
        yield from _of_statement(node)
    for child in _parts(node):
        yield from _changes(child)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """The children that may be changed: no docstring, type hint, ``__all__``, f-string or words of an error."""
    if isinstance(node, ast.JoinedStr | ast.Raise | ast.Import | ast.ImportFrom) or _names_exports(node):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield child


def _names_exports(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _is_text(node: ast.AST) -> bool:
    """A docstring, or the text below a constant that explains it."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _of_expression(node: ast.expr) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for n, operator in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[n] = COMPARISONS[type(operator)]()
            yield node, "comparison", f"({ast.unparse(other)})"
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node, "and/or", f"({ast.unparse(ast.BoolOp(other_op, node.values))})"
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield node, "arithmetic", f"({ast.unparse(ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right))})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node, "sign or not removed", f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.IfExp):
        yield node, "always the first", f"({ast.unparse(node.body)})"
        yield node, "always the second", f"({ast.unparse(node.orelse)})"
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node)


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield node, "constant", str(not value)
    elif isinstance(value, int | float):
        yield node, "constant", f"({value + 1})"
        yield node, "constant", f"({value - 1})"
    elif isinstance(value, str | bytes) and value and not CHINESE.search(str(value)):
        yield node, "emptied", '""' if isinstance(value, str) else 'b""'


def _of_statement(node: ast.stmt) -> Iterator[Change]:
    if isinstance(node, ast.If | ast.While):
        yield node.test, "condition forced", "True"
        yield node.test, "condition forced", "False"
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield node, "returns nothing", "return None"
    elif isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Delete) and not _is_text(node):
        yield node, "statement dropped", "pass"
    elif isinstance(node, ast.Continue | ast.Break):
        yield node, "statement dropped", "break" if isinstance(node, ast.Continue) else "continue"
