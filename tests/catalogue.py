"""What a user is told, gathered from the code, and the catalogue that says it in English.

A module speaks if it is of the command line or names what carries a message (a finding, a stop, a complaint). Of its
Chinese strings everything is gathered but what is matched, not said: see :func:`_matched`. A text put together in the
code is gathered as a template: ``f"{name}支出"`` as ``{name}支出``, ``"可用的格式：" + names`` as
``可用的格式：{names}``.

``python -m tests.catalogue`` brings ``reportgen/locale/en.po`` up to date: new messages are added without a
translation, those that the code no longer holds are dropped.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "reportgen"
CATALOGUE = PACKAGE / "locale" / "en.po"
HANZI = re.compile(r"[\u3400-\u9fff]")
SPOKEN = re.compile(r"[\u3400-\u9fff「（：]")
"""A template may have no word of its own, only the marks around its places: ``{table}「{name}」``."""

CARRIERS = {
    "Finding", "ReportgenError", "UsageError", "InputError", "LayoutError", "TypesettingError", "OutputError",
    "InternalError", "add_violation", "Fault",
}  # fmt: skip
"""Who names one of these has something to say."""

ENGLISH = "cli/usage.py"
"""Says in Chinese what argparse says in English: the other way round, with no need of a catalogue."""

CONTRACT = "budget/model.py"
"""Speaks through the schema, in the language of the domain; only what its codes are called comes up in messages."""

TERMS = "budget/terms.py"
"""Names no carrier itself: its names of funds and items fill the messages of the rules."""

MATCHING = {
    "startswith", "endswith", "removeprefix", "removesuffix", "strip", "rstrip", "lstrip", "replace", "get", "rule",
}  # fmt: skip
"""Calls whose arguments are looked for or cut off; and ``rule``, whose title is told by the rules' page alone."""


def spoken() -> dict[str, str]:
    """Each message with the file it is first found in."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in _names_of_codes(tree) if name == CONTRACT else strings(tree) if _speaks(name, tree) else ():
            found.setdefault(text, name)
    return found


def _speaks(name: str, tree: ast.Module) -> bool:
    if name.startswith("cli/"):
        return name != ENGLISH
    if name == TERMS:
        return True
    names = {getattr(node, "id", getattr(node, "attr", getattr(node, "name", ""))) for node in ast.walk(tree)}
    return bool(names & CARRIERS)


def _names_of_codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Code":
            yield str(ast.literal_eval(node.args[1]))


def strings(tree: ast.AST) -> Iterator[str]:
    """The Chinese strings of a module that are said to somebody."""
    silent = {id(node) for node in _silent(tree)}
    for node in ast.walk(tree):
        if id(node) not in silent and (text := _text(node)) and SPOKEN.search(text):
            yield text


def _text(node: ast.AST) -> str:
    """The text or the template that a node makes, or nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if HANZI.search(node.value) or "{" in node.value else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_pieces(node))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
        return f"{node.left.value}{{{_hole(node.right)}}}"
    return ""


def _pieces(node: ast.JoinedStr) -> Iterator[str]:
    """Words, and places: one of a name used before is numbered."""
    names: list[str] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            names.append(_hole(part.value))
            yield f"{{{names[-1]}{names.count(names[-1]) if names.count(names[-1]) > 1 else ''}}}"
        elif isinstance(part, ast.Constant):
            yield str(part.value).replace("{", "{{").replace("}", "}}")


def _hole(node: ast.AST) -> str:
    """A name for what is filled in: that of the variable, the attribute, the first argument."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_")
        case ast.Subscript(value=inner) | ast.BinOp(left=inner) | ast.Call(args=[inner, *_]) | ast.Call(func=inner):
            return _hole(inner)
        case ast.IfExp(body=inner):
            return _hole(inner)
    return "x"


def _silent(tree: ast.AST) -> Iterator[ast.AST]:
    """What is no message of its own."""
    for node in ast.walk(tree):
        yield from _parts(node)
        yield from _matched(node)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, pieces of a longer string, the end of a file's name."""
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            yield docstring
        case ast.JoinedStr(values=pieces):
            yield from (piece for piece in pieces if isinstance(piece, ast.Constant))
        case ast.BinOp(op=ast.Add(), left=ast.Constant() as piece):
            yield piece
        case ast.Constant(value=str(tail)) if tail.startswith("-"):
            yield node


def _matched(node: ast.AST) -> Iterator[ast.AST]:
    """What is looked for in data: compared, searched, a list of words (FEWER, MORE), the keys of constants."""
    match node:
        case ast.Compare() | ast.Subscript(value=ast.Name(id="Literal")):
            yield from ast.walk(node)
        case ast.Call(func=function, args=arguments) if _matches(function):
            yield from (inner for argument in arguments for inner in ast.walk(argument))
        case ast.Assign(value=ast.Tuple(elts=words)) if len(words) > 2:
            yield from words
        case ast.Dict(keys=keys, values=values) if all(_constant(value) for value in values):
            yield from (key for key in keys if key)


def _matches(function: ast.expr) -> bool:
    name = ast.unparse(function)
    return name.startswith("re.") or name.rpartition(".")[2] in MATCHING


def _constant(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Tuple) and all(map(_constant, node.elts)))


def catalogue() -> Catalog:
    """The English catalogue as it stands."""
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def main() -> None:
    """Bring the catalogue up to date."""
    old, new = catalogue(), Catalog(locale="en", project="reportgen", fuzzy=False)
    for text, place in spoken().items():
        known = old.get(text)
        new.add(text, string=known.string if known else "", locations=[(place, 0)])
    CATALOGUE.parent.mkdir(exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, omit_header=True, include_lineno=False, width=0)
    print(f"{len(new)} messages, {sum(not m.string for m in new if m.id)} without translation")  # noqa: T201


if __name__ == "__main__":
    main()
