"""Find the mistakes of templates without data: every branch of every template and macro is followed by what is known.

A template is read as Jinja's syntax tree. Names are looked up among those that documents can have, whether or not a
document of today has them, so that a misspelt name in a branch that is seldom taken is found too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..core.errors import LayoutError
from .check_expressions import ExpressionChecker, Scope
from .known import ANYTHING, WORD, Group, Known, Macro, Pair, united
from .template_errors import layout_error
from .templates import BRACE, NUMERAL, STRAY_BRACE

LOOP = Group(
    dict.fromkeys(("first", "last", "index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), WORD)
    | {"previtem": ANYTHING, "nextitem": ANYTHING, "cycle": ANYTHING, "changed": ANYTHING}
)
_NAME_OF_LINE = re.compile(r"^[ \t]*(?:[#-] )?[ \t]*@\S*", re.MULTILINE)
_DEEPEST = 40


class Checker(ExpressionChecker):
    """Checks templates against the names that are known; ``mistakes`` collects what is wrong."""

    def __init__(
        self, environment: ImmutableSandboxedEnvironment, names: Mapping[str, Known], fixed: Sequence[str]
    ) -> None:
        """``names`` are those that every template has, ``fixed`` the numerals that the layout declares."""
        super().__init__(environment, names)
        self._fixed, self._depth = fixed, 0
        self._modules: dict[tuple[str, bool], Group] = {}

    def file(self, name: str, place: str) -> None:
        """Check a template file that is named at ``place``."""
        self._place = place
        try:
            self._module(name, None, True)
        except RecursionError as error:
            self._file = ""
            self._add(layout_error(error, f"text/{name}", self._names))

    def is_checked(self, name: str) -> bool:
        """Whether a template file has been checked, by itself or where it is imported."""
        return (name, True) in self._modules or (name, False) in self._modules

    def inline(self, template: str, place: str, **more: Known) -> None:
        """Check a template that is written in YAML at ``place``; ``more`` are names that only it has."""
        self._place, self._file = place, ""
        try:
            self._body(self._environment.parse(template).body, {**self._names, **more})
        except (TemplateError, RecursionError) as error:
            self._add(layout_error(error, place, self._names))

    def _module(self, name: str, node: nodes.Node | None, sees_facts: bool) -> Group:
        """Return the names that a template file defines, after it has been checked once.

        A file that is imported without its context does not see the facts: its macros get them as arguments.
        """
        key = name, sees_facts
        if key in self._modules:
            return self._modules[key]
        self._modules[key] = Group({}, lambda _: ANYTHING)  # of a file that imports itself, or that cannot be read
        outer = self._file
        try:
            source, path, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
            self._file = name
            tree = self._environment.parse(source, name, path)
        except (TemplateError, LayoutError, RecursionError) as error:
            self._file = outer
            place = f"text/{name}" if isinstance(error, RecursionError) else self._at(node)
            self._add(error if isinstance(error, LayoutError) else layout_error(error, place, self._names))
            return self._modules[key]
        scope = dict(self._names) if sees_facts else {}
        before = dict(scope)
        self._body(tree.body, scope)
        self._file = outer
        self._modules[key] = Group({key: value for key, value in scope.items() if before.get(key) is not value})
        return self._modules[key]

    # Statements.

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            visit = getattr(self, f"_visit_{type(node).__name__.lower()}", None)
            if visit:
                visit(node, scope)
            elif isinstance(node, nodes.Expr):
                self._value(node, scope)
            else:
                self._body(node.iter_child_nodes(), scope)

    def _visit_output(self, node: nodes.Output, scope: Scope) -> None:
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self._own_words(part)
            else:
                self._check_printed(self._value(part, scope), part)

    def _own_words(self, node: nodes.TemplateData) -> None:
        """Add a mistake for a numeral in the layout's own words that it does not declare fixed."""
        text = _NAME_OF_LINE.sub("", node.data)
        for fixed in self._fixed:
            text = text.replace(fixed, "")
        if found := NUMERAL.search(text):
            numeral, line = found[0], node.lineno + text[: found.start()].count("\n")
            piece = next(part for part in text.split("\n") if numeral in part).strip()[:40]
            message, hint = (
                "{place}：“{piece}”中的数字 {found} 没有出处",
                "用数据项代替，或列入 layout.yaml 的 fixed_numerals",
            )
            self._add(LayoutError(message, hint, place=self._line(line), piece=piece, found=numeral))
        if brace := BRACE.search(text):
            line = node.lineno + text[: brace.start()].count("\n")
            piece = text.split("\n")[line - node.lineno].strip()[:40]
            self._add(LayoutError(*STRAY_BRACE, place=self._line(line), piece=piece))

    def _visit_for(self, node: nodes.For, scope: Scope) -> None:
        items = self._items(self._value(node.iter, scope), node)
        inner = {**scope, "loop": LOOP}
        self._assign(node.target, items, inner)
        if node.test is not None:
            self._value(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, dict(scope))

    def _visit_if(self, node: nodes.If, scope: Scope) -> None:
        self._value(node.test, scope)
        before = dict(scope)
        for body in (node.body, node.elif_, node.else_):
            branch = dict(before)
            self._body(body, branch)
            for name, value in branch.items():
                if before.get(name) is not value:
                    scope[name] = united([scope[name], value]) if name in scope else value

    def _visit_macro(self, node: nodes.Macro, scope: Scope) -> None:
        macro = Macro(node, scope, self._file)
        scope[node.name] = macro
        self.run(macro, [ANYTHING] * len(node.args), {}, None)

    def _visit_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        module = self._imported(node.template, node, scope)
        for entry in node.names:
            name, alias = entry if isinstance(entry, tuple) else (entry, entry)
            value = module.get(name) if module else ANYTHING
            if value is None:
                self._unknown(name, module.names if module else (), node)
            scope[alias] = value or ANYTHING

    def _visit_import(self, node: nodes.Import, scope: Scope) -> None:
        scope[node.target] = self._imported(node.template, node, scope) or ANYTHING

    def _visit_include(self, node: nodes.Include, scope: Scope) -> None:
        self._imported(node.template, node, scope)

    def _imported(self, template: nodes.Expr, node: nodes.Node, scope: Scope) -> Group | None:
        if isinstance(template, nodes.Const):
            return self._module(str(template.value), node, getattr(node, "with_context", False))
        self._value(template, scope)
        return None

    def _visit_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._assign(node.target, self._value(node.node, scope), scope)

    def _visit_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._body(node.body, scope)
        self._assign(node.target, WORD, scope)

    def _visit_callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._value(node.call, scope)
        self._body(node.body, dict(scope))

    def _visit_filterblock(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self._value(node.filter, scope)
        self._body(node.body, scope)

    def _visit_with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._assign(target, self._value(value, scope), inner)
        self._body(node.body, inner)

    def _assign(self, target: nodes.Node, value: Known, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            items = value.items if isinstance(value, Pair) else ()
            for n, inner in enumerate(target.items):
                self._assign(inner, items[n] if n < len(items) else ANYTHING, scope)

    def run(self, macro: Macro, given: Sequence[Known], named: Mapping[str, Known], node: nodes.Node | None) -> None:
        """Check the body of a macro for one way to call it, each once."""
        parameters = [parameter.name for parameter in macro.node.args]
        if node is not None and (len(given) > len(parameters) or set(named) - set(parameters)):
            self._wrong(f"宏 {macro.node.name} 没有这么多参数", node)
            return
        values = {**dict(zip(parameters, given, strict=False)), **named}
        key = tuple(id(values.get(name)) for name in parameters)
        if key in macro.called or self._depth > _DEEPEST:
            return
        macro.called[key] = values
        defaults = dict(zip(reversed(parameters), reversed(macro.node.defaults), strict=False))
        inner = {**macro.scope, **{name: self._value(value, macro.scope) for name, value in defaults.items()}}
        inner |= {name: ANYTHING for name in parameters if name not in inner or name not in defaults} | values
        outer, self._file = self._file, macro.file
        self._depth += 1
        self._body(macro.node.body, inner)
        self._depth -= 1
        self._file = outer
