"""The messages of the code, gathered for translation, and argparse's own.

A module has messages if it belongs to the command line or uses what carries a message (a finding, an error). Of its
Chinese strings all are gathered except those that are matched with data and never printed: see :func:`_matched`.
A template (``"{path} 读不了"``) is a message; a text that the code puts together (``f"{name}支出"``) is a label,
gathered as the template ``{name}支出``: see :mod:`reportgen.cli.english_values`.

``python -m tests.catalogue`` updates the catalogues under ``reportgen/locale``: new messages are added without a
translation, those that the code no longer holds are dropped, and the compiled ``argparse.mo`` is written again.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from reportgen.cli.catalogues import catalogue_file, compile_catalogue
from reportgen.cli.language import COUNT
from reportgen.rules.final_words import TABLES, in_words_of_final

PACKAGE = Path(__file__).parent.parent / "reportgen"
HANZI = re.compile(r"[\u3400-\u9fff]")
IN_TEMPLATES = re.compile(r"""\b(?:_|fill)\(["']([^"']*)["']""")
"""A message in a page's template: ``_("…")``, or ``fill("…", {…})`` with values."""
PRINTED = re.compile(r"[\u3400-\u9fff「（：]")
"""A template may have no word of its own, only the marks around its places: ``{table}「{name}」``."""

CARRIERS = {
    "Finding", "ReportgenError", "UsageError", "InputError", "LayoutError", "TypesettingError", "OutputError",
    "InternalError", "FontError", "add_violation", "add_finding", "Fault", "Mend", "table_finding", "Builder",
    "RowProblem", "cause_line",
}  # fmt: skip
"""A module that uses one of these has messages."""

CONTRACT = "budget/fields.py"
"""Its texts belong to the schema, which is Chinese; only the names of its codes are part of messages."""

FINDING = "core/finding.py"
"""``str`` of a finding is for programs; the command line has its own templates."""

TERMS = {"auditing/html.py", "budget/terms.py", "intake/kinds.py", "intake/readers/places.py"}
"""They use no carrier themselves: names of funds, items, kinds of file and places are values of messages; a page."""

MATCHING = {
    "startswith", "endswith", "removeprefix", "removesuffix", "strip", "rstrip", "lstrip", "replace", "get", "rule",
}  # fmt: skip
"""Calls whose arguments are looked for or cut off; and ``rule``, whose title is on the rules' page only."""


@cache
def messages() -> dict[str, str]:
    """Return each message with the file it is first found in."""
    return _with_final_accounts(_gathered(labels=False))


def _with_final_accounts(texts: dict[str, str]) -> dict[str, str]:
    """Add the texts of rules and of the recogniser as findings about final accounts have them."""
    final = {in_words_of_final(text): file for text, file in texts.items() if file.startswith("rules/")}
    tables = ((in_words_of_final(text, TABLES), text) for text, file in texts.items() if file.startswith("recognise/"))
    return {**final, **texts, **{worded: texts[text] for worded, text in tables if worded not in texts}}


@cache
def labels() -> dict[str, str]:
    """Return each label that is no message as well, with the file it is first found in."""
    known = messages()
    gathered = _with_final_accounts(_gathered(labels=True))
    return {text: file for text, file in gathered.items() if text not in known}


def _gathered(labels: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in [] if labels else sorted(PACKAGE.rglob("*.html")):
        for text in IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            found.setdefault(text, path.relative_to(PACKAGE).as_posix())
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        tree = _parsed(path)
        if name == CONTRACT:
            texts = () if labels else tuple(_names_of_codes(tree))
        else:
            texts = tuple(strings(tree, labels)) if _has_messages(name, tree) else ()
        for text in texts:
            found.setdefault(text, name)
    return found


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _has_messages(name: str, tree: ast.Module) -> bool:
    if name.startswith(("cli/", "serving/")) or name in TERMS:
        return True
    if name == FINDING:
        return False
    nodes, _ = _nodes(tree)
    names = {getattr(node, "id", getattr(node, "attr", getattr(node, "name", ""))) for node in nodes}
    return bool(names & CARRIERS)


def _names_of_codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Code":
            yield str(ast.literal_eval(node.args[1]))


def strings(tree: ast.AST, labels: bool = False) -> Iterator[str]:
    """Yield the Chinese strings of a module that are printed: those written as they are, or those put together."""
    nodes, silent = _nodes(tree)
    for node in nodes:
        if labels != isinstance(node, ast.Constant) and id(node) not in silent:
            text = _text(node)
            if text and PRINTED.search(text):
                yield text


@cache
def _nodes(tree: ast.AST) -> tuple[list[ast.AST], set[int]]:
    """Return all nodes of a module, and which of them (by identity) are no messages of their own."""
    nodes = list(ast.walk(tree))
    return nodes, {id(silent) for node in nodes for silent in (*_parts(node), *_matched(node))}


def _text(node: ast.AST) -> str:
    """The text or the template that a node makes, or nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if HANZI.search(node.value) or "{" in node.value else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_pieces(node))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
        return f"{node.left.value!s}{{{_hole(node.right)}}}"
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


def argparse_messages() -> list[str | tuple[str, str]]:
    """Return what this version of argparse looks up in its catalogue; a pair has a singular and a plural."""
    found: list[str | tuple[str, str]] = []
    for node in ast.walk(ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
            texts = [str(part.value) for part in node.args[:2] if isinstance(part, ast.Constant)]
            if texts:  # else it is a title that the program gave
                found.append((texts[0], texts[1]) if len(texts) == 2 else texts[0])
    return found


def read_catalogue(language: str, domain: str) -> Catalog:
    """Return a catalogue as translators edit it; an empty one if it does not exist."""
    path = catalogue_file(language, domain)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str, domain: str) -> dict[str, tuple[str, ...]]:
    """Return the messages of a catalogue with their translations: one, or a singular and a plural."""
    return {_forms(entry.id)[0]: _forms(entry.string) for entry in read_catalogue(language, domain) if entry.id}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(map(str, text))


def main() -> None:
    """Update all catalogues."""
    known = translations("en", "messages") | translations("en", "labels")
    for domain, texts in (("messages", messages()), ("labels", labels())):
        new = Catalog(locale="en", fuzzy=False)
        for text, place in texts.items():
            counted = domain == "messages" and COUNT in text
            forms = known.get(text, ("",))
            singular_and_plural = (forms[0], forms[-1])
            new.add(
                (text, text) if counted else text,
                string=singular_and_plural if counted else forms[0],
                locations=[(place, 0)],
            )
        _write("en", domain, new)
    chinese = read_catalogue("zh", "argparse")  # holds what other versions of Python say as well
    for message in argparse_messages():
        if not chinese.get(message if isinstance(message, str) else message[0]):
            chinese.add(message)
    _write("zh", "argparse", chinese)
    source = catalogue_file("zh", "argparse").read_bytes()
    catalogue_file("zh", "argparse", ".mo").write_bytes(compile_catalogue(source, "zh"))


def _write(language: str, domain: str, catalog: Catalog) -> None:
    path = catalogue_file(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, omit_header=True, include_lineno=False, width=0)
    missing = sum(not all(_forms(entry.string)) for entry in catalog if entry.id)
    print(f"{path.relative_to(PACKAGE)}: {len(catalog)} messages, {missing} without translation")  # noqa: T201


if __name__ == "__main__":
    main()
