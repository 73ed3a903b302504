"""Find the mistakes in the expressions of templates: names, filters, what may be printed or called.

Names are looked up among those that documents can have (:mod:`.known`), whether or not a document of today has them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..core.errors import LayoutError
from ..core.suggest import nearest
from ..facts.change import DIRECTIONS
from ..layout.limits import NAME_SHOWN
from .known import ANYTHING, FIGURE, TEXT, WORD, Group, Known, Leaf, Macro, Pair, Several, united

PLACES = ("decimals", "grouped", "trim_zeros", "unit", "zero", "bare")
"""Filters of figures."""
NAMING = ("where", "where_not", "selectattr", "rejectattr", "sort_by", "group_by", "listing", "adding_up")
"""Filters of records, by one of their values."""
IN_EVERY_MACRO = ("caller", "varargs", "kwargs")

Scope = dict[str, Known]


class ExpressionChecker(ABC):
    """Checks expressions against the names that are known; ``mistakes`` collects what is wrong."""

    def __init__(self, environment: ImmutableSandboxedEnvironment, names: Mapping[str, Known]) -> None:
        """``names`` are those that every template has."""
        self._environment, self._names = environment, dict(names)
        self.mistakes: dict[str, LayoutError] = {}
        self._place, self._file = "", ""

    @abstractmethod
    def run(self, macro: Macro, given: Sequence[Known], named: Mapping[str, Known], node: nodes.Node | None) -> None:
        """Check the body of a macro for one way to call it."""

    def _value(self, node: nodes.Node | None, scope: Scope) -> Known:
        """Return what is known of an expression, and add the mistakes in it."""
        visit = getattr(self, f"_of_{type(node).__name__.lower()}", None)
        if visit:
            found: Known = visit(node, scope)
            return found
        parts = [self._value(child, scope) for child in node.iter_child_nodes()] if node is not None else []
        if isinstance(node, nodes.BinExpr) and not all(_is_word(part) for part in parts):
            self._wrong(f"模板里不能这样运算：{node.operator}", node)
        return ANYTHING

    def _check_printed(self, value: Known, node: nodes.Node) -> None:
        kinds = {Group: "一组数据项", Several: "列表", Pair: "列表", Macro: "宏"}
        if type(value) in kinds:
            self._wrong(f"{kinds[type(value)]}不能印在句子里", node)
        words = value.values if isinstance(value, Leaf) and value.kind == "word" else ()
        is_given = not isinstance(node, nodes.Const)  # a macro may be given none, and ask for it before it prints
        if any(not isinstance(one, str) and not (is_given and one is None) for one in words):
            self._wrong("这个值不能印在句子里，只能印数据项和文字", node)

    def _of_const(self, node: nodes.Const, scope: Scope) -> Known:
        return Leaf("word", frozenset([node.value]))

    def _of_name(self, node: nodes.Name, scope: Scope) -> Known:
        if node.name in scope:
            return scope[node.name]
        if node.name in self._environment.globals or node.name in IN_EVERY_MACRO:
            return ANYTHING
        self._unknown(node.name, scope, node)
        return ANYTHING

    def _of_getattr(self, node: nodes.Getattr, scope: Scope) -> Known:
        return self._named(self._value(node.node, scope), node.attr, node)

    def _of_getitem(self, node: nodes.Getitem, scope: Scope) -> Known:
        owner, key = self._value(node.node, scope), self._value(node.arg, scope)
        values = key.values if isinstance(key, Leaf) else frozenset()
        if isinstance(owner, Several):
            return owner if isinstance(node.arg, nodes.Slice) else owner.item
        if not values or not isinstance(owner, Group):
            return ANYTHING
        return united(self._named(owner, str(value), node) for value in sorted(values, key=str))

    def _named(self, owner: Known, name: str, node: nodes.Node) -> Known:
        if isinstance(owner, Group):
            found = owner.get(name)
            if found is None:
                self._unknown(name, owner.names, node)
            return found or ANYTHING
        if owner != ANYTHING:
            self._wrong(f"模板里不能读“{name}”", node)
        return ANYTHING

    def _of_list(self, node: nodes.List, scope: Scope) -> Known:
        return Several(united([self._value(item, scope) for item in node.items]))

    def _of_tuple(self, node: nodes.Tuple, scope: Scope) -> Known:
        return Pair(tuple(self._value(item, scope) for item in node.items))

    def _of_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Known:
        self._value(node.test, scope)
        return united([self._value(node.expr1, scope), *([self._value(node.expr2, scope)] if node.expr2 else [])])

    def _of_or(self, node: nodes.Or, scope: Scope) -> Known:
        return united([self._value(node.left, scope), self._value(node.right, scope)])

    _of_and = _of_or

    def _of_compare(self, node: nodes.Compare, scope: Scope) -> Known:
        parts = (node.expr, *(operand.expr for operand in node.ops))
        for part in parts:
            self._value(part, scope)
        if any(isinstance(part, nodes.Getattr) and part.attr == "direction" for part in parts):
            self._check_directions(parts, node)
        return WORD

    def _check_directions(self, parts: Sequence[nodes.Expr], node: nodes.Node) -> None:
        """Add a mistake for each word that a direction is compared with and never is."""
        listed = (one for part in parts if isinstance(part, nodes.Tuple | nodes.List) for one in part.items)
        for part in (*parts, *listed):
            if isinstance(part, nodes.Const) and isinstance(part.value, str) and part.value not in DIRECTIONS:
                near = nearest(part.value, DIRECTIONS)
                hint = "是否想写 {near}？" if near else "只有 up、down、flat、new、unknown"
                message, name = "{place}：direction 没有“{name}”这个值", part.value[:NAME_SHOWN]
                self._add(LayoutError(message, hint, place=self._at(node), name=name, near=near))

    def _of_test(self, node: nodes.Test, scope: Scope) -> Known:
        if node.name not in self._environment.tests:
            self._no_filter(node.name, self._environment.tests, node)
        self._value(node.node, scope)
        return WORD

    def _of_concat(self, node: nodes.Concat, scope: Scope) -> Known:
        for part in node.nodes:
            self._check_printed(self._value(part, scope), part)
        return WORD

    def _of_call(self, node: nodes.Call, scope: Scope) -> Known:
        called = self._value(node.node, scope)
        given = [self._value(argument, scope) for argument in node.args]
        named = {pair.key: self._value(pair.value, scope) for pair in node.kwargs}
        if isinstance(called, Macro):
            self.run(called, given, named, node)
            return WORD
        if isinstance(node.node, nodes.Name) and node.node.name == "share":
            for value, argument in zip(given, node.args, strict=True):
                if value not in (FIGURE, ANYTHING):
                    self._wrong("share 里写两个数据项，如 share(basic.total, expenditure.total)", argument)
            return FIGURE
        if called != ANYTHING:
            self._wrong("模板里不能调用它", node)
        return ANYTHING

    def _of_filter(self, node: nodes.Filter, scope: Scope) -> Known:
        value = self._value(node.node, scope) if node.node is not None else ANYTHING
        arguments = [self._value(argument, scope) for argument in node.args]
        if node.name not in self._environment.filters:
            self._no_filter(node.name, self._environment.filters, node)
            return ANYTHING
        if node.name in PLACES:
            if value not in (FIGURE, ANYTHING):
                self._wrong(f"{node.name} 只能用于数字（金额、百分比、数量）", node)
            return FIGURE
        if node.name == "stem":
            if value not in (TEXT, ANYTHING):
                self._wrong("stem 只能用于数据里的文字", node)
            return TEXT
        return self._of_records(node, value, arguments)

    def _of_records(self, node: nodes.Filter, value: Known, arguments: Sequence[Known]) -> Known:
        """Return what a filter of a list gives; the names among its arguments are those of the list's records."""
        if node.name in ("length", "decided"):
            return WORD
        if value == ANYTHING:
            return WORD if node.name == "listing" else ANYTHING
        if not isinstance(value, Several):
            self._wrong(f"{node.name} 只能用于一列记录", node)
            return ANYTHING
        if node.name in NAMING and not (node.args or any(pair.key == "attribute" for pair in node.kwargs)):
            self._check_nameless(node, value.item)
        elif node.name in NAMING:
            self._check_named(node, value.item, arguments if node.name == "sort_by" else arguments[:1])
        if node.name == "group_by" and isinstance(value.item, Group):
            return Several(group_of(value))
        if node.name == "listing":
            return WORD
        return value.item if node.name in ("first", "last") else value

    def _check_nameless(self, node: nodes.Filter, item: Known) -> None:
        """Add a mistake for a filter without the name of a value: a list of texts alone is listed without one."""
        if node.name != "listing" or item not in (TEXT, FIGURE, ANYTHING):
            self._wrong(f"{node.name} 后要写名称，如 {node.name}('name')", node)

    def _check_named(self, node: nodes.Filter, record: Known, arguments: Iterable[Known]) -> None:
        """Add a mistake for each value of the records that an argument names and they do not have."""
        for name in (str(word) for known in arguments if isinstance(known, Leaf) for word in known.values):
            self._dotted(record, name.removeprefix("-"), node)

    def _dotted(self, owner: Known, dotted: str, node: nodes.Node) -> None:
        for name in dotted.split("."):
            owner = self._named(owner, name, node)

    def _items(self, value: Known, node: nodes.Node) -> Known:
        if isinstance(value, Several):
            return value.item
        if isinstance(value, Pair):
            return united(value.items)
        if value != ANYTHING and not (isinstance(value, Leaf) and value.kind == "word"):
            self._wrong("for 后面要写一列记录", node)
        return ANYTHING

    def _unknown(self, name: str, known: Iterable[str], node: nodes.Node) -> None:
        near = nearest(name, known)
        hint = "是否想写 {near}？" if near else "名称见 reportgen layout facts"
        message = "{place}：没有名为“{name}”的数据项"
        self._add(LayoutError(message, hint, place=self._at(node), name=name[:NAME_SHOWN], near=near))

    def _no_filter(self, name: str, known: Iterable[str], node: nodes.Node) -> None:
        near = nearest(name, known)
        hint = "是否想写 {near}？" if near else "可用的过滤器见 layouts/README.md"
        self._add(LayoutError("{place}：模板里没有“{name}”", hint, place=self._at(node), name=name, near=near))

    def _wrong(self, why: str, node: nodes.Node) -> None:
        self._add(LayoutError("{place}：{why}", "名称见 reportgen layout facts", place=self._at(node), why=why))

    def _at(self, node: nodes.Node | None) -> str:
        return self._line(node.lineno) if node is not None else self._place

    def _line(self, line: int) -> str:
        return f"text/{self._file}:{line}" if self._file else self._place

    def _add(self, mistake: LayoutError) -> None:
        self.mistakes.setdefault(str(mistake), mistake)


def _is_word(value: Known) -> bool:
    """Whether a value may be computed with: a number or a word of the program, a list, or what is not known."""
    return isinstance(value, Several) or (isinstance(value, Leaf) and value.kind in ("word", "anything"))


def group_of(rows: Several) -> Group:
    """Return what is known of a group of records: the sums of their figures, its name and its rows."""
    names = rows.item.names if isinstance(rows.item, Group) else {}
    figures = {name: kind for name, kind in names.items() if kind == FIGURE}
    return Group({**figures, "name": TEXT, "rows": rows, "key": WORD, "level": WORD, "role": WORD})
